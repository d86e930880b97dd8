"""Who is who, from identifiers alone; and what unknown patients allow."""

import pytest
from headers import ALICE, BOB, INS, LOCAL, NOBODY, doc, local, oid

from cda_tools.chains import build
from cda_tools.model.header import Identifier, Patient
from cda_tools.model.patients import (
    Acquaintance,
    acquaintance,
    consistent,
    other_people,
    patient_key,
)

NUMBER = "2550699000001"
SAME, OTHER = Acquaintance.SAME, Acquaintance.OTHER


def ins_as(root_arc: int, number: str) -> Patient:
    return Patient(ids=(Identifier(f"1.2.250.1.213.1.4.{root_arc}", number),))


def both(*patients: Patient) -> Patient:
    return Patient(ids=tuple(one for patient in patients for one in patient.ids))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (ALICE, ALICE, Acquaintance.SAME),
        (ALICE, BOB, Acquaintance.OTHER),
        (ALICE, NOBODY, Acquaintance.UNKNOWN),
        (NOBODY, NOBODY, Acquaintance.UNKNOWN),
        (ins_as(8, NUMBER), ins_as(9, NUMBER), Acquaintance.SAME),
        (ins_as(10, NUMBER), ins_as(10, f"{NUMBER}34"), Acquaintance.SAME),
        (ins_as(8, "2 55 06 2A 900 001"), ins_as(8, "255062a900001"), Acquaintance.SAME),
        (ins_as(8, "2\u00a055\u202f06\u20092A\t900 001 34"), ins_as(11, "255062a900001"), SAME),
        (ins_as(8, "2-55-06-2A-900-001"), ins_as(8, "255062A900001"), SAME),
        (ins_as(8, "255062A900001"), ins_as(8, "255062B900001"), OTHER),
        (Patient(ids=(Identifier(f"urn:oid:{INS}", NUMBER),)), ins_as(8, NUMBER), SAME),
        (Patient(ids=(Identifier(f"urn:oid:{LOCAL}", "p 1"),)), local(1), SAME),
        (ins_as(8, " "), ALICE, Acquaintance.UNKNOWN),
        (both(ALICE, local(1)), both(ALICE, local(2)), Acquaintance.SAME),
        (both(ALICE, local(1)), both(BOB, local(1)), Acquaintance.OTHER),
        (both(ALICE, local(1)), local(1), Acquaintance.SAME),
        (both(ALICE, local(1)), local(2), Acquaintance.OTHER),
        (local(1), local(1, "1.2.250.1.999.42"), Acquaintance.UNKNOWN),
        (ALICE, local(1), Acquaintance.UNKNOWN),
        (Patient(ids=(Identifier(INS),)), ALICE, Acquaintance.UNKNOWN),
        (
            Patient(ids=(Identifier("1.2.3"),)),
            Patient(ids=(Identifier("1.2.3"),)),
            Acquaintance.SAME,
        ),
        (
            Patient(ids=(Identifier("1.2.3"),)),
            Patient(ids=(Identifier("1.2.4"),)),
            Acquaintance.UNKNOWN,
        ),
    ],
)
def test_acquaintance(one, other, expected):
    assert acquaintance(patient_key(one), patient_key(other)) is expected
    assert acquaintance(patient_key(other), patient_key(one)) is expected


def test_a_document_that_bears_both_makes_two_identifiers_one_person():
    bridge = patient_key(both(local(1), local(2)))
    assert not consistent([patient_key(local(1)), patient_key(local(2))])
    assert consistent([patient_key(local(1)), bridge, patient_key(local(2))])


def test_two_are_other_people_only_where_that_is_known():
    assert other_people(both(ALICE, local(1)), both(BOB, local(1)))
    assert other_people(local(1), local(2))
    assert not other_people(both(local(1), local(3)), both(local(2), local(3)))
    assert not other_people(local(1), local(2, "1.2.250.1.999.42"))
    assert not other_people(ALICE, None)
    assert not other_people(None, None)


def chains_of(*documents):
    return sorted(
        sorted(one.path.removesuffix(".xml") for one in chain.documents)
        for chain in build(documents).chains
    )


def test_an_unknown_patient_between_two_known_ones_joins_neither():
    a, b = doc("a"), doc("b", replaces="a", patient=NOBODY)
    c = doc("c", replaces="b", patient=BOB)
    assert chains_of(a, b) == [["a", "b"]]
    assert chains_of(a, b, c) == [["a"], ["b"], ["c"]]


def test_a_shared_local_identifier_does_not_bring_two_ins_together():
    a = doc("a", patient=both(ALICE, local(1)))
    b = doc("b", replaces="a", patient=local(1))
    c = doc("c", replaces="b", patient=both(BOB, local(1)))
    assert chains_of(a, b, c) == [["a"], ["b"], ["c"]]


def test_one_ins_holds_documents_together_beside_another_patient_s():
    a = doc("a", patient=both(ALICE, local(1)))
    b = doc("b", replaces="a", patient=both(ALICE, local(2)))
    c = doc("c", replaces="b", patient=BOB)
    assert chains_of(a, b, c) == [["a", "b"], ["c"]]


def test_a_parent_that_is_a_set_id_of_another_patient_is_just_unknown():
    a = doc("a", set_id="s")
    b = doc("b", replaces="s", patient=BOB)
    found = build([a, b]).all_findings
    assert [one.finding.rule for one in found] == ["CHN-01"]
    assert str(oid("s")) in found[0].finding.message


def test_an_id_that_is_another_document_s_set_id_joins_nothing():
    a, b = doc("a", set_id="b"), doc("b", patient=ALICE)
    assert chains_of(a, b) == [["a"], ["b"]]


def test_two_exact_ids_of_unknown_patients_beside_known_ones_are_told():
    one, two = doc("a", path="1.xml", patient=NOBODY), doc("a", path="2.xml", patient=NOBODY)
    found = build([one, two, doc("a", path="3.xml"), doc("a", path="4.xml", patient=BOB)])
    assert "CHN-23" in {each.finding.rule for each in found.findings}
    assert len(found.chains) == 4


def test_chains_of_one_set_id_and_two_patients_have_keys_of_their_own():
    chains = build([doc("a", set_id="s"), doc("b", set_id="s", patient=BOB)])
    assert [chain.key for chain in chains.chains] == [str(oid("s")), f"{oid('s')}#2"]
