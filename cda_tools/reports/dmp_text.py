"""A visit to the DMP as text: a screen, one line for the number of DMP/UX.15, the next queries."""

from collections.abc import Iterable, Iterator

from cda_tools.carriers.xds.requests import QUERIES
from cda_tools.dmp import Compared, Comparison, Exchange, State
from cda_tools.dmp.counting import Count
from cda_tools.dmp.picture import Version
from cda_tools.dmp.structures import Structure
from cda_tools.model.timestamp import Timestamp, in_local_time
from cda_tools.reports.dmp import Told, chain, line, name, to_retrieve
from cda_tools.reports.paths import shown
from cda_tools.rules.finding import Finding

STATES = {
    State.UP_TO_DATE: "à jour",
    State.NEWER_LISTED: "version plus récente",
    State.METADATA_CHANGED: "métadonnées changées",
    State.NO_LONGER_LISTED: "n'apparaît plus",
    State.NEVER_LISTED: "jamais dans le DMP",
    State.NOT_LISTED: "n'apparaît pas",
    State.WITHDRAWN: "retiré localement",
    State.UNKNOWN: "indéterminé",
}
NEW, REPLACING, ABSENT = "nouveau", "remplace", "absent du dossier"
_WIDTH = max(len(one) for one in (*STATES.values(), NEW, REPLACING, ABSENT))
COUNT = "Déposés par d'autres ou non visibles du patient"
# A bare number may be of two kinds: how the other one is written.
_WRITTEN_OTHERWISE = {
    "FINESS": "un SIREN s'écrit précédé de 2",
    "SIRET": "un RPPS-rang s'écrit précédé de 4",
}


def text(told: Told) -> Iterator[str]:
    """Yield the lines of a visit: its answers, the counts, then one document after the other."""
    comparison = told.comparison
    yield from summary(comparison)
    for exchange in comparison.progress.exchanges:
        for finding in findings(exchange):
            yield f"  {shown(exchange.answer.path)} : {finding.message}"
    for one in comparison.documents:
        yield _row(STATES[one.state], f"{line(one.document)}  [{shown(one.document.path)}]")
        yield from (_row("", detail) for detail in details(one))
    for kind, version in not_here(comparison):
        yield _row(kind, f"{line(version.document)}  [DMP]")


def not_here(comparison: Comparison) -> Iterator[tuple[str, Version]]:
    """Yield what the DMP has and the record has not: what replaces, what is new, then the rest."""
    yield from ((REPLACING, one) for one in comparison.replacing)
    yield from ((NEW, one) for one in comparison.new)
    told = {one.lid for one in (*comparison.replacing, *comparison.new)}
    yield from ((ABSENT, one) for one in comparison.absent_here if one.lid not in told)


def _row(label: str, rest: str) -> str:
    return f"{label:<{_WIDTH}}  {rest}"


def findings(exchange: Exchange) -> tuple[Finding, ...]:
    """Return what an answer says of itself, and what its pairing with a request says."""
    return (*exchange.findings, *exchange.answer.findings)


def summary(comparison: Comparison) -> Iterator[str]:
    """Yield what the answers are, and the numbers."""
    count = len(comparison.progress.lists)
    total = sum(len(one.documents) for one in comparison.progress.lists)
    if comparison.other_patient:
        whose = (
            "de plusieurs patients"
            if comparison.several_patients
            else "d'un autre patient que celui du dossier local"
        )
        yield f"Réponses du DMP : {whose}, non montrées"
        return
    if count:
        whole = "" if comparison.progress.list_whole else " (liste incomplète ou en échec)"
        number = comparison.counts.listed.total
        shown_total = _plural(total if number is None else number, "document")
        if not whole and comparison.progress.list_narrowed:
            whole = " (recherche filtrée : l'élargir ou lever le filtre à la demande)"
        yield f"Liste du DMP : {shown_total}{whole}"
    else:
        yield f"Liste du DMP : {_without_list(comparison)}"
    yield count_line(comparison)
    yield f"Documents absents du dossier local : {_absent_here(comparison)}"
    if comparison.progress.later or comparison.progress.started:
        whole = "" if comparison.progress.incremental_whole else " (réponses incomplètes)"
        new = _plural(len(comparison.new), "nouveau document", "nouveaux documents")
        newer = _plural(len(comparison.replacing), "version plus récente", "versions plus récentes")
        yield f"Depuis la dernière visite : {new}, {newer}{whole}"
    if comparison.duplicates:
        yield f"Reçus aussi par MSSanté : {len(comparison.duplicates)}"


def _without_list(comparison: Comparison) -> str:
    """Say that no list is there; or that an answer may be it, which nothing tells."""
    others = _plural(len(comparison.progress.exchanges), "autre réponse")
    perhaps = [one for one in comparison.progress.untold if one.whole]
    if not perhaps:
        return f"absente ; {others}"
    which = "une réponse l'est" if len(perhaps) == 1 else f"{len(perhaps)} réponses le sont"
    return f"non indiquée ; {which} peut-être (joindre sa requête, ou --role FindDocuments)"


