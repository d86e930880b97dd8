"""What every layer says and every output prints: one small immutable value.

Findings are made in two ways only: :func:`cda_tools.rules.texts.finding` for a rule whose texts
are ours (``schemas/rules``), :func:`cda_tools.rules.texts.worded` for one that brings its own text
(the rules of an official kit, which is the user's and never ours to translate).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from cda_tools.rules import wording
from cda_tools.rules.wording import Fields


class Severity(StrEnum):
    """How much a finding weighs: ``ERROR`` > ``WARNING`` > ``INFORMATION``.

    Only an error can make a document invalid.

    >>> Severity.ERROR > Severity.WARNING, min(Severity)
    (True, <Severity.INFORMATION: 'information'>)
    """

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"

    def __lt__(self, other: str) -> bool:
        """Return whether it weighs less; an order by weight, not by letter."""
        return _WEIGHTS[self] < _WEIGHTS[other]

    def __le__(self, other: str) -> bool:
        """Return whether it weighs no more."""
        return _WEIGHTS[self] <= _WEIGHTS[other]

    def __gt__(self, other: str) -> bool:
        """Return whether it weighs more."""
        return _WEIGHTS[self] > _WEIGHTS[other]

    def __ge__(self, other: str) -> bool:
        """Return whether it weighs no less."""
        return _WEIGHTS[self] >= _WEIGHTS[other]


_WEIGHTS: dict[str, int] = {name: -number for number, name in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule says of one place.

    ``rule``: stable id, e.g. ``SM-SETID-01``. ``layer``: the layer or subject that says it, e.g.
    ``xsd``. ``location``: XPath without prefixes, ``[n]`` where several siblings share the name,
    e.g. ``/ClinicalDocument/author[2]/assignedAuthor``; None where there is no element.
    ``line``: 1-based line in the file; None where it is not known. ``fields``: what depends on the
    document in the rule's text, by name. ``text``: the whole message of a rule that brings its
    own (see the module); None where the text is the rule's. Neither holds patient identity.
    ``about``: places that findings of the official layers are compared by, to tell those of one
    cause; not shown. Elements there or missing (``/ClinicalDocument/setId``), one that is not
    expected (``/ClinicalDocument/author[2]/.``), one that lacks a child
    (``/ClinicalDocument/informant/?``), attributes (``/ClinicalDocument/setId/@root``).
    """

    rule: str
    severity: Severity
    layer: str
    location: str | None = None
    line: int | None = None
    fields: Fields = ()
    text: str | None = None
    about: tuple[str, ...] = field(default=(), repr=False, compare=False)

    @property
    def message(self) -> str:
        """Return the message in the language of the moment, French unless another was chosen.

        Raise ResourceError where the rule's texts cannot be read.
        """
        if self.text is not None:
            return self.text
        return wording.message(self.layer, self.rule, self.fields)

    def to_dict(self) -> dict[str, str | int | None]:
        """Return the JSON object of a finding; ``location`` and ``line`` are None without place."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "message": self.message,
            "location": self.location,
            "line": self.line,
        }


def worst(findings: Iterable[Finding]) -> Severity | None:
    """Return the heaviest severity among the findings; None where there is none."""
    return max((finding.severity for finding in findings), default=None)
