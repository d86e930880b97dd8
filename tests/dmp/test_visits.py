"""The decision table line by line, over the answers of a visit."""

from dataclasses import replace

import pytest
from visits import LOTS, NOW, exchange, header, listed, local, member, replaces, request

from cda_tools.dmp import Comparison, Exchange, Memory, Remembered, State, compare
from cda_tools.dmp.states import Compared, Hint, Reason
from cda_tools.model.carriage import Action, Availability, Context, Place
from cda_tools.model.document import Document
from cda_tools.model.header import Identifier, Patient
from cda_tools.model.registry import RegistryAnswer, ResponseStatus, Role

D, A = Availability.DEPRECATED, Availability.ARCHIVED
LIST, MORE = Role.FIND_DOCUMENTS, Role.GET_DOCUMENTS_AND_ASSOCIATIONS
OTHER = listed("77")


def oid(name: str) -> str:
    return f"1.2.250.1.999.{name}"


def kept(name: str, *codes: str, status: str = "Approved") -> Remembered:
    return Remembered(oid(name), f"{name}-1", f"{name}-1", "1", status, codes or ("N",))


def run(
    *exchanges: Exchange, record: tuple[Document, ...] = (), memory: Memory | None = None
) -> Comparison:
    return compare(record or (local("1"),), exchanges, memory=memory or Memory(), now=NOW)


def only(*exchanges: Exchange, memory: Memory | None = None) -> Compared:
    (one,) = run(*exchanges, memory=memory).documents
    return one


def later(*rows: Remembered) -> Memory:
    return Memory("20260302081500", rows)


def rules(one: Compared) -> list[str]:
    return [finding.rule for finding in one.findings]


def test_a_chain_is_followed_to_its_end_through_an_entry_of_the_index() -> None:
    # The target is an older version of the metadata than the one kept.
    more = exchange(MORE, listed("2", status=D), listed("3"),
                    links=[replaces("2-1", "1-1"), replaces("3-1", "2-1")])  # fmt: skip
    one = only(exchange(LIST, listed("3")), more, memory=later(kept("1")))
    assert one.state is State.NEWER_LISTED
    assert one.newer is not None
    assert one.newer.header.id == Identifier(oid("3"))
    assert one.chain == (oid("1"), oid("2"), oid("3"))
    assert one.by == "RPLC"


def test_a_replacement_names_a_younger_version_of_the_metadata_than_the_one_kept() -> None:
    more = exchange(MORE, listed("1", 2, D), listed("2"), links=[replaces("2-1", "1-2")])
    assert only(more, memory=later(kept("1"))).chain == (oid("1"), oid("2"))


def test_a_fork_leads_to_the_last_one_that_is_there() -> None:
    links = [replaces("2-1", "1-1", "XFRM_RPLC"), replaces("3-1", "1-1")]
    more = exchange(MORE, listed("1", status=D), listed("2"), listed("3", status=D), links=links)
    one = only(more)
    assert one.chain == (oid("1"), oid("2"))
    assert one.by == "XFRM_RPLC"


def test_replacements_in_a_circle_lead_nowhere() -> None:
    links = [replaces("2-1", "1-1"), replaces("1-1", "2-1")]
    more = exchange(MORE, listed("1"), listed("2"), links=links)
    assert only(more).state is State.UP_TO_DATE


@pytest.mark.parametrize("kind", ["XFRM", "APND", "signs", "UpdateAvailabilityStatus"])
def test_another_association_replaces_nothing(kind: str) -> None:
    more = exchange(MORE, listed("1"), listed("2"), links=[replaces("2-1", "1-1", kind)])
    assert only(more).state is State.UP_TO_DATE


def test_replaced_by_what_is_not_accessible() -> None:
    more = exchange(MORE, listed("1", status=D), links=[replaces("9-1", "1-1")])
    whole = only(exchange(LIST, OTHER), more)
    assert whole.state is State.NEWER_LISTED
    assert whole.newer is None
    assert whole.chain == (oid("1"), None)
    assert rules(whole) == ["DMP-10"]
    # Where an answer is missing, it cannot be told.
    failed = exchange(LIST, status=ResponseStatus.FAILURE)
    assert only(failed, more).reason is Reason.CHAIN_OPEN
    own = exchange(MORE, listed("1", status=D), links=[member("1-1")])
    assert only(exchange(LIST, OTHER), own).state is State.NEWER_LISTED
    assert only(own).reason is Reason.CHAIN_OPEN


