"""Which listed document is a newer version of one at hand, and which might be.

A registry's list names no predecessor (FindDocuments returns no association): what replaces
what is known from the headers at hand, from RPLC associations where a registry gives them,
and else not at all.
"""

from collections import deque
from collections.abc import Iterable

from cda_tools.identifiers import key, other_people, same
from cda_tools.model import Action, Availability, Header, Identifier, Received


def newer(document: Received, at_hand: list[Received], listed: list[Received]) -> Received | None:
    """Return the last listed, current document that replaces ``document``, near or far.

    Links: relatedDocument RPLC, TXA-13 of a replacement, setId with a higher versionNumber;
    never across two patients.
    """
    # A listed document that is at hand too is there twice: its header says more than the list.
    everything = [*at_hand, *listed]
    found: Received | None = None
    seen = {_name(document)}
    waiting = deque([document])
    while waiting:
        current = waiting.popleft()
        for one in everything:
            if _name(one) in seen or not _follows(one, current):
                continue
            seen.add(_name(one))
            waiting.append(one)
            entry = next((each for each in listed if same(each.header.id, one.header.id)), None)
            if entry and not deprecated(entry):
                found = entry
    return found


def _name(one: Received) -> str:
    return key(one.header.id) if one.header.id else one.path


def _follows(one: Received, before: Received) -> bool:
    if before.header.id is None or other_people(one.header.patient, before.header.patient):
        return False
    if any(same(parent, before.header.id) for parent in _parents(one)):
        return True
    first, second = before.header, one.header
    return (
        same(first.set_id, second.set_id)
        and first.version is not None
        and second.version is not None
        and second.version > first.version
    )


def _parents(one: Received) -> list[Identifier]:
    parents = [parent.id for parent in one.header.replaces if parent.id]
    context = one.context
    if context and context.action is Action.REPLACE and context.parent_id:
        parents.append(context.parent_id)
    return parents


def candidates(document: Received, unknown: Iterable[Received]) -> tuple[Received, ...]:
    """Return the documents that might be a newer version: only retrieving them can tell.

    Same type, an author or an author's structure in common, and a later date.
    """
    return tuple(one for one in unknown if _might_follow(one.header, document.header))


def _might_follow(one: Header, before: Header) -> bool:
    if one.type is None or before.type is None or other_people(one.patient, before.patient):
        return False
    if (one.type.code, one.type.system) != (before.type.code, before.type.system):
        return False
    later, earlier = one.date and one.date.utc, before.date and before.date.utc
    if not later or not earlier or later <= earlier:
        return False
    return bool(_writers(one) & _writers(before))


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
