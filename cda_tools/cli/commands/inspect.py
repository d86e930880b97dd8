"""``cda-tools inspect``: one screen a document."""

import sys
from collections.abc import Iterator
from dataclasses import replace

import click

from cda_tools import batch
from cda_tools.batch.memory import limited
from cda_tools.carriers.sources import named
from cda_tools.carriers.walking import LeftOut
from cda_tools.cli import color as paint
from cda_tools.cli import inputs
from cda_tools.cli.exits import Outcome
from cda_tools.cli.options import text_or_json
from cda_tools.cli.output import say, say_json
from cda_tools.cli.validating import validation_options, work_limits
from cda_tools.document import Document, found
from cda_tools.reading.safexml import Limits
from cda_tools.reports import inspection, screen
from cda_tools.validation import Options, Report

SUMMARY = "un écran par document : ligne, identifiants, auteurs, verdict de chaque couche"
EXAMPLE = "cda-tools inspect document.xml"
_WIDTH = 160  # where colours are asked for, and no terminal tells its width


@click.command(short_help=SUMMARY)
@click.argument("paths", metavar="CHEMIN...", nargs=-1, required=True)
@text_or_json
@click.option("--patient", is_flag=True, help="Montre aussi l'identité du patient.")
@click.option(
    "--diff",
    is_flag=True,
    help="Montre seulement ce qui se corrige sans l'auteur (ordre des éléments, encodage déclaré, "
    "forme d'une langue ou d'une date), en diff unifié ; n'écrit jamais dans un document.",
)
@paint.option
@inputs.stdin_name
@validation_options
@work_limits
@inputs.max_size
def command(
    paths: tuple[str, ...],
    form: str,
    patient: bool,
    diff: bool,
    color: str,
    stdin_name: str | None,
    timeout: float,
    memory: int,
    options: Options,
    limits: Limits,
) -> None:
    """Montre chaque document : sa ligne, sa nature, ses identifiants, ses auteurs, son verdict.

    CHEMIN est un fichier, un dossier (parcouru en entier) ou « - » (entrée standard).
    """
    inputs.say_waiting(paths)
    outcome = Outcome()
    if diff:
        from cda_tools.cli.mending import say_differences  # noqa: PLC0415  only where asked for

        if form == "json":
            raise click.UsageError("--diff donne un diff : pas avec --format json")
        with limited(memory):
            say_differences(paths, options, limits, outcome, patient=patient)
        outcome.exit()
        return
    settings = batch.Settings(
        replace(options, explain=True), limits, timeout=timeout, memory=memory, documents=True
    )
    colours = paint.wanted(color)
    with limited(memory):
        results = _results(paths, settings, outcome, stdin_name)
        if form == "json":
            objects = [inspection.to_json(*result, patient=patient) for result in results]
            say_json(objects)
        elif sys.stdout.isatty() or colours:
            from rich.console import Console  # noqa: PLC0415  rich is loaded for terminals only

            forced = not sys.stdout.isatty()
            console = Console(
                highlight=False,
                no_color=not colours,
                force_terminal=forced or None,
                color_system="standard" if forced else "auto",
                width=_WIDTH if forced else None,
            )
            for result in results:
                console.print(screen.rich(*result, patient=patient))
        else:
            for result in results:
                say(screen.plain(*result, patient=patient))
    outcome.exit()


def _results(
    paths: tuple[str, ...], settings: batch.Settings, outcome: Outcome, stdin_name: str | None
) -> Iterator[tuple[Document, Report]]:
    left_out = LeftOut()
    sources = named(found(paths, limits=settings.limits, left_out=left_out), stdin_name)
    results = batch.run(sources, settings)
    for result in outcome.validated(results, strict=settings.options.strict):
        assert result.document is not None
        yield result.document, result.report
    inputs.say_left_out(left_out)