def test_an_old_version_of_the_metadata_is_no_replaced_document() -> None:
    for versions in ((listed("1", 1, D), listed("1", 2)), (listed("1", 2), listed("1", 1, D))):
        assert only(exchange(Role.GET_DOCUMENTS, *versions)).state is State.UP_TO_DATE
    old_codes = later(kept("1", "N", "INVISIBLE_PATIENT"))
    one = only(exchange(Role.GET_DOCUMENTS, listed("1", 1, D), listed("1", 2)), memory=old_codes)
    assert (one.state, one.removed) == (State.METADATA_CHANGED, ("INVISIBLE_PATIENT",))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (("N",), ("N", "MASQUE_PS"), "masqué aux professionnels"),
        (("N", "MASQUE_PS"), ("N",), "de nouveau visible des professionnels"),
        (("N",), ("N", "INVISIBLE_REP_LEGAUX"), "non visible des représentants légaux"),
        (("N",), ("R",), "code R ajouté, code N retiré"),
    ],
)
def test_what_changed_in_the_metadata_is_said(
    before: tuple[str, ...], after: tuple[str, ...], words: str
) -> None:
    one = only(exchange(LIST, listed("1", codes=after)), memory=later(kept("1", *before)))
    assert one.state is State.METADATA_CHANGED
    assert words in one.findings[0].message


def test_a_misprint_of_old_guides_is_no_change() -> None:
    entry = listed("1", codes=("N", "INVISIBLE_REPRENSANTS_LEGAUX"))
    memory = later(kept("1", "N", "INVISIBLE_REPRESENTANTS_LEGAUX"))
    assert only(exchange(LIST, entry), memory=memory).state is State.UP_TO_DATE


def test_archived_and_back() -> None:
    archived = only(exchange(LIST, listed("1", status=A)), memory=later(kept("1")))
    assert archived.availability == ("Approved", "Archived")
    assert "archivé" in archived.findings[0].message
    back = only(exchange(LIST, listed("1")), memory=later(kept("1", status="Archived")))
    assert "désarchivé" in back.findings[0].message


def test_replaced_goes_before_changed() -> None:
    more = exchange(MORE, listed("1", 2, D, ("N", "MASQUE_PS")), listed("2"),
                    links=[replaces("2-1", "1-2")])  # fmt: skip
    assert only(more, memory=later(kept("1"))).state is State.NEWER_LISTED


def test_two_registrations_of_one_id_use_the_one_in_force() -> None:
    old = listed("1", status=D, lid="8")
    for entries in ((old, listed("1")), (listed("1"), old)):
        assert only(exchange(LIST, *entries)).state is State.UP_TO_DATE


def test_a_deleted_entry_is_not_there() -> None:
    gone = listed("1", status=Availability.DELETED)
    one = only(exchange(LIST, gone, OTHER))
    assert one.state is State.NO_LONGER_LISTED
    assert "supprimé du DMP" not in one.findings[0].message


def test_why_nothing_can_be_said_of_an_absent_document() -> None:
    partial, failed = ResponseStatus.PARTIAL, ResponseStatus.FAILURE
    for exchanges, reason in (
        ((exchange(MORE, OTHER, links=[member("77-1")]),), Reason.NO_LIST),
        ((exchange(None, OTHER),), Reason.NO_LIST),
        ((exchange(LIST),), Reason.LIST_EMPTY),
        ((exchange(LIST, OTHER, status=partial),), Reason.LIST_PARTIAL),
        ((exchange(LIST, status=failed),), Reason.LIST_FAILED),
        ((exchange(None, status=failed),), Reason.LIST_FAILED),
    ):
        one = only(*exchanges)
        assert (one.state, one.reason, one.choices) == (State.UNKNOWN, reason, ())


def test_a_list_that_leaves_the_document_out() -> None:
    old = local("1", "20230612110000+0200")
    record = (old, replace(local("2"), header=replace(header("2"), service_events=())))
    first, second = run(exchange(LIST, OTHER), record=record).documents
    assert (first.state, first.reason) == (State.UNKNOWN, Reason.OUTSIDE_QUERY)
    assert second.state is State.NOT_LISTED
    failed = exchange(LIST, status=ResponseStatus.FAILURE)
    assert run(failed, record=record).documents[0].reason is Reason.OUTSIDE_QUERY
    untold = exchange(None, status=ResponseStatus.FAILURE)
    assert run(untold, record=record).documents[0].reason is Reason.OUTSIDE_QUERY


def test_an_archived_document_is_missing_only_from_a_list_that_asked_for_archived_ones() -> None:
    memory = later(kept("1", status="Archived"))
    assert only(exchange(LIST, OTHER), memory=memory).reason is Reason.OUTSIDE_QUERY
    both = request(LIST, XDSDocumentEntryStatus=["a:Approved", "b:Archived"])
    asked = only(exchange(LIST, OTHER, request=both), memory=memory)
    assert asked.state is State.NO_LONGER_LISTED


