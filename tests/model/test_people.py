"""The patient as author or signer is recognised however the name is written, and no one else."""

import pytest
from headers import ALICE

from cda_tools.model.header import (
    AuthorKind,
    Code,
    Identifier,
    Organization,
    Patient,
    PersonName,
)
from cda_tools.model.people import is_patient, person_kind

FLORIANE = Patient(
    ids=(Identifier("1.2.250.1.999.41", "P7"),),
    name=PersonName(given=("Floriane", "Floriane Anne-Lise"), family=("QUENOUILLÉ", "LE TELLIER")),
)


def parts(given: str = "", family: str = "") -> PersonName:
    return PersonName((given,) if given else (), (family,) if family else ())


@pytest.mark.parametrize(
    "name",
    [
        PersonName(text="Floriane QUENOUILLÉ"),
        PersonName(text="QUENOUILLE Floriane"),
        PersonName(text="Mme Floriane QUENOUILLE, née LE TELLIER"),
        PersonName(text="letellier floriane"),
        parts("Floriane", "QUENOUILLE"),
        parts("floriane", "quenouille\u0301"),
        parts("QUENOUILLÉ", "Floriane"),
        parts("F.", "Quenouillé"),
        parts("Anne Lise", "QUENOUILLE"),
        parts("AnneLise", "QUENOUILLE"),
        parts("", "QUENOUILLE"),
        parts("", "Le Tellier"),
        parts("", "Floriane QUENOUILLE"),
        parts("Floriane", ""),
        parts("FA", "QUENOUILLE"),
        parts("F.A.L.", "QUENOUILLE"),
        parts("Flo.", "QUENOUILLE"),
        PersonName(text="Patiente QUENOUILLÉ"),
        # The reading of <name><prefix>MME</prefix>LE TELLIER</name>.
        PersonName(prefix=("MME",), suffix=("LE TELLIER",)),
    ],
)
def test_the_patient_s_name_in_any_form_is_the_patient(name):
    assert is_patient(FLORIANE, (), name)
    assert person_kind((), name, None, None, FLORIANE) is AuthorKind.PATIENT


@pytest.mark.parametrize(
    "name",
    [
        parts("Marie", "QUENOUILLE"),
        parts("M.", "QUENOUILLE-DUPONT"),
        parts("X", "QUENOUILLE"),
        parts("AF", "QUENOUILLE"),
        parts("Flo", "QUENOUILLE"),
        parts("Mar.", "QUENOUILLE"),
        PersonName(prefix=("Dr",), suffix=("CAMPARINI",)),
        parts("Floriane", "AUTRE"),
        PersonName(text="Docteur Marcel CAMPARINI"),
        PersonName(text="F. L."),
        PersonName(text="Dr"),
        PersonName(text="le"),
        PersonName(text="…"),
        PersonName(),
        None,
    ],
)
def test_another_name_or_too_little_of_one_is_not(name):
    assert not is_patient(FLORIANE, (), name)


def test_a_patient_whose_own_name_is_not_in_parts_is_recognised_too():
    patient = Patient(name=PersonName(text="QUENOUILLE Floriane"))
    assert is_patient(patient, (), parts("Floriane", "QUENOUILLE"), strict=True)
    assert is_patient(patient, (), parts("F", "QUENOUILLE"))
    assert not is_patient(patient, (), parts("Marie", "QUENOUILLE"))
    assert not is_patient(patient, (), parts("", "QUENOUILLE"), strict=True)


@pytest.mark.parametrize(
    "own",
    [
        PersonName((), ("FICTIF-AUBEPINE",), ("HERMINE",)),
        PersonName(("HERMINE",), (), (), ("FICTIF-AUBEPINE",)),
        PersonName(("HERMINE",), (), ("MME",), ("FICTIF-AUBEPINE",)),
    ],
)
@pytest.mark.parametrize(
    "name",
    [
        PersonName(("HERMINE",), ("FICTIF-AUBEPINE",)),
        PersonName(text="Fictif-Aubépine Hermine"),
    ],
)
def test_a_patient_half_of_whose_name_has_no_tag_is_recognised_too(own, name):
    assert is_patient(Patient(name=own), (), name, strict=True)


def test_a_patient_known_by_the_family_name_alone_is_no_professional_of_that_name():
    own = Patient(name=PersonName((), ("MARTIN",)))
    assert not is_patient(own, (), PersonName(("Léa",), ("MARTIN",)), strict=True)


def test_a_given_name_that_is_the_family_name_counts_once():
    patient = Patient(name=parts("Martin", "MARTIN"))
    assert not is_patient(patient, (), parts("", "MARTIN"), strict=True)
    assert is_patient(patient, (), PersonName(text="Martin Martin"), strict=True)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (PersonName(text="QUENOUILLE Floriane"), AuthorKind.PATIENT),
        (PersonName(text="Floriane Le Tellier"), AuthorKind.PATIENT),
        (parts("", "QUENOUILLE"), AuthorKind.PROFESSIONAL),
        (parts("F.", "QUENOUILLE"), AuthorKind.PROFESSIONAL),
    ],
)
def test_whoever_has_a_profession_is_the_patient_by_the_whole_name_only(name, expected):
    assert person_kind((), name, Code("G15_10"), None, FLORIANE) is expected


def test_a_professional_s_id_outweighs_the_name_and_a_structure_does_not():
    doctor = (Identifier("1.2.250.1.71.4.2.1", "899700000017"),)
    same, structure = parts("Floriane", "QUENOUILLE"), Organization(name="Clinique")
    assert person_kind(doctor, same, None, None, FLORIANE) is AuthorKind.PROFESSIONAL
    assert person_kind((), parts("F", "Quenouille"), None, structure, FLORIANE) == "patient"
    assert person_kind((), parts("", "AUTRE"), None, structure, FLORIANE) == "professional"


@pytest.mark.parametrize("written", ["P7", " p 7"])
def test_the_patient_is_known_by_id(written):
    assert is_patient(FLORIANE, (Identifier("1.2.250.1.999.41", written),), None)
    assert is_patient(None, ALICE.ids, None)
    assert not is_patient(FLORIANE, (Identifier("1.2.250.1.999.42", written),), None)


def test_a_name_as_long_as_a_book_is_read_to_a_bound():
    long = PersonName(text="QUENOUILLE " * 100_000)
    assert not is_patient(FLORIANE, (), long, strict=True)
