"""Which of some connected documents belong to one chain: patient by patient."""

from collections.abc import Hashable, Iterator
from typing import NamedTuple

from cda_tools.chains.entry import Claim, Entry
from cda_tools.model.forest import Forest
from cda_tools.model.patients import Grade, consistent, known_by


class Known:
    """The ids and setIds, in canonical form, of documents that may have to do with another."""

    def __init__(self, entries: list[Entry]) -> None:
        """Look every document over once."""
        self.ids = {entry.key for entry in entries}
        self.sets = {entry.set_key for entry in entries}

    def names_set(self, claim: Claim) -> bool:
        """Tell whether a parent's id is no document's, but a setId."""
        return claim.key not in self.ids and claim.key in self.sets


class Mention(NamedTuple):
    """A document says an id (its own or its parent's) or a setId: what may link it."""

    kind: str  # "id" or "setId"
    key: str
    written: str | None  # the id as written, None for a setId: unknown patients need it exact


def mentions(entry: Entry, known: Known) -> Iterator[Mention]:
    """Yield what a document says of itself and of those it replaces."""
    if entry.key is not None:
        yield Mention("id", entry.key, str(entry.id))
    if entry.set_key is not None:
        yield Mention("setId", entry.set_key, None)
    for claim in entry.claims:
        if known.names_set(claim):
            yield Mention("setId", claim.key, None)
        else:
            yield Mention("id", claim.key, str(claim.id))


def by_patient(group: list[Entry], known: Known) -> list[list[Entry]]:
    """Part connected documents so that no part holds two patients.

    Documents are held together by a shared INS, then by a shared local identifier, then,
    where a patient is unknown, by an exact id. Where that brings two patients together, the
    weakest kind of evidence is given up in that part. The result depends on the documents only.
    """
    settled: list[list[Entry]] = []
    open_parts = [group]
    for grade in Grade:
        disputed: list[list[Entry]] = []
        for part in open_parts:
            for smaller in _joined(part, known, grade):
                fine = consistent(entry.patient for entry in smaller)
                (settled if fine else disputed).append(smaller)
        open_parts = disputed
    return settled


def _joined(part: list[Entry], known: Known, grade: Grade) -> list[list[Entry]]:
    forest: Forest[Hashable] = Forest()
    for number, entry in enumerate(part):
        forest.find(number)
        for kind, key, written in mentions(entry, known):
            forest.join(number, *((kind, key, who) for who in known_by(entry.patient, grade)))
            if grade is Grade.UNKNOWN and written is not None:
                forest.join(number, (kind, written))
    groups: dict[Hashable, list[Entry]] = {}
    for number, entry in enumerate(part):
        groups.setdefault(forest.find(number), []).append(entry)
    return list(groups.values())
