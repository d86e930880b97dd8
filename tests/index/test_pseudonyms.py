"""What an index keeps of people: professionals as they are, patients without identity."""

from dataclasses import replace

import pytest
from documents import header
from headers import ALICE

from cda_tools.index.pseudonyms import Pseudonymiser
from cda_tools.model.header import (
    Authenticator,
    Author,
    AuthorKind,
    Header,
    Identifier,
    Patient,
    PersonName,
)
from cda_tools.model.patients import Acquaintance, acquaintance, patient_key

HIDE = Pseudonymiser(b"k" * 32)
NAME = PersonName(given=("Floriane",), family=("QUENOUILLE",))
PATIENT = replace(ALICE, name=NAME)
DOCTOR = (Identifier("1.2.250.1.71.4.2.1", "899700000017"),)


@pytest.mark.parametrize(
    ("kind", "ids", "name", "kept"),
    [
        (AuthorKind.PATIENT, (), NAME, False),
        (AuthorKind.UNKNOWN, ALICE.ids, None, False),
        (AuthorKind.UNKNOWN, (), NAME, False),
        (AuthorKind.UNKNOWN, (), PersonName(text="QUENOUILLE Floriane"), False),
        (AuthorKind.UNKNOWN, (), PersonName(given=("F",), family=("QUENOUILLE",)), False),
        (AuthorKind.UNKNOWN, (), PersonName(family=("AUTRE",)), True),
        (AuthorKind.PROFESSIONAL, DOCTOR, NAME, True),
    ],
)
def test_authors_and_signers(kind, ids, name, kept):
    one = Header(
        patient=PATIENT,
        authors=(Author(kind, ids, name=name),),
        legal_authenticator=Authenticator(kind, ids, name=name),
    )
    hidden = HIDE.header(one)
    people = [*hidden.authors, hidden.legal_authenticator]
    assert [(each.ids, each.name) == (ids, name) for each in people] == [kept, kept]
    assert all((each.ids, each.name) == ((), None) for each in people) is not kept


@pytest.mark.parametrize(
    "misplaced",
    [
        Identifier("255069900000034", "1"),
        Identifier("1.2.250.1.213.1.4.10.255069900000034", "x"),
        Identifier("1.2.250.1.213.1.4.10.255069900000034"),
        Identifier("urn:oid:1.2.250.1.213.1.4.10", "2 55 06 99 000 000 34"),
    ],
)
def test_an_ins_is_hashed_wherever_a_vendor_puts_it(misplaced):
    hidden = HIDE.header(Header(patient=replace(PATIENT, ids=(misplaced,))))
    said = "".join(f"{one.root} {one.extension}" for one in hidden.patient.ids)
    assert "2550699" not in said
    assert "25506" not in said


def test_hidden_identifiers_compare_as_the_identifiers_do():
    local, same = Identifier("1.2.250.1.999.9", "A 7"), Identifier("urn:oid:1.2.250.1.999.9", "a7")
    other = Identifier("1.2.250.1.999.9", "B")
    keys = [
        patient_key(HIDE.header(Header(patient=Patient(ids=(one,)))).patient)
        for one in (local, same, other)
    ]
    assert acquaintance(keys[0], keys[1]) is Acquaintance.SAME
    assert acquaintance(keys[0], keys[2]) is Acquaintance.OTHER


def test_what_a_document_is_stays_and_where_the_patient_stayed_goes():
    one = header()
    hidden = HIDE.header(one)
    assert (hidden.id, hidden.title, hidden.type) == (one.id, one.title, one.type)
    assert hidden.encounter.facility == one.encounter.facility
    assert all(event.ids == () for event in hidden.service_events)
    assert hidden.encounter.ids == ()
    assert HIDE.header(Header()) == Header()


def test_another_key_gives_other_pseudonyms():
    one = Header(patient=ALICE)
    assert HIDE.header(one).patient != Pseudonymiser(b"x" * 32).header(one).patient
    assert HIDE.header(one) == Pseudonymiser(b"k" * 32).header(one)
