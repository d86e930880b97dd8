"""How many documents health actors of other structures put in the DMP (DMP/UX.15).

Source: DMP/UX.15 (text and method); facts where the texts are silent are ours, each count apart.
Documents that the patient cannot see always count, even one's own. Counted are documents, not
versions of their metadata: the last one of each, in force or archived; never the signature of a
lot.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from cda_tools.dmp.picture import Picture, Version, version_of
from cda_tools.dmp.progress import Progress
from cda_tools.dmp.structures import compared
from cda_tools.model.signatures import is_signature

INVISIBLE = "INVISIBLE_PATIENT"
_PATIENT_CLASS = "90"
_PATIENT_TYPES = "DOCPAT"


class Owner(Enum):
    """Who put a document in the DMP, and whether the patient sees it."""

    OURS = auto()
    OURS_INVISIBLE = auto()
    THIRD_PARTY = auto()
    PATIENT = auto()
    UNKNOWN = auto()
    UNKNOWN_INVISIBLE = auto()


@dataclass(frozen=True, slots=True)
class Count:
    """Documents of one pool. All are None where they are not known, never 0.

    ``third_party``, ``ours_invisible_to_patient``, ``unknown_invisible_to_patient`` and their sum
    ``ux15`` need to know which structures are the user's; ``by_patient`` and
    ``institution_unknown`` (no identifier of a structure, visible to the patient) do not.
    ``here``: how many of those in ``ux15`` are among the local documents. ``at_least``: an answer
    is missing, or the list was asked for with a filter, so that there may be more.
    """

    total: int | None = None
    third_party: int | None = None
    ours_invisible_to_patient: int | None = None
    unknown_invisible_to_patient: int | None = None
    ux15: int | None = None
    here: int | None = None
    by_patient: int | None = None
    institution_unknown: int | None = None
    at_least: bool = False

    @property
    def ux15_with_unknown(self) -> int | None:
        """Return ``ux15`` with the documents whose structure is not known."""
        if self.ux15 is None or self.institution_unknown is None:
            return None
        return self.ux15 + self.institution_unknown


@dataclass(frozen=True, slots=True)
class Counts:
    """``listed``: the whole list. ``since``: since the last visit; None at a first one.

    ``absent_here``: listed, not among the local documents; ``absent_here_third_party``: of them,
    others'. None where the list is not whole, or no structure was told.
    """

    listed: Count = Count()
    since: Count | None = None
    absent_here: int | None = None
    absent_here_third_party: int | None = None


def owner(version: Version, own: frozenset[str]) -> Owner:
    """Tell whose a document is, by all structures of all its authors."""
    ids = {
        one
        for each in version.registry.institutions
        for identifier in each.ids
        if (one := compared(identifier)) is not None
    }
    invisible = INVISIBLE in version.codes
    if ids:
        if ids.isdisjoint(own):
            return Owner.THIRD_PARTY
        return Owner.OURS_INVISIBLE if invisible else Owner.OURS
    if _by_patient(version):
        return Owner.PATIENT
    return Owner.UNKNOWN_INVISIBLE if invisible else Owner.UNKNOWN


def _by_patient(version: Version) -> bool:
    class_code, document_type = version.registry.class_code, version.document.header.type
    if class_code is not None and class_code.code == _PATIENT_CLASS:
        return True
    return document_type is not None and (document_type.code or "").startswith(_PATIENT_TYPES)


def count(
    picture: Picture, progress: Progress, here: frozenset[str], own: frozenset[str] | None
) -> Counts:
    """Count the list and what came since the last visit.

    ``here``: the names of the local documents; ``own``: the user's structures, None where they are
    not told.
    """
    since = None
    if progress.later:
        pool = list(_since(picture, progress))
        since = _count(pool, here, own, at_least=not progress.incremental_whole)
    if not progress.list_whole:
        return Counts(since=since)
    listed = listed_documents(picture, progress)
    absent = [one for one in listed if one.name not in here]
    third_party = None
    if own is not None:
        third_party = sum(1 for one in absent if owner(one, own) is Owner.THIRD_PARTY)
    found = _count(listed, here, own, at_least=progress.list_narrowed)
    return Counts(found, since, len(absent), third_party)


def listed_documents(picture: Picture, progress: Progress) -> list[Version]:
    """Return the documents of the list, each once, by its last version."""
    listed = (document for exchange in progress.lists for document in exchange.documents)
    return accessible(picture, (version_of(document).lid for document in listed))


def accessible(picture: Picture, lids: Iterable[str]) -> list[Version]:
    """Return the last versions of some documents that are there and no signature, in order."""
    found = (picture.last[lid] for lid in set(lids) if lid in picture.last)
    return picture.in_order(one for one in found if one.there and not is_signature(one.document))


def _since(picture: Picture, progress: Progress) -> Iterable[Version]:
    """Return what lots since the last visit deposited; what was known by then, only if hidden."""
    lids = (picture.lid_of(one.entry_uuid) for one in progress.members if one.original)
    for version in accessible(picture, lids):
        known = picture.remembered(version.name) is not None or version.lid in picture.kept
        if not known or INVISIBLE in version.codes:
            yield version


def _count(
    pool: list[Version], here: frozenset[str], own: frozenset[str] | None, *, at_least: bool = False
) -> Count:
    owners = [owner(one, own or frozenset()) for one in pool]
    numbers = Counter(owners)
    apart = Count(
        total=len(pool),
        by_patient=numbers[Owner.PATIENT],
        institution_unknown=numbers[Owner.UNKNOWN],
        at_least=at_least,
    )
    if own is None:
        return apart
    counted = {Owner.THIRD_PARTY, Owner.OURS_INVISIBLE, Owner.UNKNOWN_INVISIBLE}
    return Count(
        total=apart.total,
        third_party=numbers[Owner.THIRD_PARTY],
        ours_invisible_to_patient=numbers[Owner.OURS_INVISIBLE],
        unknown_invisible_to_patient=numbers[Owner.UNKNOWN_INVISIBLE],
        ux15=sum(numbers[one] for one in counted),
        here=sum(
            1
            for one, whose in zip(pool, owners, strict=True)
            if whose in counted and one.name in here
        ),
        by_patient=apart.by_patient,
        institution_unknown=apart.institution_unknown,
        at_least=at_least,
    )
