"""cda-tools: validate and read French clinical documents (HL7 CDA R2)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cda_tools.document import read, read_all, read_header
from cda_tools.errors import CdaToolsError, InputError, ResourceError
from cda_tools.line import one_line
from cda_tools.model.document import Document
from cda_tools.model.header import Author, AuthorKind, Code, Header, Identifier, ParentDocument
from cda_tools.model.timestamp import Timestamp
from cda_tools.rules.finding import Finding, Severity

if TYPE_CHECKING:
    from cda_tools.rendering import pdf_of, render
    from cda_tools.validation import Options, Report, validate

__version__ = "0.1.0"

__all__ = [
    "Author",
    "AuthorKind",
    "CdaToolsError",
    "Code",
    "Document",
    "Finding",
    "Header",
    "Identifier",
    "InputError",
    "Options",
    "ParentDocument",
    "Report",
    "ResourceError",
    "Severity",
    "Timestamp",
    "__version__",
    "one_line",
    "pdf_of",
    "read",
    "read_all",
    "read_header",
    "render",
    "validate",
]


_LATER = {
    "Options": "cda_tools.validation",
    "Report": "cda_tools.validation",
    "pdf_of": "cda_tools.rendering",
    "render": "cda_tools.rendering",
    "validate": "cda_tools.validation",
}


def __getattr__(name: str) -> Any:
    """Import what validates or shows a document only where it is used: the line starts fast."""
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
