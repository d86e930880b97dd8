"""The header of a clinical document, as plain immutable values.

The model knows nothing of XML: a header may come from a ClinicalDocument, an HL7v2 message or
a registry's metadata. A part that is missing, empty or null (nullFlavor) is None or ``()``.
Texts are trimmed, with inner white space folded to single spaces.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from cda_tools.model.timestamp import Timestamp


@dataclass(frozen=True, slots=True)
class Identifier:
    """An instance identifier (HL7 II): its identity is root and extension together.

    Source: structuration minimale 1.16 § 3.5.7.2.
    """

    root: str | None
    extension: str | None = None

    def __str__(self) -> str:
        """Return ``root`` or ``root^extension``."""
        if self.extension is None:
            return self.root or ""
        return f"{self.root or ''}^{self.extension}"


@dataclass(frozen=True, slots=True)
class Code:
    """A coded value (HL7 CE): ``system`` is an OID, ``display_name`` the document's own label."""

    code: str | None
    system: str | None = None
    display_name: str | None = None


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in its parts, as written; ``text`` where it is not in parts (HL7 PN)."""

    given: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    prefix: tuple[str, ...] = ()
    suffix: tuple[str, ...] = ()
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Device:
    """A device or system that wrote a document (assignedAuthoringDevice)."""

    software_name: str | None = None
    model_name: str | None = None


@dataclass(frozen=True, slots=True)
class Organization:
    """A structure; ``industry`` is standardIndustryClassCode (cadre d'exercice, J04)."""

    ids: tuple[Identifier, ...] = ()
    name: str | None = None
    industry: Code | None = None


class AuthorKind(StrEnum):
    """Who may write a document: structuration minimale 1.16 § 3.5.5.13."""

    PROFESSIONAL = "professional"
    PATIENT = "patient"
    DEVICE = "device"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Author:
    """An author. ``profession`` is assignedAuthor/code (J01), ``role`` functionCode (J47).

    Who it is stays out of its repr: an author may be the patient.
    """

    kind: AuthorKind
    ids: tuple[Identifier, ...] = field(default=(), repr=False)
    time: Timestamp | None = None
    name: PersonName | None = field(default=None, repr=False)
    device: Device | None = None
    profession: Code | None = None
    role: Code | None = None
    organization: Organization | None = None


@dataclass(frozen=True, slots=True)
class Authenticator:
    """Who answers for the document (legalAuthenticator): a professional, or the patient."""

    kind: AuthorKind = AuthorKind.UNKNOWN
    ids: tuple[Identifier, ...] = field(default=(), repr=False)
    time: Timestamp | None = None
    name: PersonName | None = field(default=None, repr=False)
    profession: Code | None = None
    organization: Organization | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Patient:
    """The patient's identity; kept apart, and never in a repr, a log or a report unless asked."""

    ids: tuple[Identifier, ...] = ()
    name: PersonName | None = None
    gender: Code | None = None
    birth_time: Timestamp | None = None


@dataclass(frozen=True, slots=True)
class ParentDocument:
    """A document that this one relates to: ``type_code`` RPLC replaces it, XFRM transforms it.

    Source: structuration minimale 1.16 § 3.5.5.23.
    """

    type_code: str | None
    id: Identifier | None
    set_id: Identifier | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """A span of time (HL7 IVL_TS); a single point stands in ``low``."""

    low: Timestamp | None = None
    high: Timestamp | None = None


@dataclass(frozen=True, slots=True)
class ServiceEvent:
    """An act that the document reports on (documentationOf); the first is the main one."""

    ids: tuple[Identifier, ...] = ()
    code: Code | None = None
    time: Interval | None = None


@dataclass(frozen=True, slots=True)
class Encounter:
    """The stay or visit (componentOf/encompassingEncounter) and the place it happened at."""

    ids: tuple[Identifier, ...] = ()
    code: Code | None = None
    time: Interval | None = None
    facility: Code | None = None
    facility_name: str | None = None


class BodyKind(StrEnum):
    """What the body is made of."""

    STRUCTURED = "structured"
    UNSTRUCTURED = "unstructured"


@dataclass(frozen=True, slots=True)
class Body:
    """The body: structured, or a file with its ``media_type`` (``application/pdf``)."""

    kind: BodyKind
    media_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a ClinicalDocument says of itself before its body.

    ``self_presenting``: the ClinicalDocument lies inside an xsl:stylesheet (autoprésentable).
    ``related``: every relatedDocument, RPLC or not, one entry for each parent id.
    """

    id: Identifier | None = None
    set_id: Identifier | None = None
    version: int | None = None
    related: tuple[ParentDocument, ...] = ()
    type: Code | None = None
    title: str | None = None
    date: Timestamp | None = None
    confidentiality: Code | None = None
    language: str | None = None
    realms: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    patient: Patient | None = None
    authors: tuple[Author, ...] = ()
    custodian: Organization | None = None
    legal_authenticator: Authenticator | None = None
    service_events: tuple[ServiceEvent, ...] = ()
    encounter: Encounter | None = None
    body: Body | None = None
    self_presenting: bool = False

    @property
    def replaces(self) -> tuple[ParentDocument, ...]:
        """Return the documents that this one replaces (relatedDocument RPLC)."""
        return tuple(parent for parent in self.related if parent.type_code == "RPLC")

    @property
    def french(self) -> bool:
        """Return True for a document of the French realm (realmCode FR or HL7 France template)."""
        return "FR" in self.realms or HL7_FRANCE in self.templates


HL7_FRANCE = "2.16.840.1.113883.2.8.2.1"
