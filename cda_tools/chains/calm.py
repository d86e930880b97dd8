"""Histories in which a new document has to do with its neighbours alone.

A history is calm where all its documents are of one known patient, each has an id of its own,
none is replaced twice or says anything unusual, and either

- all have one setId and different versionNumbers, and replace none of a higher one; or
- none has a setId or a versionNumber: relatedDocument alone orders them.

What chaining says of such a document depends on those next to it by number or by replacement,
and on the first and the last numbers. :func:`near` returns these with some to spare, whatever
the length of the history; the tests compare with decisions on all of it.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cda_tools.chains.entry import Entry
from cda_tools.model.document import Known
from cda_tools.model.patients import NOBODY, PatientKey

_NEAR = 3
"""Documents taken on each side: those next to the new one, with their own neighbours whole."""


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A stored document and what decides of its neighbours; keys are canonical.

    ``parent``: the one id that it replaces. ``plain``: it has an id, replaces one at most, and no
    carrier says more of it.
    """

    document: Known
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
    parents = [claim.key for claim in entry.claims]
    return Place(
        document,
        entry.key,
        entry.set_key,
        entry.version,
        parents[0] if parents else None,
        entry.patient,
        entry.plain,
    )


class History:
    """Stored documents that ids and setIds connect, near or far."""

    def __init__(self) -> None:
        """Begin with none."""
        self.places: list[Place] = []
        self.keys: set[str] = set()
        self.by_version: dict[int, Place] = {}
        self.versions: list[int] = []
        self._calm = True

    def add(self, place: Place, keys: Iterable[str], *, calm: bool) -> None:
        """Take one more document in; where it is not welcome, the history is calm no more."""
        self.places.append(place)
        self.keys.update(keys)
        self._calm = self._calm and calm
        if place.version is not None and place.version not in self.by_version:
            self.by_version[place.version] = place
            insort(self.versions, place.version)

    def absorb(self, other: "History") -> None:
        """Take in all of another, which a document connects."""
        self._calm = self._calm and other._calm
        self.places += other.places
        self.keys |= other.keys
        for version, place in other.by_version.items():
            if version not in self.by_version:
                self.by_version[version] = place
                insort(self.versions, version)

    def twin(self, new: Place) -> Place | None:
        """Return the document that already has the number of the new one, in a calm history."""
        if not self._calm or new.version is None or new.set_key is None:
            return None
        if not _side_by_side(self.places[0], new):
            return None
        return self.by_version.get(new.version)

    def welcomes(self, new: Place, by_key: ByKey) -> bool:
        """Tell whether the history is calm and stays so with the new document."""
        if not self._calm or not _calm_alone(new):
            return False
        if self.places and not _side_by_side(self.places[0], new):
            return False
        if new.version is not None and new.version in self.by_version:
            return False
        if _of_id(new.key, by_key) or _replacing(new.parent, by_key):
            return False
        newer = _replacing(new.key, by_key)
        return len(newer) < 2 and all(
            _in_order(older, one)
            for older, one in [
                *((new, one) for one in newer),
                *((one, new) for one in _of_id(new.parent, by_key)),
            ]
        )


def near(new: Place, histories: Iterable[History], by_key: ByKey) -> Iterator[Place]:
    """Yield, each once, the stored documents on which the decision on a new one depends.

    The histories are calm, and welcome it.
    """
    if new.version is None:
        found = [*_before(new, by_key), *_after(new, by_key)]
    else:
        found = [place for history in histories for place in _around(new, history, by_key)]
    yield from {id(place): place for place in found}.values()


def _around(new: Place, history: History, by_key: ByKey) -> Iterator[Place]:
    """Yield neighbours by number of the new document and of those that a link joins to it."""
    versions = history.versions
    core = [*versions[:_NEAR], *versions[-_NEAR:]]
    for one in [new, *_of_id(new.parent, by_key), *_replacing(new.key, by_key)]:
        where = bisect_left(versions, one.version or 0)
        core += versions[max(0, where - _NEAR) : where + _NEAR + 1]
    for version in core:
        place = history.by_version[version]
        yield place
        yield from _of_id(place.parent, by_key)


def _before(new: Place, by_key: ByKey) -> Iterator[Place]:
    place = new
    for _ in range(_NEAR):
        older = _of_id(place.parent, by_key)
        if not older:
            return
        place = older[0]
        yield place


def _after(new: Place, by_key: ByKey) -> Iterator[Place]:
    place = new
    for _ in range(_NEAR):
        newer = _replacing(place.key, by_key)
        if not newer:
            return
        place = newer[0]
        yield place


def _calm_alone(one: Place) -> bool:
    if not one.plain or one.patient == NOBODY or one.parent == one.key:
        return False
    if one.set_key is not None and one.set_key in (one.key, one.parent):
        return False
    return (one.set_key is None) == (one.version is None)


def _side_by_side(one: Place, other: Place) -> bool:
    if one.set_key != other.set_key:
        return False
    same_ins = bool(one.patient.ins) and one.patient.ins == other.patient.ins
    return one.patient != NOBODY and (same_ins or one.patient == other.patient)


def _in_order(older: Place, newer: Place) -> bool:
    if older.version is None or newer.version is None:
        return older.version is newer.version
    return older.version < newer.version


def _at(name: str | None, by_key: ByKey) -> list[Place]:
    return by_key.get(name, []) if name is not None else []


def _of_id(name: str | None, by_key: ByKey) -> list[Place]:
    return [one for one in _at(name, by_key) if one.key == name]


def _replacing(name: str | None, by_key: ByKey) -> list[Place]:
    return [one for one in _at(name, by_key) if one.parent == name]
