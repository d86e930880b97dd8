"""The record as files: one patient's documents out of an index of many; bytes that differ."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from cda_tools.carriers.sources import Source
from cda_tools.dmp import Comparison
from cda_tools.errors import InputError
from cda_tools.index import Index
from cda_tools.model.document import Document
from cda_tools.model.header import Header, Patient
from cda_tools.model.patients import (
    NOBODY,
    Acquaintance,
    PatientKey,
    acquaintance,
    consistent,
    patient_key,
)
from cda_tools.model.registry import RegistryAnswer, Request

_SHA1 = 40


def patients_of(
    answers: Iterable[RegistryAnswer], requests: Iterable[Request]
) -> frozenset[Patient]:
    """Return whom the answers are about, and the requests ask for."""
    found = [one.header.patient for answer in answers for one in answer.documents]
    found += [lot.patient for answer in answers for lot in answer.sets]
    found += [one.patient for one in requests]
    return frozenset(one for one in found if one and patient_key(one) != NOBODY)


def sources_of(path: Path, patients: Iterable[Patient]) -> Iterator[Source]:
    """Yield the files of an index that hold documents of the patient, sorted.

    Raise InputError where nothing tells who that is, or the answers are of several.
    """
    patients = list(patients)
    if not patients:
        raise InputError(
            f"{path} : rien ne dit de quel patient : joindre une réponse ou une requête qui le "
            "dise, ou donner ses documents au lieu de l'index"
        )
    if not consistent(map(patient_key, patients)):
        raise InputError(f"{path} : les réponses sont de plusieurs patients")
    with Index(path) as index:
        hidden = (index.pseudonymiser.header(Header(patient=one)).patient for one in patients)
        keys = {patient_key(one) for one in hidden}
        files = {one.file for one in index.documents() if same(one, keys)}
    yield from (Source(file) for file in sorted(files))


def altered(comparison: Comparison) -> dict[str, bool]:
    """Tell, by path, whether a local file's bytes are other than those that the DMP has.

    By the slot hash (SHA-1), as information: a document is told by its id, and its bytes may
    differ from what was deposited. Only for files that are the document, and entries with a hash.
    """
    found = {}
    for one in comparison.documents:
        context = one.listed.context if one.listed else None
        told = context.registry.hash if context and context.registry else None
        if told and len(told) == _SHA1 and one.document.inside is None:
            with suppress(OSError, ValueError):
                data = Path(one.document.file).read_bytes()
                digest = hashlib.sha1(data, usedforsecurity=False).hexdigest()
                found[one.document.path] = digest != told.lower()
    return found


def same(document: Document, keys: Iterable[PatientKey]) -> bool:
    """Tell whether a document is known to be of one of these patients."""
    if document.header is None:
        return False
    own = patient_key(document.header.patient)
    return any(acquaintance(own, key) is Acquaintance.SAME for key in keys)
