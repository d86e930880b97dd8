"""The lines of a list of documents: composed, told apart, sorted; as text, JSON or HTML."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cda_tools.line import FIELDS, compose, cut, fit_all, line_fields
from cda_tools.line.companions import companions
from cda_tools.line.fields import LineFields
from cda_tools.line.states import is_current, states
from cda_tools.model.document import Document
from cda_tools.model.header import Identifier
from cda_tools.model.signatures import is_signature
from cda_tools.reports.objects import SCHEMA_VERSION, identifier_to_json
from cda_tools.reports.paths import shown
from cda_tools.rules.finding import Finding, Severity
from cda_tools.text import clean, comparable, holds_ins, without_ins

if TYPE_CHECKING:
    from cda_tools.line.html import Snippet

SORTS = ("date", "type", "title", "author")
# What a message of a registry that lists no document says of itself.
_NO_LIST = "XDS-02"
PLACEHOLDERS = ("id", "root", "extension", "path")


@dataclass(frozen=True, slots=True)
class Line:
    """A document's line. ``fields``: as shown, None where it could not be read.

    ``text``: the line as shown; ``whole``: however it was cut. ``moment``: the date shown, to
    sort by. ``pdf``: where the PDF of the document is, that its carrier brings beside it.
    ``statement``: it is that of a message without document; ``signature``: that of the signature
    of a lot, which a registry lists among the documents.
    """

    path: str
    carrier: str
    id: Identifier | None
    fields: LineFields | None
    text: str
    whole: str
    moment: datetime | None = None
    findings: tuple[Finding, ...] = ()
    pdf: str | None = None
    statement: bool = False
    signature: bool = False


def lines(
    documents: Iterable[Document],
    fields: Sequence[str] = FIELDS,
    *,
    repeat_title: bool = False,
    patient: bool = False,
) -> list[Line]:
    """Return the line of each document, with its state among the others; none is cut.

    A document and the PDF of it that its carrier brings are one line.
    """
    found = list(documents)
    repeat_title = repeat_title or "type" not in fields
    state_of = dict(zip(map(id, found), states(found), strict=True))
    kept, pdfs = companions(found)
    return [
        _line(one, state_of[id(one)], pdf, fields, repeat_title=repeat_title, patient=patient)
        for one, pdf in zip(kept, pdfs, strict=True)
    ]


def _line(
    document: Document,
    state: str | None,
    pdf: str | None,
    fields: Sequence[str],
    *,
    repeat_title: bool,
    patient: bool,
) -> Line:
    header, context = document.header, document.context
    if header is None:
        whole = _unread(document)
        values, moment = None, None
    else:
        values = line_fields(header, context, repeat_title=repeat_title, patient=patient)
        values = replace(values, state=state, pdf="PDF" if pdf else None)
        whole = compose(values, fields)
        date = header.date
        moment = date.moment if date else None
    return Line(
        path=document.path,
        carrier=document.carrier,
        id=header.id if header else None,
        fields=values,
        text=whole,
        whole=whole,
        moment=moment,
        findings=document.findings,
        pdf=pdf,
        statement=is_message(document),
        signature=is_signature(document),
    )


def is_message(document: Document) -> bool:
    """Tell whether it is a message that carries no document, of HL7v2 or of a registry.

    Of a registry: a request, an acknowledgement, an answer of lots or associations alone.
    """
    if document.is_statement:
        return True
    registry = document.carrier == "xds" and document.header is None
    return registry and all(one.rule == _NO_LIST for one in document.findings)


def _unread(document: Document) -> str:
    """Return why there is no line, the gravest finding first; the JSON has the others."""
    found = sorted(document.findings, key=lambda one: one.severity, reverse=True)
    if is_message(document):
        kind = "message sans document"
    elif found and found[0].severity < Severity.ERROR:
        kind = "aucun document"
    else:
        kind = "document illisible"
    reason = clean(found[0].message) if found else None
    more = f"+{len(found) - 1}" if len(found) > 1 else None
    reason = " ".join(filter(None, (reason, more)))
    return " · ".join(filter(None, (kind, shown(document.path), reason)))


def with_documents(found: Sequence[Line]) -> list[Line]:
    """Return the lines without those of messages that carry no document (acknowledgements).

    All are returned where there is nothing else: they are what was asked for.
    """
    kept = [one for one in found if not one.statement]
    return kept or list(found)


def without_signatures(found: Iterable[Line]) -> list[Line]:
    """Return the lines without those of signatures of lots, which are no patient's documents."""
    return [one for one in found if not one.signature]


