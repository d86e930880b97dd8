"""What to send next: steps, batches, what failed, and the syntax of values."""

from datetime import timedelta
from typing import Any

from visits import LOTS, NOW, exchange, listed, local, member, request

from cda_tools.dmp import Exchange, Memory, Remembered, compare
from cda_tools.dmp.queries import Asking, Query, next_queries
from cda_tools.model.document import Document
from cda_tools.model.header import Identifier
from cda_tools.model.registry import ResponseStatus, Role

KEPT = Memory(
    "20260302081500", (Remembered("1.2.250.1.999.1", "1-1", "1-1", "1", "Approved", ("N",)),)
)
FAILED = ResponseStatus.FAILURE
LIST, MORE = Role.FIND_DOCUMENTS, Role.GET_DOCUMENTS_AND_ASSOCIATIONS


def following(
    *exchanges: Exchange,
    memory: Memory = KEPT,
    record: list[Document] | None = None,
    **asking: Any,
) -> tuple[Query, ...]:
    result = compare(record or [local("1")], exchanges, memory=memory, now=NOW)
    return next_queries(result.progress, result.documents, Asking(NOW, **asking))


def roles(queries: tuple[Query, ...]) -> list[str]:
    return [str(one.role) for one in queries]


def test_a_first_opening_asks_for_two_years_and_for_types_if_any_are_preferred() -> None:
    (query,) = following(memory=Memory(), types=("11488-4", "A^^1.2"))
    parameters = dict(query.parameters)
    assert parameters["$XDSDocumentEntryServiceStartTimeFrom"] == "20240414073000"
    assert parameters["$XDSDocumentEntryTypeCode"] == (
        "('11488-4^^2.16.840.1.113883.6.1','A^^1.2')"
    )
    assert parameters["$XDSDocumentEntryPatientId"] == "'{INS}^^^&1.2.250.1.213.1.4.8&ISO^NH'"


def test_the_patient_is_named_only_if_asked_and_a_quote_is_doubled() -> None:
    patient = Identifier("1.2", "7'8")
    (hidden,) = following(memory=Memory(), patient=patient)
    assert dict(hidden.parameters)["$XDSDocumentEntryPatientId"] == "'{INS}^^^&1.2&ISO^NH'"
    (shown,) = following(memory=Memory(), patient=patient, show_patient=True)
    assert dict(shown.parameters)["$XDSDocumentEntryPatientId"] == "'7''8^^^&1.2&ISO^NH'"
    assert "7'8" not in repr(shown)


def test_lots_may_be_looked_for_a_little_earlier() -> None:
    first, _ = following(overlap=timedelta(hours=24))
    assert dict(first.parameters)["$XDSSubmissionSetSubmissionTimeFrom"] == "20260301081500"


def test_archived_documents_are_asked_for_where_one_is_known() -> None:
    def statuses(**more: Any) -> str:
        query = next(one for one in following(**more) if one.role is LIST)
        return dict(query.parameters)["$XDSDocumentEntryStatus"]

    assert "Archived" not in statuses()
    assert "'urn:asip:ci-sis:2010:StatusType:Archived'" in statuses(archived=True)
    known = Memory(KEPT.date, (Remembered("1.2.3", "1", "1", "1", "Archived"),))
    assert "Archived" in statuses(memory=known)


def test_entries_known_to_the_last_visit_are_not_asked_for_again() -> None:
    lots = exchange(Role.FIND_SUBMISSION_SETS, sets=LOTS[:2])
    assert roles(following(lots)) == ["GetAssociations"]
    links = exchange(
        Role.GET_ASSOCIATIONS,
        links=[
            member("9-1", "lot-2"),
            member("1-1"),
            member("8-1", original=False),
            member("9-1"),
            member("7-1", "folder"),
        ],
    )
    queries = following(lots, links, batch=1)
    assert [dict(one.parameters)["$XDSDocumentEntryEntryUUID"] for one in queries] == [
        "('9-1')",
        "('8-1')",
    ]
    more = exchange(MORE, listed("9"), request=request(MORE, XDSDocumentEntryEntryUUID=["9-1"]))
    assert [dict(one.parameters) for one in following(lots, links, more)] == [
        {"$XDSDocumentEntryEntryUUID": "('8-1')"}
    ]


def test_nothing_new_leads_straight_to_the_list() -> None:
    assert roles(following(exchange(Role.FIND_SUBMISSION_SETS))) == ["FindDocuments"]
    assert roles(following(exchange(LIST, listed("1")))) == ["FindSubmissionSets"]


def test_what_failed_is_told_again_for_the_user_to_ask() -> None:
    lots = exchange(Role.FIND_SUBMISSION_SETS, sets=LOTS[:1])
    links = exchange(Role.GET_ASSOCIATIONS, links=[member("9-1")])
    whole = exchange(LIST, listed("1"))
    failed_lots = exchange(Role.FIND_SUBMISSION_SETS, status=FAILED)
    failed_links = exchange(Role.GET_ASSOCIATIONS, status=FAILED)
    for exchanges, role in (
        ((failed_lots, whole), "FindSubmissionSets"),
        ((lots, failed_links, whole), "GetAssociations"),
        ((lots, links, exchange(MORE, status=FAILED), whole), "GetDocumentsAndAssociations"),
        ((lots, links, exchange(None, status=FAILED), whole), "GetDocumentsAndAssociations"),
        ((exchange(Role.FIND_SUBMISSION_SETS), exchange(LIST, status=FAILED)), "FindDocuments"),
        ((exchange(Role.FIND_SUBMISSION_SETS), exchange(None, status=FAILED)), "FindDocuments"),
    ):
        queries = following(*exchanges)
        assert role in roles(queries), role
        assert all(one.on_demand for one in queries if one.role == role and one.why)


def test_a_failed_query_is_told_as_it_was_asked_until_another_makes_it_good() -> None:
    asked = request(LIST, XDSDocumentEntryPatientId=["7^^^&1.2&ISO^NH"],
                    XDSDocumentEntryStatus=["a:Approved"],
                    XDSDocumentEntryServiceStartTimeFrom=["20250101"])  # fmt: skip
    lots = exchange(Role.FIND_SUBMISSION_SETS)
    failed = exchange(LIST, status=FAILED, request=asked)
    (query,) = following(lots, failed, patient=Identifier("1.2", "7"))
    assert dict(query.parameters) == {
        "$XDSDocumentEntryPatientId": "'{INS}^^^&1.2&ISO^NH'",
        "$XDSDocumentEntryStatus": "('a:Approved')",
        "$XDSDocumentEntryServiceStartTimeFrom": "20250101",
    }
    again = exchange(LIST, listed("1"), request=asked)
    assert following(lots, failed, again) == ()


def test_known_documents_outside_the_search_are_asked_for_by_their_ids() -> None:
    record = [local("1", "20200101100000+0100"), local("2", "20200101100000+0100")]
    steps = (exchange(Role.FIND_SUBMISSION_SETS), exchange(LIST, listed("7")))
    (query,) = following(*steps, record=record)
    assert (query.role, query.on_demand) == (Role.GET_DOCUMENTS, True)
    assert dict(query.parameters) == {"$XDSDocumentEntryUniqueId": "('1.2.250.1.999.1')"}
    asked = request(Role.GET_DOCUMENTS, XDSDocumentEntryUniqueId=["1.2.250.1.999.1"])
    empty = exchange(Role.GET_DOCUMENTS, request=asked)
    assert following(*steps, empty, record=record) == ()
