"""A whole document as a page to read, and the PDF it carries.

What a browser without XSLT shows in place of a style sheet: :func:`render` and :func:`pdf_of`.
"""

from cda_tools.rendering.page import render
from cda_tools.rendering.pdf import PdfFile, pdf_files, pdf_of

__all__ = ["PdfFile", "pdf_files", "pdf_of", "render"]
