import pytest

from cda_tools.model import naming
from cda_tools.model.header import Author, AuthorKind, Code, Device, Organization, PersonName

BRUMAIRE = {"given": ("Léonie",), "family": ("BRUMAIRE",)}


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ({"suffix": ("DR",), "prefix": ("MME",)}, "Dr Léonie BRUMAIRE"),
        ({"suffix": ("PR",)}, "Pr Léonie BRUMAIRE"),
        ({"suffix": ("MG",)}, "Médecin général Léonie BRUMAIRE"),
        ({"prefix": ("MME",)}, "Mme Léonie BRUMAIRE"),
        ({"prefix": ("M",)}, "M. Léonie BRUMAIRE"),
        ({"prefix": ("M.",)}, "M. Léonie BRUMAIRE"),
        ({"prefix": ("Dr.",)}, "Dr Léonie BRUMAIRE"),
        ({"prefix": ("DR",)}, "Dr Léonie BRUMAIRE"),
        ({"prefix": ("M", "DR")}, "Dr Léonie BRUMAIRE"),
        ({"prefix": ("Docteur",)}, "Dr Léonie BRUMAIRE"),
        ({"prefix": ("Prof.",)}, "Pr Léonie BRUMAIRE"),
        ({"suffix": ("médecin chef",)}, "Médecin chef Léonie BRUMAIRE"),
        ({"suffix": ("DR", "PR")}, "Pr Léonie BRUMAIRE"),
        ({"prefix": ("Madame le Docteur",)}, "Dr Léonie BRUMAIRE"),
        ({"prefix": ("Madame",)}, "Mme Léonie BRUMAIRE"),
        ({"prefix": ("M",), "suffix": ("Jr",)}, "M. Léonie BRUMAIRE Jr"),
        ({"prefix": ("M",), "suffix": ("DR", "PhD")}, "Dr Léonie BRUMAIRE PhD"),
        ({"prefix": ("MME", "."), "suffix": ("-",)}, "Mme Léonie BRUMAIRE"),
        ({"prefix": ("Dr. med.",), "suffix": ("DR",)}, "Dr. med. Léonie BRUMAIRE"),
        ({"prefix": ("M", "Dr. med.")}, "Dr. med. Léonie BRUMAIRE"),
        ({"prefix": ("Me",), "suffix": ("DR",)}, "Dr Me Léonie BRUMAIRE"),
        ({"prefix": ("Drôle",)}, "Drôle Léonie BRUMAIRE"),
        ({}, "Léonie BRUMAIRE"),
    ],
)
def test_a_person_has_title_else_civility_then_given_family_and_other_suffixes(parts, shown):
    assert naming.person(PersonName(**BRUMAIRE, **parts)) == shown


def test_several_given_and_family_names_are_kept_in_their_order():
    name = PersonName(("Jeanne", "Anne"), ("DE LA", "TOUR"))
    assert naming.person(name) == "Jeanne Anne DE LA TOUR"


def test_a_part_that_is_only_punctuation_is_no_part():
    assert naming.person(PersonName((".",), ("Assurance Maladie",))) == "Assurance Maladie"
    assert naming.person(PersonName((".",), ("-",))) is None
    assert naming.person(PersonName(text="...")) is None


def test_a_person_with_a_name_is_shown_before_devices_and_structures():
    device = Author(AuthorKind.DEVICE, device=Device("Laborantin"))
    structure = Author(AuthorKind.UNKNOWN, organization=Organization(name="Les Tilleuls"))
    nameless = Author(AuthorKind.PROFESSIONAL, name=PersonName((".",)))
    doctor = Author(AuthorKind.PROFESSIONAL, name=PersonName(**BRUMAIRE))
    assert naming.first([device, structure, nameless, doctor]) is doctor
    assert naming.first([device, structure]) is device
    assert naming.first([]) is None


def test_a_title_alone_is_no_name():
    assert naming.person(PersonName(suffix=("DR",))) is None
    assert naming.person(None) is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Cabinet Brumaire", "Cabinet Brumaire"),
        ("Docteur Léonie BRUMAIRE", "Dr Léonie BRUMAIRE"),
        ("PR. Léonie BRUMAIRE", "Pr Léonie BRUMAIRE"),
        ("MC BRUMAIRE", "MC BRUMAIRE"),
        ("Docteur", "Docteur"),
    ],
)
def test_a_name_in_free_text_has_its_title_as_others_have(text, shown):
    assert naming.person(PersonName(text=text)) == shown


@pytest.mark.parametrize(
    ("device", "shown"),
    [
        (Device("Laborantin", "."), "Laborantin"),
        (Device(None, "AX-200"), "AX-200"),
        (Device(None, "."), None),
        (Device(".", "AX-200"), "AX-200"),
        (Device(), None),
        (None, None),
    ],
)
def test_a_device_is_named_by_its_software_then_by_a_model_that_says_something(device, shown):
    assert naming.device(device) == shown


def test_the_patient_as_author_is_named_only_on_request():
    author = Author(AuthorKind.PATIENT, name=PersonName(("FLORIANE",), ("QUENOUILLE",)))
    assert naming.author(author) is None
    assert naming.author(author, patient=True) == "FLORIANE QUENOUILLE"


def test_the_profession_is_the_documents_label_then_the_value_sets():
    system = "1.2.250.1.213.1.1.4.5"
    own = Author(AuthorKind.PROFESSIONAL, profession=Code("G15_60", system, "Infirmière"))
    coded = Author(AuthorKind.PROFESSIONAL, profession=Code("G15_60", system))
    unknown = Author(AuthorKind.PROFESSIONAL, profession=Code("X", system))
    assert naming.profession(own) == "Infirmière"
    assert naming.profession(coded) == "Infirmier"
    assert naming.profession(unknown) is None
    assert naming.profession(Author(AuthorKind.UNKNOWN)) is None


def test_the_structure_is_the_authors_own():
    author = Author(AuthorKind.PROFESSIONAL, organization=Organization(name="Les Tilleuls"))
    assert naming.structure(author) == "Les Tilleuls"
    assert naming.structure(Author(AuthorKind.UNKNOWN)) is None
