"""A document is missing from an answer only where the query would have returned it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from visits import NOW, exchange, header, listed, local, request

from cda_tools.dmp.coverage import Coverage, two_years_before
from cda_tools.model.document import Document, Known, known
from cda_tools.model.header import Header, Interval, ServiceEvent
from cda_tools.model.registry import Role
from cda_tools.model.timestamp import Timestamp


def document(date: str = "20260110100000+0100") -> Known:
    (one,) = known([local("1", date)])
    return one


def covered(one: Known, now: datetime | None = NOW, **parameters: list[str]) -> bool:
    asked = request(Role.FIND_DOCUMENTS, **parameters) if parameters else None
    found = exchange(Role.FIND_DOCUMENTS, listed("7"), request=asked)
    return Coverage([found], now).covers(one, None)


@pytest.mark.parametrize(
    ("name", "value", "is_covered"),
    [
        ("ServiceStartTimeFrom", "20260110090000", True),
        ("ServiceStartTimeFrom", "20260110090001", False),
        ("ServiceStartTimeFrom", "2026", True),
        ("ServiceStartTimeTo", "20260110090001", True),
        ("ServiceStartTimeTo", "20260110090000", False),
        ("CreationTimeFrom", "20260110090000", True),
        ("CreationTimeTo", "20260110090000", False),
        ("ServiceStopTimeFrom", "2020", False),
        ("ServiceStartTimeFrom", "hier", False),
        ("TypeCode", "11488-4^^2.16.840.1.113883.6.1", True),
        ("TypeCode", "11488-4", True),
        ("TypeCode", "11488-4^^1.2.3", False),
        ("TypeCode", "18748-4^^2.16.840.1.113883.6.1", False),
        ("Status", "urn:oasis:names:tc:ebxml-regrep:StatusType:Approved", True),
        ("Status", "urn:oasis:names:tc:ebxml-regrep:StatusType:Deprecated", False),
        ("Type", "urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1", True),
        ("Type", "urn:uuid:34268e47-fdf5-41a6-ba33-82133c465248", False),
        ("PatientId", "1^^^&1.2&ISO", True),
        ("ClassCode", "10^^1.2.250.1.213.1.1.4.1", False),
        ("AuthorPerson", "Ormeau", False),
    ],
)
def test_each_condition_of_a_request(name: str, value: str, *, is_covered: bool) -> None:
    assert covered(document(), **{f"XDSDocumentEntry{name}": [value]}) is is_covered


def test_what_is_no_condition_on_documents_is_none() -> None:
    assert covered(document(), MetadataLevel=["2"])


@pytest.mark.parametrize(
    ("date", "is_covered"),
    [("20260110", False), ("20260112", True), ("202601", False), ("2027", True), ("?", False),
     ("20260110095959+0100", False), ("2026011010+0100", True)],
)  # fmt: skip
def test_a_date_that_is_not_exact_is_covered_only_as_a_whole(
    date: str, *, is_covered: bool
) -> None:
    asked = {"XDSDocumentEntryServiceStartTimeFrom": ["20260110090000"]}
    assert covered(document(date), **asked) is is_covered


def test_a_stop_time_is_compared_where_there_is_one() -> None:
    event = ServiceEvent(time=Interval(Timestamp("20260110"), Timestamp("20260111100000+0100")))
    head: Header = replace(header("1"), service_events=(event,))
    (one,) = known([Document("1.xml", header=head)])
    assert covered(one, XDSDocumentEntryServiceStopTimeFrom=["20260111090000"])
    assert not covered(one, XDSDocumentEntryServiceStopTimeTo=["20260111090000"])


def test_a_request_that_was_not_kept_is_the_search_of_two_years() -> None:
    assert covered(document("20240414093000+0200"))
    assert not covered(document("20240414092959+0200"))
    assert covered(document("20010101"), now=None)


def test_a_type_that_the_document_lacks_is_not_covered() -> None:
    (one,) = known([Document("1.xml", header=replace(header("1"), type=None))])
    assert not covered(one, XDSDocumentEntryTypeCode=["11488-4"])


def test_two_years_before() -> None:
    assert two_years_before(NOW) == datetime(2024, 4, 14, 7, 30, tzinfo=UTC)
    assert two_years_before(datetime(2024, 2, 29, tzinfo=UTC)) == datetime(2022, 3, 1, tzinfo=UTC)
