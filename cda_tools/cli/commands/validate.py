"""``cda-tools validate``: the verdict on many documents."""

import contextlib
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import FrameType

import click

from cda_tools import batch
from cda_tools.batch.memory import limited
from cda_tools.carriers.sources import Choice, named
from cda_tools.cli import color as paint
from cda_tools.cli import inputs, progress
from cda_tools.cli.config import Config, config_option
from cda_tools.cli.destinations import Destination, InOrder, destinations, written_order
from cda_tools.cli.exits import Outcome
from cda_tools.cli.output import opened
from cda_tools.cli.validating import validation_options, work_limits
from cda_tools.cli.watching import watch
from cda_tools.document import count, found
from cda_tools.reading.safexml import Limits
from cda_tools.reports import outputs
from cda_tools.reports.outputs.text import summary
from cda_tools.reports.paths import shown
from cda_tools.reports.replay import Replay
from cda_tools.reports.run import Run
from cda_tools.reports.tally import Tally
from cda_tools.rules.finding import Severity
from cda_tools.validation import Options
from cda_tools.validation.masking import Baseline, without_ignored

SUMMARY = "le verdict sur de nombreux documents, couche par couche"
EXAMPLE = "cda-tools validate documents/ --format html --output rapport.html"


@click.command(short_help=SUMMARY, cls=InOrder)
@click.argument("paths", metavar="CHEMIN...", nargs=-1, required=True)
@click.option(
    "--format",
    "forms",
    type=click.Choice(outputs.names()),
    multiple=True,
    help=f"Forme du rapport (répétable avec --output) ; par défaut {outputs.DEFAULT}.",
)
@click.option(
    "-o",
    "--output",
    "files",
    type=click.Path(path_type=Path, dir_okay=False),
    multiple=True,
    help="Fichier du rapport (UTF-8), remplacé une fois complet ; répétable. Le --format qui le "
    "précède dit sa forme, sinon son extension. « - » : la sortie standard.",
)
@click.option(
    "-q",
    "--quiet",
    is_flag=True,
    help="En texte : seulement les documents en échec et le bilan ; en fichier : pas de bilan.",
)
@click.option(
    "--include", multiple=True, metavar="MOTIF", help="Ne prend que ces fichiers (répétable)."
)
@click.option(
    "--exclude", multiple=True, metavar="MOTIF", help="Ne prend pas ces fichiers (répétable)."
)
@click.option(
    "--fail-on",
    type=click.Choice([severity.value for severity in Severity]),
    default=Severity.ERROR.value,
    show_default=True,
    help="Gravité à partir de laquelle le code de retour est 1.",
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Rapport jsonl : les constats qu'il contient sont masqués, et comptés.",
)
@click.option(
    "--docs-url",
    default="",
    metavar="ADRESSE",
    help="Adresse où vous publiez les règles, docs/rules.md ou le dossier « regles/ » du site : "
    "SARIF y renvoie, règle par règle.",
)
@click.option("--explain", is_flag=True, help="Dit ce que le schéma attend là où il refuse.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"Processus de validation. Sans cette option : un par cœur, aucun jusqu'à {batch.FEW} "
    "fichiers.",
)
@click.option(
    "--watch",
    "watching",
    is_flag=True,
    help="Valide de nouveau ce qui change, jusqu'à Ctrl-C ; avec --output, refait le rapport.",
)
@paint.option
@inputs.stdin_name
@work_limits
@click.option(
    "--progress/--no-progress",
    "with_bar",
    default=None,
    help="Barre d'avancement, sur la sortie d'erreur (par défaut : sur un terminal).",
)
@validation_options
@inputs.max_size
@config_option
@click.pass_obj
def command(
    config: Config,
    paths: tuple[str, ...],
    forms: tuple[str, ...],
    files: tuple[Path, ...],
    quiet: bool,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    fail_on: str,
    baseline: Path | None,
    docs_url: str,
    explain: bool,
    jobs: int | None,
    watching: bool,
    color: str,
    stdin_name: str | None,
    timeout: float,
    memory: int,
    with_bar: bool | None,
    options: Options,
    limits: Limits,
) -> None:
    """Valide chaque document, couche par couche.

    CHEMIN est un fichier, un dossier (parcouru en entier) ou « - » : un document, ou une liste
    de chemins, sur l'entrée standard.

    Codes de retour : 0 rien à signaler, 1 des constats, 2 la commande n'a pas pu travailler ou
    a été interrompue.

    Exemple : cda-tools validate dossier -o rapport.html -o rapport.sarif
    """
    wanted = destinations(forms, files, written_order(click.get_current_context()))
    inputs.say_waiting(paths)
    colours = paint.wanted(color)
    options = replace(options, explain=explain)
    known = Baseline.read(baseline) if baseline else None
    choice = Choice(include, exclude, but=files)

    def once(some: tuple[str, ...]) -> None:
        run = Run(
            options,
            Severity(fail_on),
            ignored=config.ignored,
            baseline=str(baseline) if baseline else None,
            command=tuple(sys.argv[1:]),
            roots=paths,
            quiet=quiet,
            stdin_name=stdin_name,
            docs_url=docs_url.partition("#")[0],
        )
        in_lines = any(one.form == "html" for one in wanted)
        settings = batch.Settings(
            options, limits, lines=in_lines, jobs=jobs, timeout=timeout, memory=memory
        )
        outcome, tally = Outcome(run.fail_on), Tally()
        printing = any(one.path is None for one in wanted)
        with (
            limited(memory),
            _interruptible(run),
            progress.bar(with_bar, lambda: count(some, choice), printing=printing) as advance,
        ):
            results = batch.run(
                named(found(some, choice, limits, run.left_out), stdin_name),
                settings,
                stopped=lambda: run.interrupted,
                done=advance,
            )
            masked = _masked(results, known, config)
            noted = outcome.validated(masked, strict=options.strict)
            _write(wanted, tally.watch(noted), run, colours=colours)
        if files and not quiet:
            for line in summary(tally, run):
                click.echo(line, err=True)
        if run.interrupted:
            click.echo("cda-tools : validation interrompue", err=True)
            if watching:
                raise KeyboardInterrupt
            sys.exit(2)
        inputs.say_left_out(run.left_out)
        for one in wanted:
            if one.path and not quiet:
                click.echo(f"rapport : {shown(str(one.path))}", err=True)
        outcome.exit()

    if watching:
        watch(paths, choice, once, whole=bool(files))
    else:
        once(paths)


