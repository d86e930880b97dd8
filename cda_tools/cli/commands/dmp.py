"""``cda-tools dmp``: a patient's documents against what the DMP answered in one visit."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from cda_tools.cli import inputs
from cda_tools.cli.dmp_inputs import Given, Roles, answers_of, patient_of
from cda_tools.cli.dmp_record import altered
from cda_tools.cli.dmp_visits import read_visit, write_visit
from cda_tools.cli.exits import Outcome, fail_on
from cda_tools.cli.inputs import received
from cda_tools.cli.options import page_and_css, to_file
from cda_tools.cli.output import say, say_json, say_markup
from cda_tools.dmp import Comparison, Exchange, Memory, compare, pair
from cda_tools.dmp.exchanges import no_list
from cda_tools.dmp.queries import BATCH, Asking, next_queries
from cda_tools.dmp.structures import structure
from cda_tools.errors import InputError
from cda_tools.model.registry import NO_QUERY
from cda_tools.model.timestamp import Timestamp
from cda_tools.reading.safexml import Limits
from cda_tools.reports import dmp as report
from cda_tools.reports import dmp_text
from cda_tools.reports.dmp import Told
from cda_tools.rules.finding import Severity

SUMMARY = "les documents d'un patient et la liste du DMP : à jour, remplacés, absents"
EXAMPLE = "cda-tools dmp dossier/ liste-dmp.xml"


def _now(_: click.Context, __: click.Parameter, value: str | None) -> datetime:
    if value is None:
        return datetime.now(UTC)
    moment = Timestamp(value).moment
    if moment is None:
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            raise click.BadParameter("attendu : AAAAMMJJhhmmss (UTC) ou ISO 8601") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@click.command(short_help=SUMMARY)
@click.argument("paths", metavar="DOCUMENT... REPONSE...", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="Texte, JSON ou fragment HTML.",
)
@page_and_css
@click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="[FICHIER=]ROLE",
    help="Requête à laquelle une réponse répond, où ni son contenu ni sa requête gardée ne le "
    "disent : FindDocuments… (répétable ; sans fichier : de toutes ces réponses, ou une par "
    "réponse dans leur ordre).",
)
@click.option(
    "--visit",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Ce qui a été gardé de la dernière visite : fichier de --visit-out, ou index fait par "
    "« cda-tools index ».",
)
@click.option(
    "--visit-out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Où garder ce qui sert à la prochaine visite : fichier JSON, ou index.",
)
@click.option(
    "--now",
    callback=_now,
    metavar="DATE",
    help="Moment de la visite, AAAAMMJJhhmmss en UTC ou ISO 8601 ; par défaut maintenant.",
)
@click.option(
    "--previous",
    metavar="CHEMIN",
    multiple=True,
    help="Réponse d'une visite précédente : ce qui y figurait et n'y est plus « n'apparaît plus » "
    "(répétable).",
)
@click.option(
    "--known",
    metavar="CHEMIN",
    multiple=True,
    help="Documents récupérés du DMP, qui disent ce qu'ils remplacent (répétable).",
)
@click.option(
    "--structure",
    "structures",
    multiple=True,
    metavar="ID",
    help="Identifiant (FINESS, SIRET, RPPS-rang) d'une structure à soi, pour le nombre de "
    "DMP/UX.15 (répétable).",
)
@click.option("--count", is_flag=True, help="Seulement le nombre de DMP/UX.15, en une ligne.")
@click.option("--next", "following", is_flag=True, help="Seulement les requêtes à envoyer ensuite.")
@click.option(
    "--batch",
    type=click.IntRange(min=1),
    default=BATCH,
    show_default=True,
    help="Nombre d'entrées demandées à la fois (--next).",
)
@click.option(
    "--overlap",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    metavar="HEURES",
    help="Chercher les lots d'autant avant la dernière visite : les horloges diffèrent (--next).",
)
@click.option(
    "--type",
    "types",
    multiple=True,
    metavar="CODE",
    help="typeCode préféré, LOINC ou code^^système : la recherche s'y limite (--next, répétable).",
)
@click.option("--archived", is_flag=True, help="Demander aussi les documents archivés (--next).")
@click.option("--patient", is_flag=True, help="Écrire l'INS du patient dans les requêtes (--next).")
@fail_on
@inputs.max_size
@to_file
def command(
    paths: tuple[str, ...],
    form: str,
    page: bool,
    roles: tuple[str, ...],
    visit: Path | None,
    visit_out: Path | None,
    now: datetime,
    previous: tuple[str, ...],
    known: tuple[str, ...],
    structures: tuple[str, ...],
    count: bool,
    following: bool,
    batch: int,
    overlap: int,
    types: tuple[str, ...],
    archived: bool,
    patient: bool,
    fail_on: Severity,
    limits: Limits,
) -> None:
    """Compare les DOCUMENT d'un patient avec les REPONSE que le DMP a données en une visite.

    Documents, réponses et requêtes se donnent dans n'importe quel ordre et sont reconnus à leur
    contenu ; d'un index fait par « cda-tools index », seuls les documents du patient dont parlent
    les réponses sont pris. Une requête gardée à côté de sa réponse (X.request.xml à côté de
    X.xml) dit ce qui a été demandé. Rien n'est jamais envoyé par cet outil.
    """
    if (page or form == "html") and following:
        raise click.UsageError("--next donne du texte ou du JSON")
    if count and following:
        raise click.UsageError("--count et --next : l'un ou l'autre")
    if page and form == "json":
        raise click.UsageError("--page donne du HTML : pas avec --format json")
    outcome = Outcome(fail_on)
    given = Given(limits, outcome)
    given.read(paths)
    if not given.answers and not following:
        raise InputError(
            "aucune réponse du DMP (TD3.1) parmi les chemins : donner la liste qu'il a répondue"
        )
    exchanges = _exchanges(given, Roles(roles, given.answers))
    identifier, several = patient_of(given.documents, given.answers)
    visit = given.visit(visit)
    before = read_visit(visit, identifier) if visit else Memory()
    comparison = compare(
        given.documents,
        exchanges,
        previous=answers_of(previous, limits),
        known=[*given.retrieved(), *(received(known, limits, outcome) if known else ())],
        own_structures=structures,
        memory=before,
        now=now,
    )
    _note(comparison, outcome)
    if several:
        click.echo("Documents de plusieurs patients : l'INS reste {INS}.", err=True)
    asking = Asking(
        now.astimezone(UTC),
        identifier,
        show_patient=patient,
        types=types,
        batch=batch,
        overlap=timedelta(hours=overlap),
        archived=archived,
    )
    told = Told(
        comparison,
        tuple(structure(one) for one in structures),
        next_queries(comparison.progress, comparison.documents, asking),
        altered(comparison) if form == "json" and not (count or following) else {},
    )
    if visit_out is not None:
        write_visit(visit_out, identifier, comparison.memory)
    if form == "json":
        _say_json(told, count=count, following=following)
    elif form == "html" or page:
        from cda_tools.reports import dmp_html  # noqa: PLC0415  Jinja2 is loaded only for HTML

        say_markup(dmp_html.html(told, page=page, count=count))
    else:
        for line in _lines(told, count=count, following=following):
            say(line)
    if form != "json":
        for note in dmp_text.structure_notes(told.structures):
            click.echo(note, err=True)
    outcome.exit()


def _exchanges(given: Given, roles: Roles) -> tuple[Exchange, ...]:
    """Return the answers with their roles; where none answers a query, say that they list nothing.

    An acknowledgement among the answers of a visit is none the worse for that.
    """
    found = pair(given.answers, given.requests, told=roles.of_answers, default=roles.default)
    if any(one.role not in NO_QUERY for one in found):
        return found
    return tuple(_no_list(one) for one in found)


def _no_list(one: Exchange) -> Exchange:
    if any(finding.rule == "XDS-02" for finding in one.findings):
        return one
    return replace(one, findings=(*one.findings, no_list(one.role)))


def _note(comparison: Comparison, outcome: Outcome) -> None:
    for exchange in comparison.progress.exchanges:
        outcome.note(dmp_text.findings(exchange))
    for one in comparison.documents:
        outcome.note(one.findings)


def _say_json(told: Told, *, count: bool, following: bool) -> None:
    if count:
        say_json(
            {
                "counts": report.counts_to_json(told.comparison),
                "structures": report.structures_to_json(told.structures),
                "complete": told.comparison.complete,
            }
        )
    elif following:
        whole = report.to_json(told)
        say_json({name: whole[name] for name in ("next", "retrieve", "date_appel_dmp")})
    else:
        say_json(report.to_json(told))


def _lines(told: Told, *, count: bool, following: bool) -> list[str]:
    if count:
        return [dmp_text.count_line(told.comparison)]
    return list(dmp_text.next_text(told) if following else dmp_text.text(told))
