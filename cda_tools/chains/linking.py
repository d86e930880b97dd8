"""Which documents belong to one chain: by ids and setIds first, then patient by patient."""

from collections.abc import Hashable, Iterator
from typing import NamedTuple

from cda_tools.chains.entry import Claim, Entry
from cda_tools.chains.forest import Forest, NumberForest
from cda_tools.chains.patients import Grade, consistent, known_by, same_patient


class Known:
    """The ids and setIds of all documents, in canonical form, with one document of each."""

    def __init__(self, entries: list[Entry]) -> None:
        """Look every document over once."""
        self.ids: dict[str, int] = {}
        self.sets: dict[str, int] = {}
        for number, entry in enumerate(entries):
            if entry.key is not None:
                self.ids.setdefault(entry.key, number)
            if entry.set_key is not None:
                self.sets.setdefault(entry.set_key, number)

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


def connected(entries: list[Entry], known: Known) -> list[list[Entry]]:
    """Return the documents that ids and setIds connect, whoever the patients are."""
    forest = NumberForest(len(entries))
    unknown_ids: dict[str, int] = {}
    ids, sets, join = known.ids, known.sets, forest.join
    for number, entry in enumerate(entries):
        if entry.key is not None and ids[entry.key] != number:
            join(ids[entry.key], number)
        if entry.set_key is not None and sets[entry.set_key] != number:
            join(sets[entry.set_key], number)
        for claim in entry.claims:
            other = ids.get(claim.key, sets.get(claim.key))
            if other is None:
                # Two that replace the same missing document belong together.
                other = unknown_ids.setdefault(claim.key, number)
            join(other, number)
    groups: dict[int, list[Entry]] = {}
    for number, entry in enumerate(entries):
        root = forest.find(number)
        if root == number:
            groups[root] = [entry]
        else:
            groups[root].append(entry)
    return list(groups.values())


def by_patient(group: list[Entry], known: Known) -> list[list[Entry]]:
    """Part connected documents so that no part holds two patients.

    Documents are held together by a shared INS, then by a shared local identifier, then,
    where a patient is unknown, by an exact id. Where that brings two patients together, the
    weakest kind of evidence is given up in that part. The result depends on the documents only.
    """
    if len(group) == 1 or same_patient(entry.patient for entry in group):
        return [group]
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