def _write(
    wanted: list[Destination], results: Iterable[batch.Result], run: Run, *, colours: bool
) -> None:
    """Write the first report as results come, the others from what was kept of them."""
    first, *others = wanted
    with Replay() if others else contextlib.nullcontext() as replay:
        _render(first, replay.kept(results) if replay else results, run, colours=colours)
        if replay:
            for one in others:
                _render(one, replay.again(), run, colours=colours)


def _render(
    where: Destination, results: Iterable[batch.Result], run: Run, *, colours: bool
) -> None:
    report = outputs.output(where.form)
    in_colour = colours and where.path is None and where.form == outputs.DEFAULT
    with opened(where.path, report.ESCAPE) as write:
        for piece in report.render(results, run):
            write(paint.coloured(piece) if in_colour else piece)


def _masked(
    results: Iterable[batch.Result], known: Baseline | None, config: Config
) -> Iterator[batch.Result]:
    """Yield the results without the findings that are not to be shown, which are counted."""
    if not known and not config.ignored:
        yield from results
        return
    for result in results:
        report, ignored = without_ignored(result.report, config.ignored)
        report, hidden = known.unknown(report) if known else (report, 0)
        yield batch.Result(report, result.line, hidden, ignored)


@contextlib.contextmanager
def _interruptible(run: Run) -> Iterator[None]:
    """Let a first Ctrl-C or SIGTERM end the run with a report of what is done, a second end it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [signal.SIGINT, *([signal.SIGTERM] if hasattr(signal, "SIGTERM") else [])]
    before = {number: signal.getsignal(number) for number in numbers}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def interrupt(_: int, __: FrameType | None) -> None:
        run.interrupted = True
        restore()

    for number in numbers:
        signal.signal(number, interrupt)
    try:
        yield
    finally:
        restore()
