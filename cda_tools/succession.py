"""Which listed document is a newer version of one at hand, and which might be.

A registry's list names no predecessor (FindDocuments returns no association): what replaces
what is known from the headers at hand, from RPLC associations where a registry gives them,
and else not at all.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator

from cda_tools.identifiers import key, other_people
from cda_tools.model import Action, Availability, Header, Received

_Type = tuple[str | None, str | None]


class Succession:
    """Who follows whom among documents at hand and listed ones; looked up, never searched."""

    def __init__(self, at_hand: Iterable[Received], listed: Iterable[Received]) -> None:
        """Look every document over once; headers at hand say more than the list does."""
        self._followers: dict[str, list[Received]] = defaultdict(list)
        self._sets: dict[str, list[Received]] = defaultdict(list)
        self._listed: dict[str, Received] = {}
        listed = list(listed)
        for one in listed:
            if one.header.id:
                self._listed.setdefault(key(one.header.id), one)
        for one in (*at_hand, *listed):
            for parent in _parents(one):
                self._followers[parent].append(one)
            if one.header.set_id:
                self._sets[key(one.header.set_id)].append(one)

    def newer(self, document: Received) -> Received | None:
        """Return the last listed, current document that replaces ``document``, near or far.

        Links: relatedDocument RPLC, TXA-13 of a replacement, setId with a higher versionNumber;
        never across two patients.
        """
        found: Received | None = None
        seen = {_name(document)}
        waiting = deque([document])
        while waiting:
            for one in self._after(waiting.popleft()):
                if _name(one) in seen:
                    continue
                seen.add(_name(one))
                waiting.append(one)
                entry = self._listed.get(_name(one))
                if entry and not deprecated(entry):
                    found = entry
        return found

    def _after(self, document: Received) -> Iterator[Received]:
        header = document.header
        following = [] if header.id is None else self._followers.get(key(header.id), [])
        versions = [] if header.set_id is None else self._sets.get(key(header.set_id), [])
        higher = [one for one in versions if _version(one) > _version(document) >= 0]
        for one in (*following, *sorted(higher, key=_version)):
            if not other_people(one.header.patient, header.patient):
                yield one


def _version(one: Received) -> int:
    return -1 if one.header.version is None else one.header.version


def _name(one: Received) -> str:
    return key(one.header.id) if one.header.id else one.path


def _parents(one: Received) -> set[str]:
    parents = {key(parent.id) for parent in one.header.replaces if parent.id}
    context = one.context
    if context and context.action is Action.REPLACE and context.parent_id:
        parents.add(key(context.parent_id))
    return parents


class Candidates:
    """Unknown documents that might be a newer version: only retrieving them can tell."""

    def __init__(self, unknown: Iterable[Received]) -> None:
        """Sort the documents by type."""
        self._by_type: dict[_Type, list[Received]] = defaultdict(list)
        for one in unknown:
            if one.header.type:
                self._by_type[_type(one.header)].append(one)

    def of(self, document: Received) -> tuple[Received, ...]:
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


def deprecated(one: Received) -> bool:
    """Tell whether the registry itself marks a document as replaced."""
    registry = one.context.registry if one.context else None
    return registry is not None and registry.availability is Availability.DEPRECATED
