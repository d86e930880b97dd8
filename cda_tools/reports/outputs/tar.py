"""For the ITB: a GITB test report (TAR) in XML; several documents are reports inside one."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version

from lxml import etree

from cda_tools.batch import Result
from cda_tools.reports.contracts import gitb
from cda_tools.reports.contracts.several import inside, only
from cda_tools.reports.contracts.verdict import Level, Outcome, judged, worst
from cda_tools.reports.escapes import Escape
from cda_tools.reports.paths import relative, shown
from cda_tools.reports.run import Run
from cda_tools.reports.spool import Spool

ESCAPE = Escape.MARKUP

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def render(results: Iterable[Result], run: Run) -> Iterator[str]:
    """Yield the report; that around several documents, which counts them, is known last."""
    when, tool = datetime.now(UTC), version("cda-tools")
    single, results = only(results)
    counts: Counter[Level] = Counter()
    outcomes: set[Outcome] = set()
    with Spool() as spool:
        for result in results:
            verdict = judged(result.report)
            outcomes.add(verdict.outcome)
            counts.update(item.level for item in verdict.items)
            found = gitb.report(verdict, when, version=tool)
            if single and not run.interrupted:
                yield _DECLARATION + _text(gitb.element(found)) + "\n"
                return
            name = shown(relative(verdict.path))
            spool.write(inside(gitb.nested(name, found)) + "\n")
        options = run.options
        total = gitb.frame(worst(outcomes), counts, options.profile, options.edition, when, tool)
        notes = [f"kit {options.kit_label}"] if options.kit_label else []
        if run.interrupted:
            notes.append("validation interrompue")
        if notes:
            total["overview"]["note"] = " ; ".join(notes)
        start, end = _text(gitb.element(total)).rsplit("</", 1)
        yield _DECLARATION + start + "\n"
        yield from spool.read()
        yield f"</{end}\n"


def _text(element: etree._Element) -> str:
    return etree.tostring(element, encoding="unicode")
