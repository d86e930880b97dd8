"""A patient's own documents against the answers that the DMP gave in one visit.

Source: CDA/DD.05 and DMP/UX.15 (answers of 11/12/2025); TD3.1; consultation guide of the ANS
(V0.3). The DMP does not say why a document is absent: nothing here claims to know.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from cda_tools.dmp.counting import Counts, accessible, count
from cda_tools.dmp.coverage import Coverage
from cda_tools.dmp.decision import Evidence, Strangers, Table, deletes, names
from cda_tools.dmp.exchanges import Exchange, folded
from cda_tools.dmp.keeping import kept
from cda_tools.dmp.memory import NOTHING, Memory, name_of
from cda_tools.dmp.picture import Picture, Version, version_of
from cda_tools.dmp.progress import Progress
from cda_tools.dmp.states import Compared
from cda_tools.dmp.structures import own, structure
from cda_tools.model.document import Document, Known
from cda_tools.model.document import known as with_header
from cda_tools.model.header import Patient
from cda_tools.model.identifiers import key
from cda_tools.model.registry import RegistryAnswer, Role
from cda_tools.model.signatures import is_signature
from cda_tools.rules.finding import Finding


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a visit told.

    ``documents``: the local documents in their order. ``absent_here``: accessible in the DMP, not
    among them. ``new``: deposited since the last visit, unknown here; ``replacing``: those that
    replace one of the local documents; ``duplicates``: received by MSSanté, and listed too;
    ``ignored``: entries that are shown nowhere, replaced ones and signatures of lots.
    ``not_returned``: entryUUIDs that lots announce and that no answer has: how many there are may
    be said, and no more. ``other_patient``: what the answers hold is of another patient than a
    local document, or of ``several_patients``, and is not shown. ``complete``: False where an
    answer is empty, partial, missing or an error. ``memory``: what is to be kept until the next
    visit.
    """

    documents: tuple[Compared, ...]
    absent_here: tuple[Version, ...]
    new: tuple[Version, ...]
    replacing: tuple[Version, ...]
    duplicates: tuple[Version, ...]
    ignored: tuple[Version, ...]
    not_returned: tuple[str, ...]
    counts: Counts
    complete: bool
    other_patient: bool
    several_patients: bool
    findings: tuple[Finding, ...]
    progress: Progress
    memory: Memory

    @property
    def others(self) -> tuple[Known, ...]:
        """Return the documents of ``absent_here``."""
        return tuple(one.document for one in self.absent_here)

    @property
    def by_others(self) -> int | None:
        """Return the number of DMP/UX.15; None where the structures or the whole list lack."""
        return self.counts.listed.ux15


def compare(  # noqa: PLR0913  one record, one visit, and what is kept
    local: Iterable[Document],
    answers: RegistryAnswer | Iterable[Exchange],
    *,
    previous: RegistryAnswer | Iterable[RegistryAnswer] | None = None,
    known: Iterable[Document] = (),
    own_structures: Collection[str] = (),
    memory: Memory = NOTHING,
    now: datetime | None = None,
) -> Comparison:
    """Compare one patient's local documents with what the DMP answered in one visit.

    ``answers``: the list, or all answers of the visit in any order, as
    :func:`cda_tools.dmp.exchanges.pair` gives them. ``previous``: lists of earlier visits, which
    tell what was listed then. ``known``: documents retrieved from the DMP, whose headers tell what
    they replace. ``own_structures``: identifiers (FINESS, SIRET…) of the user's structures;
    an empty one raises InputError.
    ``memory``: what was kept of the last visit. ``now``: the moment of this visit.

    Ids match in all their forms. Nothing is said of an absent document unless a whole answer, with
    at least one document, covers it. The cost is linear in documents and entries.
    """
    record, retrieved = list(with_header(local)), list(with_header(known))
    exchanges = _exchanges(answers)
    moment = now.astimezone(UTC) if now else None
    picture = Picture(exchanges, memory)
    progress = Progress(exchanges, memory, picture)
    strangers = Strangers(_patients(exchanges))
    foreign = strangers.mixed or any(strangers.has(one) for one in record)
    here, at_hand = names(record), names(retrieved)
    absent = [] if foreign else _absent(picture, here)
    table = Table(
        picture,
        progress,
        Coverage(exchanges, moment),
        _evidence(exchanges, previous),
        local=record,
        known=retrieved,
        strangers=strangers,
        unknown_here=[one for one in absent if one.name not in at_hand],
    )
    documents = tuple(table.compared(one) for one in _one_each(record))
    replacing = () if foreign else _replacing(picture, documents)
    structures = own(structure(one) for one in own_structures) if own_structures else None
    return Comparison(
        documents=documents,
        absent_here=tuple(absent),
        new=() if foreign else _new(picture, progress, here, replacing),
        replacing=replacing,
        duplicates=_duplicates(picture, documents),
        ignored=() if foreign else _ignored(picture, here),
        not_returned=() if foreign else tuple(progress.not_returned),
        counts=Counts() if foreign else count(picture, progress, here, structures),
        complete=progress.complete and not foreign,
        other_patient=foreign,
        several_patients=strangers.mixed,
        findings=tuple(finding for one in exchanges for finding in one.findings),
        progress=progress,
        memory=memory if foreign else kept(memory, picture, progress, documents, moment),
    )


