"""What may be said of a local document, and what may not, for every kind of answer."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from threading import Thread

import pytest
from documents import header as header_of
from make_document import BIOLOGY, LETTER, STRUCTURE, Doc, document
from make_message import Mdm, mdm
from make_metadata import answer, entry, replacement

from cda_tools.carriers import open_bytes
from cda_tools.carriers.xds import read_answer
from cda_tools.dmp import Choice, Compared, Memory, Remembered, State, Visit, compare, pair
from cda_tools.document import read_carried_header
from cda_tools.model.carriage import Action, Context, Place
from cda_tools.model.document import Document
from cda_tools.model.header import Identifier
from cda_tools.model.registry import RegistryAnswer
from cda_tools.rules import texts

V1 = Doc(id="1.2.250.1.999.7.101", set_id="1.2.250.1.999.7.100")
V2 = replace(V1, id="1.2.250.1.999.7.102", version=2, replaces=V1.id, date="20250516090000+0200")
V3 = replace(V2, id="1.2.250.1.999.7.103", version=3, replaces=V2.id, date="20250517090000+0200")
OTHER = Doc(id="1.2.250.1.998.1", type=BIOLOGY, author="899700000330", structure="1990000052")
LETTER_1 = Doc(id="1.2.250.1.999.7.301", type=LETTER, title="Lettre")


def received(data: bytes, path: str = "a.xml") -> Document:
    (carried,) = open_bytes(data, path)
    found = read_carried_header(carried)
    assert found.header is not None
    return found


def local(doc: Doc) -> Document:
    return received(document(doc), f"{doc.id}.xml")


def listed(*docs: Doc, **told: str) -> RegistryAnswer:
    """Return a list; ``told``: the status of the answer."""
    return read_answer(answer(*(entry(doc, uuid=f"urn:uuid:{doc.id}") for doc in docs), **told))


def one(result: tuple[Compared, ...]) -> Compared:
    (compared,) = result
    return compared


def rule_ids(compared: Compared) -> list[str]:
    return [finding.rule for finding in compared.findings]


def cases() -> Iterator[tuple[str, Compared]]:
    """Yield each rule with a comparison that reports it."""
    whole = listed(OTHER)
    yield "DMP-01", one(compare([local(V1)], listed(V2), known=[local(V2)]).documents)
    yield "DMP-02", one(compare([local(V1)], whole, previous=listed(V1)).documents)
    yield "DMP-03", one(compare([_message("N")], whole).documents)
    yield "DMP-04", one(compare([local(V1)], whole).documents)
    yield "DMP-05", one(compare([local(V1)], listed()).documents)
    other = local(replace(V1, patient="199069900000099"))
    yield "DMP-06", one(compare([other], whole).documents)
    yield "DMP-07", one(compare([local(V1)], listed(V2)).documents)
    yield "DMP-08", one(compare([Document("a.xml", header=header_of(id=""))], whole).documents)
    deletion = received(mdm(Mdm(document(V1), "T04", txa12=V1.id)))
    yield "DMP-09", one(compare([local(V1), deletion], listed(V1)).documents)
    replaced = read_answer(answer(entry(V1, uuid="urn:uuid:1", status="Deprecated")))
    yield "DMP-10", one(compare([local(V1)], replaced).documents)
    yield "DMP-11", compare([local(V1), local(V2)], listed(V2)).documents[0]
    masked = Memory(None, (Remembered(V1.id, "u", "l", "1", "Approved", ("N", "MASQUE_PS")),))
    yield "DMP-12", one(compare([local(V1)], listed(V1), memory=masked).documents)
    later = datetime(2031, 5, 14, tzinfo=UTC)
    yield "DMP-13", one(compare([local(V1)], whole, now=later).documents)
    yield "DMP-14", one(compare([local(V1)], pair([listed(OTHER)])).documents)
    yield "DMP-15", one(compare([local(V1)], pair([replaced])).documents)


def _message(dmp: str) -> Document:
    return received(mdm(Mdm(document(V1), txa12=V1.id, dmp=dmp)))


def test_every_rule_has_a_case_that_reports_it() -> None:
    found = [rule for rule, compared in cases() if rule in rule_ids(compared)]
    # Those of answers and of a visit: test_exchanges.py and test_visits.py.
    elsewhere = [f"DMP-{number}" for number in (16, 17, 18, 19, 20, 21)]
    assert found + elsewhere == list(texts.entries("dmp"))


def test_a_listed_document_is_up_to_date() -> None:
    compared = one(compare([local(V1)], listed(V1, OTHER)).documents)
    assert compared.state is State.UP_TO_DATE
    assert compared.listed is not None
    assert compared.listed.context is not None
    assert compared.listed.context.place is Place.DMP
    assert compared.findings == ()
    assert compared.choices == ()


def test_ids_match_in_all_their_forms() -> None:
    mine = local(Doc(id="1.2.250.1.999", extension="A7"))
    for form in (
        Doc(id="1.2.250.1.999", extension="A7"),
        Doc(id="1.2.250.1.999.A7"),
        Doc(id="urn:oid:1.2.250.1.999.a7"),
    ):
        assert one(compare([mine], listed(form)).documents).state is State.UP_TO_DATE


def test_a_newer_version_is_told_by_its_header_once_retrieved() -> None:
    compared = one(compare([local(V1)], listed(V2, OTHER), known=[local(V2)]).documents)
    assert compared.state is State.NEWER_LISTED
    assert compared.newer is not None
    assert compared.newer.header.id == Identifier(V2.id)
    assert not compared.newer_at_hand
    assert compared.choices == ()


def test_a_newer_version_is_told_by_an_association_where_a_registry_gives_it() -> None:
    old, new = (entry(doc, uuid=f"urn:uuid:{doc.id}") for doc in (V1, V2))
    told = answer(
        old.replace("Approved", "Deprecated"),
        new,
        replacement(f"urn:uuid:{V2.id}", f"urn:uuid:{V1.id}"),
    )
    compared = one(compare([local(V1)], read_answer(told)).documents)
    assert compared.state is State.NEWER_LISTED
    assert compared.newer is not None
    assert compared.newer.header.id == Identifier(V2.id)


def test_the_last_version_of_a_chain_is_the_one_told() -> None:
    # Version 2 is in neither the list nor the record, but in what was retrieved.
    compared = one(compare([local(V1)], listed(V3), known=[local(V2), local(V3)]).documents)
    assert compared.newer is not None
    assert compared.newer.header.id == Identifier(V3.id)
    # Without it, setId and versionNumber still tell.
    compared = one(compare([local(V1)], listed(V3), known=[local(V3)]).documents)
    assert compared.newer is not None


def test_a_newer_version_that_is_local_and_not_listed_says_nothing() -> None:
    first, second = compare([local(V1), local(V2)], listed(V1)).documents
    assert first.state is State.UP_TO_DATE
    assert second.state is State.NOT_LISTED


def test_a_newer_version_is_never_another_patient_s() -> None:
    other = replace(V2, patient="199069900000099")
    known = Document("b.xml", header=local(other).header)
    answered = listed(V2)
    compared = one(compare([local(V1)], answered, known=[known]).documents)
    assert compared.state is State.NOT_LISTED


def test_a_replacement_message_tells_its_predecessor_too() -> None:
    bare = replace(V2, replaces=None, set_id="1.2.250.1.999.7.555")
    message = received(mdm(Mdm(document(bare), "T10", txa12=V2.id, txa13=V1.id)))
    compared = compare([local(V1), message], listed(V2)).documents[0]
    assert compared.state is State.NEWER_LISTED
    assert compared.newer_at_hand


def test_a_document_that_the_list_marks_as_replaced() -> None:
    told = read_answer(answer(entry(V1, uuid="urn:uuid:1", status="Deprecated")))
    result = compare([local(V1)], told)
    compared = one(result.documents)
    assert compared.state is State.NEWER_LISTED
    assert compared.newer is None
    assert compared.listed is not None
    assert result.others == ()


def test_an_archived_document_is_still_there() -> None:
    told = read_answer(answer(entry(V1, uuid="urn:uuid:1", status="Archived")))
    assert one(compare([local(V1)], told).documents).state is State.UP_TO_DATE


@pytest.mark.parametrize("evidence", ["previous", "place", "message"])
def test_a_document_that_was_there_no_longer_appears(evidence: str) -> None:
    mine, previous = local(V1), None
    if evidence == "previous":
        previous = listed(V1)
    elif evidence == "place":
        mine = replace(mine, context=Context(place=Place.DMP))
    else:
        mine = _message("Y")
    compared = one(compare([mine], listed(OTHER), previous=previous).documents)
    assert compared.state is State.NO_LONGER_LISTED
    assert compared.choices == (Choice.KEEP, Choice.REMOVE)


def test_it_is_never_said_that_a_document_was_deleted() -> None:
    for state in (State.NO_LONGER_LISTED, State.NOT_LISTED):
        (compared,) = [one for _, one in cases() if one.state is state][:1]
        message = compared.findings[0].message
        assert "n'apparaît p" in message
        assert "a été supprimé" not in message.replace("a peut-être été supprimé", "")
        assert "masqué" in message
        assert "accessible" in message


def test_a_document_without_a_trace_of_sending_is_only_absent() -> None:
    compared = one(compare([local(V1)], listed(OTHER)).documents)
    assert compared.state is State.NOT_LISTED
    assert compared.choices == (Choice.KEEP, Choice.REMOVE)


def test_a_document_not_meant_for_the_dmp_never_was_there() -> None:
    compared = one(compare([_message("N")], listed(OTHER)).documents)
    assert compared.state is State.NEVER_LISTED
    assert compared.choices == ()


def test_documents_that_might_be_a_newer_version_are_candidates_and_no_more() -> None:
    mine = local(V1)
    unknown = replace(V2, replaces=None, set_id=None)
    compared = one(compare([mine], listed(unknown, OTHER)).documents)
    assert compared.state is State.NOT_LISTED
    assert [str(each.header.id) for each in compared.candidates] == [V2.id]
    for changed in (
        replace(unknown, type=BIOLOGY),
        replace(unknown, author=OTHER.author, structure=OTHER.structure),
        replace(unknown, date="20250513090000+0200"),
        replace(unknown, date=V1.date),
    ):
        assert one(compare([mine], listed(changed)).documents).candidates == ()
    # Once retrieved, it tells by itself that it replaces nothing.
    retrieved = local(unknown)
    assert one(compare([mine], listed(unknown), known=[retrieved]).documents).candidates == ()


@pytest.mark.parametrize(
    "told",
    [
        listed(),
        listed(OTHER, status="PartialSuccess"),
        listed(OTHER, status="Failure"),
        read_answer(answer(entry(OTHER, uuid="urn:uuid:1"), total=7)),
        read_answer(answer('<rim:ObjectRef id="urn:uuid:1"/>')),
        read_answer(b"<html/>"),
        read_answer(b""),
        RegistryAnswer("-"),
    ],
)
def test_absence_from_an_answer_that_is_not_whole_means_nothing(told: RegistryAnswer) -> None:
    result = compare([local(V1), local(LETTER_1)], told, previous=listed(V1, LETTER_1))
    assert not result.complete
    assert {compared.state for compared in result.documents} == {State.UNKNOWN}
    assert all(compared.choices == () for compared in result.documents)


def test_presence_in_an_answer_that_is_not_whole_counts() -> None:
    told = listed(V1, status="PartialSuccess")
    assert one(compare([local(V1)], told).documents).state is State.UP_TO_DATE


def test_the_list_of_another_patient_is_not_compared() -> None:
    other = local(replace(V1, patient="199069900000099"))
    compared = one(compare([other], listed(V1), previous=listed(V1)).documents)
    assert compared.state is State.UNKNOWN
    assert "199069900000099" not in compared.findings[0].message


def test_another_ins_is_another_patient_though_the_local_id_is_the_same() -> None:
    """Nothing is compared: not even a document of the same id, and nothing is offered."""
    number = Identifier("1.2.250.1.999.9", "IPP123")

    def both(one: Document) -> Document:
        patient = one.header.patient
        assert patient is not None
        header = replace(one.header, patient=replace(patient, ids=(*patient.ids, number)))
        return replace(one, header=header)

    here = both(local(replace(V1, patient="199069900000099")))
    answered = listed(V1, OTHER)
    told = replace(answered, documents=tuple(both(one) for one in answered.documents))
    result = compare([here], told, previous=told)
    assert [rule_ids(compared) for compared in result.documents] == [["DMP-06"]]
    assert result.documents[0].choices == ()
    assert result.others == ()


def test_a_withdrawn_document() -> None:
    deletion = received(mdm(Mdm(document(V1), "T04", txa12=V1.id)))
    assert deletion.context is not None
    assert deletion.context.action is Action.DELETE
    for docs in ([local(V1), deletion], [deletion]):
        compared = one(compare(docs, listed(OTHER)).documents)
        assert compared.state is State.WITHDRAWN
        assert compared.findings == ()
        compared = one(compare(docs, listed(V1)).documents)
        assert compared.listed is not None
        assert rule_ids(compared) == ["DMP-09"]


def test_new_documents_of_others_are_counted() -> None:
    mine, told = [local(V1)], listed(V1, LETTER_1, OTHER)
    result = compare(mine, told)
    assert {str(each.header.id) for each in result.others} == {LETTER_1.id, OTHER.id}
    assert result.by_others is None
    result = compare(mine, told, own_structures=[STRUCTURE])
    assert {str(each.header.id) for each in result.others} == {LETTER_1.id, OTHER.id}
    assert result.by_others == 1
    # One that is here already is still by another.
    result = compare([*mine, local(OTHER)], told, own_structures=[STRUCTURE])
    assert [str(each.header.id) for each in result.others] == [LETTER_1.id]
    assert result.by_others == 1


def test_a_visit_asks_once_and_again_on_demand() -> None:
    answers = [listed(V1), listed(V2), listed(status="Failure"), listed(V3)]
    calls: list[RegistryAnswer] = []

    def query() -> RegistryAnswer:
        calls.append(answers[len(calls)])
        return calls[-1]

    visit = Visit(query)
    assert visit.asked is None
    assert visit.answer() is visit.answer() is answers[0]
    first = visit.asked
    assert len(calls) == 1
    assert visit.previous is None
    assert visit.refresh() is visit.answer() is answers[1]
    assert visit.previous is answers[0]
    assert first is not None
    assert visit.asked is not None
    assert visit.asked >= first
    # A failed answer is not what the next one is compared with.
    visit.refresh()
    assert visit.refresh() is answers[3]
    assert visit.previous is answers[1]


def test_a_visit_that_could_not_ask_does_not_ask_again_by_itself() -> None:
    calls = []

    def query() -> RegistryAnswer:
        calls.append(None)
        if len(calls) == 1:
            raise OSError("down")
        return listed(V1)

    visit = Visit(query)
    for _ in range(2):
        with pytest.raises(OSError, match="down"):
            visit.answer()
    assert len(calls) == 1
    assert visit.refresh().complete


def test_a_visit_asks_once_for_several_threads() -> None:
    calls = []

    def query() -> RegistryAnswer:
        calls.append(None)
        return listed(V1)

    visit = Visit(query)
    threads = [Thread(target=visit.answer) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(calls) == 1


def test_a_visit_may_hold_what_was_made_of_all_answers() -> None:
    visit = Visit(lambda: compare([local(V1)], listed(V1)))
    assert visit.answer().documents[0].state is State.UP_TO_DATE
    first = visit.answer()
    visit.refresh()
    assert visit.previous is first
