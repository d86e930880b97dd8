"""``cda-tools dossier``: one archive of evidence for a requirement."""

import contextlib
import re
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from cda_tools import batch, dossier
from cda_tools.batch.memory import limited
from cda_tools.carriers.sources import Choice
from cda_tools.carriers.walking import LeftOut
from cda_tools.cli import inputs
from cda_tools.cli.dmp_inputs import Given, patient_of
from cda_tools.cli.dmp_visits import read_visit
from cda_tools.cli.exits import Outcome
from cda_tools.cli.output import say, whole
from cda_tools.cli.validating import validation_options, work_limits
from cda_tools.dmp import Comparison, Memory, compare, pair
from cda_tools.document import found
from cda_tools.dossier import archive
from cda_tools.errors import InputError
from cda_tools.reading.safexml import Limits
from cda_tools.reports.paths import shown
from cda_tools.reports.run import Run
from cda_tools.validation import Options

SUMMARY = "une archive de preuves pour une exigence : pages, rapport, empreintes, journal"
EXAMPLE = "cda-tools dossier documents --exigence DD.15 --into preuves.zip"


class _Requirement(click.Choice[str]):
    """A requirement, with or without the family before it: ``CDA/DD.15`` is ``DD.15``."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return super().convert(re.sub(r"(?i)^(?:CDA|DMP)/", "", value), param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        return [
            CompletionItem(one)
            for one in self.choices
            if one.lower().startswith(incomplete.lower())
        ]


@click.command(short_help=SUMMARY)
@click.argument("paths", metavar="CHEMIN...", nargs=-1, required=True)
@click.option(
    "--exigence",
    "requirement",
    type=_Requirement(dossier.IDS, case_sensitive=False),
    required=True,
    metavar="|".join(dossier.IDS),
    help="Exigence à laquelle le dossier répond.",
)
@click.option(
    "--into",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="FICHIER.zip",
    help="Archive à écrire, remplacée une fois complète.",
)
@click.option(
    "--structure",
    "structures",
    multiple=True,
    metavar="ID",
    help="Identifiant (FINESS, SIRET, RPPS-rang) d'une structure à soi, pour DMP/UX.15 "
    "(répétable).",
)
@click.option(
    "--visit",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Ce qui a été gardé de la dernière visite au DMP (« dmp --visit-out »).",
)
@click.option(
    "--screenshots",
    is_flag=True,
    help="Ajoute une capture de chaque page, à 360 et 1280 px (Playwright et Chromium).",
)
@click.option(
    "--patient",
    is_flag=True,
    help="Garde les noms des fichiers, et nomme le patient quand il est l'auteur.",
)
@validation_options
@work_limits
@inputs.max_size
def command(
    paths: tuple[str, ...],
    requirement: str,
    into: Path,
    structures: tuple[str, ...],
    visit: Path | None,
    screenshots: bool,
    patient: bool,
    timeout: float,
    memory: int,
    options: Options,
    limits: Limits,
) -> None:
    """Rassemble en une archive les preuves d'une exigence : DD.15, DD.05, UX.15 ou validation.

    CHEMIN est un fichier, un dossier (parcouru en entier) ou « - » : documents, messages,
    archives de MSSanté, et les réponses du DMP (DD.05 et UX.15 en demandent une). L'archive
    prouve ce que cet outil trouve dans les documents et comment il les montre, jamais ce que
    montre le logiciel de l'éditeur.
    """
    chosen = dossier.REQUIREMENTS[requirement]
    now = datetime.now().astimezone()
    outcome, left_out = Outcome(), LeftOut()
    into, visit = into.absolute(), visit and visit.absolute()
    run = Run(
        _from_anywhere(options),
        command=_command(
            chosen.id,
            options,
            structures,
            visit=visit is not None,
            screenshots=screenshots,
            patient=patient,
        ),
        roots=(dossier.FOLDER,),
        left_out=left_out,
    )
    settings = batch.Settings(run.options, limits, lines=True, timeout=timeout, memory=memory)
    with tempfile.TemporaryDirectory(prefix="cda-tools-") as name:
        copies = dossier.Copies(Path(name), paths, named=patient)
        copies.add(found(paths, Choice(but=(into,)), limits, left_out))
        if not copies.paths:
            raise InputError(f"aucun fichier n'a pu être lu : {copies.unread[0]}")
        if visit:
            copies.note_visit(visit)
        with contextlib.chdir(name):  # the pieces then name files from the dossier on
            making = dossier.Making(chosen, copies, run, now, patient=patient)
            with limited(memory):  # a browser could not start under that limit
                given = Given(limits, Outcome())
                given.read(copies.paths)
                comparison = _visit(given, structures, visit, now)
                if chosen.needs_dmp and comparison is None:
                    raise InputError(
                        f"{chosen.id} demande une réponse du DMP (TD3.1) parmi les chemins"
                    )
                requests = {one.path for one in given.requests}
                listed = [one for one in copies.paths if one not in requests]
                answers = {one.path for one in given.answers if not one.retrieved}
                documents = [one for one in listed if one not in answers]
                results = batch.run(found(documents, limits=limits) if documents else (), settings)
                making.validate(outcome.validated(results, strict=options.strict))
                known = inputs.Inputs(limits, outcome, digests=True).documents(listed)
                making.show(known)
                if comparison:
                    making.visit(comparison, len(structures))
            pieces = making.pieces(Path(name) if screenshots else None)
        with whole(into) as unfinished:
            archive.write(unfinished, pieces, now)
    for line in making.checklist():
        say(line)
    inputs.say_left_out(left_out)
    click.echo(f"dossier : {shown(str(into))}", err=True)
    if copies.unread:
        sys.exit(1)
    outcome.exit()


def _command(
    requirement: str,
    options: Options,
    structures: tuple[str, ...],
    *,
    visit: bool,
    screenshots: bool,
    patient: bool,
) -> tuple[str, ...]:
    """Return the command line as evidence has it: paths may name a patient."""
    usual = Options(kit=options.kit)
    flags = [
        ("--visit FICHIER", visit),
        ("--screenshots", screenshots),
        ("--patient", patient),
        (f"--profile {options.profile}", options.profile != usual.profile),
        (f"--edition {options.edition}", options.edition != usual.edition),
        ("--strict", options.strict),
        ("--schema FICHIER", options.schema is not None),
        ("--kit DOSSIER|NOM", options.kit is not None),
        (f"--volet {options.volet}", options.volet != usual.volet),
    ]
    if options.layers != usual.layers:
        flags += [(f"--layer {name}", True) for name in options.layers]
    flags += [(f"--structure {one}", True) for one in structures]
    asked = [name for name, on in flags if on]
    return ("dossier", "CHEMIN…", "--exigence", requirement, "--into", "FICHIER.zip", *asked)


def _from_anywhere(options: Options) -> Options:
    """Return options whose files are found from any folder."""
    kit = options.kit
    if kit and Path(kit).exists():
        kit = str(Path(kit).resolve())
    return replace(options, kit=kit, schema=options.schema and options.schema.resolve())


def _visit(
    given: Given, structures: tuple[str, ...], visit: Path | None, now: datetime
) -> Comparison | None:
    """Return the documents beside what the DMP answered; None where no answer is there."""
    if not given.answers:
        return None
    identifier, _ = patient_of(given.documents, given.answers)
    return compare(
        given.documents,
        pair(given.answers, given.requests),
        known=[*given.retrieved()],
        own_structures=structures,
        memory=read_visit(visit, identifier) if visit else Memory(),
        now=now.astimezone(UTC),
    )
