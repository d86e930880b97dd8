"""Which structures are the user's own: identifiers as XDS and the VIHF write them.

Source: CI-SIS, Struct_IdNat (one digit for the kind, then the number), authority
1.2.250.1.71.4.2.2; digital services stand under SIRENE (1.3.2), with a bare number. Names are
never compared.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cda_tools.errors import InputError
from cda_tools.model.header import Identifier
from cda_tools.model.identifiers import key

STRUCTURES = "1.2.250.1.71.4.2.2"
SIRENE = "1.3.2"
_FORMS = {
    "ADELI": re.compile(r"0[0-9A-Z]{9,}"),
    "FINESS": re.compile(r"1[0-9A-Z]{2}[0-9]{7}"),
    "SIREN": re.compile(r"2[0-9]{9}"),
    "SIRET": re.compile(r"3[0-9]{14}"),
    "RPPS-rang": re.compile(r"4[0-9]{12,}"),
}
# A department (two digits, 2A, 2B; tests have other letters there), then digits.
_BARE_FINESS = re.compile(r"[0-9A-Z]{2}[0-9]{7}")
_BARE_SIRET = re.compile(r"[0-9]{14}")
_BY_LENGTH = {9: "2", 14: "3"}
_OID = re.compile(r"(?:urn:oid:)?([0-9]+(?:\.[0-9]+)+)\^(.+)")


@dataclass(frozen=True, slots=True)
class Structure:
    """An identifier that the user gave. ``form``: FINESS, SIRET…; None for no known form.

    ``compared``: as it compares with those of documents. ``read_as``: the form that a bare number
    was taken for, None where the kind was written.
    """

    given: str
    compared: str
    form: str | None
    read_as: str | None = None


def structure(given: str) -> Structure:
    """Read an identifier: 9 characters are a FINESS, 14 digits a SIRET; ``OID^number`` is any.

    Raise InputError for an empty one: documents would be counted as though it were a structure.
    """
    text = "".join(given.split()).upper()
    if not text:
        raise InputError("identifiant de structure vide : FINESS, SIRET ou RPPS-rang attendu")
    if found := _OID.fullmatch("".join(given.split())):
        return Structure(given, _compared(Identifier(found[1], found[2])), "OID")
    if _BARE_FINESS.fullmatch(text):
        return Structure(given, _own(f"1{text}"), "FINESS", "FINESS")
    if _BARE_SIRET.fullmatch(text):
        return Structure(given, _own(f"3{text}"), "SIRET", "SIRET")
    for form, pattern in _FORMS.items():
        if pattern.fullmatch(text):
            return Structure(given, _own(text), form)
    return Structure(given, _own(text), None)


def own(structures: Iterable[Structure]) -> frozenset[str]:
    """Return what the identifiers of one's own documents compare with."""
    return frozenset(one.compared for one in structures)


def compared(identifier: Identifier) -> str | None:
    """Return an authorInstitution's identifier as it compares, or None where it has no number."""
    return _compared(identifier) if identifier.extension else None


def _compared(identifier: Identifier) -> str:
    authority = key(Identifier(identifier.root)) if identifier.root else STRUCTURES
    number = "".join((identifier.extension or "").split()).upper()
    if authority == SIRENE and number.isdigit() and len(number) in _BY_LENGTH:
        return _own(_BY_LENGTH[len(number)] + number)
    return _own(number) if authority == STRUCTURES else f"{authority}^{number}"


def _own(number: str) -> str:
    return f"{STRUCTURES}^{number}"
