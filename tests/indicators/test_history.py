"""The decision table of documents sent: one test a row, and what holds whatever the messages."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sendings import DPI, answer, sent

from cda_tools.indicators import history
from cda_tools.indicators.history import History, Left, State
from cda_tools.model.carriage import Action
from cda_tools.model.document import Document
from cda_tools.model.header import Header, Identifier
from cda_tools.model.messages import AnswerKind, Profile
from cda_tools.model.timestamp import Timestamp

A, B = "1.2.3.1", "1.2.3.2"
SEPTEMBER = {"since": date(2026, 9, 1), "until": date(2026, 9, 30)}


def states(result: History) -> dict[str, str]:
    return {one.id or "": one.state.value for one in result.documents}


def state(*items: Document) -> str:
    (one,) = history(items).documents
    return one.state.value


ONE = sent(A, "A1", "20260910101500")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([answer("A1", "20260910102000", "Y")], "success"),
        ([answer("A1", "20260910102000", "N", "DMPClosed")], "failure"),
        ([answer("A1", "20260910102000", "AA")], "unanswered"),
        ([], "unanswered"),
        # Y then N: the second is about a copy.
        ([answer("A1", "20260910102000", "Y"), answer("A1", "20260910103000", "N")], "success"),
        ([answer("A1", "20260910102000", "N"), answer("A1", "20260910103000", "Y")], "success"),
        ([answer("A1", "20260910102000", "Y"), answer("A1", "20260910103000", "Y")], "success"),
        ([answer("A1", "20260910102000", "AE", "101")], "rejected"),
        ([answer("A1", "20260910102000", "AR", "207")], "rejected"),
        (
            [answer("A1", "20260910102000", "AE"), answer("A1", "20260910103000", "AA")],
            "unanswered",
        ),
        ([answer("A1", "20260910102000", "AA"), answer("A1", "20260910103000", "AE")], "rejected"),
        ([answer("A1", "20260910102000", "AE"), answer("A1", "20260910103000", "Y")], "success"),
        ([answer("A1", "20260910102000", "?")], "undetermined"),
        ([answer("A1", "20260910102000", "")], "undetermined"),
        ([answer("A1", "20260910102000", "N"), answer("A1", "20260910103000", "")], "undetermined"),
        # Mail servers and readers say nothing of the DMP.
        ([answer("A1", "20260910102000", "Y", kind=AnswerKind.MAIL)], "unanswered"),
        ([answer("A1", "20260910102000", "N", kind=AnswerKind.READING)], "unanswered"),
        # In the same minute, told in minutes.
        ([answer("A1", "202609101015", "Y")], "success"),
        # Another sender's, or too early: no answer to this one.
        ([answer("A1", "20260910102000", "Y", to=("RIS", "CLINIQUE"))], "unanswered"),
        ([answer("A1", "20260910101459", "Y")], "unanswered"),
        # Without receiver, the number alone decides.
        ([answer("A1", "20260910102000", "Y", to=("", ""))], "success"),
    ],
)
def test_a_document_s_state_by_its_answers(answers: list[Document], expected: str) -> None:
    assert state(ONE, *answers) == expected


def test_a_failure_tells_its_code_its_message_and_its_place() -> None:
    (one,) = history([ONE, answer("A1", "20260911", "N", "DMPClosed")]).documents
    assert (one.code, one.message, one.path) == ("DMPClosed", "A1", ONE.path)
    (one,) = history([ONE, answer("A1", "20260911", "AE", "101")]).documents
    assert one.code == "101"


def test_a_success_counts_on_the_day_it_was_sent_even_where_confirmed_later() -> None:
    late = answer("A1", "20261104", "Y")
    assert history([ONE, late], **SEPTEMBER).historical.success == 1
    assert history([ONE, late], since=date(2026, 10, 1)).all.sent == 0


def test_as_of_makes_an_earlier_report_again() -> None:
    items = [
        ONE,
        answer("A1", "20260911", "N"),
        sent(A, "A2", "20261003"),
        answer("A2", "20261004", "Y"),
    ]
    assert history(items, **SEPTEMBER).all.sent == 0  # it now counts in October
    before = history(items, as_of=date(2026, 9, 30), **SEPTEMBER)
    assert (before.all.failure, before.as_of) == (1, date(2026, 9, 30))
    assert history(items, since=date(2026, 10, 1)).all.success == 1


def test_the_report_says_up_to_when_messages_were_read() -> None:
    assert history([ONE, answer("A1", "20261104", "Y")]).as_of == date(2026, 11, 4)
    assert history([]).as_of is None


def test_a_resubmission_may_cease_to_be_historical() -> None:
    old = sent(A, "A1", "20260910", created="20210912")
    again = [old, answer("A1", "20260911", "N"), sent(A, "A2", "20260913", created="20210912")]
    assert history([old]).historical.sent == 1
    result = history([*again, answer("A2", "20260914", "Y")])
    assert (result.historical.sent, result.all.success) == (0, 1)


def test_the_same_document_in_two_messages_counts_once_on_the_first_success() -> None:
    items = [
        ONE,
        answer("A1", "20260911", "Y"),
        sent(A, "A2", "20261005"),
        answer("A2", "20261006", "Y"),
    ]
    (one,) = history(items).documents
    assert (one.state, one.sent) == (State.SUCCESS, date(2026, 9, 10))


@pytest.mark.parametrize(("value", "expected"), [("Y", "success"), ("N", "failure")])
def test_an_answer_to_two_documents_in_one_message_is_about_both(value: str, expected: str) -> None:
    pair = [sent(A, "A2", "20260911", message="m"), sent(B, "A2", "20260911", message="m")]
    result = history([*pair, answer("A2", "20260911", value)])
    assert states(result) == {A: expected, B: expected}
    assert result.paired == (2 if value == "Y" else 0)


def test_two_documents_of_one_message_are_historical_each_for_itself() -> None:
    pair = [
        sent(A, "A2", "20260911", message="m"),
        sent(B, "A2", "20260911", message="m", created="20260911"),
    ]
    result = history([*pair, answer("A2", "20260911", "Y")])
    assert (result.historical.success, result.all.success) == (1, 2)


def test_one_number_for_two_documents_leaves_both_undetermined_and_says_so() -> None:
    items = [sent(A, "015", "202606060931"), sent(B, "015", "202606060932")]
    result = history([*items, answer("015", "202606060933", "Y")])
    assert states(result) == {A: "undetermined", B: "undetermined"}
    assert [(one.finding.rule, one.places) for one in result.findings] == [("HIS-02", ("015",))]


def test_an_answer_older_than_the_second_message_is_about_the_first() -> None:
    items = [sent(A, "015", "202606060931"), sent(B, "015", "202606060935")]
    result = history([*items, answer("015", "202606060933", "Y")])
    assert states(result) == {A: "success", B: "unanswered"}


def test_a_retransmission_is_answered_as_one_message() -> None:
    pair = [sent(A, "A2", "20260911", message="m"), sent(B, "A2", "20260911", message="m")]
    again = [sent(A, "A2", "20260912", message="n"), sent(B, "A2", "20260912", message="n")]
    result = history([*pair, *again, answer("A2", "20260913", "N", "X")])
    assert states(result) == {A: "failure", B: "failure"}
    assert {one.sent for one in result.documents} == {date(2026, 9, 12)}


def test_copies_of_a_message_are_one() -> None:
    assert history([ONE, ONE, answer("A1", "20260911", "Y")]).all.success == 1


def test_an_orphan_answer_is_counted_nowhere_and_said() -> None:
    result = history([ONE, answer("A9", "20260911", "Y")])
    assert (result.orphans, result.all.success, result.all.unanswered) == (1, 0, 1)
    assert [one.finding.rule for one in result.findings] == ["HIS-01"]


def test_where_nothing_was_sent_orphans_are_counted_and_not_said_one_by_one() -> None:
    result = history([answer("A9", "20260911", "Y")])
    assert (result.orphans, result.all.sent, result.findings) == (1, 0, ())


def test_a_success_with_an_error_beside_it_is_said() -> None:
    result = history([ONE, answer("A1", "20260911", "Y", "207")])
    assert result.all.success == 1
    assert [one.finding.rule for one in result.findings] == ["HIS-08"]


def test_a_message_that_says_both_y_and_n_does_not_say_whether_the_dmp_is_meant() -> None:
    for values in (("Y", "N"), ("N", "Y")):
        flags = tuple(("DESTDMP", value) for value in values)
        both = replace(ONE, context=replace(ONE.context, flags=flags))
        result = history([both])
        assert result.all.undetermined == 1
        assert [one.finding.rule for one in result.findings] == ["HIS-06"]


def test_what_is_shown_of_a_document_holds_no_patient_s_number() -> None:
    number = "279069900000016"
    refused = sent(f"1.2.3.{number}", number, "20260910101500")
    result = history(
        [refused, answer(number, "20260911", "N"), answer(f"X{number}", "20260911", "Y")]
    )
    assert result.all.failure == 1
    told = json.dumps(
        result.to_dict() | {"documents": [one.to_dict() | {"path": ""} for one in result.documents]}
    )
    assert number not in told
    assert told.count("(INS masqu") == 3


def test_what_was_not_for_the_dmp_does_not_count_even_where_the_dmp_says_yes() -> None:
    result = history([sent(A, "A1", "20260910", dmp="N"), answer("A1", "20260911", "Y")])
    assert (result.all.sent, dict(result.left)) == (0, {Left.NOT_FOR_DMP: 1})
    assert [one.finding.rule for one in result.findings] == ["HIS-03"]


@pytest.mark.parametrize("dmp", [None, "oui"])
def test_a_message_that_does_not_say_if_it_is_for_the_dmp_is_undetermined(dmp: str | None) -> None:
    one = sent(A, "A1", "20260910", dmp=dmp)
    result = history([one])
    assert states(result) == {A: "undetermined"}
    assert [remark.finding.rule for remark in result.findings] == ["HIS-06"]
    assert state(one, answer("A1", "20260911", "N")) == "undetermined"
    assert state(one, answer("A1", "20260911", "Y")) == "success"


def test_a_deletion_is_no_sending_and_takes_nothing_back() -> None:
    deletion = sent(A, "A5", "20260920", action=Action.DELETE)
    confirmed = answer("A5", "20260920", "Y")
    assert state(ONE, answer("A1", "20260911", "Y"), deletion, confirmed) == "success"
    alone = history([deletion, confirmed])
    assert (alone.all.sent, alone.orphans, dict(alone.left)) == (0, 0, {Left.DELETION: 1})


def test_a_document_that_came_from_a_mail_was_not_sent() -> None:
    result = history([sent(A, "A1", "20260910", profile=Profile.LPS, dmp=None)])
    assert (result.all.sent, dict(result.left)) == (0, {Left.RECEIVED: 1})


def test_a_file_of_the_document_adds_nothing_to_its_message_in_any_order() -> None:
    bare = Document("a.xml", header=Header(id=Identifier(A), date=Timestamp("2023")))
    for items in ([bare, ONE], [ONE, bare]):
        assert states(history(items)) == {A: "unanswered"}


def test_a_file_alone_is_sent_on_the_day_given_and_its_fate_is_not_known() -> None:
    bare = Document("a.xml", header=Header(id=Identifier(A), date=Timestamp("20230101")))
    (one,) = history([bare], sent=date(2026, 9, 1)).documents
    assert (one.state, one.sent, one.historical) == (State.UNDETERMINED, date(2026, 9, 1), True)
    result = history([bare], **SEPTEMBER)
    assert (result.historical.undetermined, result.documents[0].sent) == (1, None)
    assert [remark.finding.rule for remark in result.findings] == ["HIS-04"]


def test_a_document_that_could_not_be_read_has_its_state_but_may_be_historical_or_not() -> None:
    unreadable = sent(A, "A1", "20260910")
    unreadable = Document(
        unreadable.file,
        inside="OBX[1]",
        context=unreadable.context,
    )
    result = history([unreadable, answer("A1", "20260911", "Y")])
    assert (result.all.success, result.historical.undetermined) == (1, 1)


def test_moments_with_an_offset_and_without_compare_in_local_time() -> None:
    # 23:30 in London is the day after in Paris.
    one = sent(A, "A1", "20260930233000+0000")
    assert history([one], since=date(2026, 10, 1)).all.sent == 1
    assert state(one, answer("A1", "20261001013100", "Y")) == "success"
    assert state(one, answer("A1", "20261001012900", "Y")) == "unanswered"


def test_a_message_without_a_moment_is_before_any_answer() -> None:
    assert state(sent(A, "A1", ""), answer("A1", "20260910", "Y")) == "success"
    assert state(ONE, answer("A1", "", "Y")) == "success"


DOCUMENTS = st.sampled_from([A, B, "1.2.3.3"])
CONTROLS = st.sampled_from(["A1", "A2", "015"])
MOMENTS = st.sampled_from(["202609100915", "20260910091530", "20260911", "202610020800", "2026"])
SENDINGS = st.builds(
    sent,
    DOCUMENTS,
    CONTROLS,
    MOMENTS,
    dmp=st.sampled_from(["Y", "Y", "Y", "N", None]),
    action=st.sampled_from([Action.NEW, Action.NEW, Action.REPLACE, Action.DELETE]),
    message=st.sampled_from([None, "m", "n"]),
    sender=st.sampled_from([DPI, ("RIS", "CLINIQUE")]),
)
ANSWERS = st.builds(
    answer,
    CONTROLS,
    MOMENTS,
    st.sampled_from(["Y", "N", "AA", "AE", "AR", "", "?"]),
    st.sampled_from([None, "DMPClosed", "101"]),
    to=st.sampled_from([DPI, ("RIS", "CLINIQUE"), ("", "")]),
)
ITEMS = st.lists(st.one_of(SENDINGS, ANSWERS), max_size=14)


@given(items=ITEMS, data=st.data())
def test_the_order_of_messages_never_matters(items: list[Document], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(items))
    assert history(items, **SEPTEMBER).to_dict() == history(shuffled, **SEPTEMBER).to_dict()


@given(items=ITEMS, data=st.data())
def test_copies_of_messages_never_matter(items: list[Document], data: st.DataObject) -> None:
    copies = data.draw(st.lists(st.sampled_from(items), max_size=4)) if items else []
    once, twice = history(items), history([*items, *copies])
    assert once.all == twice.all
    assert once.historical == twice.historical


@given(items=ITEMS)
def test_each_document_is_counted_once_and_every_count_is_of_documents(
    items: list[Document],
) -> None:
    result = history(items)
    ids = [one.id for one in result.documents]
    assert len(ids) == len(set(ids)) == result.all.sent
    assert sum(result.all.success_by_type.values()) == result.all.success
    assert result.historical.sent <= result.all.sent


@given(items=ITEMS)
def test_a_success_has_a_yes_that_may_be_its_own(items: list[Document]) -> None:
    yes = {
        one.context.statement.about
        for one in items
        if one.context and one.context.statement and one.context.statement.value == "Y"  # type: ignore[union-attr]
    }
    numbers: dict[str, set[str]] = {}
    for one in items:
        if one.header and one.header.id and one.context and one.context.envelope:
            numbers.setdefault(str(one.header.id), set()).add(one.context.envelope.control_id)
    for document in history(items).documents:
        if document.state is State.SUCCESS:
            assert numbers[document.id or ""] & yes


def test_answers_to_other_messages_than_documents_are_no_orphans() -> None:
    assert history([answer("ZAM1", "20260911", "AA", kind=AnswerKind.OTHER)]).orphans == 0


def test_a_file_name_of_another_encoding_stops_nothing() -> None:
    name = b"r\xe9sultat.hl7".decode("utf-8", "surrogateescape")
    for header in (ONE.header, None):
        one = Document(name, inside="OBX[1]", header=header, context=ONE.context)
        (found,) = history([one]).documents
        assert found.path == f"{name}!OBX[1]"
