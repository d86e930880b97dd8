"""For a conformity file: one self-contained page, printable, that works without JavaScript."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

from markupsafe import Markup

from cda_tools import pages
from cda_tools.batch import Result
from cda_tools.reports.digests import Digests
from cda_tools.reports.escapes import Escape
from cda_tools.reports.paths import below, shown
from cda_tools.reports.run import Run
from cda_tools.reports.spool import Spool
from cda_tools.reports.tally import Tally, Verdict
from cda_tools.reports.texts import text_of
from cda_tools.reports.words import SEVERITIES
from cda_tools.rules.catalogue import Rule
from cda_tools.rules.finding import Severity
from cda_tools.validation import LayerResult, State

ESCAPE = Escape.MARKUP

_ROOM = "cda_tools.reports"

_CITED = 50
"""Documents listed under a rule."""


@dataclass(frozen=True, slots=True)
class _RuleEntry:
    """A rule that appears: ``text`` is None where the catalogue has none.

    ``documents``: number and path of the first documents that it is about; ``more``: there are
    others.
    """

    id: str
    layer: str
    severity: Severity
    count: int
    text: Rule | None
    documents: list[tuple[int, str]]

    @property
    def more(self) -> bool:
        """Return whether documents were left out of the list."""
        return len(self.documents) >= _CITED


def render(results: Iterable[Result], run: Run) -> Iterator[str]:
    """Yield the page: documents are composed as they come, and kept until the summary is known.

    Those that fail come first, then those that were not validated.
    """
    tally = Tally()
    compose = _composer()
    digests = Digests()
    cited: dict[str, list[tuple[int, str]]] = {}
    with Spool() as failing, Spool() as unchecked, Spool() as valid:
        spools = {Verdict.INVALID: failing, Verdict.UNCHECKED: unchecked, Verdict.VALID: valid}
        for result in tally.watch(results):
            report, number = result.report, tally.documents
            verdict, path = Verdict.of(report), below(report.path, run.roots)
            for rule in {one.rule for one in report.findings}:
                if len(cited.setdefault(rule, [])) < _CITED:
                    cited[rule].append((number, path))
            digest = None if report.file == run.stdin_name else digests.of(report.file)
            spools[verdict].write(compose(number, result, verdict, path, digest))
        yield from _page(tally, run, cited, [failing, unchecked, valid])


def _page(
    tally: Tally, run: Run, cited: dict[str, list[tuple[int, str]]], spools: list[Spool]
) -> Iterator[str]:
    template = pages.environment(_ROOM).get_template("report.html")
    yield from template.generate(
        tally=tally,
        run=run,
        rules=_rules(tally, cited),
        documents=(Markup(text) for spool in spools for text in spool.read()),
        verdicts=tuple(Verdict),
        severities=SEVERITIES,
        states=State,
        shown=shown,
        version=version("cda-tools"),
        now=datetime.now().astimezone(),
        css=pages.asset(_ROOM, "report.css"),
        script=pages.asset(_ROOM, "report.js"),
    )


def _rules(tally: Tally, cited: dict[str, list[tuple[int, str]]]) -> list[_RuleEntry]:
    """Return the rules found against, the most frequent first, each once."""
    entries: dict[str, _RuleEntry] = {}
    for one in tally.rules():
        before = entries.get(one.rule)
        count = one.count + (before.count if before else 0)
        severity = before.severity if before else one.severity
        entries[one.rule] = _RuleEntry(
            one.rule, one.layer, severity, count, text_of(one.rule), cited.get(one.rule, [])
        )
    return list(entries.values())


def _composer() -> Callable[..., str]:
    """Return the macro that composes one document."""
    words = {"severities": SEVERITIES, "state_class": _class, "shown": shown}
    template = pages.environment(_ROOM).get_template("document.html", globals=words)
    compose: Callable[..., str] = template.module.document  # type: ignore[attr-defined]
    return compose


def _class(layer: LayerResult) -> str:
    """Return the name that a layer's state has in the style sheet."""
    return layer.state.name.lower().replace("_", "-")
