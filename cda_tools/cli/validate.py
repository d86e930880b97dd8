"""``cda-tools validate``: the verdict on many documents."""

import click

from cda_tools.cli import inputs
from cda_tools.cli.exits import Outcome
from cda_tools.cli.options import validation_options
from cda_tools.document import read_carried
from cda_tools.reports import jsonl, summary
from cda_tools.safexml import Limits
from cda_tools.validation import Options, validate


@click.command(short_help="le verdict sur de nombreux documents")
@click.argument("paths", metavar="CHEMIN...", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help="Texte, ou JSON (un objet par ligne et par document).",
)
@click.option("--progress/--no-progress", default=None, help="Barre de progression.")
@validation_options
@inputs.max_size
def command(
    paths: tuple[str, ...], form: str, progress: bool | None, options: Options, limits: Limits
) -> None:
    """Valide chaque document, couche par couche."""
    outcome = Outcome()
    for carried in inputs.carried(paths):
        report = validate(read_carried(carried, limits), options)
        outcome.note(report.findings)
        click.echo(jsonl.line(report) if form == "jsonl" else summary.document(report))
    outcome.exit()
