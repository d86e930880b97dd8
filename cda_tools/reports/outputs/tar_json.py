"""For readers of the ITB's JSON: a GITB test report (TAR); several documents are an array."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from cda_tools.batch import Result
from cda_tools.reports.contracts import gitb
from cda_tools.reports.contracts.several import only
from cda_tools.reports.contracts.verdict import Outcome, judged
from cda_tools.reports.escapes import Escape
from cda_tools.reports.paths import relative, shown
from cda_tools.reports.run import Run

ESCAPE = Escape.JSON


def render(results: Iterable[Result], run: Run) -> Iterator[str]:
    """Yield the report of the only document; else an array, a report with its name a document.

    A run that was interrupted ends with a report that is UNDEFINED.
    """
    when, tool = datetime.now(UTC), version("cda-tools")
    single, results = only(results)
    if single and not run.interrupted:
        yield _dump(gitb.report(judged(single.report), when, version=tool)) + "\n"
        return
    separator = "[\n"
    for result in results:
        verdict = judged(result.report)
        found = {"name": shown(relative(verdict.path))} | gitb.report(verdict, when, version=tool)
        yield separator + _dump(found)
        separator = ",\n"
    if run.interrupted:
        options = run.options
        end = gitb.frame(Outcome.UNDEFINED, {}, options.profile, options.edition, when, tool)
        end["overview"]["note"] = "validation interrompue"
        yield separator + _dump(end)
        separator = ",\n"
    yield "\n]\n" if separator == ",\n" else "[]\n"


def _dump(found: dict[str, Any]) -> str:
    return json.dumps(gitb.to_json(found), ensure_ascii=False)