def test_documents_asked_for_by_their_ids_are_covered_by_that() -> None:
    asked = request(Role.GET_DOCUMENTS, XDSDocumentEntryUniqueId=[oid("1"), oid("77")])
    one = only(exchange(Role.GET_DOCUMENTS, OTHER, request=asked), memory=later(kept("1")))
    assert one.state is State.NO_LONGER_LISTED
    unasked = request(Role.GET_DOCUMENTS, XDSDocumentEntryUniqueId=[oid("77")])
    assert only(exchange(Role.GET_DOCUMENTS, OTHER, request=unasked)).state is State.UNKNOWN


def test_what_shows_that_a_document_was_there() -> None:
    whole = exchange(LIST, OTHER)
    assert only(whole).state is State.NOT_LISTED
    assert only(whole, memory=later(kept("1"))).state is State.NO_LONGER_LISTED
    refused = Exchange(
        RegistryAnswer("r", ResponseStatus.FAILURE, refused=(oid("1"),), role=Role.PROVIDE),
        Role.PROVIDE,
    )
    assert only(whole, refused).state is State.NO_LONGER_LISTED
    for deposited, state in (((oid("1"),), State.NO_LONGER_LISTED),
                             ((oid("1"), oid("2")), State.NOT_LISTED)):  # fmt: skip
        asked = replace(request(Role.PROVIDE), deposited=deposited)
        nameless = replace(refused, answer=replace(refused.answer, refused=("",)), request=asked)
        assert only(whole, nameless).state is state
    deposit = replace(request(Role.PROVIDE), deposited=(oid("1"), oid("2")))
    accepted = exchange(Role.PROVIDE, request=deposit)
    assert only(whole, accepted).state is State.NO_LONGER_LISTED


def test_a_document_received_by_mssante_and_listed_is_one() -> None:
    record = (local("1", context=Context(place=Place.MSSANTE)),)
    result = run(exchange(LIST, listed("1")), record=record)
    assert result.documents[0].state is State.UP_TO_DATE
    assert result.documents[0].duplicate_of is Place.MSSANTE
    assert [one.unique_id for one in result.duplicates] == [oid("1")]
    assert result.new == ()
    assert [one.unique_id for one in result.memory.documents] == [oid("1")]


def test_a_hint_where_the_list_failed_and_the_lots_are_whole() -> None:
    failed = exchange(LIST, status=ResponseStatus.FAILURE)
    quiet = only(exchange(Role.FIND_SUBMISSION_SETS), failed, memory=later(kept("1")))
    assert (quiet.hint, rules(quiet)) == (Hint.NO_CHANGE_REPORTED, ["DMP-05", "DMP-18"])
    lots = exchange(Role.FIND_SUBMISSION_SETS, sets=LOTS[:1])
    links = exchange(Role.GET_ASSOCIATIONS, links=[member("8-1"), member("9-1")])
    more = exchange(MORE, listed("8"), links=[member("8-1")])
    some = only(lots, links, more, failed, memory=later(kept("1")))
    assert (some.hint, rules(some)) == (Hint.SOME_NOT_ACCESSIBLE, ["DMP-05", "DMP-19"])
    assert only(lots, failed, memory=later(kept("1"))).hint is None


def test_a_document_may_have_been_replaced_in_a_batch_that_failed() -> None:
    lots = exchange(Role.FIND_SUBMISSION_SETS, sets=LOTS[:1])
    links = exchange(Role.GET_ASSOCIATIONS, links=[member("8-1"), member("9-1")])
    whole = exchange(MORE, listed("8"), listed("9"), links=[member("8-1")])
    failed = exchange(MORE, status=ResponseStatus.FAILURE)
    memory, the_list = later(kept("1")), exchange(LIST, OTHER)
    assert only(lots, links, whole, the_list, memory=memory).state is State.NO_LONGER_LISTED
    assert only(the_list, memory=memory).state is State.NO_LONGER_LISTED
    for steps in ((lots, links, failed), (lots, links), (lots,), (lots, links, whole, failed)):
        one = only(*steps, the_list, memory=memory)
        assert (one.state, one.reason) == (State.UNKNOWN, Reason.CHANGES_MISSING)
        assert (one.choices, rules(one)) == ((), ["DMP-20"])
    untold = exchange(None, status=ResponseStatus.FAILURE)
    assert only(untold, the_list, memory=memory).reason is Reason.CHANGES_MISSING


