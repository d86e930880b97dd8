"""Identifiers of structures are compared whole, in all the forms that users give them."""

import pytest

from cda_tools.dmp.structures import SIRENE, STRUCTURES, compared, own, structure
from cda_tools.errors import InputError
from cda_tools.model.header import Identifier


@pytest.mark.parametrize(
    ("given", "form", "number"),
    [
        ("990700011", "FINESS", "1990700011"),
        ("1990700011", "FINESS", "1990700011"),
        ("0B0041968", "FINESS", "10B0041968"),
        ("10b0041968", "FINESS", "10B0041968"),
        ("99 070 001 100 015", "SIRET", "399070001100015"),
        ("399070001100015", "SIRET", "399070001100015"),
        ("2990500018", "SIREN", "2990500018"),
        ("499700004411001", "RPPS-rang", "499700004411001"),
        ("0991234567", "ADELI", "0991234567"),
        ("12345", None, "12345"),
        ("Clinique", None, "CLINIQUE"),
        ("Hôpital_A", None, "HÔPITAL_A"),
        ("CLINIQUES", None, "CLINIQUES"),
    ],
)
def test_forms(given: str, form: str | None, number: str) -> None:
    one = structure(given)
    assert (one.given, one.form) == (given, form)
    assert one.compared == f"{STRUCTURES}^{number}"
    assert compared(Identifier(STRUCTURES, number.lower())) == one.compared
    assert compared(Identifier(f"urn:oid:{STRUCTURES}", number)) == one.compared
    assert compared(Identifier(None, number)) == one.compared


def test_a_bare_number_says_what_it_was_read_as() -> None:
    assert structure("990700011").read_as == "FINESS"
    assert structure("99070001100015").read_as == "SIRET"
    assert structure("1990700011").read_as is None


@pytest.mark.parametrize("given", ["", "  ", "\u00a0"])
def test_an_empty_identifier_is_no_structure(given: str) -> None:
    with pytest.raises(InputError, match="vide"):
        structure(given)


def test_a_siren_is_no_finess() -> None:
    finess, siren = structure("1990500018"), structure("2990500018")
    ours = own([finess])
    assert compared(Identifier(STRUCTURES, "2990500018")) not in ours
    assert compared(Identifier(SIRENE, "990500018")) not in ours
    assert compared(Identifier(SIRENE, "990500018")) == siren.compared
    assert compared(Identifier(SIRENE, "99050001800015")) == structure("399050001800015").compared
    assert compared(Identifier("1.2.3", "1990500018")) not in ours


def test_any_other_authority_is_written_with_its_oid() -> None:
    one = structure("1.2.3^a7")
    assert one.form == "OID"
    assert compared(Identifier("1.2.3", "A7")) == one.compared
    assert compared(Identifier("1.2.4", "A7")) != one.compared
    assert structure(f"{STRUCTURES}^1990700011").compared == structure("990700011").compared


def test_without_number_there_is_nothing_to_compare() -> None:
    assert compared(Identifier(STRUCTURES)) is None
