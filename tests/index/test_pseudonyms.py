"""What an index keeps of people: professionals as they are, patients without identity."""

from dataclasses import replace

import pytest
from documents import header
from headers import ALICE

from cda_tools.index.pseudonyms import Pseudonymiser
from cda_tools.model.header import Authenticator, Author, AuthorKind, Header, Identifier, PersonName

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
