"""Histories in which a new document has to do with its neighbours alone.

A history is calm where all its documents are of one known patient, each has an id of its own,
none is replaced twice or says anything unusual, they do not replace one another in a circle,
and either

- all have one setId and different versionNumbers, and replace none of a higher one; or
- none has a setId or a versionNumber: relatedDocument alone orders them.

What chaining says of such a document depends on those next to it by number and by replacement.
:func:`near` returns these, whatever the length of the history; the tests compare with decisions
on all of it.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cda_tools.chains.entry import Entry
from cda_tools.model.document import Known
from cda_tools.model.patients import NOBODY, PatientKey


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A stored document and what decides of its neighbours; keys are canonical.

    ``mentions``: the keys under which it is looked up. ``parent``: the one id that it replaces.
    ``plain``: it has an id, replaces one at most, and no carrier says more of it.
    """

    document: Known
    mentions: frozenset[str]
    key: str | None
    set_key: str | None
    version: int | None
    parent: str | None
    patient: PatientKey
    plain: bool


ByKey = Mapping[str, list[Place]]
"""Each stored document under its id, its setId and the ids of those it replaces."""


def placed(document: Known) -> Place:
    """Return what decides of a document's neighbours."""
    entry = Entry(document, None)
    return Place(
        document,
        entry.mentions,
        entry.key,
        entry.set_key,
        entry.version,
        next((claim.key for claim in entry.claims), None),
        entry.patient,
        entry.plain,
    )


class History:
    """Stored documents that ids and setIds connect, near or far."""

    def __init__(self) -> None:
        """Begin with none."""
        self.places: list[Place] = []
        self.keys: set[str] = set()
        self._by_version: dict[int, Place] = {}
        self._versions: list[int] = []
        self._calm = True

    def add(self, place: Place, *, calm: bool) -> None:
        """Take one more document in.

        ``calm``: every history that it connects welcomes it. What is calm no more stays so.
        """
        self.places.append(place)
        self.keys |= place.mentions
        self._calm = calm
        if calm and place.version is not None:
            self._by_version[place.version] = place
            insort(self._versions, place.version)

    def absorb(self, other: "History") -> None:
        """Take in all of another, which the document that is added next connects.

        Where both are calm and stay so, they have no numbers: one setId makes one history.
        """
        self.places += other.places
        self.keys |= other.keys

    def twin(self, new: Place) -> Place | None:
        """Return the document of its setId and patient that already has the new one's number."""
        found = None if new.version is None else self._by_version.get(new.version)
        return found if found and _side_by_side(found, new) else None

    def beside(self, new: Place) -> tuple[Place | None, Place | None]:
        """Return the document of the next lower number, and that of the next higher one."""
        if new.version is None:
            return None, None
        where = bisect_left(self._versions, new.version)
        below, above = self._versions[:where][-1:], self._versions[where : where + 1]
        return (
            self._by_version[below[0]] if below else None,
            self._by_version[above[0]] if above else None,
        )

    def welcomes(self, new: Place, by_key: ByKey) -> bool:
        """Tell whether the history is calm and stays so with the new document."""
        if not self._calm or not _calm_alone(new):
            return False
        if self.places and not _side_by_side(self.places[0], new):
            return False
        if new.version is not None and new.version in self._by_version:
            return False
        if new.version is None and {new.key, new.parent} <= self.keys:
            return False  # it closes a circle: each of its documents then has to do with all
        if _of_id(new.key, by_key) or _replacing(new.parent, by_key):
            return False
        return all(_in_order(one, new) for one in _of_id(new.parent, by_key)) and all(
            _in_order(new, one) for one in _replacing(new.key, by_key)
        )


def near(new: Place, histories: Iterable[History], by_key: ByKey) -> Iterator[Place]:
    """Yield, each once, the stored documents on which the decision on a new one depends.

    The histories are calm, and welcome it. What the next higher number replaces is among them:
    without it, that document would seem to follow the new one.
    """
    found = [*_of_id(new.parent, by_key), *_replacing(new.key, by_key)]
    for history in histories:
        below, above = history.beside(new)
        found += [one for one in (below, above) if one]
        found += _of_id(above.parent, by_key) if above else []
    yield from {id(place): place for place in found}.values()


def _calm_alone(one: Place) -> bool:
    numbered = (one.set_key is None) == (one.version is None)
    return one.plain and one.patient != NOBODY and numbered


def _side_by_side(one: Place, other: Place) -> bool:
    same_ins = bool(one.patient.ins) and one.patient.ins == other.patient.ins
    return one.set_key == other.set_key and (same_ins or one.patient == other.patient)


def _in_order(older: Place, newer: Place) -> bool:
    """Tell whether the numbers, where documents have any, go the way of their link."""
    return older.version is None or newer.version is None or older.version < newer.version


def _at(name: str | None, by_key: ByKey) -> list[Place]:
    return by_key.get(name, []) if name is not None else []


def _of_id(name: str | None, by_key: ByKey) -> list[Place]:
    return [one for one in _at(name, by_key) if one.key == name]


def _replacing(name: str | None, by_key: ByKey) -> list[Place]:
    return [one for one in _at(name, by_key) if one.parent == name]
