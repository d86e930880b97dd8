"""Counts over many documents: bounded by the number of rules, not of documents."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from cda_tools.batch import Result
from cda_tools.rules.finding import Severity
from cda_tools.validation import LAYERS, Report

FREQUENT = 10


class Verdict(StrEnum):
    """What a report says of a document, in French.

    A document that was only read (the metadata of an XDM archive, a message that withdraws a
    document, ``--layer xml``) is not shown as valid.
    """

    VALID = "conforme"
    INVALID = "non conforme"
    UNCHECKED = "lu, non validé"

    @classmethod
    def of(cls, report: Report) -> "Verdict":
        """Return the verdict that a report shows."""
        if report.valid is False:
            return cls.INVALID
        checked = any(layer.ran for layer in report.layers if layer.name in LAYERS[1:])
        return cls.VALID if checked else cls.UNCHECKED


@dataclass(slots=True)
class LayerTally:
    """How many documents a layer found valid, found invalid, or was not run on."""

    valid: int = 0
    invalid: int = 0
    not_run: int = 0


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
        self.known += result.known
        self.ignored.update(result.ignored)
        for layer in result.report.layers:
            counts = self.layers.setdefault(layer.name, LayerTally())
            counts.not_run += not layer.ran
            counts.valid += layer.valid is True
            counts.invalid += layer.valid is False
            for finding in layer.findings:
                self.severities[finding.severity] += 1
                self._rules[finding.rule, layer.name, finding.severity] += 1

    @property
    def invalid(self) -> int:
        """Return the number of documents with an error."""
        return self.documents - self.valid - self.unchecked

    def rules(self) -> list[RuleTally]:
        """Return all rules found against, the most frequent first."""
        ordered = sorted(self._rules.items(), key=lambda item: (-item[1], item[0]))
        return [RuleTally(*key, count) for key, count in ordered]
