"""PATH arguments to documents and messages, for the indicators."""

from collections.abc import Iterable, Iterator

import click

from cda_tools.cli.exits import Outcome
from cda_tools.cli.inputs import Inputs
from cda_tools.model.document import Document
from cda_tools.reading.safexml import Limits


def everything(paths: Iterable[str], limits: Limits, outcome: Outcome) -> Iterator[Document]:
    """Yield documents, and messages that say something; the others are named on stderr.

    Messages are not checked: no indicator says what they break of their guide.
    """
    inputs = Inputs(limits, outcome, checks=False)
    for document in inputs.documents(paths):
        if document.header is None and not document.is_statement:
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
