"""Gathers documents that share an id or a setId, quickly, before anything is decided of them."""

from array import array
from collections.abc import Iterable, Iterator

from cda_tools.chains.entry import Entry
from cda_tools.model.identifiers import key
from cda_tools.model.patients import NOBODY, PatientKey


class Gathering:
    """All documents, and which of them mention the same id or setId.

    What is gathered may still be several chains: nothing is decided here.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Take the documents in, each once."""
        self._entries: list[Entry | None] = []
        self._above = array("q")  # union-find: the smallest number of a set stands for it
        self._ids: dict[str, int] = {}
        self._sets: dict[str, int] = {}
        self._doubtful: set[int] = set()
        patients: dict[PatientKey, PatientKey] = {}
        for number, entry in enumerate(entries):
            # Each patient's identifiers are kept once.
            entry.patient = patients.setdefault(entry.patient, entry.patient)
            self._entries.append(entry)
            self._above.append(number)
            if entry.key is not None:
                self._meet(self._ids.setdefault(entry.key, number), number)
            if entry.set_key is not None:
                self._meet(self._sets.setdefault(entry.set_key, number), number)
            for parent in entry.parents:
                self._meet(self._ids.setdefault(key(parent), number), number)
        # A parent that is in fact a setId.
        for both in self._sets.keys() & self._ids.keys():
            one, other = self._ids[both], self._sets[both]
            if self._find(one) != self._find(other):
                self._meet(one, other)
                self._doubtful.add(other)

    def groups(self) -> Iterator[tuple[list[Entry], bool]]:
        """Yield documents that ids and setIds connect, and whether that alone makes a chain.

        It does for one document, and for documents of one known patient; where a parent's id
        is somebody's setId, a closer look is due. Documents are let go as they are yielded: a
        million documents and their chains must fit together. To be used once.
        """
        above, entries = self._above, self._entries
        for number, smaller in enumerate(above):
            above[number] = above[smaller]  # settled already, because it is smaller
        doubtful = {above[number] for number in self._doubtful}
        following = self._lists()
        for number, root in enumerate(above):
            if root != number:
                continue
            group: list[Entry] = []
            member = number
            while member or not group:  # 0 ends a list, and can only be its first member
                entry, entries[member] = entries[member], None
                if entry is not None:
                    group.append(entry)
                member = following[member]
            yield group, number not in doubtful and _one_patient(group)

    def _lists(self) -> "array[int]":
        """Return the next member of each one's group, as linked lists from the smallest."""
        above = self._above
        following = array("q", bytes(8 * len(above)))
        for number in range(len(above) - 1, -1, -1):
            root = above[number]
            if root != number:
                following[number], following[root] = following[root], number
        return following

    def _meet(self, one: int, other: int) -> None:
        if one == other:
            return
        one, other = self._find(one), self._find(other)
        if one < other:
            self._above[other] = one
        elif other < one:
            self._above[one] = other

    def _find(self, number: int) -> int:
        above = self._above
        while above[number] != number:
            above[number] = above[above[number]]
            number = above[number]
        return number


def _one_patient(group: list[Entry]) -> bool:
    if len(group) == 1:
        return True
    first = group[0].patient
    if not first.ins:
        return first != NOBODY and all(one.patient is first for one in group)
    return all(one.patient is first or one.patient.ins == first.ins for one in group)
