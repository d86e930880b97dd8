"""``cda-tools history``: the indicator of historical documents sent to the DMP."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import click

from cda_tools.cli import inputs
from cda_tools.cli.exits import Outcome
from cda_tools.cli.options import text_or_json
from cda_tools.cli.output import say, say_json
from cda_tools.cli.reading import received
from cda_tools.indicators.history import Indicator, Judged, Reason, TypeCount, Verdict, indicator
from cda_tools.model import terminology
from cda_tools.model.header import Code
from cda_tools.reading.safexml import Limits
from cda_tools.reports.paths import shown

_REASONS = {
    Reason.NO_SENDING_DATE: "date d'envoi inconnue (option --sent)",
    Reason.NO_DATE: "ni date de création ni date de signature lisible",
    Reason.PARTIAL_DATE: "date incomplète, à cheval sur une limite",
    Reason.DELETION: "demande de suppression",
    Reason.NOT_FOR_DMP: "non destiné au DMP (DESTDMP à N)",
    Reason.RECEIVED: "reçu (DMP ou MSSanté), et non envoyé",
    Reason.TWICE: "déjà compté, même identifiant",
}


class _Day(click.ParamType[date]):
    """A day, written in French or in ISO 8601."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        for form in ("%d/%m/%Y", "%Y-%m-%d"):
            try:
                return datetime.strptime(str(value), form).date()
            except ValueError:
                continue
        self.fail(f"« {value} » n'est pas une date (JJ/MM/AAAA ou AAAA-MM-JJ)", param, ctx)


@click.command(short_help="indicateur des documents historiques")
@click.argument("paths", metavar="CHEMIN...", nargs=-1, required=True)
@click.option(
    "--sent",
    type=_Day(),
    metavar="JOUR",
    help="Date d'envoi des documents dont le transport (MSH-7, submissionTime) ne la donne pas.",
)
@click.option("--from", "first", type=_Day(), metavar="JOUR", help="Premier jour de la période.")
@click.option("--to", "last", type=_Day(), metavar="JOUR", help="Dernier jour de la période.")
@text_or_json
@inputs.max_size
def command(
    paths: tuple[str, ...],
    sent: date | None,
    first: date | None,
    last: date | None,
    form: str,
    limits: Limits,
) -> None:
    """Compte, par type, les documents historiques envoyés au DMP pendant une période.

    Un document est historique si sa date de création ou de signature est antérieure à la date
    d'envoi, de cinq ans au plus.
    """
    if first and last and first > last:
        raise click.UsageError("la période finit avant de commencer")
    outcome = Outcome()
    result = indicator(received(paths, limits, outcome), sent=sent, first=first, last=last)
    if form == "json":
        say_json(_to_json(result))
    else:
        for line in _text(result):
            say(line)
    outcome.exit()


def _text(result: Indicator) -> Iterator[str]:
    yield f"Documents historiques{_period(result)} : {result.total}"
    for row in result.by_type:
        yield f"{row.count:>6}  {_label(row)}"
    for verdict, title in (
        (Verdict.RECENT, "Non historiques"),
        (Verdict.UNDETERMINED, "À vérifier"),
        (Verdict.NOT_SENT, "Hors décompte"),
    ):
        judged = [one for one in result.documents if one.verdict is verdict]
        if judged:
            yield f"{title} : {len(judged)}"
        for one in judged:
            if one.reason:
                yield f"        {shown(one.document.path)} : {_REASONS[one.reason]}"


def _period(result: Indicator) -> str:
    if result.first and result.last:
        return f" envoyés du {result.first:%d/%m/%Y} au {result.last:%d/%m/%Y}"
    if result.first:
        return f" envoyés depuis le {result.first:%d/%m/%Y}"
    return f" envoyés jusqu'au {result.last:%d/%m/%Y}" if result.last else " envoyés"


def _label(row: TypeCount) -> str:
    label = terminology.label(Code(row.code, row.system, row.label), terminology.DOCUMENT_TYPES)
    code = f" ({row.code})" if row.code else ""
    return f"{label or 'type sans libellé'}{code}"


def _to_json(result: Indicator) -> dict[str, Any]:
    return {
        "from": result.first.isoformat() if result.first else None,
        "to": result.last.isoformat() if result.last else None,
        "historical": result.total,
        "types": [
            {
                "code": row.code,
                "system": row.system,
                "label": terminology.label(
                    Code(row.code, row.system, row.label), terminology.DOCUMENT_TYPES
                ),
                "count": row.count,
            }
            for row in result.by_type
        ],
        "documents": [_judged(one) for one in result.documents],
    }


def _judged(one: Judged) -> dict[str, Any]:
    return {
        "path": one.document.path,
        "verdict": one.verdict,
        "reason": one.reason,
        "sent": one.sent.isoformat() if one.sent else None,
    }
