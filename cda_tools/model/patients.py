"""Whether two documents are of the same patient, told from identifiers alone.

The INS decides where both documents have one; else the local identifiers do. Names and birth
dates are never looked at, and no identifier ever leaves this module in a message.
"""

from collections.abc import Hashable, Iterable
from enum import Enum, IntEnum
from typing import NamedTuple

from cda_tools.model.forest import Forest
from cda_tools.model.header import Patient
from cda_tools.model.identifiers import INS_ROOTS
from cda_tools.model.identifiers import key as id_key

_NIR_LENGTH = 13  # a key of two digits may follow


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
        number = patient.ids[0].extension
        return PatientKey((ins_number(number),)) if number else NOBODY
    ins, local = [], []
    for one in patient.ids:
        if one.root in INS_ROOTS:
            if one.extension:
                ins.append(ins_number(one.extension))
        elif one.extension:
            local.append((one.root or "", id_key(one)))
        else:
            local.append(("", id_key(one)))
    return PatientKey(tuple(sorted(set(ins))), tuple(sorted(set(local))))


def ins_number(extension: str) -> str:
    """Return an INS number without spaces and without its key."""
    if not extension.isdigit():
        extension = extension.replace(" ", "").upper()
    return extension[:_NIR_LENGTH]


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