def current(found: Iterable[Line]) -> list[Line]:
    """Return the lines without those of documents that were replaced or withdrawn."""
    return [one for one in found if one.fields is None or is_current(one.fields.state)]


def fitted(found: Sequence[Line], fields: Sequence[str], width: int) -> list[Line]:
    """Return the lines in ``width`` columns at most, titles told apart where they are cut."""
    cuts = iter(fit_all([one.fields for one in found if one.fields], fields, width))
    return [
        replace(one, fields=(values := next(cuts)), text=compose(values, fields))
        if one.fields
        else replace(one, text=cut(one.whole, width))
        for one in found
    ]


def ordered(found: Iterable[Line], by: str) -> list[Line]:
    """Return the lines in the order of one of SORTS; what it does not apply to comes last.

    By date, the newest comes first; in the others, documents that are equal are in that order.
    """
    newest_first = sorted(found, key=_age)
    return newest_first if by == "date" else sorted(newest_first, key=_by_text(by))


def _age(line: Line) -> tuple[bool, float]:
    """Return a key that puts the newest first, as the dates are shown: in local time."""
    if line.moment is None:
        return True, 0.0
    return False, -(line.moment.replace(tzinfo=None) - datetime.min).total_seconds()


def _by_text(name: str) -> Callable[[Line], tuple[bool, str]]:
    def key(line: Line) -> tuple[bool, str]:
        text = line.fields.text(name) if line.fields else None
        return text is None, comparable(text or "")

    return key


def to_json(line: Line) -> dict[str, Any]:
    """Return a line's object: ``fields`` and ``line`` are null where it could not be read."""
    values = line.fields
    names = (*FIELDS, "datetime", "others")
    return {
        "schema_version": SCHEMA_VERSION,
        "path": line.path,
        "carrier": line.carrier,
        "id": identifier_to_json(line.id),
        "line": line.text if values else None,
        "pdf": line.pdf,
        "fields": {name: getattr(values, name) for name in names} if values else None,
        "findings": [one.to_dict() for one in line.findings],
    }


def html_entries(
    found: Sequence[Line], fields: Sequence[str], href: str | None = None
) -> "list[Snippet]":
    """Return what the HTML templates need; ``href``: a link with the places of PLACEHOLDERS."""
    from cda_tools.line import html  # noqa: PLC0415  Jinja2 is loaded only for HTML

    cores = html.cores_of([one.fields for one in found])
    return [
        replace(
            html.entry(one.path, one.fields, fields, one.whole, core),
            data=_data(one),
            href=link(href, one) if href else None,
        )
        for one, core in zip(found, cores, strict=True)
    ]


def _data(line: Line) -> dict[str, str]:
    values = {"path": shown(line.path)}
    if line.id:
        values["id"] = without_ins(id_text(line.id))
    if line.fields and line.fields.state:
        values["state"] = line.fields.state
    if line.pdf:
        values["pdf"] = shown(line.pdf)
    return values


def id_text(identifier: Identifier) -> str:
    """Return an id as a registry writes it: ``root`` or ``root^extension``."""
    parts = (identifier.root, identifier.extension)
    return clean("^".join(part for part in parts if part)) or ""


def link(template: str, line: Line) -> str | None:
    """Return the link of a line, its values percent-encoded; None where one of them is missing.

    An id that looks like an INS is no value: a link is kept in logs and histories.
    """
    from urllib.parse import quote  # noqa: PLC0415  only links need it

    identifier = None if line.id and holds_ins(id_text(line.id)) else line.id
    values = {
        "id": id_text(identifier) if identifier else None,
        "root": identifier.root if identifier else None,
        "extension": (identifier.extension or "") if identifier else None,
        "path": line.path,
    }
    for name, value in values.items():
        place = "{" + name + "}"
        if place in template:
            if value is None:
                return None
            template = template.replace(place, quote(value, safe="", errors="surrogateescape"))
    return template
