"""The answers of a visit put together: documents, versions of their metadata, replacements.

``lid`` is a document, ``id`` one version of its metadata: an old version is Deprecated beside the
one in force, and is no replaced document. An association joins two ids; replacements are followed
from lid to lid, and the lid of an id is told by its entry, by what was kept of an earlier visit,
or is the id itself (it is for the first version). The order of answers and of what they hold
means nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cda_tools.dmp.exchanges import Exchange, folded
from cda_tools.dmp.memory import Memory, Remembered, codes_of, name_of
from cda_tools.model.carriage import Availability, RegistryEntry
from cda_tools.model.document import Known
from cda_tools.model.identifiers import key

REPLACEMENTS = frozenset({"RPLC", "XFRM_RPLC"})
MEMBER = "HasMember"
# The same id with two statuses: what an older answer said gives way. Being replaced is for good.
_FINALITY = {
    None: 0,
    Availability.APPROVED: 1,
    Availability.ARCHIVED: 2,
    Availability.DELETED: 3,
    Availability.DEPRECATED: 4,
}


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a document's metadata: an ExtrinsicObject.

    ``name``: the document's id as it compares, "" where it has none. ``number``: its versionName.
    """

    document: Known
    registry: RegistryEntry
    id: str
    lid: str
    number: int
    name: str

    @property
    def deprecated(self) -> bool:
        """Tell whether another version, or another document, took its place."""
        return self.registry.availability is Availability.DEPRECATED

    @property
    def there(self) -> bool:
        """Tell whether the document is in the DMP; a status that is not known counts as there."""
        return self.registry.availability not in (Availability.DEPRECATED, Availability.DELETED)

    @property
    def unique_id(self) -> str:
        """Return the uniqueId as IHE XDS writes it."""
        return str(self.document.header.id or "")

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the confidentiality codes, visibility included."""
        return codes_of(self.registry)


@dataclass(frozen=True, slots=True)
class Chain:
    """What replaced a document: lids from the document's own to the last one; how it started."""

    lids: tuple[str, ...]
    by: str


