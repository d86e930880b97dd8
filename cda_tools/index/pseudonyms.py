"""What an index keeps of a patient: identifiers that compare, and say nothing else.

The patient's name, sex and birth date are left out. Identifiers become keyed hashes, under a
key of the index's own. This is a pseudonym and no anonymity: whoever has the index, which holds
the key, and a list of INS numbers can tell which of them are in it.
"""

from dataclasses import replace
from hashlib import blake2b

from cda_tools.chains.patients import INS_ROOTS, ins_number
from cda_tools.identifiers import key as id_key
from cda_tools.model import Author, AuthorKind, Header, Identifier, Patient, PersonName, Received

KEY_SIZE = 32
_DIGITS = 13  # INS numbers are compared on thirteen


class Pseudonymiser:
    """Takes identities out of headers, in the same way each time under one key."""

    def __init__(self, key: bytes) -> None:
        """Keep the key, of 16 to 64 bytes."""
        self._key = key

    def received(self, one: Received) -> Received:
        """Return the document with its header without identities."""
        return replace(one, header=self.header(one.header))

    def header(self, header: Header) -> Header:
        """Return the header without the patient's identity, wherever it stands in it.

        A patient may be an author, and sign; a stay's or an act's identifiers are of no use here.
        """
        encounter, signature = header.encounter, header.legal_authenticator
        if signature and _is_patient(signature.ids, signature.name, header):
            signature = replace(signature, ids=(), name=None)
        return replace(
            header,
            patient=self._patient(header.patient),
            authors=tuple(_author(author, header) for author in header.authors),
            legal_authenticator=signature,
            service_events=tuple(replace(one, ids=()) for one in header.service_events),
            encounter=replace(encounter, ids=()) if encounter else None,
        )

    def _patient(self, patient: Patient | None) -> Patient | None:
        if patient is None:
            return None
        hidden = (self._hidden(one) for one in patient.ids)
        return Patient(ids=tuple(one for one in hidden if one))

    def _hidden(self, one: Identifier) -> Identifier | None:
        if one.root in INS_ROOTS:
            number = ins_number(one.extension or "")
            return Identifier(one.root, self._hash(number)) if number else None
        if one.extension:
            return Identifier(one.root, self._hash(id_key(one)))
        return Identifier(self._hash(id_key(one)))

    def _hash(self, text: str) -> str:
        digest = blake2b(text.encode("utf-8", "surrogatepass"), key=self._key, digest_size=16)
        # Upper case and thirteen, as INS numbers are compared.
        return digest.hexdigest()[:_DIGITS].upper()


def _author(author: Author, header: Header) -> Author:
    if author.kind is AuthorKind.PATIENT or _is_patient(author.ids, author.name, header):
        return replace(author, ids=(), name=None)
    return author


def _is_patient(ids: tuple[Identifier, ...], name: PersonName | None, header: Header) -> bool:
    """Tell whether a person in the header is the patient: by an INS, an id, or the whole name."""
    patient = header.patient or Patient()
    if any(one.root in INS_ROOTS or one in patient.ids for one in ids):
        return True
    return bool(name and patient.name and _bare(name) == _bare(patient.name))


def _bare(name: PersonName) -> tuple[object, ...]:
    return name.given, name.family, name.text
