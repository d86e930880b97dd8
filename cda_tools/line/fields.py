"""What the line says of a document, field by field."""

from dataclasses import dataclass

from cda_tools.line.titles import beside
from cda_tools.model import naming, terminology
from cda_tools.model.carriage import Context
from cda_tools.model.header import Author, AuthorKind, Header
from cda_tools.model.timestamp import Precision, Timestamp
from cda_tools.text import clean, comparable

FIELDS = (
    "type",
    "date",
    "title",
    "author",
    "profession",
    "structure",
    "place",
    "state",
    "pdf",
)


_NO_TYPE = "type non indiqué"
_NO_DATE = "date non indiquée"
_NO_TITLE = "sans titre"
_NO_AUTHOR = "auteur non indiqué"
UNTOLD = frozenset({_NO_TYPE, _NO_DATE, _NO_TITLE, _NO_AUTHOR})
"""What stands for what a document does not say."""
_PATIENT = "Patient"
_RAW_DATE_LENGTH = 14
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class LineFields:
    """The line's texts, each on one line; None for what is not shown.

    ``datetime``: the date as HTML's ``<time datetime>`` takes it. ``others``: how many authors
    there are beside the one shown. ``place``: DMP or MSSanté, where the carrier tells it.
    ``state``: in a word, what has become of the document (« remplacé »), None for a current one.
    ``pdf``: « PDF » where its carrier brings the same document as a PDF beside it.
    """

    type: str | None = None
    date: str | None = None
    datetime: str | None = None
    title: str | None = None
    author: str | None = None
    profession: str | None = None
    structure: str | None = None
    place: str | None = None
    state: str | None = None
    pdf: str | None = None
    others: int = 0

    def text(self, name: str) -> str | None:
        """Return the text of one of ``FIELDS``."""
        value: str | None = getattr(self, name)
        return value


def line_fields(
    header: Header,
    context: Context | None = None,
    *,
    repeat_title: bool = False,
    patient: bool = False,
) -> LineFields:
    """Return all fields of the line for a header, and what its carrier says (``context``).

    A registry's date, in UTC, is shown in local time.

    A title that only repeats the type is left out, and one that begins with it keeps what
    follows it, unless ``repeat_title`` (needed where the type is not shown). A person is shown
    before a device. What the author lacks may be borrowed (see :func:`_structure`). An author
    who is the patient is shown as « Patient », and named only where ``patient`` asks for it.
    """
    kind = clean(terminology.label(header.type, terminology.DOCUMENT_TYPES))
    if kind is None and header.type and header.type.code:
        kind = clean(f"type {header.type.code}")
    title = clean(header.title)
    if title and kind and not repeat_title:
        title = beside(title, kind)
    elif title is None and kind is None:
        title = _NO_TITLE
    date = header.date
    author = naming.first(header.authors)
    structure = clean(_structure(header, author))
    name = clean(_author_name(author, patient))
    if name is None or (structure and comparable(name) == comparable(structure)):
        # The structure itself is the author, or is what names it: said once.
        name, structure = name or structure, None
    return LineFields(
        type=kind or _NO_TYPE,
        date=_date(date),
        datetime=_html_datetime(date),
        title=title,
        author=name or _NO_AUTHOR,
        profession=clean(naming.profession(author)) if author else None,
        structure=structure,
        place=context.place.value if context and context.place else None,
        others=max(len(header.authors) - 1, 0),
    )


def _author_name(author: Author | None, patient: bool) -> str | None:
    if author is None:
        return None
    if author.kind is AuthorKind.PATIENT and not patient:
        return _PATIENT
    return naming.author(author, patient=patient)


def _structure(header: Header, author: Author | None) -> str | None:
    """Return the author's structure, else that of the same person as legalAuthenticator,
    else the custodian's: a document is kept by the structure that made it, save the patient's.
    """
    if author and author.kind is AuthorKind.PATIENT:
        return None
    if author and (own := naming.structure(author)):
        return own
    signer = header.legal_authenticator
    if author and signer and set(signer.ids) & set(author.ids):
        organization = signer.organization
        if organization and organization.name:
            return organization.name
    return header.custodian.name if header.custodian else None


def _date(date: Timestamp | None) -> str:
    if date is None:
        return _NO_DATE
    if date.french:
        return date.french
    # About as wide as a date, so that it never pushes the type out of the line.
    raw = clean(date.raw) or ""
    if not raw or not raw.isascii():
        return "date illisible"
    if len(raw) > _RAW_DATE_LENGTH:
        raw = raw[: _RAW_DATE_LENGTH - 1].rstrip() + _ELLIPSIS
    return f"« {raw} » ?"


def _html_datetime(date: Timestamp | None) -> str | None:
    if date is None or date.iso is None or date.precision is None:
        return None
    return date.iso[:10] if date.precision == Precision.HOUR else date.iso
