"""For programs: one JSON object a document, one a line."""

from collections.abc import Iterable, Iterator

from cda_tools.batch import Result
from cda_tools.reports.escapes import Escape
from cda_tools.reports.objects import line
from cda_tools.reports.run import Run

ESCAPE = Escape.JSON


def render(results: Iterable[Result], run: Run) -> Iterator[str]:
    """Yield each document's line; nothing is said of the run."""
    for result in results:
        yield line(result) + "\n"
