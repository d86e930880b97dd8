"""How far a visit got: which answers are there, which are missing, and what was not returned.

Source: consultation guide of the ANS (V0.3), synchronisation: lots since the last visit, their
associations, the entries that they announce by batches, then the list.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from cda_tools.dmp.exchanges import Exchange, asked_with, folded
from cda_tools.dmp.memory import Memory
from cda_tools.dmp.picture import MEMBER, Picture
from cda_tools.model.registry import Role

BY_UUID = "XDSDocumentEntryEntryUUID"
# What the automatic search says: whose, in force or archived, since when, stable or on demand.
_AUTOMATIC = frozenset(
    f"XDSDocumentEntry{name}" for name in ("PatientId", "Status", "ServiceStartTimeFrom", "Type")
)
_INCREMENTAL = (
    Role.FIND_SUBMISSION_SETS,
    Role.GET_ASSOCIATIONS,
    Role.GET_DOCUMENTS_AND_ASSOCIATIONS,
)


@dataclass(frozen=True, slots=True)
class Member:
    """An entry that a lot announces (HasMember); ``original``: one lot at least deposits it."""

    entry_uuid: str
    original: bool


class Progress:
    """The steps of a visit, by role; and what they say of one another."""

    def __init__(self, exchanges: Sequence[Exchange], memory: Memory, picture: Picture) -> None:
        """Sort the answers into the steps."""
        self.exchanges = exchanges
        self.memory = memory
        self._picture = picture
        self.untold = [one for one in exchanges if one.role is None]
        self.lots = self._lots()
        self.members = self._members()
        kept = {folded(one.entry_uuid) for one in memory.documents if one.entry_uuid}
        # What was asked for by itself has lots and other members, which nobody asked for.
        flow = self.of(Role.FIND_SUBMISSION_SETS, Role.GET_ASSOCIATIONS)
        announced = self.members if flow else []
        self.wanted = [one for one in announced if folded(one.entry_uuid) not in kept]

    def of(self, *roles: Role) -> list[Exchange]:
        """Return the answers of some roles."""
        return [one for one in self.exchanges if one.role in roles]

    def _lots(self) -> list[str]:
        """Return the lots since the last visit, once each, in the order given."""
        answers = self.of(Role.FIND_SUBMISSION_SETS)
        names = (lot.entry_uuid for one in answers for lot in one.sets)
        return list({folded(name): asked_with(name) for name in names}.values())

    def _members(self) -> list[Member]:
        """Return what the lots announce, once each, in the order given.

        A member of a folder is none. Where the lots are not told, those that were asked for are,
        and else every source.
        """
        lots: set[str] | None = {folded(one) for one in self.lots}
        if not self.of(Role.FIND_SUBMISSION_SETS):
            asked = [one.asked("uuid") for one in self.of(Role.GET_ASSOCIATIONS)]
            lots = {one for each in asked for one in each or ()} if any(asked) else None
        found: dict[str, Member] = {}
        for one in (link for each in self.exchanges for link in each.associations):
            if one.kind != MEMBER or (lots is not None and folded(one.source) not in lots):
                continue
            name = folded(one.target)
            known = found.get(name)
            original = one.original or (known is not None and known.original)
            found[name] = Member(known.entry_uuid if known else asked_with(one.target), original)
        return list(found.values())

    @property
    def later(self) -> bool:
        """Tell whether there was an earlier visit, so that lots since then are to be asked for."""
        return self.memory.date is not None

    @property
    def started(self) -> bool:
        """Tell whether an answer of the incremental flow is there."""
        return bool(self.of(*_INCREMENTAL))

    @property
    def changes_missing(self) -> bool:
        """Tell whether an answer since the last visit was asked for and is missing or failed.

        One that failed and does not say what it answers may be it.
        """
        begun = self.started or any(not one.whole for one in self.untold)
        return begun and not self.incremental_whole

    @property
    def lots_whole(self) -> bool:
        """Tell whether all lots since the last visit are told; at a first one none are due."""
        if not self.later and not self.of(Role.FIND_SUBMISSION_SETS):
            return True
        return self._whole(Role.FIND_SUBMISSION_SETS)

    @property
    def associations_whole(self) -> bool:
        """Tell whether all associations of the lots are told."""
        if not self.lots_whole:
            return False
        if not self.lots:
            return True
        sound = [one for one in self.of(Role.GET_ASSOCIATIONS) if one.whole]
        return self._whole(Role.GET_ASSOCIATIONS) and not _missing(self.lots, sound, "uuid")

    @property
    def entries_whole(self) -> bool:
        """Tell whether everything that the lots announce was asked for, and answered."""
        return self.associations_whole and not self.unasked

    @cached_property
    def unasked(self) -> list[str]:
        """Return what was announced, and neither returned nor asked for by a whole answer."""
        answers = self.of(Role.GET_DOCUMENTS_AND_ASSOCIATIONS)
        back = self._picture.versions
        wanted = [one.entry_uuid for one in self.wanted if folded(one.entry_uuid) not in back]
        sound = [one for one in answers if one.whole]
        if not sound:
            return wanted
        # A failed batch whose request was not kept may have been for any of them.
        blind = [one for one in answers if not one.whole and one.request is None]
        blind += [one for one in self.untold if not one.whole]
        if any(one.request is None for one in sound) and not blind:
            return []
        return _missing(wanted, [one for one in sound if one.request], BY_UUID)

    @property
    def not_returned(self) -> list[str]:
        """Return what a whole answer was asked for and does not have: it is not accessible."""
        waiting = {folded(one) for one in self.unasked}
        if not any(one.whole for one in self.of(Role.GET_DOCUMENTS_AND_ASSOCIATIONS)):
            return []
        names = {folded(one.entry_uuid): one.entry_uuid for one in self.wanted}
        absent = names.keys() - waiting - self._picture.versions.keys()
        return sorted(names[one] for one in absent)

    @property
    def incremental_whole(self) -> bool:
        """Tell whether all answers since the last visit are whole; at a first visit none is due."""
        if not self.later and not self.started:
            return True
        steps = self.of(Role.GET_ASSOCIATIONS, Role.GET_DOCUMENTS_AND_ASSOCIATIONS)
        return self.entries_whole and not any(one in self.failed for one in steps)

    @property
    def lists(self) -> list[Exchange]:
        """Return the answers to FindDocuments."""
        return self.of(Role.FIND_DOCUMENTS)

    @property
    def list_whole(self) -> bool:
        """Tell whether the list is there and whole; it may be empty."""
        return self._whole(Role.FIND_DOCUMENTS)

    @property
    def list_narrowed(self) -> bool:
        """Tell whether every list was asked for with a filter (preferred types, an end…).

        Documents that it leaves out are in the DMP all the same: what it counts is a least.
        """
        asked = [one.request for one in self.lists if one.whole]
        return bool(asked) and all(
            one is not None and not _AUTOMATIC.issuperset(name for name, _ in one.parameters)
            for one in asked
        )

    def _whole(self, role: Role) -> bool:
        answers = self.of(role)
        return bool(answers) and not any(one in self.failed for one in answers)

    @property
    def complete(self) -> bool:
        """Tell whether nothing is missing: the list, not empty, and all since the last visit."""
        return (
            self.list_whole
            and any(one.documents for one in self.lists)
            and self.incremental_whole
            and not self.failed
        )

    @cached_property
    def failed(self) -> list[Exchange]:
        """Return the answers to queries that are not whole, and that no other one makes good."""
        good = [one for one in self.exchanges if one.whole and one.request]
        again = {(one.role, one.request.parameters) for one in good if one.request}
        return [
            one
            for one in self.exchanges
            if one.lists
            and not one.whole
            and not (one.request and (one.role, one.request.parameters) in again)
        ]


def _missing(wanted: Iterable[str], answers: Iterable[Exchange], name: str) -> list[str]:
    """Return what no request asked for; nothing where a request was not kept."""
    asked: set[str] = set()
    for one in answers:
        names = one.asked(name)
        if names is None:
            return []
        asked |= names
    return [one for one in wanted if folded(one) not in asked]
