"""The decision table: what the answers of a visit say of one local document.

The first line that fits decides. The DMP does not say why a document is absent, and what is not
known is said to be unknown: a missing, empty or failed answer never makes a certainty.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from cda_tools.chains.succession import Candidates, Succession
from cda_tools.dmp.coverage import Coverage
from cda_tools.dmp.memory import Remembered
from cda_tools.dmp.picture import Chain, Picture, Version
from cda_tools.dmp.progress import Progress
from cda_tools.dmp.states import Compared, Hint, Reason, State
from cda_tools.model.carriage import Action, Place
from cda_tools.model.document import Known
from cda_tools.model.header import Patient
from cda_tools.model.identifiers import key
from cda_tools.model.patients import PatientKey, consistent, patient_key
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding

LAYER = "dmp"
_SENT_TO_DMP = "DESTDMP"
_UNKNOWN_RULES = {
    Reason.OUTSIDE_QUERY: "DMP-13",
    Reason.NO_LIST: "DMP-14",
    Reason.CHAIN_OPEN: "DMP-15",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that documents have been in the DMP, beside the index: their names."""

    previous: frozenset[str] = frozenset()
    sent: frozenset[str] = frozenset()


class Table:
    """The table over the answers of one visit, for one record's documents."""

    def __init__(  # noqa: PLR0913  what the table looks at
        self,
        picture: Picture,
        progress: Progress,
        coverage: Coverage,
        evidence: Evidence,
        *,
        local: list[Known],
        known: list[Known],
        strangers: "Strangers",
        unknown_here: Iterable[Version],
    ) -> None:
        """Keep what is looked up. ``known``: documents retrieved from the DMP."""
        self._picture, self._progress = picture, progress
        self._coverage, self._evidence = coverage, evidence
        self._strangers = strangers
        self._local = names(local)
        self._withdrawn = names(one for one in local if deletes(one))
        self._at_hand = [*local, *known]
        self._candidates = Candidates(one.document for one in unknown_here)

    def compared(self, document: Known) -> Compared:
        """Say what the answers tell of one document."""
        if document.header.id is None:
            return _unknown(document, Reason.NO_ID, "DMP-08")
        if self._strangers.has(document):
            rule = "DMP-21" if self._strangers.mixed else "DMP-06"
            return _unknown(document, Reason.OTHER_PATIENT, rule)
        name = key(document.header.id)
        lid = self._picture.lid_of_name(name)
        last = self._picture.last.get(lid) if lid else None
        if name in self._withdrawn:
            listed = last.document if last and last.there else None
            findings = (_finding("DMP-09"),) if listed else ()
            return Compared(document, State.WITHDRAWN, listed=listed, findings=findings)
        found = self._replaced(document, lid, last) or self._there(document, last)
        return found or self._absent(document, last)

    def _replaced(self, document: Known, lid: str | None, last: Version | None) -> Compared | None:
        """Lines 3, 4, 7 and 8: another document took its place, or is said to have."""
        chain = self._picture.chain(lid) if lid else None
        end = self._picture.last.get(chain.lids[-1]) if chain else None
        if chain and end and end.there:
            return self._newer(document, last, end, chain)
        newer = self._succession.newer(document)
        if newer is not None:
            return self._newer_by_headers(document, last, newer)
        if chain is None and not (last and last.deprecated):
            return None
        if not self._progress.complete:
            # Listed or not, it is said to be replaced: it is not up to date for want of an answer.
            return _unknown(document, Reason.CHAIN_OPEN, "DMP-15", listed=last)
        return Compared(
            document,
            State.NEWER_LISTED,
            listed=last.document if last else None,
            chain=self._ids(chain),
            by=chain.by if chain else None,
            findings=(_finding("DMP-10"),),
        )

    def _newer(self, document: Known, last: Version | None, end: Version, chain: Chain) -> Compared:
        at_hand = end.name in self._local
        return Compared(
            document,
            State.NEWER_LISTED,
            listed=last.document if last else None,
            newer=end.document,
            newer_at_hand=at_hand,
            chain=self._ids(chain),
            by=chain.by,
            findings=(_finding("DMP-11" if at_hand else "DMP-01"),),
        )

    def _newer_by_headers(self, document: Known, last: Version | None, newer: Known) -> Compared:
        at_hand = not self._local.isdisjoint(names([newer]))
        return Compared(
            document,
            State.NEWER_LISTED,
            listed=last.document if last else None,
            newer=newer,
            newer_at_hand=at_hand,
            chain=(str(document.header.id), str(newer.header.id)),
            by="headers",
            findings=(_finding("DMP-11" if at_hand else "DMP-01"),),
        )

    def _ids(self, chain: Chain | None) -> tuple[str | None, ...]:
        return tuple(self._picture.unique_id(lid) for lid in chain.lids) if chain else ()

    @cached_property
    def _succession(self) -> Succession:
        listed = [one.document for one in self._picture.last.values() if one.there]
        return Succession(self._at_hand, listed)

    def _there(self, document: Known, last: Version | None) -> Compared | None:
        """Lines 5 and 6: its own last metadata are there, as they were or changed."""
        if last is None or not last.there:
            return None
        duplicate = _duplicate(document)
        found = Compared(document, State.UP_TO_DATE, listed=last.document, duplicate_of=duplicate)
        remembered = self._picture.remembered(last.name)
        if remembered is None:
            return found
        changed = _changed(found, last, remembered)
        return changed or found

    def _absent(self, document: Known, last: Version | None) -> Compared:
        """Lines 9 to 13: no answer has it."""
        assert document.header.id is not None
        remembered = self._picture.remembered(key(document.header.id))
        if not self._coverage.covers(document, remembered):
            return self._not_covered(document, remembered)
        reason: Reason | None = Reason.ABSENT
        if last is not None or self._was_there(document, remembered):
            if self._progress.changes_missing:
                # What replaced it may be in the answer that is missing.
                return _unknown(document, Reason.CHANGES_MISSING, "DMP-20")
            state, rule = State.NO_LONGER_LISTED, "DMP-02"
        elif _flag(document) == "N":
            state, rule, reason = State.NEVER_LISTED, "DMP-03", None
        else:
            state, rule = State.NOT_LISTED, "DMP-04"
        candidates = self._candidates.of(document)
        return Compared(
            document,
            state,
            reason=reason,
            candidates=candidates,
            findings=(_finding(rule), *_possible(candidates)),
        )

    def _not_covered(self, document: Known, remembered: Remembered | None) -> Compared:
        reason = self._missing_list(document, remembered)
        hint = None
        if remembered and self._progress.later and self._progress.incremental_whole:
            quiet = not self._progress.not_returned
            hint = Hint.NO_CHANGE_REPORTED if quiet else Hint.SOME_NOT_ACCESSIBLE
        outside = reason is Reason.OUTSIDE_QUERY
        candidates = () if outside else self._candidates.of(document)
        findings = [_finding(_UNKNOWN_RULES.get(reason, "DMP-05")), *_possible(candidates)]
        if hint is not None:
            findings.insert(1, _finding("DMP-18" if hint is Hint.NO_CHANGE_REPORTED else "DMP-19"))
        return Compared(
            document,
            State.UNKNOWN,
            reason=reason,
            hint=hint,
            candidates=candidates,
            findings=tuple(findings),
        )

    def _missing_list(self, document: Known, remembered: Remembered | None) -> Reason:
        """Say why no list covers the document: it left it out, or it is not there, or not whole."""
        lists = self._progress.lists
        untold = [one for one in self._progress.untold if not one.whole]
        if self._coverage.outside(document, remembered):
            return Reason.OUTSIDE_QUERY
        if not lists and not untold:
            return Reason.NO_LIST
        if not lists and self._coverage.outside_default(document, remembered):
            return Reason.OUTSIDE_QUERY
        answers = lists or untold
        if any(one.failed for one in answers):
            return Reason.LIST_FAILED
        if any(not one.whole for one in answers):
            return Reason.LIST_PARTIAL
        return Reason.LIST_EMPTY

    def _was_there(self, document: Known, remembered: Remembered | None) -> bool:
        """Tell whether something shows that the document has been in the DMP."""
        context = document.context
        if remembered is not None or (context and context.place is Place.DMP):
            return True
        own = names([document])
        evidence = self._evidence
        return _flag(document) == "Y" or not own.isdisjoint(evidence.previous | evidence.sent)


