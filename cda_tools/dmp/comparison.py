"""A patient's own documents against the list that the DMP gave.

Source: CDA/DD.05 and DMP/UX.15 (answers of 11/12/2025); TD3.1. The DMP does not say why a
document is absent, nor which document replaces which: nothing here claims to know either.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from threading import Lock

from cda_tools.chains.succession import Candidates, Succession, deprecated
from cda_tools.model.carriage import Action, Place
from cda_tools.model.document import Document, Known
from cda_tools.model.document import known as with_header
from cda_tools.model.identifiers import key
from cda_tools.model.patients import Acquaintance, PatientKey, acquaintance, patient_key
from cda_tools.model.registry import RegistryAnswer
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding

LAYER = "dmp"
_SENT_TO_DMP = "DESTDMP"


class State(StrEnum):
    """What the list says of one of the user's documents."""

    UP_TO_DATE = "up-to-date"
    NEWER_LISTED = "newer-listed"
    NO_LONGER_LISTED = "no-longer-listed"
    NEVER_LISTED = "never-listed"
    NOT_LISTED = "not-listed"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


class Choice(StrEnum):
    """What the user may do with a document that is absent from the list."""

    KEEP = "keep"
    REMOVE = "remove"


_ABSENT = frozenset({State.NO_LONGER_LISTED, State.NOT_LISTED})
_RULES = {
    State.NEWER_LISTED: "DMP-01",
    State.NO_LONGER_LISTED: "DMP-02",
    State.NEVER_LISTED: "DMP-03",
    State.NOT_LISTED: "DMP-04",
    State.UNKNOWN: "DMP-05",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One local document. ``listed``: its own entry in the list, where it has one.

    ``newer``: the version that replaces it and is listed; None for a document that the list
    marks as replaced (Deprecated) without saying by which. ``newer_at_hand``: that version is
    among the local documents too. ``candidates``: listed documents, unknown here, of the same
    type and author and of a later date, for an absent document: perhaps a new version of it,
    which only retrieving them can tell.
    """

    document: Known
    state: State
    listed: Known | None = None
    newer: Known | None = None
    newer_at_hand: bool = False
    candidates: tuple[Known, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Return what the user may choose: an absent document is kept or removed."""
        return (Choice.KEEP, Choice.REMOVE) if self.state in _ABSENT else ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The local documents in their order, then what is in the DMP and not here.

    ``others``: listed, current, unknown here, and by none of the user's structures. ``by_others``:
    how many current documents in the DMP are by others, here or not (DMP/UX.15); None where the
    user's structures are not told. ``complete``: False where the answer is empty, partial or an
    error; absences then mean nothing, and are UNKNOWN.
    """

    documents: tuple[Compared, ...]
    others: tuple[Known, ...]
    by_others: int | None
    complete: bool


def compare(
    local: Iterable[Document],
    listed: RegistryAnswer,
    *,
    previous: RegistryAnswer | None = None,
    known: Iterable[Document] = (),
    own_structures: Collection[str] = (),
) -> Comparison:
    """Compare local documents with the list of one patient's documents.

    ``previous``: the answer of an earlier visit, which tells what was listed then. ``known``:
    documents retrieved from the DMP, whose headers tell what they replace. ``own_structures``:
    identifiers (FINESS, SIRET...) of the user's structures, whose documents are not others'.

    Ids match in all their forms. Nothing is said of absent documents unless the answer says
    that it is whole and has at least one document.
    """
    here = list(with_header(local))
    side = _Side(listed, previous, here, list(with_header(known)))
    return Comparison(
        documents=tuple(side.compared(one) for one in _one_each(here)),
        others=tuple(side.others(_names(here), own_structures)),
        by_others=len(side.others((), own_structures)) if own_structures else None,
        complete=side.complete,
    )


def _names(documents: Iterable[Known]) -> set[str]:
    return {key(one.header.id) for one in documents if one.header.id}


def _one_each(local: list[Known]) -> list[Known]:
    """Leave out a deletion message where the document that it deletes is there too."""
    kept = _names(one for one in local if not _deletes(one))
    return [
        one
        for one in local
        if not _deletes(one) or one.header.id is None or key(one.header.id) not in kept
    ]


def _deletes(one: Known) -> bool:
    return one.context is not None and one.context.action is Action.DELETE


class _Side:
    """The DMP's list, with all that is known of documents on both sides; looked up by id."""

    def __init__(
        self,
        answer: RegistryAnswer,
        previous: RegistryAnswer | None,
        local: list[Known],
        known: list[Known],
    ) -> None:
        self.complete = answer.complete and bool(answer.documents)
        self._listed: dict[str, Known] = {}
        here = _patients(local)
        for one in answer.documents:
            # A list of another patient's is told (DMP-06); what it holds is not shown here.
            if _another(one, here):
                continue
            if one.header.id:
                self._listed.setdefault(key(one.header.id), one)
        self._local = _names(local)
        self._previous = _names(previous.documents) if previous else set()
        self._withdrawn = _names(one for one in local if _deletes(one))
        self._patients = _patients(answer.documents)
        self._succession = Succession([*local, *known], answer.documents)
        self._candidates = Candidates(self.others(self._local | _names(known)))

    def compared(self, document: Known) -> Compared:
        """Say what the list tells of one document."""
        if document.header.id is None or _another(document, self._patients):
            rule = "DMP-08" if document.header.id is None else "DMP-06"
            return Compared(document, State.UNKNOWN, findings=(_finding(rule),))
        name = key(document.header.id)
        listed = self._listed.get(name)
        if name in self._withdrawn:
            findings = (_finding("DMP-09"),) if listed else ()
            return Compared(document, State.WITHDRAWN, listed=listed, findings=findings)
        newer = self._succession.newer(document)
        if newer or (listed and deprecated(listed)):
            return self._replaced(document, listed, newer)
        if listed:
            return Compared(document, State.UP_TO_DATE, listed=listed)
        return self._absent(document)

    def _replaced(self, document: Known, listed: Known | None, newer: Known | None) -> Compared:
        at_hand = newer is not None and not self._local.isdisjoint(_names([newer]))
        rule = "DMP-10" if newer is None else _RULES[State.NEWER_LISTED]
        if at_hand:
            rule = "DMP-11"
        return Compared(
            document,
            State.NEWER_LISTED,
            listed=listed,
            newer=newer,
            newer_at_hand=at_hand,
            findings=(_finding(rule),),
        )

    def _absent(self, document: Known) -> Compared:
        if not self.complete:
            state = State.UNKNOWN
        elif self._was_listed(document):
            state = State.NO_LONGER_LISTED
        elif _flag(document) == "N":
            state = State.NEVER_LISTED
        else:
            state = State.NOT_LISTED
        candidates = self._candidates.of(document)
        findings = [_finding(_RULES[state])]
        if candidates:
            findings.append(_finding("DMP-07", count=len(candidates)))
        return Compared(document, state, candidates=candidates, findings=tuple(findings))

    def _was_listed(self, document: Known) -> bool:
        """Tell whether something shows that the document has been in the DMP."""
        context = document.context
        if context and context.place is Place.DMP:
            return True
        return _flag(document) == "Y" or not self._previous.isdisjoint(_names([document]))

    def others(self, here: Collection[str], own_structures: Collection[str] = ()) -> list[Known]:
        """Return the listed documents that are current, not ``here`` and not our own."""
        return [
            one
            for name, one in self._listed.items()
            if name not in here and not deprecated(one) and not _own(one, own_structures)
        ]


def _patients(documents: Iterable[Known]) -> set[PatientKey]:
    return {patient_key(one.header.patient) for one in documents}


def _another(document: Known, patients: Iterable[PatientKey]) -> bool:
    """Tell whether a document is of another patient than one of these."""
    own = patient_key(document.header.patient)
    return any(acquaintance(own, one) is Acquaintance.OTHER for one in patients)


def _own(document: Known, structures: Collection[str]) -> bool:
    return any(
        one.extension in structures
        for author in document.header.authors
        if author.organization
        for one in author.organization.ids
    )


def _flag(one: Known) -> str | None:
    """Return the indicator that asks to send a document to the DMP: Y, N or None."""
    return dict(one.context.flags).get(_SENT_TO_DMP) if one.context else None


def _finding(rule: str, **fields: int) -> Finding:
    return texts.finding(rule, layer=LAYER, location=None, line=None, **fields)


class Visit:
    """One patient's list for the time of a visit: asked once, and again only on demand.

    Source: the rule on TD3.1, called when the user arrives on the patient's record and then
    only when the user asks. ``query`` makes the call; what it raises is raised, and does not
    lead to another call before :meth:`refresh`.
    """

    def __init__(self, query: Callable[[], RegistryAnswer]) -> None:
        """Keep the query; nothing is called yet."""
        self._query = query
        self._lock = Lock()
        self._answer: RegistryAnswer | None = None
        self._error: Exception | None = None
        self._previous: RegistryAnswer | None = None
        self._asked: datetime | None = None

    @property
    def asked(self) -> datetime | None:
        """Return when the list was asked for last, in UTC."""
        return self._asked

    @property
    def previous(self) -> RegistryAnswer | None:
        """Return the last whole answer before the present one, for ``compare(previous=...)``."""
        return self._previous

    def answer(self) -> RegistryAnswer:
        """Return the list, asking for it the first time only, from whichever thread."""
        with self._lock:
            if self._asked is None:
                self._ask()
            return self._held()

    def refresh(self) -> RegistryAnswer:
        """Ask again, because the user wants it, and return the new list."""
        with self._lock:
            self._ask()
            return self._held()

    def _ask(self) -> None:
        if self._answer and self._answer.complete:
            self._previous = self._answer
        self._asked = datetime.now(UTC)
        self._answer, self._error = None, None
        try:
            self._answer = self._query()
        except Exception as error:
            self._error = error

    def _held(self) -> RegistryAnswer:
        if self._error:
            raise self._error
        assert self._answer is not None
        return self._answer
