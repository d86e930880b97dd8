"""How many by others: whose documents are, and what counts since the last visit (DMP/UX.15)."""

from typing import Any

import pytest
from visits import LOTS, NOW, OURS, THEIRS, exchange, listed, local, member, replaces

from cda_tools.dmp import Exchange, Memory, Remembered, compare
from cda_tools.dmp.counting import Counts
from cda_tools.model.carriage import Availability
from cda_tools.model.registry import Request, ResponseStatus, Role

HIDDEN = ("N", "INVISIBLE_PATIENT")
LIST = Role.FIND_DOCUMENTS


def count(*exchanges: Exchange, own: Any = (OURS,), memory: Memory | None = None) -> Counts:
    return compare(
        [local("1")], exchanges, own_structures=own, memory=memory or Memory(), now=NOW
    ).counts


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        ({"structures": (OURS,)}, None),
        ({"structures": (THEIRS, OURS)}, None),
        ({"structures": (OURS,), "codes": HIDDEN}, "ours_invisible_to_patient"),
        ({"structures": (THEIRS,)}, "third_party"),
        ({"structures": (THEIRS,), "codes": HIDDEN}, "third_party"),
        ({"structures": (), "class_code": "90"}, "by_patient"),
        ({"structures": (), "kind": "DOCPAT-22", "codes": HIDDEN}, "by_patient"),
        ({"structures": ()}, "institution_unknown"),
        ({"structures": (), "codes": HIDDEN}, "unknown_invisible_to_patient"),
        ({"structures": ("",)}, "institution_unknown"),
    ],
)
def test_whose_a_document_is(entry: dict[str, Any], name: str | None) -> None:
    counts = count(exchange(LIST, listed("7", **entry))).listed
    names = ("ours_invisible_to_patient", "third_party", "by_patient", "institution_unknown",
             "unknown_invisible_to_patient")  # fmt: skip
    assert {each: getattr(counts, each) for each in names} == {
        each: int(each == name) for each in names
    }
    in_number = name in ("ours_invisible_to_patient", "third_party", "unknown_invisible_to_patient")
    assert counts.ux15 == int(in_number)
    assert counts.ux15_with_unknown == counts.ux15 + (name == "institution_unknown")


def test_each_document_counts_once_and_signatures_never() -> None:
    signed = listed("9", class_code="1.3.6.1.4.1.19376.1.2.1.1.1")
    deprecated, archived = Availability.DEPRECATED, Availability.ARCHIVED
    versions = (listed("7", 1, deprecated), listed("7", 2), listed("8", status=archived))
    counts = count(exchange(LIST, *versions, signed, listed("6", status=deprecated)))
    assert (counts.listed.total, counts.listed.ux15, counts.absent_here) == (2, 2, 2)
    assert counts.absent_here_third_party == 2


def test_a_list_that_was_asked_for_with_a_filter_counts_a_least() -> None:
    search = (("XDSDocumentEntryStatus", ("Approved",)),)
    types = (*search, ("XDSDocumentEntryTypeCode", ("11488-4^^2.16.840.1.113883.6.1",)))
    narrow = exchange(LIST, listed("7"), request=Request("r", LIST, parameters=types))
    counts = count(narrow).listed
    assert (counts.ux15, counts.at_least) == (1, True)
    assert not count(
        exchange(LIST, listed("7"), request=Request("r", LIST, parameters=search))
    ).listed.at_least
    assert not count(narrow, exchange(LIST, listed("7"), listed("8"))).listed.at_least


def test_what_is_here_already_counts_and_is_told() -> None:
    counts = count(exchange(LIST, listed("1"), listed("7")))
    assert (counts.listed.ux15, counts.listed.here, counts.absent_here) == (2, 1, 1)


def test_no_number_without_structures_or_without_a_whole_list() -> None:
    whole = count(exchange(LIST, listed("7")), own=())
    assert (whole.listed.total, whole.listed.ux15, whole.listed.third_party) == (1, None, None)
    assert whole.listed.ux15_with_unknown is None
    assert whole.absent_here_third_party is None
    for status in (ResponseStatus.PARTIAL, ResponseStatus.FAILURE):
        assert count(exchange(LIST, listed("7"), status=status)).listed.total is None
    assert count(exchange(LIST)).listed.ux15 == 0
    assert count(exchange(None, listed("7"))).listed.ux15 is None


def since(*documents: Any, whole: bool = True, links: Any = None) -> Any:
    known = Remembered("1.2.250.1.999.5", "5-1", "5-1", "1", "Approved", ("N",))
    members = links or [member(one.context.registry.entry_uuid) for one in documents]
    steps = [
        exchange(Role.FIND_SUBMISSION_SETS, sets=LOTS[:1]),
        exchange(Role.GET_ASSOCIATIONS, links=members),
    ]
    if whole:
        steps.append(exchange(Role.GET_DOCUMENTS_AND_ASSOCIATIONS, *documents, links=members))
    return count(*steps, memory=Memory("20260302081500", (known,))).since


def test_since_the_last_visit() -> None:
    found = since(listed("7"), listed("8", structures=(OURS,)), listed("9", codes=HIDDEN))
    assert (found.total, found.ux15, found.at_least) == (3, 2, False)
    # Known by then: only if it is now hidden from the patient.
    assert since(listed("5", 2)).ux15 == 0
    assert since(listed("5", 2, codes=HIDDEN)).ux15 == 1
    # A reference deposits nothing; unmasked, it is new to us whatever its version.
    reference = [member("7-1", original=False)]
    assert since(listed("7"), links=reference).total == 0
    assert since(listed("7", 4)).ux15 == 1
    missing = since(listed("7"), whole=False)
    assert (missing.ux15, missing.at_least) == (0, True)


def test_a_chain_since_the_last_visit_counts_once() -> None:
    old = listed("7", status=Availability.DEPRECATED)
    links = [member("7-1"), member("8-1"), replaces("8-1", "7-1")]
    assert since(old, listed("8"), links=links).ux15 == 1


def test_a_first_visit_has_no_last_one() -> None:
    assert count(exchange(LIST, listed("7"))).since is None
