"""PATH arguments to headers, for commands that work on headers alone."""

from collections.abc import Iterable, Iterator

from cda_tools.carriers import Carried
from cda_tools.cli.exits import Outcome
from cda_tools.cli.inputs import Inputs
from cda_tools.document import read_carried_header
from cda_tools.model.document import Known
from cda_tools.reading.safexml import Limits


def received(paths: Iterable[str], limits: Limits, outcome: Outcome) -> Iterator[Known]:
    """Yield every document that has a header; the others are named on stderr, with the reason."""
    inputs = Inputs(limits, outcome)
    yield from inputs.known(paths)
    inputs.say_unread()


def headers(found: Iterable[Carried], limits: Limits, outcome: Outcome) -> Iterator[Known]:
    """Yield the carried documents that have a header, as :func:`received` does."""
    inputs = Inputs(limits, outcome)
    yield from inputs.watched(read_carried_header(one, limits) for one in found)
    inputs.say_unread()
