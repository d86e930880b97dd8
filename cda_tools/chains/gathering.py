"""Gathers documents that share an id or a setId, quickly, before anything is decided of them."""

from array import array
from collections.abc import Iterable, Iterator

from cda_tools.chains.entry import Entry
from cda_tools.chains.patients import NOBODY, PatientKey
from cda_tools.identifiers import key


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
        for entry in entries:
            # Each patient's identifiers are kept once.
            entry.patient = patients.setdefault(entry.patient, entry.patient)
            self._take(entry)
        # A parent that is in fact a setId.
        for both in self._sets.keys() & self._ids.keys():
            self._join(self._ids[both], self._sets[both])
            self._doubtful.add(self._sets[both])

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

    def _take(self, entry: Entry) -> None:
        number = len(self._entries)
        self._entries.append(entry)
        self._above.append(number)
        if entry.key is not None:
            other = self._ids.setdefault(entry.key, number)
            if other != number:
                self._join(other, number)
        if entry.set_key is not None:
            other = self._sets.setdefault(entry.set_key, number)
            if other != number:
                self._join(other, number)
        for parent in entry.parents:
            other = self._ids.setdefault(key(parent), number)
            if other != number:
                self._join(other, number)

    def _join(self, one: int, other: int) -> None:
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
    first = group[0].patient
    if len(group) == 1:
        return True
    if first.ins:
        return all(one.patient is first or one.patient.ins == first.ins for one in group)
    return first is not NOBODY and first != NOBODY and all(one.patient is first for one in group)
