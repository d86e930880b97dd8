"""Counts over many documents: bounded by the number of rules, not of documents."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from cda_tools.batch import Result
from cda_tools.reading.safexml import LAYER as XML
from cda_tools.rules.finding import Severity
from cda_tools.validation import LayerResult, Report, State

FREQUENT = 10


class Verdict(StrEnum):
    """What a report says of a document, in French: an official word, or none.

    A document that was only read (the metadata of an XDM archive, a message that withdraws a
    document, ``--layer xml``), or lost on the way, is not shown as valid.
    """

    VALID = "conforme"
    INVALID = "non conforme"
    UNCHECKED = "non validé"

    @classmethod
    def of(cls, report: Report) -> "Verdict":
        """Return the verdict that a report shows."""
        if report.valid is False:
            return cls.INVALID
        checked = any(one.official and one.ran for one in report.layers if one.name != XML)
        return cls.VALID if report.valid and checked else cls.UNCHECKED


@dataclass(slots=True)
class LayerTally:
    """In how many documents a layer found no error, found some, was neutral, or did not run."""

    official: bool
    valid: int = 0
    invalid: int = 0
    neutral: int = 0
    not_run: int = 0

    def add(self, layer: LayerResult) -> None:
        """Count one document."""
        self.valid += layer.valid is True
        self.invalid += layer.valid is False
        self.neutral += layer.state is State.NEUTRAL
        self.not_run += not layer.ran


@dataclass(frozen=True, slots=True)
class RuleTally:
    """How often a rule was found against, and in which layer."""

    rule: str
    layer: str
    severity: Severity
    count: int


class Tally:
    """Counts results as they go by."""

    def __init__(self) -> None:
        """Start at zero."""
        self.documents = 0
        self.valid = 0
        self.unchecked = 0
        self.clean = self.remarks = 0
        self.known = 0
        self.ignored: Counter[str] = Counter()
        self.severities: Counter[Severity] = Counter()
        self.layers: dict[str, LayerTally] = {}
        self._rules: Counter[tuple[str, str, Severity]] = Counter()

    def watch(self, results: Iterable[Result]) -> Iterator[Result]:
        """Yield the results, each counted before."""
        for result in results:
            self.add(result)
            yield result

    def add(self, result: Result) -> None:
        """Count one document."""
        self.documents += 1
        verdict = Verdict.of(result.report)
        self.valid += verdict is Verdict.VALID
        self.unchecked += verdict is Verdict.UNCHECKED
        self.clean += result.report.clean is True
        self.remarks += result.report.clean is False
        self.known += result.known
        self.ignored.update(result.ignored)
        for layer in result.report.layers:
            self.layers.setdefault(layer.name, LayerTally(layer.official)).add(layer)
            for finding in layer.findings:
                self.severities[finding.severity] += 1
                self._rules[finding.rule, layer.name, finding.severity] += 1

    @property
    def invalid(self) -> int:
        """Return the number of documents that an official layer refuses."""
        return self.documents - self.valid - self.unchecked

    @property
    def summary(self) -> str:
        """Return the official count, and ours beside it, in one line.

        Ours counts documents in which none of our layers found an error.
        """
        text = f"officiel : {self.valid}/{self.valid + self.invalid} conformes"
        if self.unchecked:
            text += f", {self.unchecked} non validé{'s' if self.unchecked > 1 else ''}"
        if ran := self.clean + self.remarks:
            text += f" · textes et versions : {self.clean}/{ran} {State.NO_ERROR}"
        return text

    def rules(self) -> list[RuleTally]:
        """Return all rules found against, the most frequent first."""
        ordered = sorted(self._rules.items(), key=lambda item: (-item[1], item[0]))
        return [RuleTally(*key, count) for key, count in ordered]
