"""PATH arguments to documents and messages, for the indicators."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from cda_tools.cli.exits import Outcome
from cda_tools.cli.inputs import Inputs
from cda_tools.cli.output import opened
from cda_tools.model.document import Document
from cda_tools.reading.safexml import Limits
from cda_tools.reports.escapes import Escape


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


def write(pieces: Iterable[str], output: Path | None, escape: Escape) -> None:
    """Write a report to a file or to standard output, piece by piece."""
    with opened(output, escape) as writing:
        for piece in pieces:
            writing(piece)


text_json_or_csv = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="Texte, JSON, ou CSV pour un tableur.",
)
"""Add the option --format to a command that prints an indicator."""

to_file = click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FICHIER",
    help="Écrit le rapport dans un fichier.",
)
"""Add the option --output to a command that prints an indicator."""
