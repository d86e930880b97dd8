"""What every layer says and every output prints: one small immutable value."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs; only ``ERROR`` makes a document invalid."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule says of one place.

    ``rule``: stable id, e.g. ``SM-SETID-01``. ``message``: French, without patient identity.
    ``location``: XPath without prefixes, ``[n]`` where several siblings share the name, e.g.
    ``/ClinicalDocument/author[2]/assignedAuthor``; None where there is no element.
    ``line``: 1-based line in the file; None where it is not known.
    ``layer``: the layer or subject that says it, e.g. ``xsd``.
    """

    rule: str
    severity: Severity
    message: str
    location: str | None
    line: int | None
    layer: str
