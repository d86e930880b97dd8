"""A file inside a document as HTML: an image, a PDF to open, a text, or its name and size."""

import base64
import codecs
from dataclasses import dataclass

from markupsafe import Markup, escape

from cda_tools.rendering.encapsulated import File, Kind

# A page holds so many bytes of files at most, and a single image so many; browsers open no PDF
# of more than 2 MB out of a page (the limit is on the base64 text).
MOST_IN_PAGE = 32 * 1024 * 1024
MOST_IN_IMAGE = 8 * 1024 * 1024
MOST_IN_PDF = 1_500_000
_SHOWN_IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"})
_NAMES = {
    "application/pdf": "PDF",
    "text/rtf": "RTF",
    "application/rtf": "RTF",
    "application/xml": "XML",
    "text/xml": "XML",
    "text/html": "HTML",
    "image/tiff": "image TIFF",
    "image/svg+xml": "image SVG",
    "application/dicom": "DICOM",
}


@dataclass(slots=True)
class Budget:
    """How many bytes of files the page may still take."""

    left: int = MOST_IN_PAGE

    def takes(self, file: File, most: int) -> bool:
        """Tell whether a file still fits, and count it if so."""
        size = len(file.data or b"")
        if size > min(self.left, most):
            return False
        self.left -= size
        return True


def name(file: File) -> str:
    """Return what a file is, in a word or two of French."""
    return _NAMES.get(file.media_type) or file.media_type


def shown(
    file: File, title: str, budget: Budget, *, opened: bool = False, pdf_href: str | None = None
) -> Markup:
    """Return a file as HTML. ``title``: what it is called, for those who do not see it.

    ``opened``: whether a PDF is open from the start, which loads the browser's viewer.
    ``pdf_href``: where the host serves the PDF, as a link in place of the PDF itself.
    """
    if file.data is None:
        return _absent(file, title)
    if file.kind is Kind.PDF:
        return _pdf(file, title, budget, opened=opened, href=pdf_href)
    if file.kind is Kind.IMAGE and file.media_type in _SHOWN_IMAGES:
        return _image(file, title, budget)
    if file.kind is Kind.TEXT and budget.takes(file, MOST_IN_PAGE):
        return Markup(
            '<div class="text" role="region" tabindex="0" aria-label="{}"><pre>{}</pre></div>'
        ).format(title, text(file.data, file.charset))
    return _named(file, title, "un navigateur ne l'affiche pas")


def text(data: bytes, charset: str | None = None) -> str:
    """Return the text of a file: in UTF-16 where it says so, in its ``charset``, or in UTF-8.

    Where none of them reads it, it is in Windows-1252, which takes any byte.
    """
    marked = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else None
    for name in (marked, charset, "utf-8-sig"):
        try:
            if name:
                return data.decode(name).removeprefix("\ufeff")
        except (UnicodeError, LookupError):  # a codec of bytes is no charset either
            continue
    return data.decode("cp1252", "replace")


def _pdf(file: File, title: str, budget: Budget, *, opened: bool, href: str | None) -> Markup:
    if href is not None:
        return Markup('<p class="file"><a href="{}">{}</a> ({}, {})</p>').format(
            href, title, name(file), file.size
        )
    if not budget.takes(file, MOST_IN_PDF):
        return _named(file, title, "trop gros pour cette page : cda-tools pdf l'extrait")
    return Markup(
        '<details class="pdf"{}><summary>{} <span class="muted">({}, {})</span></summary>'
        '<object type="application/pdf" title="{}" data="data:application/pdf;base64,{}">'
        "<p>Ce navigateur n'affiche pas les PDF : cda-tools pdf l'extrait.</p></object></details>"
    ).format(Markup(" open") if opened else "", title, name(file), file.size, title, _base64(file))


def _image(file: File, title: str, budget: Budget) -> Markup:
    if not budget.takes(file, MOST_IN_IMAGE):
        return _named(file, title, "trop grosse pour cette page")
    return Markup('<img alt="{}" src="data:{};base64,{}">').format(
        title, file.media_type, _base64(file)
    )


def _base64(file: File) -> Markup:
    return Markup(base64.b64encode(file.data or b"").decode("ascii"))


def _absent(file: File, title: str) -> Markup:
    if file.reference:
        # Never fetched: the page asks nothing of anyone.
        why = f"hors du document : {file.reference}"
    else:
        why = file.problem or "le fichier manque"
    return Markup('<span class="file">[{} : {}, {}]</span>').format(title, name(file), why)


def _named(file: File, title: str, why: str) -> Markup:
    return Markup('<span class="file">[{} : {}, {} ; {}]</span>').format(
        title, name(file), file.size, escape(why)
    )
