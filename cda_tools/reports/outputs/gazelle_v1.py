"""For readers of Gazelle's older validation reports: the model 0.1, JSON."""

from collections.abc import Iterable, Iterator

from cda_tools.batch import Result
from cda_tools.reports.contracts.gazelle import Model, rendered
from cda_tools.reports.escapes import Escape
from cda_tools.reports.run import Run

ESCAPE = Escape.JSON


def render(results: Iterable[Result], run: Run) -> Iterator[str]:
    """Yield the report."""
    yield from rendered(results, run, Model.V1)
