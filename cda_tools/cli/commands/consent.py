"""``cda-tools consent``: what visits know of the patient's decisions on the DMP."""

import csv
import re
from datetime import date
from pathlib import Path
from typing import Any

import click

from cda_tools.carriers.base import unreadable
from cda_tools.cli import inputs
from cda_tools.cli.exits import Outcome
from cda_tools.cli.messages import everything, text_json_or_csv
from cda_tools.cli.options import to_file
from cda_tools.cli.output import say_pieces
from cda_tools.cli.periods import period
from cda_tools.errors import InputError
from cda_tools.indicators import consent
from cda_tools.indicators.consent import Episode, Reach
from cda_tools.reading.safexml import Limits
from cda_tools.reports import consent as report
from cda_tools.reports.escapes import Escape

SUMMARY = "l'indicateur des consentements : ce que les venues savent de l'avis du patient"
EXAMPLE = "cda-tools consent --month 2025-06 messages/"

_NAMES = {
    "visit": Episode.VISIT,
    "venue": Episode.VISIT,
    "dossier": Episode.FILE,
    "unit": Episode.UNIT,
    "patient": Episode.PATIENT,
}
_VISIT_COLUMNS = ("venue", "visit")


class _Within(click.ParamType[Reach]):
    """A length of time: ``12m`` months, ``90j`` (or ``90d``) days, ``1a`` (or ``1y``) years."""

    name = "durée"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Reach:
        found = re.fullmatch(r"(\d{1,4})\s*([mdjay])", str(value).strip().lower())
        if found is None or int(found[1]) == 0:
            self.fail(f"« {value} » n'est pas une durée (12m, 90j, 1a)", param, ctx)
        count, unit = int(found[1]), found[2]
        if unit in "dj":
            return Reach(days=count)
        return Reach(months=count * (12 if unit in "ay" else 1))


@click.command(short_help=SUMMARY)
@click.argument("paths", metavar="CHEMIN...", nargs=-1, required=True)
@period
@click.option(
    "--episode",
    default="unit",
    show_default=True,
    metavar="visit|dossier|unit|patient|FICHIER.csv",
    help="Quelles venues sont d'un même épisode de soins ; un fichier a les colonnes venue et "
    "episode.",
)
@click.option(
    "--within",
    type=_Within(),
    default="12m",
    show_default=True,
    metavar="DURÉE",
    help="Jusqu'où une venue antérieure de la même unité peut remonter : 12m, 90j, 1a.",
)
@click.option("--list", "listed", is_flag=True, help="Liste les venues, par numéro.")
@text_json_or_csv
@to_file
@inputs.max_size
def command(
    paths: tuple[str, ...],
    since: date | None,
    until: date | None,
    episode: str,
    within: Reach,
    listed: bool,
    form: str,
    limits: Limits,
) -> None:
    """Compte les venues d'une période et ce qu'elles savent des décisions du patient.

    CHEMIN : messages ADT (PAM-FR), en vrac, dans n'importe quel ordre. Alimentation du DMP :
    informé et non opposé, ou opposé ; consultation : informé et consentant, ou non. Une décision
    recueillie lors d'une venue antérieure du même épisode de soins compte aussi. Donner aussi les
    messages d'avant la période : ils disent ce dont les venues héritent. Aucune identité n'est
    gardée ni montrée.
    """
    chosen = _NAMES.get(episode)
    definition = _table(Path(episode)) if chosen is None else chosen
    outcome = Outcome()
    result = consent(
        everything(paths, limits, outcome),
        since=since,
        until=until,
        episode=definition,
        within=within,
    )
    outcome.count(one.finding for one in result.findings)
    if form == "json":
        say_pieces(report.json_pieces(result), Escape.JSON)
    elif form == "csv":
        say_pieces(report.csv_pieces(result), Escape.REPLACED)
    else:
        lines = report.text(result, _words(within), listed=listed)
        say_pieces((f"{line}\n" for line in lines), Escape.REPLACED)
    outcome.exit()


def _words(within: Reach) -> str:
    return f"{within.days} jours" if within.days else f"{within.months} mois"


def _table(path: Path) -> dict[str, str]:
    """Return the episode of each visit of a file; raise InputError where it cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise InputError(f"{path} : le fichier des épisodes n'est pas en UTF-8") from None
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from None
    first = lines[0] if lines else ""
    rows = csv.DictReader(lines, delimiter=";" if ";" in first else ",")
    names = {name.strip().casefold(): name for name in rows.fieldnames or ()}
    visit = next((names[name] for name in _VISIT_COLUMNS if name in names), None)
    episode = names.get("episode") or names.get("épisode")
    if visit is None or episode is None:
        raise InputError(f"{path} : il faut les colonnes « venue » et « episode »")
    pairs = (((row[visit] or "").strip(), (row[episode] or "").strip()) for row in rows)
    return {number: name for number, name in pairs if number and name}
