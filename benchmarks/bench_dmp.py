"""Compares 10,000 invented documents with a list of 10,000: time, growth, ratio to a floor.

``python benchmarks/bench_dmp.py`` prints a table; ``--sizes 2500,10000`` for others. The time to
make documents and answer is not counted; it is the floor that comparing is compared with: this
machine's pace varies, the ratio does not. Times are of the processor, the best of three runs.
A quarter of the documents is absent from the list, a quarter of the list is unknown here, one
document in ten was replaced, one in ten was known to the last visit under other codes.
"""

import argparse
import time
from datetime import UTC, datetime

from cda_tools.dmp import Exchange, Memory, Remembered, compare
from cda_tools.model.carriage import Availability, Context, Place, RegistryEntry
from cda_tools.model.document import Document, Known, known
from cda_tools.model.header import (
    Author,
    AuthorKind,
    Code,
    Header,
    Identifier,
    Interval,
    Organization,
    Patient,
    ServiceEvent,
)
from cda_tools.model.registry import Association, RegistryAnswer, ResponseStatus, Role
from cda_tools.model.timestamp import Timestamp

SIZES = (2_500, 5_000, 10_000, 20_000)
OIDS = "1.2.250.1.999.1"
PATIENT = Patient(ids=(Identifier("1.2.250.1.213.1.4.10", "279069900000016"),))
TYPES = [Code(f"{number}-1", "2.16.840.1.113883.6.1", "Compte rendu") for number in range(12)]
STRUCTURES = [f"199000{number:04d}" for number in range(40)]
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def _header(number: int, *, local: bool) -> Header:
    day = f"2025{1 + number % 12:02d}{1 + number % 28:02d}"
    moment = Timestamp(f"{day}1020{number % 60:02d}+0100")
    structure = Organization(
        ids=(Identifier("1.2.250.1.71.4.2.2", STRUCTURES[number % len(STRUCTURES)]),)
    )
    return Header(
        id=Identifier(f"{OIDS}.{number}"),
        set_id=Identifier(f"{OIDS}.9.{number}") if local else None,
        version=1 if local else None,
        type=TYPES[number % len(TYPES)],
        title="Compte rendu",
        date=moment,
        patient=PATIENT,
        authors=(
            Author(
                AuthorKind.PROFESSIONAL,
                ids=(Identifier("1.2.250.1.71.4.2.1", f"8997000{number % 300:05d}"),),
                organization=structure,
            ),
        ),
        service_events=(ServiceEvent(time=Interval(moment)),),
    )


def _uuid(number: int) -> str:
    return f"urn:uuid:00000000-0000-4000-8000-{number:012d}"


def _entry(number: int) -> Known:
    header = _header(number, local=False)
    organizations = (one.organization for one in header.authors)
    registry = RegistryEntry(
        entry_uuid=_uuid(number),
        logical_id=_uuid(number),
        availability=Availability.APPROVED,
        version="1",
        confidentiality=(Code("N"), Code("INVISIBLE_PATIENT")) if number % 9 == 0 else (Code("N"),),
        institutions=tuple(one for one in organizations if one),
    )
    context = Context(place=Place.DMP, registry=registry)
    document = Document("liste.xml", inside=str(number), carrier="xds", header=header,
                        context=context)  # fmt: skip
    (entry,) = known([document])
    return entry


def scenario(count: int) -> tuple[list[Document], list[Exchange], Memory]:
    """Return a record, the answers of a visit, and what was kept of the last one."""
    record = [Document(f"{one}.xml", header=_header(one, local=True)) for one in range(count)]
    listed = range(count // 4, count + count // 4)
    replaced = [one for one in listed if one < count and one % 10 == 0]
    gone = set(replaced)
    entries = [_entry(one) for one in listed if one not in gone]
    newer = [_entry(2 * count + one) for one in replaced]
    answer = RegistryAnswer(
        "liste.xml", ResponseStatus.SUCCESS, tuple(entries + newer), complete=True
    )
    links = tuple(Association("RPLC", _uuid(2 * count + one), _uuid(one)) for one in replaced)
    more = RegistryAnswer("lots.xml", ResponseStatus.SUCCESS, tuple(newer), complete=True,
                          associations=links)  # fmt: skip
    rows = [
        Remembered(f"{OIDS}.{one}", _uuid(one), _uuid(one), "1", "Approved",
                   ("N", "MASQUE_PS") if one % 10 == 1 else ("N",))
        for one in range(count)
    ]  # fmt: skip
    exchanges = [
        Exchange(answer, Role.FIND_DOCUMENTS),
        Exchange(more, Role.GET_DOCUMENTS_AND_ASSOCIATIONS),
    ]
    return record, exchanges, Memory("20260501080000", tuple(rows))


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    sizes = [int(size) for size in parser.parse_args().sizes.split(",")]
    print(f"{'documents':>10} {'compared (s)':>13} {'µs each':>8} {'floor (s)':>10} {'ratio':>6}")
    for size in sizes:
        start = time.process_time()
        record, exchanges, memory = scenario(size)
        floor = time.process_time() - start
        taken = []
        for _ in range(3):
            start = time.process_time()
            compare(record, exchanges, own_structures=STRUCTURES[:2], memory=memory, now=NOW)
            taken.append(time.process_time() - start)
        best = min(taken)
        each = best / size * 1e6
        print(f"{size:>10} {best:>13.2f} {each:>8.0f} {floor:>10.2f} {best / floor:>6.2f}")


if __name__ == "__main__":
    main()
