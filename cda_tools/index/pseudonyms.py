"""What an index keeps of a patient: identifiers that compare, and say nothing else.

The patient's name, sex and birth date are left out. Identifiers become keyed hashes, under a
key of the index's own. This is a pseudonym and no anonymity: whoever has the index, which holds
the key, and a list of INS numbers can tell which of them are in it.
"""

from dataclasses import replace
from hashlib import blake2b

from cda_tools.model.carriage import Context
from cda_tools.model.document import Document
from cda_tools.model.header import (
    Authenticator,
    Author,
    AuthorKind,
    Header,
    Identifier,
    Organization,
    Patient,
)
from cda_tools.model.identifiers import key as id_key
from cda_tools.model.patients import INS_LENGTH, ins_number, is_ins
from cda_tools.model.people import is_patient
from cda_tools.text import holds_ins, without_ins

KEY_SIZE = 32


class Pseudonymiser:
    """Takes identities out of headers, in the same way each time under one key."""

    def __init__(self, key: bytes) -> None:
        """Keep the key, of 16 to 64 bytes."""
        self._key = key

    def document(self, one: Document) -> Document:
        """Return the document with its header without identities."""
        # What an ACK or an ADT says is of no use without its message; an ADT names its patient.
        context = self._context(one.context) if one.context else None
        header = self.header(one.header) if one.header else None
        return replace(one, header=header, context=context)

    def header(self, header: Header) -> Header:
        """Return the header without the patient's identity, wherever it stands in it.

        A patient may be an author, and sign; a stay's or an act's identifiers are of no use here.
        """
        encounter, signature = header.encounter, header.legal_authenticator
        if signature and _is_patient(signature, header):
            signature = replace(signature, ids=(), name=None)
        return replace(
            header,
            id=self._plain(header.id),
            set_id=self._plain(header.set_id),
            related=tuple(
                replace(one, id=self._plain(one.id), set_id=self._plain(one.set_id))
                for one in header.related
            ),
            title=_without_ins(header.title),
            patient=self._patient(header.patient),
            authors=tuple(self._author(author, header) for author in header.authors),
            custodian=self._structure(header.custodian),
            legal_authenticator=signature,
            service_events=tuple(replace(one, ids=()) for one in header.service_events),
            encounter=replace(encounter, ids=()) if encounter else None,
        )

    def visit_key(self, ins: Identifier) -> str:
        """Return what a patient's visits to the DMP are kept under: 32 digits, not the INS."""
        number = f"visit {ins_number(ins.extension or '')}"
        return blake2b(number.encode("utf-8", "surrogatepass"), key=self._key).hexdigest()[:32]

    def _context(self, context: Context) -> Context:
        return replace(
            context,
            id=self._plain(context.id),
            parent_id=self._plain(context.parent_id),
            statement=None,
        )

    def _plain(self, one: Identifier | None) -> Identifier | None:
        """Return an identifier of no patient; a hash where a sender put an INS into it."""
        if one is None or not any(
            holds_ins(part, without_key=True) for part in (one.root, one.extension)
        ):
            return one
        return Identifier(self._hash(id_key(one)))

    def _author(self, author: Author, header: Header) -> Author:
        if _is_patient(author, header):
            author = replace(author, ids=(), name=None)
        ids = tuple(found for one in author.ids if (found := self._plain(one)))
        return replace(author, ids=ids, organization=self._structure(author.organization))

    def _structure(self, structure: Organization | None) -> Organization | None:
        if structure is None:
            return None
        ids = tuple(found for one in structure.ids if (found := self._plain(one)))
        return replace(structure, ids=ids)

    def _patient(self, patient: Patient | None) -> Patient | None:
        if patient is None:
            return None
        hidden = (self._hidden(one) for one in patient.ids)
        return Patient(ids=tuple(one for one in hidden if one))

    def _hidden(self, one: Identifier) -> Identifier | None:
        if is_ins(one):
            number = ins_number(one.extension or "")
            return Identifier(one.root, self._hash(number)) if number else None
        # The authority too: a vendor's mistake may have put the number in the root.
        whole = "".join(id_key(one).split())
        if one.extension and one.root:
            return Identifier(self._hash(id_key(Identifier(one.root))), self._hash(whole))
        return Identifier(self._hash(whole))

    def _hash(self, text: str) -> str:
        digest = blake2b(text.encode("utf-8", "surrogatepass"), key=self._key, digest_size=16)
        # Upper case and thirteen, as INS numbers are compared.
        return digest.hexdigest()[:INS_LENGTH].upper()


def _without_ins(text: str | None) -> str | None:
    return without_ins(text) if text else text


def _is_patient(one: Author | Authenticator, header: Header) -> bool:
    """Tell whether an author or signer is the patient, as the reading of the header tells.

    A header that was not read from a document may lack that: its identifiers then tell.
    """
    if one.kind is AuthorKind.PATIENT:
        return True
    return one.kind is AuthorKind.UNKNOWN and is_patient(header.patient, one.ids, one.name)
