"""Which listed document is a newer version of one at hand, and which might be.

A registry's list names no predecessor (FindDocuments returns no association): what replaces
what is known from the chains over both sides (the headers at hand, and RPLC associations where
a registry gives them), and else not at all.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime

from cda_tools.chains import build
from cda_tools.model.carriage import Availability
from cda_tools.model.document import Known
from cda_tools.model.header import Header, Identifier
from cda_tools.model.identifiers import key
from cda_tools.model.patients import other_people

_Type = tuple[str | None, str | None]
_Name = tuple[int, str]
"""The number of a chain, and a document's id in it: copies of a document have one name."""


class Succession:
    """Who follows whom among documents at hand and listed ones, by their chains."""

    def __init__(self, at_hand: Iterable[Known], listed: Iterable[Known]) -> None:
        """Chain the documents of both sides that have to do with another; linear in their number.

        The others, by far the most in a record, have no predecessor and no successor.
        """
        at_hand, listed = _involved(list(at_hand), list(listed))
        self._listed: dict[str, Known] = {}
        for one in listed:
            if one.header.id and not deprecated(one):
                self._listed.setdefault(key(one.header.id), one)
        self._names: dict[tuple[str, Identifier | None], _Name] = {}
        after: dict[_Name, list[_Name]] = defaultdict(list)
        for number, chain in enumerate(build([*at_hand, *listed]).chains if at_hand else ()):
            names = [(number, key(one.id) if one.id else one.path) for one in chain.documents]
            for version, name in zip(chain.documents, names, strict=True):
                self._names[version.path, version.id] = name
            for link in chain.links:
                after[names[link.older]].append(names[link.newer])
        self._last = self._followed(after)

    def newer(self, document: Known) -> Known | None:
        """Return the last listed, current document that replaces ``document``, near or far."""
        start = self._names.get((document.path, document.header.id))
        return self._last.get(start) if start is not None else None

    def _followed(self, after: dict[_Name, list[_Name]]) -> dict[_Name, Known]:
        """Return, for each replaced document, the last listed one on the way: each looked at once.

        Among several successors the last told goes first. A document on its own way is passed by.
        """
        found: dict[_Name, Known] = {}
        seen: set[_Name] = set()
        waiting = list(after)
        while waiting:
            name = waiting[-1]
            if name not in seen:
                seen.add(name)
                waiting += [one for one in after.get(name, ()) if one not in seen]
                continue
            waiting.pop()
            for one in after.get(name, ()):
                last = found.get(one) or self._listed.get(one[1])
                if last is not None:
                    found[name] = last
        return found


def _involved(at_hand: list[Known], listed: list[Known]) -> tuple[list[Known], list[Known]]:
    """Leave out documents that replace nothing, that nothing replaces, of a setId of their own."""
    sets = Counter(key(one.header.set_id) for one in at_hand if one.header.set_id)
    told = {
        key(target)
        for one in (*at_hand, *listed)
        for target in (_parent(one), *(parent.id for parent in one.header.related))
        if target
    }

    def involved(one: Known) -> bool:
        header = one.header
        if header.related or _parent(one):
            return True
        if header.set_id and sets[key(header.set_id)] > 1:
            return True
        return header.id is not None and key(header.id) in told

    ours = [one for one in at_hand if involved(one)]
    names = {key(one.header.id) for one in ours if one.header.id}
    theirs = [
        one for one in listed if involved(one) or (one.header.id and key(one.header.id) in names)
    ]
    return ours, theirs


def _parent(one: Known) -> Identifier | None:
    return one.context.parent_id if one.context else None


class Candidates:
    """Unknown documents that might be a newer version: only retrieving them can tell.

    At most MOST are told of one document, the first after it: who has hundreds of one type is not
    helped by a list of them all.
    """

    MOST = 20

    def __init__(self, unknown: Iterable[Known]) -> None:
        """Sort the documents by type and writer, then by date."""
        self._by_writer: dict[tuple[_Type, str], list[tuple[datetime, str, Known]]] = defaultdict(
            list
        )
        for one in unknown:
            moment = one.header.date.utc if one.header.date else None
            if one.header.type and moment:
                for writer in _writers(one.header):
                    row = (moment, str(one.header.id or one.path), one)
                    self._by_writer[_type(one.header), writer].append(row)
        for rows in self._by_writer.values():
            rows.sort(key=_order)

    def of(self, document: Known) -> tuple[Known, ...]:
        """Return those of the same type, with an author or a structure in common, and later."""
        moment = document.header.date.utc if document.header.date else None
        if document.header.type is None or moment is None:
            return ()
        found: dict[str, tuple[datetime, str, Known]] = {}
        for writer in _writers(document.header):
            rows = self._by_writer.get((_type(document.header), writer), [])
            start = bisect_right(rows, moment, key=_moment)
            for row in rows[start : start + self.MOST]:
                if not other_people(row[2].header.patient, document.header.patient):
                    found[row[2].path] = row
        return tuple(row[2] for row in sorted(found.values(), key=_order)[: self.MOST])


def _order(row: tuple[datetime, str, Known]) -> tuple[datetime, str]:
    return row[:2]


def _moment(row: tuple[datetime, str, Known]) -> datetime:
    return row[0]


def _type(header: Header) -> _Type:
    return (header.type.code, header.type.system) if header.type else (None, None)


def _writers(header: Header) -> set[str]:
    ids = [one for author in header.authors for one in author.ids]
    ids += [
        one for author in header.authors if author.organization for one in author.organization.ids
    ]
    return {key(one) for one in ids}


def deprecated(one: Known) -> bool:
    """Tell whether the registry itself marks a document as replaced."""
    registry = one.context.registry if one.context else None
    return registry is not None and registry.availability is Availability.DEPRECATED