def test_a_listed_document_that_is_said_to_be_replaced_is_not_up_to_date() -> None:
    the_list = exchange(LIST, listed("1"), OTHER)
    told = exchange(Role.GET_ASSOCIATIONS, links=[replaces("2-1", "1-1")])
    failed = exchange(MORE, status=ResponseStatus.FAILURE)
    assert only(the_list).state is State.UP_TO_DATE
    one = only(the_list, told, failed)
    assert (one.state, one.reason) == (State.UNKNOWN, Reason.CHAIN_OPEN)


def test_new_documents_are_those_that_lots_deposit_and_that_nobody_here_knows() -> None:
    lots = exchange(Role.FIND_SUBMISSION_SETS, sets=LOTS[:1])
    links = exchange(
        Role.GET_ASSOCIATIONS,
        links=[
            member("1-2"),
            member("2-1"),
            member("3-1", original=False),
            member("4-1", "folder"),
            member("5-1"),
            member("6-1"),
        ],
    )
    signed = listed("5", class_code="urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1")
    more = exchange(MORE, listed("1", 2), listed("2"), listed("3"), listed("4"), signed,
                    links=[member("1-2")])  # fmt: skip
    result = run(lots, links, more, memory=later(kept("1")))
    assert [one.unique_id for one in result.new] == [oid("2")]
    assert result.not_returned == ("6-1",)
    assert [one.unique_id for one in result.ignored] == [oid("5")]


def test_an_imported_document_is_kept_once_the_same_answers_are_read_with_it() -> None:
    first, second = exchange(LIST, listed("1"), OTHER), exchange(LIST, OTHER)
    before = run(first, record=(local("77"),)).memory
    assert [one.unique_id for one in before.documents] == [oid("77")]
    assert only(second, memory=before).state is State.NOT_LISTED
    after = run(first, record=(local("77"), local("1")), memory=before).memory
    assert after.date == before.date
    assert only(second, memory=after).state is State.NO_LONGER_LISTED


def test_the_date_moves_on_only_when_all_since_the_last_visit_is_whole() -> None:
    lots = exchange(Role.FIND_SUBMISSION_SETS, sets=LOTS[:1])
    links = exchange(Role.GET_ASSOCIATIONS, links=[member("2-1")])
    more = exchange(MORE, listed("2"), links=[member("2-1")])
    failed = exchange(MORE, status=ResponseStatus.FAILURE)
    memory = later(kept("1"))
    for exchanges, moved in (
        ((lots, links, more), True),
        ((exchange(Role.FIND_SUBMISSION_SETS),), True),
        ((lots, links, more, exchange(LIST, status=ResponseStatus.FAILURE)), True),
        ((lots, links), False),
        ((lots,), False),
        ((lots, links, failed), False),
        ((lots, links, more, failed), False),
        ((exchange(LIST, listed("1")),), False),
    ):
        date = run(*exchanges, memory=memory).memory.date
        assert date == ("20260414073000" if moved else memory.date), exchanges
    assert run(exchange(LIST, listed("1"))).memory.date == "20260414073000"
    assert run(exchange(MORE, listed("1"))).memory.date is None
    ahead = Memory("20270101000000", memory.documents)
    assert run(lots, links, more, memory=ahead).memory.date == ahead.date


def test_answers_of_two_patients_say_nothing_of_anyone() -> None:
    stranger = Patient(ids=(Identifier("1.2.250.1.213.1.4.10", "199069900000099"),))
    other = listed("2")
    other = replace(other, header=replace(other.header, patient=stranger))
    result = run(exchange(LIST, listed("1"), other))
    assert (result.other_patient, result.several_patients) == (True, True)
    assert [one.reason for one in result.documents] == [Reason.OTHER_PATIENT]
    assert [one.findings[0].rule for one in result.documents] == ["DMP-21"]
    assert result.absent_here == ()
    asked = replace(request(LIST), patient=stranger)
    found = run(exchange(LIST, request=asked))
    assert (found.other_patient, found.several_patients) == (True, False)
    assert found.documents[0].reason is Reason.OTHER_PATIENT
    assert found.documents[0].findings[0].rule == "DMP-06"


def test_a_withdrawn_document() -> None:
    deletion = local("1", context=Context(action=Action.DELETE))
    listed_still = run(exchange(LIST, listed("1")), record=(deletion,)).documents[0]
    assert (listed_still.state, rules(listed_still)) == (State.WITHDRAWN, ["DMP-09"])
    assert run(exchange(LIST, OTHER), record=(deletion,)).documents[0].findings == ()
