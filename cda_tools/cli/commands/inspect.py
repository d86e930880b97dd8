"""``cda-tools inspect``: one screen a document."""

import sys
from collections.abc import Iterator
from dataclasses import replace

import click

from cda_tools.cli import inputs
from cda_tools.cli.exits import Outcome
from cda_tools.cli.options import text_or_json, validation_options
from cda_tools.cli.output import say, say_json
from cda_tools.document import Document, Door
from cda_tools.reading.safexml import Limits
from cda_tools.reports import inspection, screen
from cda_tools.validation import Options, Report, validate

SUMMARY = "un écran par document : ligne, identifiants, auteurs, verdict de chaque couche"


@click.command(short_help=SUMMARY)
@click.argument("paths", metavar="CHEMIN...", nargs=-1, required=True)
@text_or_json
@click.option("--patient", is_flag=True, help="Montre aussi l'identité du patient.")
@validation_options
@inputs.max_size
def command(
    paths: tuple[str, ...], form: str, patient: bool, options: Options, limits: Limits
) -> None:
    """Montre chaque document : sa ligne, sa nature, ses identifiants, ses auteurs, son verdict.

    CHEMIN est un fichier, un dossier (parcouru en entier) ou « - » (entrée standard).
    """
    outcome = Outcome()
    results = _results(paths, replace(options, explain=True), limits, outcome)
    if form == "json":
        objects = [
            inspection.to_json(document, report, patient=patient) for document, report in results
        ]
        say_json(objects)
    elif sys.stdout.isatty():
        from rich.console import Console  # noqa: PLC0415  rich is loaded for terminals only

        console = Console(highlight=False)
        for document, report in results:
            console.print(screen.rich(document, report, patient=patient))
    else:
        for document, report in results:
            say(screen.plain(document, report, patient=patient))
    outcome.exit()


def _results(
    paths: tuple[str, ...], options: Options, limits: Limits, outcome: Outcome
) -> Iterator[tuple[Document, Report]]:
    door = Door(limits, whole=True)
    for document in door.documents(paths):
        report = validate(document, options)
        outcome.note(report.counting(strict=options.strict))
        yield document, report
    inputs.say_left_out(door.left_out)
