"""What an answer answers: by its content, its request, or who gives it."""

import pytest

from cda_tools.dmp.exchanges import Exchange, asked_with, folded, pair
from cda_tools.model.registry import (
    Association,
    RegistryAnswer,
    Request,
    ResponseStatus,
    Role,
    SubmissionSet,
)

LIST, MORE = Role.FIND_DOCUMENTS, Role.GET_DOCUMENTS_AND_ASSOCIATIONS


def answer(
    role: Role | None = None, path: str = "a.xml", relates: str | None = None
) -> RegistryAnswer:
    return RegistryAnswer(path, ResponseStatus.SUCCESS, role=role, relates_to=relates)


def one(found: tuple[Exchange, ...]) -> Exchange:
    (exchange,) = found
    return exchange


def rules(exchange: Exchange) -> list[str]:
    return [finding.rule for finding in exchange.findings]


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("0A1B2C3D-0000-4000-8000-00000000000a", "urn:uuid:0A1B2C3D-0000-4000-8000-00000000000a"),
        ("urn:uuid:0a1b2c3d-0000-4000-8000-00000000000a",) * 2,
        (" lot-1 ", "lot-1"),
    ],
)
def test_a_query_names_a_uuid_with_its_prefix(given: str, asked: str) -> None:
    assert asked_with(given) == asked
    assert folded(asked_with(given)) == folded(given)


def test_a_request_is_paired_by_message_id_or_by_name() -> None:
    by_id = Request("elsewhere.xml", LIST, "urn:uuid:7")
    assert one(pair([answer(relates="URN:UUID:7")], [by_id])).request is by_id
    beside = Request("a.request.xml", LIST)
    found = one(pair([answer()], [beside]))
    assert (found.role, found.request) == (LIST, beside)
    assert one(pair([answer(path="b.xml")], [beside])).role is None


def test_a_request_that_the_answer_does_not_name_is_not_its_own() -> None:
    beside = Request("a.request.xml", LIST, "urn:uuid:8")
    found = one(pair([answer(relates="urn:uuid:7")], [beside]))
    assert (found.role, found.request, rules(found)) == (None, None, ["DMP-16"])


def test_a_role_may_be_said_of_one_answer_or_of_those_that_nothing_tells() -> None:
    assert one(pair([answer()], told={"a.xml": LIST})).role is LIST
    assert one(pair([answer()], default=LIST)).role is LIST
    assert one(pair([answer(MORE)], default=LIST)).role is MORE
    assert one(pair([answer(MORE)], told={"a.xml": LIST})).role is LIST


@pytest.mark.parametrize("own", [Role.FIND_SUBMISSION_SETS, Role.GET_ASSOCIATIONS])
def test_content_is_not_contradicted(own: Role) -> None:
    asked = Request("a.request.xml", LIST)
    found = one(pair([answer(own)], [asked]))
    assert (found.role, found.request, rules(found)) == (own, None, ["DMP-17"])


def test_an_acknowledgement_is_no_list_whatever_is_said() -> None:
    for own in (Role.PROVIDE, Role.RETRIEVE, Role.ACKNOWLEDGEMENT):
        found = one(pair([answer(own)], told={"a.xml": LIST}))
        assert (found.role, rules(found), found.lists) == (own, ["XDS-02"], False)
    named = one(pair([answer(Role.ACKNOWLEDGEMENT)], told={"a.xml": Role.PROVIDE}))
    assert (named.role, rules(named)) == (Role.PROVIDE, [])


def test_associations_alone_may_be_all_that_is_accessible_of_documents() -> None:
    found = one(pair([answer(Role.GET_ASSOCIATIONS)], [Request("a.request.xml", MORE)]))
    assert found.role is MORE


def test_a_failure_gives_nothing_to_use() -> None:
    failed = RegistryAnswer(
        "a.xml",
        ResponseStatus.FAILURE,
        sets=(SubmissionSet("1"),),
        associations=(Association("RPLC", "1", "2"),),
    )
    exchange = Exchange(failed, LIST)
    assert (exchange.documents, exchange.sets, exchange.associations) == ((), (), ())
    assert exchange.failed
    assert exchange.asked("uuid") is None