def names(documents: Iterable[Known]) -> frozenset[str]:
    """Return the ids of documents, as they compare."""
    return frozenset(key(one.header.id) for one in documents if one.header.id)


def deletes(one: Known) -> bool:
    """Tell whether a document is a message that asks for its deletion."""
    return one.context is not None and one.context.action is Action.DELETE


class Strangers:
    """Whose documents are of another patient than the answers: each patient is looked at once."""

    def __init__(self, patients: Iterable[Patient]) -> None:
        """Keep the patients of the answers. ``mixed``: they are not one and the same."""
        self._keys = {patient_key(one) for one in patients}
        self.mixed = not consistent(self._keys)
        self._other: dict[PatientKey, bool] = {}

    def has(self, document: Known) -> bool:
        """Tell whether a document is of another patient, or the answers of several."""
        own = patient_key(document.header.patient)
        if own not in self._other:
            self._other[own] = self.mixed or not consistent({own, *self._keys})
        return self._other[own]


def _changed(found: Compared, last: Version, remembered: Remembered) -> Compared | None:
    """Return line 5: what changed since the last visit in codes and status, or None."""
    new, old = last.codes, remembered.confidentiality
    added = tuple(sorted(set(new) - set(old))) if old else ()
    removed = tuple(sorted(set(old) - set(new))) if old else ()
    status = last.registry.availability
    now = status.value if status else None
    moved = None
    if now and remembered.availability and now != remembered.availability:
        moved = (remembered.availability, now)
    if not (added or removed or moved):
        return None
    words = texts.table(LAYER, "changes")
    told = [words.get(f"+{one}", words["+"].format(code=one)) for one in added]
    told += [words.get(f"-{one}", words["-"].format(code=one)) for one in removed]
    if moved:
        told.append(words.get(f"={moved[1]}", words["="].format(code=moved[1])))
    finding = _finding("DMP-12", changes=", ".join(told))
    return replace(
        found,
        state=State.METADATA_CHANGED,
        added=added,
        removed=removed,
        availability=moved,
        findings=(finding,),
    )


def _duplicate(document: Known) -> Place | None:
    """Return the carrier of a document that the DMP has too: it was received twice."""
    place = document.context.place if document.context else None
    return place if place is Place.MSSANTE else None


def _unknown(
    document: Known, reason: Reason, rule: str, *, listed: Version | None = None
) -> Compared:
    return Compared(
        document,
        State.UNKNOWN,
        reason=reason,
        listed=listed.document if listed else None,
        findings=(_finding(rule),),
    )


def _possible(candidates: tuple[Known, ...]) -> tuple[Finding, ...]:
    if not candidates:
        return ()
    count = len(candidates)
    told = f"{count} ou plus" if count == Candidates.MOST else str(count)
    return (_finding("DMP-07", count=told),)


def _flag(one: Known) -> str | None:
    """Return the indicator that asks to send a document to the DMP: Y, N or None."""
    return dict(one.context.flags).get(_SENT_TO_DMP) if one.context else None


def _finding(rule: str, **fields: str | int) -> Finding:
    return texts.finding(rule, layer=LAYER, location=None, line=None, **fields)
