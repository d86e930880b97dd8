"""The verdict on one document, layer by layer."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cda_tools.model.document import INSIDE
from cda_tools.rules.finding import Finding, Severity
from cda_tools.validation.layers import is_official, is_ours


class State(StrEnum):
    """What one layer says of a document, in one French word or two.

    Only an official layer says ``conforme`` or ``non conforme``. Of what is ours, and of what a
    carrier says of itself, the word tells whether there is an error: warnings and information are
    counted beside it. Neutral, not run: neither reads as valid.
    """

    CONFORMANT = "conforme"
    NOT_CONFORMANT = "non conforme"
    NEUTRAL = "neutre"
    NOT_RUN = "non exécutée"
    NO_ERROR = "sans erreur"
    ERRORS = "avec erreur"


@dataclass(frozen=True, slots=True)
class LayerResult:
    """What one layer says.

    ``ran``: False where it gave no verdict. ``asked``: False where the options leave it out.
    ``applied``: False where none of its rules is about such a document. ``hidden``: how many errors
    are left out of ``findings`` (baseline, ignored rules); they still count.
    """

    name: str
    ran: bool
    findings: tuple[Finding, ...] = ()
    asked: bool = True
    applied: bool = True
    hidden: int = 0

    @property
    def official(self) -> bool:
        """Return whether it says what the authority's tools say."""
        return is_official(self.name)

    @property
    def valid(self) -> bool | None:
        """Return True where no finding is an error, None where it did not run or is neutral."""
        errors = self.hidden or any(one.severity is Severity.ERROR for one in self.findings)
        if not self.ran or (not self.applied and not errors):
            return None
        return not errors

    @property
    def state(self) -> State:
        """Return the verdict in words."""
        if not self.ran:
            return State.NOT_RUN
        if self.valid is None:
            return State.NEUTRAL
        if self.official:
            return State.CONFORMANT if self.valid else State.NOT_CONFORMANT
        return State.NO_ERROR if self.valid else State.ERRORS

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object of a layer; ``valid``: None where not run or neutral."""
        return {
            "name": self.name,
            "official": self.official,
            "ran": self.ran,
            "valid": self.valid,
            "state": self.state.value,
            "issues": [finding.to_dict() for finding in self.findings],
        }


@dataclass(frozen=True, slots=True)
class Report:
    """The layers' results for one document, in the order in which they run.

    ``edition``: the month of the official profile that decided. ``kit``: the official kit whose
    layers took part, None where none did. ``inside``: the document's name in the carrier that its
    file is, with which ``path`` ends; None where the file is the document.
    """

    path: str
    profile: str
    layers: tuple[LayerResult, ...]
    edition: str = ""
    kit: str | None = None
    inside: str | None = None

    def __bool__(self) -> bool:
        """Return True for a document that is valid: neither invalid nor not validated."""
        return self.valid is True

    @property
    def file(self) -> str:
        """Return the path of the file that the document is, or is in."""
        return self.path if self.inside is None else self.path.removesuffix(INSIDE + self.inside)

    @property
    def valid(self) -> bool | None:
        """Return False where an official layer failed, None where one asked for did not run.

        Our own layers and what a carrier says never change it. A document known by a carrier's
        metadata alone, or a message without document, is read and not validated: None.
        """
        official = [layer for layer in self.layers if layer.official and layer.asked]
        if any(layer.valid is False for layer in official):
            return False
        return None if not official or any(not layer.ran for layer in official) else True

    @property
    def clean(self) -> bool | None:
        """Return whether our own layers found no error; None where none of them ran."""
        ours = [layer for layer in self.layers if layer.ran and is_ours(layer.name)]
        return all(layer.valid is not False for layer in ours) if ours else None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return all findings, in the order of the layers."""
        return tuple(finding for layer in self.layers for finding in layer.findings)

    def counting(self, *, strict: bool) -> Iterator[Finding]:
        """Yield the findings that count for the exit code: ours only where ``strict``."""
        return (one for one in self.findings if strict or not is_ours(one.layer))

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object of the document, as in ``validate --format jsonl``."""
        return {"path": self.path, **self.verdict_to_dict()}

    def verdict_to_dict(self) -> dict[str, Any]:
        """Return the same without the path, as ``inspect`` has it beside the document's."""
        return {
            "valid": self.valid,
            "profile": self.profile,
            "edition": self.edition,
            "kit": self.kit,
            "layers": [layer.to_dict() for layer in self.layers],
        }
