"""cda-tools: validate and read French clinical documents (HL7 CDA R2)."""

from cda_tools.document import Document, read, read_header
from cda_tools.errors import CdaToolsError, InputError, ResourceError
from cda_tools.line import one_line
from cda_tools.model.header import Author, AuthorKind, Code, Header, Identifier, ParentDocument
from cda_tools.model.timestamp import Timestamp
from cda_tools.rules.finding import Finding, Severity
from cda_tools.validation import Options, Report, validate

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
    "one_line",
    "read",
    "read_header",
    "validate",
]
