"""``cda-tools history``: documents sent to the DMP, historical or not, and what became of them."""

from datetime import date

import click

from cda_tools.cli import inputs
from cda_tools.cli.exits import Outcome
from cda_tools.cli.messages import everything, text_json_or_csv
from cda_tools.cli.options import to_file
from cda_tools.cli.output import say_pieces
from cda_tools.cli.periods import Day, period
from cda_tools.indicators import history
from cda_tools.reading.safexml import Limits
from cda_tools.reports import history as report
from cda_tools.reports.escapes import Escape

SUMMARY = "l'indicateur des documents envoyés au DMP, historiques et autres, avec leur sort"
EXAMPLE = "cda-tools history --month 2025-06 messages/"


@click.command(short_help=SUMMARY)
@click.argument("paths", metavar="CHEMIN...", nargs=-1, required=True)
@period
@click.option(
    "--as-of",
    type=Day(),
    metavar="JOUR",
    help="État à ce jour : les messages et réponses ultérieurs ne sont pas regardés.",
)
@click.option(
    "--sent",
    type=Day(),
    metavar="JOUR",
    help="Date d'envoi des documents dont le transport (MSH-7, submissionTime) ne la donne pas.",
)
@text_json_or_csv
@to_file
@inputs.max_size
def command(
    paths: tuple[str, ...],
    since: date | None,
    until: date | None,
    as_of: date | None,
    sent: date | None,
    form: str,
    limits: Limits,
) -> None:
    """Compte les documents envoyés au DMP pendant une période, et ce qu'ils sont devenus.

    CHEMIN : messages (MDM, ORU), accusés (ACK), acquittements métier (ZAM) et documents, en
    vrac, dans n'importe quel ordre. Réussi : le DMP l'a confirmé (ZAM^Z01). Un document est
    historique si sa date de création ou de signature est antérieure à la date d'envoi, de cinq
    ans au plus.
    """
    outcome = Outcome()
    documents = everything(paths, limits, outcome)
    result = history(documents, since=since, until=until, as_of=as_of, sent=sent)
    outcome.count(one.finding for one in result.findings)
    if form == "json":
        say_pieces(report.json_pieces(result), Escape.JSON)
    elif form == "csv":
        say_pieces(report.csv_pieces(result), Escape.REPLACED)
    else:
        say_pieces((f"{line}\n" for line in report.text(result)), Escape.REPLACED)
    outcome.exit()
