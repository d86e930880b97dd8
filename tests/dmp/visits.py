"""Makes answers of the DMP in a few words, as values: what a test is about and no more."""

from collections.abc import Iterable
from datetime import UTC, datetime

from cda_tools.dmp import Exchange
from cda_tools.model.carriage import Availability, Context, Place, RegistryEntry
from cda_tools.model.document import Document, Known, known
from cda_tools.model.header import (
    Code,
    Header,
    Identifier,
    Interval,
    Organization,
    Patient,
    ServiceEvent,
)
from cda_tools.model.registry import (
    Association,
    RegistryAnswer,
    Request,
    ResponseStatus,
    Role,
    SubmissionSet,
)
from cda_tools.model.timestamp import Timestamp

NOW = datetime(2026, 4, 14, 7, 30, tzinfo=UTC)
OURS, THEIRS = "1990000045", "1990000052"
STRUCTURES = "1.2.250.1.71.4.2.2"
PATIENT = Patient(ids=(Identifier("1.2.250.1.213.1.4.10", "279069900000016"),))
LOTS = ("lot-1", "lot-2", "lot-3")


def header(name: str, date: str = "20260110100000+0100", *, kind: str = "11488-4") -> Header:
    return Header(
        id=Identifier(f"1.2.250.1.999.{name}"),
        type=Code(kind, "2.16.840.1.113883.6.1"),
        date=Timestamp(date),
        patient=PATIENT,
        service_events=(ServiceEvent(time=Interval(Timestamp(date))),),
    )


def local(name: str, date: str = "20260110100000+0100", **more: object) -> Document:
    return Document(f"{name}.xml", header=header(name, date), **more)  # type: ignore[arg-type]


def listed(
    name: str,
    version: int = 1,
    status: Availability | None = Availability.APPROVED,
    codes: Iterable[str] = ("N",),
    structures: Iterable[str] = (THEIRS,),
    *,
    class_code: str = "10",
    kind: str = "11488-4",
    lid: str | None = None,
) -> Known:
    """Return the entry of a version of a document's metadata: id ``<name>-<version>``."""
    registry = RegistryEntry(
        entry_uuid=f"{lid or name}-{version}",
        logical_id=f"{lid or name}-1",
        availability=status,
        version=str(version),
        confidentiality=tuple(Code(one) for one in codes),
        class_code=Code(class_code),
        institutions=tuple(Organization(ids=(Identifier(STRUCTURES, one),)) for one in structures),
    )
    context = Context(place=Place.DMP, registry=registry)
    document = Document(
        "liste.xml", inside=name, carrier="xds", header=header(name, kind=kind), context=context
    )
    (entry,) = known([document])
    return entry


def exchange(
    role: Role | None,
    *documents: Known,
    sets: Iterable[str] = (),
    links: Iterable[Association] = (),
    status: ResponseStatus = ResponseStatus.SUCCESS,
    request: Request | None = None,
) -> Exchange:
    answer = RegistryAnswer(
        f"{role}.xml",
        status,
        documents,
        complete=status is ResponseStatus.SUCCESS,
        sets=tuple(SubmissionSet(one) for one in sets),
        associations=tuple(links),
    )
    return Exchange(answer, role, request)


def member(target: str, lot: str = "lot-1", *, original: bool = True) -> Association:
    return Association("HasMember", lot, target, original=original)


def replaces(new: str, old: str, kind: str = "RPLC") -> Association:
    return Association(kind, new, old)


def request(role: Role, **parameters: Iterable[str]) -> Request:
    return Request(
        "r.xml", role, parameters=tuple((name, tuple(each)) for name, each in parameters.items())
    )