def _exchanges(answers: RegistryAnswer | Iterable[Exchange]) -> tuple[Exchange, ...]:
    """Return the answers of a visit; a lone one is said to be the list, unless it is none."""
    if not isinstance(answers, RegistryAnswer):
        return tuple(answers)
    lists = answers.role in (None, Role.GET_DOCUMENTS_AND_ASSOCIATIONS)
    return (Exchange(answers, Role.FIND_DOCUMENTS if lists else answers.role),)


def _patients(exchanges: Iterable[Exchange]) -> Iterator[Patient]:
    """Yield the patients of entries and lots, and those that were asked for."""
    for one in exchanges:
        yield from (
            document.header.patient for document in one.documents if document.header.patient
        )
        yield from (lot.patient for lot in one.sets if lot.patient)
        if one.request and one.request.patient:
            yield one.request.patient


def _one_each(local: list[Known]) -> list[Known]:
    """Leave out a deletion message where the document that it deletes is there too."""
    others = names(one for one in local if not deletes(one))
    return [
        one
        for one in local
        if not deletes(one) or one.header.id is None or key(one.header.id) not in others
    ]


def _absent(picture: Picture, here: frozenset[str]) -> list[Version]:
    absent = (lid for lid, one in picture.last.items() if one.name not in here)
    return accessible(picture, absent)


def _evidence(
    exchanges: Iterable[Exchange], previous: RegistryAnswer | Iterable[RegistryAnswer] | None
) -> Evidence:
    """Return what earlier lists, deposits and retrievals show of documents."""
    earlier = (previous,) if isinstance(previous, RegistryAnswer) else previous or ()
    sent: set[str] = set()
    for one in exchanges:
        if one.role is Role.RETRIEVE:
            sent |= {name_of(each.unique_id) for each in one.answer.retrieved if each.content}
        sent |= {name_of(each) for each in one.answer.refused if each}
        deposited = one.request.deposited if one.request else ()
        if one.role is Role.PROVIDE and (one.whole or (one.answer.refused and len(deposited) == 1)):
            sent |= {name_of(each) for each in deposited}
    return Evidence(names(one for each in earlier for one in each.documents), frozenset(sent))


def _replacing(picture: Picture, documents: Iterable[Compared]) -> tuple[Version, ...]:
    found = [one.newer for one in documents if one.newer and not one.newer_at_hand]
    return _listed(picture, found)


def _duplicates(picture: Picture, documents: Iterable[Compared]) -> tuple[Version, ...]:
    return _listed(picture, [one.document for one in documents if one.duplicate_of])


def _listed(picture: Picture, documents: Iterable[Known]) -> tuple[Version, ...]:
    lids = (picture.lid_of_name(name) for name in names(documents))
    return tuple(accessible(picture, (lid for lid in lids if lid)))


def _new(
    picture: Picture, progress: Progress, here: frozenset[str], replacing: tuple[Version, ...]
) -> tuple[Version, ...]:
    """Return what lots since the last visit deposited, unknown here, and replacing nothing here.

    Where no lot tells of an entry that GetDocumentsAndAssociations was asked for, it is taken for
    a deposit.
    """
    members = {folded(one.entry_uuid): one.original for one in progress.members}
    asked = (
        version_of(one)
        for each in progress.of(Role.GET_DOCUMENTS_AND_ASSOCIATIONS)
        for one in each.documents
    )
    lids = {one.lid for one in asked if members.get(one.id, not members)}
    lids |= {picture.lid_of(name) for name, original in members.items() if original}
    told = {one.lid for one in replacing}
    return tuple(
        one
        for one in accessible(picture, lids - picture.kept - told)
        if one.name not in here and picture.remembered(one.name) is None
    )


def _ignored(picture: Picture, here: frozenset[str]) -> tuple[Version, ...]:
    return tuple(
        picture.in_order(
            one
            for one in picture.last.values()
            if one.name not in here and (not one.there or is_signature(one.document))
        )
    )