class Picture:
    """What all answers together say of one patient's documents, looked up by lid, id or name."""

    def __init__(self, exchanges: Sequence[Exchange], memory: Memory) -> None:
        """Put the answers together. Linear in what they hold."""
        self.exchanges = exchanges
        self._remembered = {one.name: one for one in memory.documents}
        self._lid_of: dict[str, str] = {}
        self.last: dict[str, Version] = {}
        self._lids_of_name: dict[str, list[str]] = defaultdict(list)
        self._newer: dict[str, dict[str, str]] = defaultdict(dict)
        self._order: dict[str, tuple[str, str]] = {}
        self._read_entries()
        self._read_memory(memory.documents)
        self._read_replacements(memory.documents)
        self._next = self._followed()

    def _read_entries(self) -> None:
        versions: dict[str, Version] = {}
        for exchange in self.exchanges:
            for document in exchange.documents:
                version = version_of(document)
                known = versions.get(version.id)
                if known is None or _finality(version) > _finality(known):
                    versions[version.id] = version
        for version in versions.values():
            self._lid_of[version.id] = version.lid
            last = self.last.get(version.lid)
            if last is None or _lateness(version) > _lateness(last):
                self.last[version.lid] = version
        self.versions = versions
        for lid, version in self.last.items():
            if version.name:
                self._lids_of_name[version.name].append(lid)

    def _read_memory(self, rows: Iterable[Remembered]) -> None:
        self._kept_ids: dict[str, str] = {}
        self.kept: set[str] = set()
        for one in rows:
            if one.logical_id:
                self.kept.add(folded(one.logical_id))
                self._kept_ids[folded(one.logical_id)] = one.unique_id
                if one.entry_uuid:
                    self._lid_of.setdefault(folded(one.entry_uuid), folded(one.logical_id))

    def _read_replacements(self, rows: Iterable[Remembered]) -> None:
        for exchange in self.exchanges:
            for one in exchange.associations:
                if one.kind in REPLACEMENTS:
                    newer, older = self.lid_of(one.source), self.lid_of(one.target)
                    if newer != older:
                        kinds = self._newer[older]
                        kinds[newer] = min(one.kind, kinds.get(newer, one.kind))
        for row in rows:
            # What an earlier visit told of replacements still holds, and is not told twice.
            lids = [self._lid_or_unseen(one) for one in (row.unique_id, *row.replaced_by)]
            for older, newer in pairwise(lids):
                if newer != older:
                    self._newer[older].setdefault(newer, "RPLC")

    def _lid_or_unseen(self, unique_id: str) -> str:
        name = name_of(unique_id)
        lid = self.lid_of_name(name)
        if lid is None:
            lid = _unseen(name)
            self._kept_ids[lid] = unique_id
        return lid

    def lid_of(self, entry_uuid: str) -> str:
        """Return the document that an entryUUID is a version of, as far as that is known."""
        name = folded(entry_uuid)
        return self._lid_of.get(name, name)

    def remembered(self, name: str) -> Remembered | None:
        """Return what was kept of the document at the last visit, or None."""
        return self._remembered.get(name)

    def lid_of_name(self, name: str) -> str | None:
        """Return the lid of a document by its id: the one listed and in force, else the kept one.

        Two lids of one uniqueId are two registrations: one in force goes before a replaced one.
        """
        found = [self.last[lid] for lid in self._lids_of_name.get(name, ())]
        if found:
            return max(found, key=lambda one: (one.there, not one.deprecated, one.lid)).lid
        row = self._remembered.get(name)
        return folded(row.logical_id) if row and row.logical_id else None

    def in_order(self, versions: Iterable[Version]) -> list[Version]:
        """Return versions by date, then uniqueId: the same in whatever order they came."""
        return sorted(versions, key=self._order_of)

    def _order_of(self, version: Version) -> tuple[str, str]:
        order = self._order.get(version.id)
        if order is None:
            date = version.document.header.date
            moment = date.utc or date.moment if date else None
            order = (moment.isoformat() if moment else "", version.unique_id)
            self._order[version.id] = order
        return order

    def chain(self, lid: str) -> Chain | None:
        """Return what replaced the document, down to the last one; None where nothing did."""
        if lid not in self._next:
            return None
        lids = [lid]
        while (after := self._next.get(lids[-1])) is not None:
            lids.append(after)
        return Chain(tuple(lids), self._newer[lid][lids[1]])

    def unique_id(self, lid: str) -> str | None:
        """Return the uniqueId of a document by its lid, or None for one that was never seen."""
        last = self.last.get(lid)
        return (last.unique_id or None) if last else self._kept_ids.get(lid)

    def _followed(self) -> dict[str, str]:
        """Return, for each replaced lid, the next one on the way to its best last version.

        From the last ones back: a loop, which has no last one, is left out.
        """
        older: dict[str, list[str]] = defaultdict(list)
        waiting = {lid: len(newer) for lid, newer in self._newer.items()}
        for lid, newer in self._newer.items():
            for one in newer:
                older[one].append(lid)
        following: dict[str, str] = {}
        end = {lid: lid for lid in older if lid not in waiting}
        ready = sorted(end)
        for lid in ready:
            for before in older[lid]:
                known = end.get(before)
                if known is None or self._worth(end[lid], lid) > self._worth(
                    known, following[before]
                ):
                    end[before], following[before] = end[lid], lid
                waiting[before] -= 1
                if waiting[before] == 0:
                    ready.append(before)
        return {lid: after for lid, after in following.items() if waiting[lid] == 0}

    def _worth(self, end: str, after: str) -> tuple[bool, bool, tuple[str, str], str]:
        last = self.last.get(end)
        if last is None:
            return (False, False, ("", end), after)
        return (last.there, True, self._order_of(last), after)


def _unseen(name: str) -> str:
    """Return what stands for the lid of a document that no answer has."""
    return f"id:{name}"


def version_of(document: Known) -> Version:
    """Return a listed document as a version of its metadata.

    An entry without entryUUID is named by its uniqueId; one without lid is its own document.
    """
    registry = (document.context.registry if document.context else None) or RegistryEntry()
    name = key(document.header.id) if document.header.id else ""
    identity = folded(registry.entry_uuid or "") or _unseen(name or document.path)
    lid = folded(registry.logical_id or "") or identity
    number = registry.version or ""
    digits = number if number.isascii() and number.isdigit() else "0"
    return Version(document, registry, identity, lid, int(digits[:18]), name)


def _finality(version: Version) -> tuple[int, int, str]:
    return (_FINALITY[version.registry.availability], version.number, version.unique_id)


def _lateness(version: Version) -> tuple[bool, int, str]:
    return (not version.deprecated, version.number, version.id)
