"""For a conformity file: one self-contained page, printable, that works without JavaScript."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import version

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from cda_tools.batch import Result
from cda_tools.reports.escapes import Escape
from cda_tools.reports.paths import shown
from cda_tools.reports.run import Run
from cda_tools.reports.screen import SEVERITIES
from cda_tools.reports.spool import Spool
from cda_tools.reports.tally import Tally, Verdict
from cda_tools.reports.texts import text_of
from cda_tools.rules.catalogue import Rule
from cda_tools.rules.finding import Severity
from cda_tools.text import clean
from cda_tools.validation import LayerResult

ESCAPE = Escape.MARKUP


@dataclass(frozen=True, slots=True)
class _RuleEntry:
    """A rule that appears: ``text`` is None where the catalogue has none."""

    id: str
    layer: str
    severity: Severity
    count: int
    text: Rule | None


def render(results: Iterable[Result], run: Run) -> Iterator[str]:
    """Yield the page: documents are composed as they come, and kept until the summary is known."""
    tally = Tally()
    compose = _environment().get_template("document.html").module.document  # type: ignore[attr-defined]
    with Spool() as spool:
        for result in tally.watch(results):
            spool.write(compose(tally.documents, result, Verdict.of(result.report)))
        yield from _page(tally, run, spool)


def _page(tally: Tally, run: Run, spool: Spool) -> Iterator[str]:
    environment = _environment()
    yield from environment.get_template("report.html").generate(
        tally=tally,
        run=run,
        rules=_rules(tally),
        documents=(Markup(text) for text in spool.read()),
        verdicts=tuple(Verdict),
        severities=SEVERITIES,
        version=version("cda-tools"),
        now=datetime.now().astimezone(),
        css=_asset("report.css"),
        script=_asset("report.js"),
    )


def _rules(tally: Tally) -> list[_RuleEntry]:
    """Return the rules found against, the most frequent first, each once."""
    entries: dict[str, _RuleEntry] = {}
    for one in tally.rules():
        before = entries.get(one.rule)
        count = one.count + (before.count if before else 0)
        severity = before.severity if before else one.severity
        entries[one.rule] = _RuleEntry(one.rule, one.layer, severity, count, text_of(one.rule))
    return list(entries.values())


def _asset(name: str) -> Markup:
    environment = _environment()
    assert environment.loader is not None
    return Markup(environment.loader.get_source(environment, name)[0])


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("cda_tools.reports"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(clean=lambda text: clean(text) or "", shown=shown)
    environment.globals.update(severities=SEVERITIES, state_class=_class)
    return environment


def _class(layer: LayerResult) -> str:
    """Return the name that a layer's state has in the style sheet."""
    return layer.state.name.lower().replace("_", "-")
