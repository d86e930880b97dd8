"""The indicator of consents, as text, JSON and CSV; visits by number, patients not at all."""

from collections.abc import Iterator

from cda_tools.indicators.consent import UNKNOWN, Answer, Consent, Counts, Episode, Result
from cda_tools.reports.paths import shown
from cda_tools.reports.pieces import csv_rows, json_object, period, remarks

_MEANINGS = {
    "INO": "informé, non opposé",
    "IO": "informé, opposé",
    "IC": "informé, consent",
    "INC": "informé, ne consent pas",
    UNKNOWN: "inconnu",
}
_CLASSES = {
    "I": "hospitalisation", "O": "consultation externe", "E": "urgences", "R": "séances",
}  # fmt: skip
_EPISODES = {
    Episode.VISIT: "la venue seule : rien n'est hérité",
    Episode.FILE: "le même dossier administratif (PID-18)",
    Episode.UNIT: "la même unité (ZBE-7), en remontant jusqu'à {within}",
    Episode.PATIENT: "toute venue antérieure du patient",
    Episode.TABLE: "le fichier fourni",
}
_COLUMNS = (
    "venue", "classe", "alimentation", "hérité (alimentation)", "consultation",
    "hérité (consultation)",
)  # fmt: skip


def text(result: Consent, within: str, *, listed: bool) -> Iterator[str]:
    """Yield the lines of the report; ``listed``: with every visit that lacks a decision."""
    yield f"Venues commencées{period(result.since, result.until)} : {result.visits}"
    definition = _EPISODES[Episode(result.episode)].format(within=within)
    yield f"Épisode de soins : {definition}"
    yield from _result(result.result)
    for name, one in result.by_class.items():
        feeding, use = one.feeding, one.consultation
        label = _CLASSES.get(name, "classe inconnue")
        total = sum(feeding.values.values())
        yield (
            f"  {name or '?'} ({label}) : {total}, informés pour l'alimentation "
            f"{feeding.informed}, pour la consultation {use.informed}"
        )
    lowest, highest = result.bounds[Episode.VISIT], result.bounds[Episode.PATIENT]
    yield (
        "Aucun message ne nomme l'épisode de soins : le nombre d'informés est entre celui de la "
        "venue seule et celui de toute venue antérieure du patient ;"
    )
    yield (
        f"  alimentation : de {lowest.feeding.informed} à {highest.feeding.informed}, "
        f"consultation : de {lowest.consultation.informed} à {highest.consultation.informed}. "
        "La part des oppositions et des refus n'est pas encadrée."
    )
    if listed:
        yield from _visits(result)
    yield from remarks(result.findings)


def _result(result: Result) -> Iterator[str]:
    for title, counts in (
        ("Alimentation du DMP", result.feeding),
        ("Consultation du DMP", result.consultation),
    ):
        inherited = f" (dont hérités d'une venue antérieure : {counts.inherited})"
        yield f"{title}, informés : {counts.informed}{inherited if counts.inherited else ''}"
        yield from _counts(counts)


def _counts(counts: Counts) -> Iterator[str]:
    for code, count in counts.values.items():
        shown_code = "" if code == UNKNOWN else f" ({code})"
        yield f"{count:>6}  {_MEANINGS[code]}{shown_code}"


def _visits(result: Consent) -> Iterator[str]:
    yield "Venues (alimentation, consultation ; * hérité) :"
    for one in result.list:
        yield f"  {shown(one.visit)}  {_answer(one.feeding)}  {_answer(one.consultation)}"


def _answer(answer: Answer) -> str:
    if answer.value is None:
        return _MEANINGS[UNKNOWN]
    return f"{answer.value}*" if answer.inherited else answer.value


def json_pieces(result: Consent) -> Iterator[str]:
    """Yield the JSON object, as ``Consent.to_dict`` has it."""
    lists = {
        "list": (one.to_dict() for one in result.list),
        "findings": (one.to_dict() for one in result.findings),
    }
    return json_object(result.head(), lists)


def csv_pieces(result: Consent) -> Iterator[str]:
    """Yield a table, one row a visit."""
    return csv_rows(
        _COLUMNS,
        (
            (
                one.visit,
                one.patient_class,
                one.feeding.value,
                "oui" if one.feeding.inherited else "non",
                one.consultation.value,
                "oui" if one.consultation.inherited else "non",
            )
            for one in result.list
        ),
    )
