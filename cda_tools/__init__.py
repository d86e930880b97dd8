"""cda-tools: validate and read French clinical documents (HL7 CDA R2)."""

from typing import TYPE_CHECKING, Any

from cda_tools.document import read, read_all, read_header
from cda_tools.errors import CdaToolsError, InputError, ResourceError
from cda_tools.line import one_line
from cda_tools.model.document import Document
from cda_tools.model.header import Author, AuthorKind, Code, Header, Identifier, ParentDocument
from cda_tools.model.timestamp import Timestamp
from cda_tools.rules.finding import Finding, Severity
from cda_tools.validation import Options, Report, validate

if TYPE_CHECKING:
    from cda_tools.rendering import pdf_of, render

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


def __getattr__(name: str) -> Any:
    """Import what shows a whole document only where it is used: the line starts fast."""
    if name in {"pdf_of", "render"}:
        from cda_tools import rendering  # noqa: PLC0415

        return getattr(rendering, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
