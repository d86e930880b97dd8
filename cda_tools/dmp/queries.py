"""The queries to send next: printed, never sent by us.

Source: consultation guide of the ANS (V0.3): a first opening asks for the current documents of the
last two years; a later one for the lots since the last visit, their associations, and the entries
that they announce by batches of 20, and for the list (CDA/DD.05). Syntax of values: IHE ITI TF-2
§ 3.18.4.1.2.3.5. The patient's INS is personal data: ``{INS}`` stands for it unless it is given.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cda_tools.dmp.coverage import two_years_before
from cda_tools.dmp.keeping import MOMENT
from cda_tools.dmp.memory import name_of
from cda_tools.dmp.progress import Progress
from cda_tools.dmp.states import Compared, Reason
from cda_tools.model.header import Identifier
from cda_tools.model.identifiers import key
from cda_tools.model.registry import Role
from cda_tools.model.timestamp import Timestamp
from cda_tools.text import without_ins

BATCH = 20
PLACEHOLDER = "{INS}"
_ROOT = "1.2.250.1.213.1.4.8"
_STATUS = {
    "Approved": "urn:oasis:names:tc:ebxml-regrep:StatusType:Approved",
    "Archived": "urn:asip:ci-sis:2010:StatusType:Archived",
}
_TIMES = ("TimeFrom", "TimeTo")
_SINGLE = ("PatientId",)


class Why:
    """Why a query is to be sent, in words for the user."""

    FIRST = "première ouverture : documents des deux dernières années"
    LOTS = "lots de soumission depuis la dernière visite"
    LIST = "liste des documents, pour dire ce qui n'apparaît plus"
    ASSOCIATIONS = "contenu des lots de soumission"
    ENTRIES = "entrées annoncées par les lots"
    OUTSIDE = "documents hors de la recherche, à la demande de l'utilisateur"
    FAILED = "réponse en échec : à renvoyer seulement à la demande de l'utilisateur"


@dataclass(frozen=True, slots=True)
class Query:
    """A stored query to send, with returnType LeafClass.

    ``parameters``: values by slot, in the syntax of ITI-18; not in the repr, for the patient's
    identifier may be among them. ``on_demand``: only when the user asks.
    """

    role: Role
    parameters: tuple[tuple[str, str], ...] = field(repr=False)
    why: str = ""
    on_demand: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """How to ask. ``patient``: the identifier of the patient, shown only if ``show_patient``.

    ``types``: typeCodes that the user prefers, ``code^^system`` or a code of LOINC; ``batch``: how
    many entries to ask for at once; ``overlap``: how much earlier than the last visit to look for
    lots, since submitters' clocks differ; ``archived``: list archived documents too.
    """

    now: datetime
    patient: Identifier | None = field(default=None, repr=False)
    show_patient: bool = False
    types: tuple[str, ...] = ()
    batch: int = BATCH
    overlap: timedelta = timedelta(0)
    archived: bool = False

    @property
    def patient_id(self) -> str:
        """Return the value of …PatientId, a CX without parentheses."""
        number = (self.patient.extension or "") if self.patient and self.show_patient else ""
        root = (self.patient.root if self.patient else None) or _ROOT
        return _text(f"{number or PLACEHOLDER}^^^&{root}&ISO^NH")


def next_queries(
    progress: Progress, documents: Iterable[Compared], asking: Asking
) -> tuple[Query, ...]:
    """Return what to send next, given the answers so far.

    Step by step: a later opening starts with the lots and the list, which do not wait for each
    other; then what the lots lead to; then the list, where it was not asked for. A query that
    failed is told again, for the user to ask for it.
    """
    failed = list(_failed(progress, asking))
    steps = list(_incremental(progress, asking)) if progress.later or progress.started else []
    due = [one for one in steps if one.role not in {each.role for each in failed}]
    begun = progress.started and bool(due)
    listed = bool(progress.lists) or any(one.role is Role.FIND_DOCUMENTS for one in failed)
    if not listed and not begun:
        due.append(_list(progress, asking))
    outside = () if due or failed else _outside(progress, documents, asking)
    return (*due, *failed, *outside)


def _incremental(progress: Progress, asking: Asking) -> Iterator[Query]:
    """Yield the next step since the last visit: lots, associations or entries."""
    lots = progress.of(Role.FIND_SUBMISSION_SETS)
    if not lots:
        if progress.later:
            yield _lots(progress, asking)
    elif progress.lots_whole and not progress.associations_whole:
        yield Query(Role.GET_ASSOCIATIONS, (("$uuid", _list_of(progress.lots)),), Why.ASSOCIATIONS)
    else:
        for batch in _batches(progress.unasked, asking.batch):
            yield Query(
                Role.GET_DOCUMENTS_AND_ASSOCIATIONS,
                (("$XDSDocumentEntryEntryUUID", _list_of(batch)),),
                Why.ENTRIES,
            )


def _lots(progress: Progress, asking: Asking) -> Query:
    since = _moment(progress.memory.date)
    start = (since - asking.overlap).strftime(MOMENT) if since else progress.memory.date
    parameters = (
        ("$XDSSubmissionSetPatientId", asking.patient_id),
        ("$XDSSubmissionSetStatus", _list_of([_STATUS["Approved"]])),
        ("$XDSSubmissionSetSubmissionTimeFrom", start or ""),
    )
    return Query(Role.FIND_SUBMISSION_SETS, parameters, Why.LOTS)


def _list(progress: Progress, asking: Asking, *, failed: bool = False) -> Query:
    """Return FindDocuments over the last two years, and no further back: a longer search is manual.

    Archived documents are asked for where one is known, since it would seem to be missing.
    """
    known = {one.availability for one in progress.memory.documents}
    statuses = ["Approved"] + (["Archived"] if asking.archived or "Archived" in known else [])
    parameters = [
        ("$XDSDocumentEntryPatientId", asking.patient_id),
        ("$XDSDocumentEntryStatus", _list_of(_STATUS[one] for one in statuses)),
        (
            "$XDSDocumentEntryServiceStartTimeFrom",
            two_years_before(asking.now).astimezone(UTC).strftime(MOMENT),
        ),
    ]
    if asking.types:
        parameters.append(("$XDSDocumentEntryTypeCode", _list_of(map(_type, asking.types))))
    why = Why.LIST if progress.later else Why.FIRST
    return Query(
        Role.FIND_DOCUMENTS, tuple(parameters), Why.FAILED if failed else why, on_demand=failed
    )


def _failed(progress: Progress, asking: Asking) -> Iterator[Query]:
    """Yield the queries whose answers are not whole: as they were asked, where that was kept."""
    for one in progress.failed:
        if one.request is not None and one.role is not None:
            parameters = tuple(_again(one.request.parameters, asking))
            yield Query(one.role, parameters, Why.FAILED, on_demand=True)
    blind = {one.role for one in progress.failed if one.request is None}
    if Role.FIND_SUBMISSION_SETS in blind and progress.later:
        again = _lots(progress, asking)
        yield Query(again.role, again.parameters, Why.FAILED, on_demand=True)
    if Role.GET_ASSOCIATIONS in blind and progress.lots:
        uuids = (("$uuid", _list_of(progress.lots)),)
        yield Query(Role.GET_ASSOCIATIONS, uuids, Why.FAILED, on_demand=True)
    if Role.GET_DOCUMENTS_AND_ASSOCIATIONS in blind or (None in blind and progress.lists):
        for batch in _batches(progress.unasked, asking.batch):
            uuids = (("$XDSDocumentEntryEntryUUID", _list_of(batch)),)
            yield Query(Role.GET_DOCUMENTS_AND_ASSOCIATIONS, uuids, Why.FAILED, on_demand=True)
    if Role.FIND_DOCUMENTS in blind or (None in blind and not progress.lists):
        yield _list(progress, asking, failed=True)


def _again(
    parameters: Iterable[tuple[str, tuple[str, ...]]], asking: Asking
) -> Iterator[tuple[str, str]]:
    for name, values in parameters:
        if name.endswith(_SINGLE):
            yield f"${name}", asking.patient_id
        elif name.endswith(_TIMES):
            yield f"${name}", values[0] if values else ""
        else:
            yield f"${name}", _list_of(values)


def _outside(progress: Progress, documents: Iterable[Compared], asking: Asking) -> Iterator[Query]:
    """Yield GetDocuments for documents known to be in the DMP that the search leaves out."""
    kept = {one.name: one.unique_id for one in progress.memory.documents}
    wanted = [
        kept[name]
        for one in documents
        if one.reason is Reason.OUTSIDE_QUERY
        and one.document.header.id
        and (name := key(one.document.header.id)) in kept
    ]
    asked = {
        name_of(value)
        for one in progress.of(Role.GET_DOCUMENTS)
        if one.request
        for value in one.request.values("XDSDocumentEntryUniqueId")
    }
    wanted = [one for one in wanted if name_of(one) not in asked]
    if not asking.show_patient:
        wanted = [without_ins(one) for one in wanted]
    for batch in _batches(wanted, asking.batch):
        parameters = (("$XDSDocumentEntryUniqueId", _list_of(batch)),)
        yield Query(Role.GET_DOCUMENTS, parameters, Why.OUTSIDE, on_demand=True)


def _batches(values: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _moment(text: str | None) -> datetime | None:
    moment = Timestamp(text).moment if text else None
    return moment.replace(tzinfo=UTC) if moment else None


def _type(code: str) -> str:
    return code if "^" in code else f"{code}^^2.16.840.1.113883.6.1"


def _list_of(values: Iterable[str]) -> str:
    return f"({','.join(map(_text, values))})"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
