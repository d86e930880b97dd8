"""One verdict a document, before any contract translates it.

An official failure is an error; what our own layers say weighs a warning at most, so that it
never reads as the authority's. Where something could not be checked the outcome is UNDEFINED:
nothing passes because nobody looked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cda_tools.rules.finding import Finding, Severity
from cda_tools.text import clean
from cda_tools.validation import Report, troubles
from cda_tools.validation.layers import is_ours
from cda_tools.validation.report import LayerResult


class Outcome(StrEnum):
    """What a contract says of a document as a whole."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    UNDEFINED = "UNDEFINED"


class Level(StrEnum):
    """What one item weighs; FATAL: the document was not checked."""

    FATAL = "fatal"
    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Item:
    """One finding. ``location``: XPath without prefixes, or None; ``line``: 1-based, or None."""

    rule: str
    level: Level
    message: str
    location: str | None
    line: int | None
    layer: str


@dataclass(frozen=True, slots=True)
class Step:
    """One layer: whether it ran, and what it says."""

    name: str
    ran: bool
    official: bool
    items: tuple[Item, ...] = ()

    @property
    def shown(self) -> bool:
        """Return whether it says anything: it ran, or tells why it could not."""
        return self.ran or bool(self.items)

    @property
    def outcome(self) -> Outcome:
        """Return FAILED where an item is an error, UNDEFINED where it says "not checked"."""
        levels = {item.level for item in self.items}
        if Level.FATAL in levels or not self.ran:
            return Outcome.UNDEFINED
        return Outcome.FAILED if Level.ERROR in levels else Outcome.PASSED


@dataclass(frozen=True, slots=True)
class Judged:
    """A document's verdict: ``outcome`` and the steps it comes from, in their order.

    ``wrapped``: the ClinicalDocument lies inside a style sheet (rule XML-08).
    ``is_cda``: False for XML that holds no ClinicalDocument, and for what is no XML. ``kit``: the
    label of the kit that checked it, None without one.
    """

    path: str
    profile: str
    edition: str
    outcome: Outcome
    steps: tuple[Step, ...]
    wrapped: bool = False
    is_cda: bool = True
    kit: str | None = None

    @property
    def items(self) -> tuple[Item, ...]:
        """Return all items, in the order of the steps."""
        return tuple(item for step in self.steps for item in step.items)

    def count(self, *levels: Level) -> int:
        """Return how many items are of one of ``levels``."""
        return sum(item.level in levels for item in self.items)

    @property
    def not_run(self) -> tuple[str, ...]:
        """Return the names of the layers that did not run, those that say why among them."""
        return tuple(
            step.name for step in self.steps if not step.ran and step.name != troubles.LAYER
        )

    @property
    def unlooked(self) -> bool:
        """Return whether it is UNDEFINED only because a layer did not run: no item says so."""
        return self.outcome is Outcome.UNDEFINED and not self.count(Level.FATAL)


_LEVELS = {
    Severity.ERROR: Level.ERROR,
    Severity.WARNING: Level.WARNING,
    Severity.INFORMATION: Level.INFORMATION,
}
_WRAPPED = "XML-08"
_NO_CDA = "XML-07"
_XML = "xml"


def judged(report: Report) -> Judged:
    """Translate a report. Source: the table of outcomes in docs/serve.md."""
    steps = tuple(_step(layer) for layer in report.layers)
    rules = {finding.rule for finding in report.findings}
    xml = next((step for step in steps if step.name == _XML), None)
    return Judged(
        path=report.path,
        profile=report.profile,
        edition=report.edition,
        outcome=_outcome(report, steps),
        steps=steps,
        wrapped=_WRAPPED in rules,
        is_cda=_NO_CDA not in rules and xml is not None and xml.outcome is Outcome.PASSED,
        kit=report.kit,
    )


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """Return the outcome of several documents; of none, UNDEFINED."""
    order = (Outcome.PASSED, Outcome.FAILED, Outcome.UNDEFINED)
    return max(outcomes, key=order.index, default=Outcome.UNDEFINED)


def together(verdicts: Sequence[Judged], path: str) -> Judged:
    """Return the documents of one carrier as one verdict, each step under its document's name."""
    if len(verdicts) == 1:
        return verdicts[0]
    first = verdicts[0]
    steps = tuple(step for one in verdicts for step in one.steps)
    return Judged(
        path=path,
        profile=first.profile,
        edition=first.edition,
        outcome=worst(one.outcome for one in verdicts),
        steps=steps,
        is_cda=any(one.is_cda for one in verdicts),
        kit=first.kit,
    )


def _outcome(report: Report, steps: Iterable[Step]) -> Outcome:
    levels = {item.level for step in steps for item in step.items}
    if Level.FATAL in levels:
        return Outcome.UNDEFINED
    if report.valid is False or Level.ERROR in levels:
        return Outcome.FAILED
    if report.valid is None or any(step.official and not step.ran for step in steps):
        return Outcome.UNDEFINED
    return Outcome.PASSED


def _step(layer: LayerResult) -> Step:
    items = tuple(_item(finding, layer) for finding in layer.findings)
    return Step(layer.name, layer.ran, layer.official, items)


def _item(finding: Finding, layer: LayerResult) -> Item:
    level = _LEVELS[finding.severity]
    if layer.name == troubles.LAYER:
        level = Level.FATAL
    elif level is Level.ERROR and is_ours(layer.name):
        level = Level.WARNING
    return Item(
        rule=finding.rule,
        level=level,
        message=clean(finding.message) or finding.rule,
        location=finding.location,
        line=finding.line,
        layer=layer.name,
    )
