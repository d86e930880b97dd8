"""What a carrier says of a document, beside the document itself."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from cda_tools.model.header import Code, Identifier, Organization
from cda_tools.model.timestamp import Timestamp

if TYPE_CHECKING:
    from cda_tools.model.messages import Envelope, Statement


class Action(StrEnum):
    """What a carrier asks to do with its document (HL7v2 event, ORC-1, OBX-11)."""

    NEW = "new"
    REPLACE = "replace"
    DELETE = "delete"


class Place(StrEnum):
    """Where a document is, as its carrier tells; a file of the user's own has no place said."""

    LOCAL = "local"
    MSSANTE = "MSSanté"
    DMP = "DMP"


class Availability(StrEnum):
    """A document's status in its registry (IHE ITI TF-3 § 4.2.3.2.2).

    Archived and Deleted are the DMP's (JDV_J52): a deleted one is not to be shown.
    """

    APPROVED = "Approved"
    DEPRECATED = "Deprecated"
    ARCHIVED = "Archived"
    DELETED = "Deleted"


@dataclass(frozen=True, slots=True)
class RegistryEntry:
    """What only a registry or a METADATA.XML says of a document (IHE ITI TF-3 § 4.2.3.2).

    ``entry_uuid`` changes with every new version of the metadata, ``logical_id`` does not;
    ``version`` counts them (VersionInfo/@versionName), as written.
    ``replaces``: the entry UUIDs of the documents that this one replaces (association RPLC).
    ``hash``: SHA-1 in hexadecimal, or as written; ``size``: bytes. ``availability`` is None where
    the status is missing or unknown. ``confidentiality``: every code, ``MASQUE_PS`` included.
    ``institutions``: every authorInstitution of every author.
    """

    entry_uuid: str | None = None
    logical_id: str | None = None
    availability: Availability | None = None
    replaces: tuple[str, ...] = ()
    mime_type: str | None = None
    uri: str | None = None
    hash: str | None = None
    size: int | None = None
    repository: str | None = None
    confidentiality: tuple[Code, ...] = ()
    class_code: Code | None = None
    format_code: Code | None = None
    facility_type: Code | None = None
    practice_setting: Code | None = None
    version: str | None = None
    institutions: tuple[Organization, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What the carrier says of a document, beside the document itself.

    ``id`` and ``parent_id``: TXA-12 and TXA-13 of an HL7v2 message. ``flags``: the MetaDMPMSS
    indicators and what else a carrier tells, by name (``MASQUE_PS``), as given. ``sent``: when
    it was sent (MSH-7, submissionTime). ``place``: None where the carrier does not tell.
    ``registry``: what a registry or a METADATA.XML adds to the header. ``envelope``: the header
    of the HL7v2 message; ``statement``: what a message without document says (ACK, ZAM, ADT).
    """

    action: Action | None = None
    id: Identifier | None = None
    parent_id: Identifier | None = None
    flags: tuple[tuple[str, str], ...] = ()
    sent: Timestamp | None = None
    place: Place | None = None
    registry: RegistryEntry | None = None
    envelope: "Envelope | None" = None
    statement: "Statement | None" = None
