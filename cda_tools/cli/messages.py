"""PATH arguments to documents and messages, for the indicators."""

from collections.abc import Iterable, Iterator

import click

from cda_tools.cli.exits import Outcome
from cda_tools.cli.inputs import Inputs
from cda_tools.model.document import Document
from cda_tools.reading.safexml import Limits


def everything(paths: Iterable[str], limits: Limits, outcome: Outcome) -> Iterator[Document]:
    """Yield documents, and messages that say something; the others are named on stderr.

    Messages are not checked: no indicator says what they break of their guide. Only the findings
    of what is named here count for the exit code; of the others, those that the indicator shows.
    """
    inputs = Inputs(limits, outcome, checks=False)
    for document in inputs.unwatched(paths):
        unread = document.header is None and not document.is_statement
        outcome.note(document.findings if unread else ())
        if unread:
            inputs.unread.append(document)
            inputs.say_unread()
        yield document


text_json_or_csv = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="Texte, JSON, ou CSV pour un tableur.",
)
"""Add the option --format to a command that prints an indicator."""
