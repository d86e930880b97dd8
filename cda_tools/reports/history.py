"""The indicator of documents sent to the DMP, as text, JSON and CSV."""

from collections.abc import Iterator
from functools import cache

from cda_tools.indicators.history import Counts, History, Left, SentDocument, State
from cda_tools.model import terminology
from cda_tools.reports.paths import shown
from cda_tools.reports.pieces import csv_rows, json_object, period, remarks
from cda_tools.rules import texts

_STATES = {
    State.SUCCESS: "réussis",
    State.FAILURE: "en échec",
    State.REJECTED: "rejetés",
    State.UNANSWERED: "sans réponse",
    State.UNDETERMINED: "indéterminés",
}
_ONE = {
    State.SUCCESS: "réussi",
    State.FAILURE: "échec",
    State.REJECTED: "rejet",
    State.UNANSWERED: "sans réponse",
    State.UNDETERMINED: "indéterminé",
}
_LEFT = {
    Left.DELETION: "demande(s) de suppression",
    Left.NOT_FOR_DMP: "non destiné(s) au DMP (DESTDMP à N)",
    Left.RECEIVED: "reçu(s) (DMP ou MSSanté), et non envoyé(s)",
}
_COLUMNS = (
    "identifiant", "type", "libellé", "état", "envoyé le", "historique", "code", "signification",
    "message", "fichier",
)  # fmt: skip
_WORDS = {True: "oui", False: "non", None: "indéterminé"}
_TO_SEND_AGAIN = (State.FAILURE, State.REJECTED)


def text(result: History) -> Iterator[str]:
    """Yield the lines of the report."""
    span = period(result.since, result.until)
    yield f"Documents historiques envoyés{span} : {result.historical.sent}"
    yield from _states(result.historical)
    for code, count in result.historical.success_by_type.items():
        yield f"{count:>10}  {_label(code)}"
    yield f"Tous les documents envoyés{span} : {result.all.sent}"
    yield from _states(result.all)
    yield from _how_sure(result)
    again = [one for one in result.documents if one.state in _TO_SEND_AGAIN]
    if again:
        yield f"À corriger ou à renvoyer : {len(again)}"
    for one in again:
        yield f"  {_failed(one)}"
    if result.left:
        told = ", ".join(f"{count} {_LEFT[left]}" for left, count in result.left.items())
        yield f"Hors décompte : {told}"
    yield from remarks(result.findings)


def _states(counts: Counts) -> Iterator[str]:
    for state, words in _STATES.items():
        yield f"{getattr(counts, state.value):>6}  {words}"


def _how_sure(result: History) -> Iterator[str]:
    counts = result.historical
    most = counts.success + counts.unanswered + counts.undetermined
    as_of = f", état au {result.as_of:%d/%m/%Y}" if result.as_of else ""
    if most == counts.success:
        yield f"Historiques réussis : {counts.success}{as_of}"
    else:
        yield f"Historiques réussis : de {counts.success} à {most}{as_of}"
    if result.paired:
        yield f"  dont {result.paired} envoyés par deux dans un même message (double format)"
    if result.masking:
        yield f"  dont {result.masking} changements de visibilité (MODIF_CONF_CODE à Y)"
    if result.orphans:
        yield f"Réponses à des messages qui n'ont pas été lus : {result.orphans}"


def _failed(one: SentDocument) -> str:
    day = f"envoyé le {one.sent:%d/%m/%Y}" if one.sent else "jour d'envoi inconnu"
    why = f"{one.code} : {meaning(one)}" if one.code else "sans code"
    parts = (_ONE[one.state], _label(one.type or ""), day, why, f"message {one.message or '?'}")
    return f"{shown(' · '.join(parts))}  [{shown(one.path or '')}]"


def meaning(one: SentDocument) -> str | None:
    """Return what a code says, in French; where it is the DMP's own, where to look it up."""
    if one.code is None:
        return None
    # A failure without a code of its own has that of ERR-3, of the table of acknowledgements.
    own = () if one.state is State.REJECTED else ("dmp", "application")
    tables = (*own, "acknowledgement")
    for name in tables:
        found = texts.table("indicators", name).get(one.code)
        if found:
            return found
    return "code inconnu ici" if one.state is State.REJECTED else "code propre au DMP ou à la PFI"


def _label(code: str) -> str:
    if not code:
        return "type inconnu"
    label = _labels().get(code)
    return f"{label} ({code})" if label else code


@cache
def _labels() -> dict[str, str]:
    return {
        code: label
        for (code, _), label in terminology.value_set(terminology.DOCUMENT_TYPES).items()
    }


def json_pieces(result: History) -> Iterator[str]:
    """Yield the JSON object, as ``History.to_dict`` has it."""
    lists = {
        "documents": (one.to_dict() for one in result.documents),
        "findings": (one.to_dict() for one in result.findings),
    }
    return json_object(result.head(), lists)


def csv_pieces(result: History) -> Iterator[str]:
    """Yield a table, one row a document, whatever became of it."""
    return csv_rows(
        _COLUMNS,
        (
            (
                one.id,
                one.type,
                _labels().get(one.type or ""),
                _ONE[one.state],
                f"{one.sent:%d/%m/%Y}" if one.sent else None,
                _WORDS[one.historical],
                one.code,
                meaning(one),
                one.message,
                one.path,
            )
            for one in result.documents
        ),
    )
