"""A document and the PDF that its carrier brings beside it: one line for both.

A message or an archive may hold a CDA and the same document as a PDF, for those who cannot read
a CDA. It is one document (CDA/DD.15): its line says that there is a PDF, and where.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from cda_tools.model.document import INSIDE, Document
from cda_tools.model.header import BodyKind, Header
from cda_tools.model.identifiers import key
from cda_tools.model.patients import other_people
from cda_tools.text import comparable

PDF = "application/pdf"
_ATTACHED = "HL7-19"


def companions(documents: Sequence[Document]) -> tuple[list[Document], list[str | None]]:
    """Return the documents without those that are another's PDF, and each one's PDF or None.

    A PDF of an archive, or a document of a message whose body is a PDF, is another's where it
    has its id or says that it is made from it (XFRM), or where both have one type and one date
    and the title of one begins with that of the other; and where this is so of one document
    alone. A file of a message that is no document is that of the one document of the message.
    """
    of_file: dict[str, list[Document]] = defaultdict(list)
    for one in documents:
        if one.inside is not None:
            of_file[one.file].append(one)
    pdf_of: dict[int, str] = {}
    dropped: set[int] = set()
    for together in of_file.values():
        pdfs = [one for one in together if _is_pdf(one)]
        known = _Known(one for one in together if not _is_pdf(one))
        for pdf in pdfs:
            owner = known.owner(pdf)
            if owner is not None and id(owner) not in pdf_of:
                pdf_of[id(owner)] = pdf.path
                dropped.add(id(pdf))
        if len(together) == 1 and (place := _attached(together[0])):
            pdf_of[id(together[0])] = f"{together[0].file}{INSIDE}{place}"
    kept = [one for one in documents if id(one) not in dropped]
    return kept, [pdf_of.get(id(one)) for one in kept]


def _is_pdf(document: Document) -> bool:
    """Tell whether a document is a PDF: an archive's, or the body of a CDA of level 1."""
    registry = document.context.registry if document.context else None
    body = document.header.body if document.header else None
    if body is not None:
        return body.kind is BodyKind.UNSTRUCTURED and body.media_type == PDF
    return registry is not None and (registry.mime_type or "").lower() == PDF


class _Known:
    """The documents of one carrier that may have a PDF, by what a PDF has in common with them."""

    def __init__(self, documents: Iterable[Document]) -> None:
        """Hold those that have a header."""
        self._by_id: dict[str, list[Document]] = defaultdict(list)
        self._by_kind: dict[tuple[str, datetime], list[Document]] = defaultdict(list)
        for one in documents:
            if one.header is None:
                continue
            if one.header.id:
                self._by_id[key(one.header.id)].append(one)
            if kind := _kind(one.header):
                self._by_kind[kind].append(one)

    def owner(self, pdf: Document) -> Document | None:
        """Return the one document that a PDF is of; None where there is none, or several."""
        header = pdf.header
        if header is None:
            return None
        made_from = [one.id for one in header.related if one.type_code == "XFRM"]
        found = [
            one
            for identifier in (header.id, *made_from)
            if identifier
            for one in self._by_id.get(key(identifier), ())
        ]
        if not found and (kind := _kind(header)):
            found = [one for one in self._by_kind.get(kind, ()) if _one_title(one, pdf)]
        found = [one for one in found if one.header and not _strangers(one.header, header)]
        return found[0] if len(found) == 1 else None


def _kind(header: Header) -> tuple[str, datetime] | None:
    moment = header.date.utc if header.date else None
    code = header.type.code if header.type else None
    return (code, moment) if code and moment else None


def _one_title(one: Document, other: Document) -> bool:
    titles = [comparable(two.header.title or "") for two in (one, other) if two.header]
    short, long = sorted(titles, key=len)
    return bool(short) and long.startswith(short)


def _strangers(one: Header, other: Header) -> bool:
    return other_people(one.patient, other.patient)


def _attached(document: Document) -> str | None:
    """Return the place of the one PDF that a message holds beside its document."""
    places = [
        one.location
        for one in document.findings
        if one.rule == _ATTACHED and "pdf" in str(dict(one.fields).get("kind", "")).lower()
    ]
    return places[0] if len(places) == 1 else None
