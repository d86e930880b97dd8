"""Which listed document is a newer version of one at hand, and which might be.

A registry's list names no predecessor (FindDocuments returns no association): what replaces
what is known from the chains over both sides (the headers at hand, and RPLC associations where
a registry gives them), and else not at all.
"""

from collections import defaultdict, deque
from collections.abc import Iterable

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
        """Chain the documents of both sides."""
        listed = list(listed)
        self._listed: dict[str, Known] = {}
        for one in listed:
            if one.header.id:
                self._listed.setdefault(key(one.header.id), one)
        self._names: dict[tuple[str, Identifier | None], _Name] = {}
        self._after: dict[_Name, list[_Name]] = defaultdict(list)
        for number, chain in enumerate(build([*at_hand, *listed]).chains):
            names = [(number, key(one.id) if one.id else one.path) for one in chain.documents]
            for version, name in zip(chain.documents, names, strict=True):
                self._names[version.path, version.id] = name
            for link in chain.links:
                self._after[names[link.older]].append(names[link.newer])

    def newer(self, document: Known) -> Known | None:
        """Return the last listed, current document that replaces ``document``, near or far."""
        start = self._names.get((document.path, document.header.id))
        if start is None:
            return None
        found: Known | None = None
        seen = {start}
        waiting = deque([start])
        while waiting:
            for name in self._after.get(waiting.popleft(), ()):
                if name in seen:
                    continue
                seen.add(name)
                waiting.append(name)
                entry = self._listed.get(name[1])
                if entry and not deprecated(entry):
                    found = entry
        return found


class Candidates:
    """Unknown documents that might be a newer version: only retrieving them can tell."""

    def __init__(self, unknown: Iterable[Known]) -> None:
        """Sort the documents by type."""
        self._by_type: dict[_Type, list[Known]] = defaultdict(list)
        for one in unknown:
            if one.header.type:
                self._by_type[_type(one.header)].append(one)

    def of(self, document: Known) -> tuple[Known, ...]:
        """Return those of the same type, with an author or a structure in common, and later."""
        if document.header.type is None:
            return ()
        same_type = self._by_type.get(_type(document.header), [])
        return tuple(one for one in same_type if _might_follow(one.header, document.header))


def _type(header: Header) -> _Type:
    return (header.type.code, header.type.system) if header.type else (None, None)


def _might_follow(one: Header, before: Header) -> bool:
    later, earlier = one.date and one.date.utc, before.date and before.date.utc
    if not later or not earlier or later <= earlier:
        return False
    return bool(_writers(one) & _writers(before)) and not other_people(one.patient, before.patient)


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