def _absent_here(comparison: Comparison) -> str:
    """Return how many the DMP has and the record has not: a least where the list is not whole."""
    seen = len(comparison.absent_here)
    if comparison.counts.absent_here is not None:
        return str(seen)
    return f"au moins {seen}" if seen else "nombre inconnu, aucune liste complète"


def details(one: Compared) -> Iterator[str]:
    """Yield what is said below a document: findings, what replaces it, what might."""
    yield from (finding.message for finding in one.findings)
    if one.newer:
        place = "DMP et local" if one.newer_at_hand else "DMP"
        yield f"→ {line(one.newer)}  [{place}]"
    if len(one.chain) > 2:
        yield f"  chaîne : {' → '.join(each or '?' for each in chain(one))}"
    if one.duplicate_of:
        yield f"reçu aussi par {one.duplicate_of}"
    yield from (f"? {line(each)}  [DMP]" for each in one.candidates)


def count_line(comparison: Comparison) -> str:
    """Return the number of DMP/UX.15 on one line; it is never a bare 0 where it is not known."""
    counts = comparison.counts
    parts = []
    if counts.since is not None and counts.since.ux15 is not None:
        date = moment(comparison.progress.memory.date)
        parts.append(f"{_number(counts.since)} depuis le {date}")
    if counts.listed.ux15 is not None:
        parts.append(f"{_number(counts.listed)} dans la liste")
    elif parts:
        parts.append("liste incomplète")
    if not parts:
        return f"{COUNT} : nombre inconnu, {_why_unknown(comparison)}"
    apart = counts.since if counts.listed.ux15 is None else counts.listed
    parts += _apart(apart or counts.listed)
    if hidden := len(comparison.not_returned):
        parts.append(
            f"{_plural(hidden, 'annoncé')} mais non accessible, non compté"
            if hidden == 1
            else f"{hidden} annoncés mais non accessibles, non comptés"
        )
    return f"{COUNT} : {' ; '.join(parts)}"


def _plural(number: int, one: str, several: str | None = None) -> str:
    """Return a number with its noun; 0 and 1 are singular in French."""
    words = several or " ".join(f"{word}s" for word in one.split())
    return f"{number} {one if number < 2 else words}"


def _why_unknown(comparison: Comparison) -> str:
    if comparison.other_patient:
        whose = "de plusieurs patients" if comparison.several_patients else "d'un autre patient"
        return f"les réponses du DMP sont {whose}"
    counts = comparison.counts
    if counts.listed.total is None and counts.since is None:
        return "aucune liste complète"
    return "structures de l'utilisateur non indiquées (--structure)"


def _number(count: Count) -> str:
    least = "au moins " if count.at_least else ""
    here = f" (dont {count.here} déjà ici)" if count.here else ""
    return f"{least}{count.ux15}{here}"


def _apart(count: Count) -> Iterator[str]:
    if count.by_patient:
        yield f"à part, {count.by_patient} du patient"
    if count.institution_unknown:
        yield f"à part, {count.institution_unknown} de structure inconnue"


def moment(text: str | None) -> str:
    """Return a moment in UTC as the French write it, in local time."""
    if text is None:
        return "?"
    found = in_local_time(Timestamp(f"{text}+0000")) if len(text) > 8 else Timestamp(text)
    return found.french or text


def structure_notes(structures: Iterable[Structure]) -> Iterator[str]:
    """Yield what is to be said of how a structure's identifier was read."""
    for one in structures:
        given = shown(one.given)
        if one.form is None:
            yield (
                f"« {given} » : forme d'identifiant de structure inconnue (FINESS, SIRET ou "
                "RPPS-rang attendu, précédé de son chiffre), comparé tel quel"
            )
        elif one.read_as is not None:
            yield (
                f"« {given} » : lu comme un {one.read_as} ({one.compared.partition('^')[2]}) ; "
                f"{_WRITTEN_OTHERWISE[one.read_as]}"
            )


def next_text(told: Told) -> Iterator[str]:
    """Yield the queries to send next, and what may be retrieved."""
    if not told.queries:
        yield "Aucune requête à envoyer."
    for number, query in enumerate(told.queries, start=1):
        yield f"{number}. {query.role} ({QUERIES[query.role]}, LeafClass) : {query.why}"
        yield from (f"   {slot} = {value}" for slot, value in query.parameters)
    documents = to_retrieve(told.comparison)
    if documents:
        yield "À récupérer à la demande de l'utilisateur (TD3.2) :"
    for one in documents:
        repository = one.registry.repository or "?"
        yield f"   {name(one)} (entrepôt {repository})  {line(one.document)}"
