"""Whether two documents are of the same patient: the one answer, told from identifiers alone.

The INS decides where both have one: two that differ are two patients, whatever else they share.
Else the local identifiers decide. Names and birth dates are never looked at, and no identifier
ever leaves this module in a message. Source: structuration minimale 1.16 § 3.5.5.12.
"""

import unicodedata
from collections.abc import Hashable, Iterable
from enum import Enum, IntEnum
from typing import NamedTuple

from cda_tools.model.forest import Forest
from cda_tools.model.header import Identifier, Patient
from cda_tools.model.identifiers import key as id_key

INS_ROOTS = frozenset(f"1.2.250.1.213.1.4.{arc}" for arc in (8, 9, 10, 11))
"""NIR, NIA, and the two for tests: one kind of number, whichever of them it is given under."""

INS_LENGTH = 13
"""Characters of an INS number that are compared: a key of two digits may follow."""


class Grade(IntEnum):
    """What is known of the patients of two linked documents, from weak to strong."""

    UNKNOWN = 1
    LOCAL = 2
    INS = 3


class PatientKey(NamedTuple):
    """A patient's identifiers: ``ins`` numbers, ``local`` as (authority, whole identifier)."""

    ins: tuple[str, ...] = ()
    local: tuple[tuple[str, str], ...] = ()


NOBODY = PatientKey()


def patient_key(patient: Patient | None) -> PatientKey:
    """Return the identifiers to compare; NOBODY where there are none."""
    if patient is None or not patient.ids:
        return NOBODY
    if len(patient.ids) == 1 and patient.ids[0].root in INS_ROOTS:
        number = patient.ids[0].extension or ""
        # By far the most common form is taken as it is: a million of them take no call.
        plain = number.isascii() and number.isdigit()
        number = number[:INS_LENGTH] if plain else ins_number(number)
        return PatientKey((number,)) if number else NOBODY
    ins, local = set(), set()
    for one in patient.ids:
        if is_ins(one):
            ins.add(ins_number(one.extension or ""))
        else:
            local.add(_local(one))
    ins.discard("")
    return PatientKey(tuple(sorted(ins)), tuple(sorted(local)))


def is_ins(identifier: Identifier) -> bool:
    """Tell whether an identifier is given under one of the INS authorities."""
    root = identifier.root
    return root in INS_ROOTS or (root is not None and id_key(Identifier(root)) in INS_ROOTS)


def ins_number(extension: str) -> str:
    """Return an INS number without spaces of any kind, without its key, letters in capitals."""
    if not (extension.isascii() and extension.isdigit()):
        plain = unicodedata.normalize("NFKC", extension)
        extension = "".join(one for one in plain if one.isalnum()).upper()
    return extension[:INS_LENGTH]


def _local(one: Identifier) -> tuple[str, str]:
    """Return a local identifier by its authority; one without extension has no authority."""
    whole = "".join(id_key(one).split())
    return (id_key(Identifier(one.root)) if one.extension and one.root else "", whole)


def consistent(keys: Iterable[PatientKey]) -> bool:
    """Return False where two of the keys are of different patients.

    Two INS with no document that bears both are two patients; so are two identifiers of one
    local authority that nothing brings together. Linear in the number of identifiers.
    """
    distinct = list(set(keys))
    by_ins: Forest[Hashable] = Forest()
    for key in distinct:
        by_ins.join(*key.ins)
    if by_ins.count() > 1:
        return False
    people: Forest[Hashable] = Forest()
    for key in distinct:
        people.join(key, *(("INS", number) for number in key.ins), *key.local)
    persons_of: dict[str, Hashable] = {}
    for key in distinct:
        for authority, _ in key.local:
            person = people.find(key)
            if authority and persons_of.setdefault(authority, person) != person:
                return False
    return True


def known_by(key: PatientKey, grade: Grade) -> Iterable[Hashable]:
    """Yield the identifiers by which ``grade`` or better brings documents together."""
    yield from key.ins
    if grade <= Grade.LOCAL:
        yield from key.local


class Acquaintance(Enum):
    """What two documents' identifiers say of their patients."""

    SAME = "same"
    OTHER = "other"
    UNKNOWN = "unknown"


def acquaintance(one: PatientKey, other: PatientKey) -> Acquaintance:
    """Compare two documents' patients."""
    if not consistent((one, other)):
        return Acquaintance.OTHER
    shared = {*known_by(one, Grade.LOCAL)} & {*known_by(other, Grade.LOCAL)}
    return Acquaintance.SAME if shared else Acquaintance.UNKNOWN


def other_people(one: Patient | None, other: Patient | None) -> bool:
    """Tell whether two patients are known to be two people; in doubt, False."""
    return acquaintance(patient_key(one), patient_key(other)) is Acquaintance.OTHER
