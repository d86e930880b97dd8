"""A document as one HTML page: safe, self-contained, without a script or a request.

Source: structuration minimale 1.16.4 to 1.16.8 (the PDF copy is shown first); HL7 CDA R2 § 1.2.1
(human readability: the narrative is what the author signed, and all of it is shown).
"""

from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version

from lxml.etree import _Element as Element
from markupsafe import Markup

from cda_tools import pages
from cda_tools.errors import InputError
from cda_tools.line import compose, line_fields
from cda_tools.model.document import Document
from cda_tools.reading.header import clinical_document
from cda_tools.rendering.encapsulated import Kind
from cda_tools.rendering.media import Media
from cda_tools.rendering.narrative import Narrative
from cda_tools.rendering.sections import Places, file_of_body, sections
from cda_tools.rendering.showing import Budget, shown
from cda_tools.reports.inspection import rows
from cda_tools.reports.words import SEVERITIES
from cda_tools.rules.finding import Finding
from cda_tools.text import clean

_ROOM = "cda_tools.rendering"
_BRIEF = ("type", "date")
_BODY = "Corps du document"
_COPY = "Copie PDF du document"
_ABSENT = "seules ses métadonnées ou son en-tête sont connus : son texte n'est pas là"


def render(
    document: Document,
    *,
    patient: bool = False,
    findings: Sequence[Finding] | None = None,
    open_pdf: bool = False,
    pdf_href: str | None = None,
) -> str:
    """Return a whole document as an HTML page to read or print.

    The header first (the patient's identity only with ``patient``), then the PDF copy where
    there is one, then the narrative of every section, word for word, with its images. Nothing
    of the page runs or is fetched; links lead to the web, to a mail or inside the page only.

    ``document``: read whole (:func:`cda_tools.read`). ``findings``: of a validation, shown
    beside the section that each is in. ``open_pdf``: show the PDF at once, which loads the
    browser's own viewer. ``pdf_href``: where the host serves :func:`pdf_of`, as a link in its
    place (browsers open no PDF over about 2 MB out of a page). Raise InputError for a document that
    could not be read, or whose header alone was.

    >>> from cda_tools import read, render
    >>> page = render(read("fixtures/gazelle/imagerie-v2.xml"))
    >>> page.startswith("<!DOCTYPE html>"), "<script" in page
    (True, False)
    """
    element = _element(document)
    header = document.header
    assert header is not None
    media, budget = Media(element), Budget()
    narrative = Narrative(media, budget)
    first = _first(element, media, budget, open_pdf=open_pdf, pdf_href=pdf_href)
    places = Places(findings or ())
    found = sections(element, narrative, media, budget, places)
    line = line_fields(header, document.context, patient=patient)
    return (
        pages.environment(_ROOM)
        .get_template("document.html")
        .render(
            heading=clean(header.title) or line.type,
            brief=compose(line, _BRIEF),
            line=compose(replace(line, state=None), ("type", "date", "author", "structure")),
            rows=list(rows(header, patient=patient)),
            patient=patient,
            first=first,
            sections=found,
            others=places.place(),
            with_findings=findings is not None,
            count=len(findings or ()),
            severities=SEVERITIES,
            language=clean(header.language) or "fr",
            css=pages.asset(_ROOM, "document.css"),
            version=version("cda-tools"),
        )
    )


def _element(document: Document) -> Element:
    element = None if document.tree is None else clinical_document(document.tree)
    if element is None or document.header is None:
        reasons = " ".join(finding.message for finding in document.findings)
        raise InputError(f"{document.path} : {reasons or _ABSENT}")
    return element


def _first(
    element: Element, media: Media, budget: Budget, *, open_pdf: bool, pdf_href: str | None
) -> list[tuple[str, Markup]]:
    """Return what stands before the sections: the body that is a file, or the PDF copies.

    ``pdf_href`` leads to what :func:`cda_tools.pdf_of` gives: the body, or the first copy.
    """
    body = file_of_body(element)
    if body is not None:
        title = "PDF du document" if body.kind is Kind.PDF else _BODY
        return [(_BODY, shown(body, title, budget, opened=open_pdf, pdf_href=pdf_href))]
    copies = media.copies()
    for one in copies:
        media.note(one)
    return [
        (
            _COPY,
            shown(one.file, _COPY, budget, opened=open_pdf, pdf_href=None if number else pdf_href),
        )
        for number, one in enumerate(copies)
    ]
