"""The PDF of a document: its body, its PDF copy, or a file that its entries hold."""

from dataclasses import dataclass, field

from cda_tools.model.document import Document
from cda_tools.reading.header import clinical_document
from cda_tools.rendering.encapsulated import File, Kind
from cda_tools.rendering.media import Media
from cda_tools.rendering.sections import file_of_body


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A PDF of a document. ``name``: what it is, in French. ``copy``: it is the whole document."""

    name: str
    data: bytes = field(repr=False)
    copy: bool = False


def pdf_of(document: Document) -> bytes | None:
    """Return the PDF that shows the whole document: its body or its PDF copy; None without.

    Where there are several copies, the first is returned: :func:`pdf_files` has them all. A PDF
    that an entry holds beside the document's text (an attachment) is none of them.

    >>> from cda_tools import pdf_of, read
    >>> pdf_of(read("fixtures/gazelle/lettre-niveau-1-pdf.xml"))[:5]
    b'%PDF-'
    >>> pdf_of(read("fixtures/gazelle/imagerie-v2.xml")) is None
    True
    """
    return next((one.data for one in pdf_files(document) if one.copy), None)


def pdf_files(document: Document) -> list[PdfFile]:
    """Return every PDF of a document that was read whole, its body or copy first."""
    element = None if document.tree is None else clinical_document(document.tree)
    if element is None:
        return []
    found = []
    body = file_of_body(element)
    if body is not None and (data := _pdf(body)) is not None:
        found.append(PdfFile("corps du document", data, copy=True))
    for medium in Media(element).all:
        data = _pdf(medium.file)
        if data is not None:
            kind = "copie PDF" if medium.copy else "fichier joint"
            found.append(PdfFile(f"{kind}, section « {medium.title} »", data, medium.copy))
    return sorted(found, key=lambda one: not one.copy)


def _pdf(file: File) -> bytes | None:
    return file.data if file.kind is Kind.PDF else None
