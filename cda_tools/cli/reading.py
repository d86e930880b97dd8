"""PATH arguments to headers, for commands that work on headers alone."""

from collections.abc import Iterable, Iterator

import click

from cda_tools.carriers import Carried
from cda_tools.cli import inputs
from cda_tools.cli.exits import Outcome
from cda_tools.document import read_carried_header
from cda_tools.model.document import Known, known
from cda_tools.reading.safexml import Limits
from cda_tools.reports.paths import shown


def received(paths: Iterable[str], limits: Limits, outcome: Outcome) -> Iterator[Known]:
    """Yield every document that has a header; the others are named on stderr, with the reason."""
    yield from headers(inputs.carried(paths), limits, outcome)


def headers(found: Iterable[Carried], limits: Limits, outcome: Outcome) -> Iterator[Known]:
    """Yield the carried documents that have a header, as :func:`received` does."""
    for carried in found:
        document = read_carried_header(carried, limits)
        outcome.note(document.findings)
        if document.header is not None:
            yield from known([document])
            continue
        if document.is_statement:
            continue
        reasons = " ".join(finding.message for finding in document.findings)
        click.echo(f"{shown(document.path)} : {reasons}", err=True)
