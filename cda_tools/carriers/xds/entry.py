"""An ExtrinsicObject to the header model, and to what only a registry says.

Source: IHE ITI TF-3 § 4.2.3.2; CI-SIS mapping of the CDA header to XDS metadata. Nothing of
sourcePatientInfo is read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from cda_tools.carriers.xds import datatypes, ebrim
from cda_tools.carriers.xds.datatypes import Person
from cda_tools.model.carriage import Availability, RegistryEntry
from cda_tools.model.header import (
    Authenticator,
    Author,
    AuthorKind,
    Code,
    Device,
    Header,
    Identifier,
    Interval,
    Organization,
    Patient,
    ServiceEvent,
)
from cda_tools.model.identifiers import from_unique_id
from cda_tools.model.people import person_kind, written_by_patient
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding
from cda_tools.text import clean, without_ins

LAYER = "xds"
_SYSTEM = "U"
_LEVELS = ("N", "R", "V")
_HEX = re.compile(r"[0-9A-Fa-f]+")
_SELF_PRESENTING = "application/xslt+xml"


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """One document's metadata; ``position`` counts the ExtrinsicObjects, from 1."""

    position: int
    header: Header
    registry: RegistryEntry
    findings: tuple[Finding, ...]

    @property
    def label(self) -> str:
        """Return what names the document in its answer: uniqueId, entryUUID or position."""
        names = (without_ins(str(self.header.id or "")), self.registry.entry_uuid)
        shown = (clean(name) for name in names)
        return next((name for name in shown if name), f"ExtrinsicObject[{self.position}]")


def read(element: Element, position: int) -> DocumentEntry:
    """Read one ExtrinsicObject; what is missing is None, and a finding where it matters."""
    location = f"ExtrinsicObject[{position}]"
    findings = []
    identifier = from_unique_id(ebrim.external(element, ebrim.UNIQUE_ID))
    if identifier is None:
        findings.append(finding("XDS-07", element, location))
    creation = datatypes.utc(ebrim.value(element, "creationTime"))
    if creation is None or creation.moment is None:
        findings.append(finding("XDS-11", element, location))
    registry = _registry(element)
    if registry.availability is None and element.get("status"):
        findings.append(finding("XDS-10", element, location))
    patient = Patient(ids=_patient_ids(element))
    mime_type = registry.mime_type
    document_type = ebrim.code(element, ebrim.TYPE)
    by_patient = written_by_patient(document_type)
    header = Header(
        id=identifier,
        type=document_type,
        title=ebrim.name(element),
        date=creation,
        confidentiality=_level(registry.confidentiality),
        language=ebrim.value(element, "languageCode") or None,
        patient=patient if patient.ids else None,
        authors=tuple(
            author
            for one in ebrim.classifications(element, ebrim.AUTHOR)
            for author in _authors(one, patient, by_patient)
        ),
        legal_authenticator=_authenticator(ebrim.value(element, "legalAuthenticator"), patient),
        service_events=_service(element),
        self_presenting=mime_type == _SELF_PRESENTING,
    )
    return DocumentEntry(position, header, registry, tuple(findings))


def _registry(element: Element) -> RegistryEntry:
    size = ebrim.value(element, "size")
    return RegistryEntry(
        entry_uuid=element.get("id") or None,
        logical_id=element.get("lid") or None,
        availability=_availability(element.get("status") or ""),
        mime_type=element.get("mimeType") or None,
        uri="".join(_uri_parts(ebrim.values(element, "URI"))) or None,
        hash=_hash(ebrim.value(element, "hash")),
        size=int(size) if size.isascii() and size.isdigit() and len(size) < 16 else None,
        repository=ebrim.value(element, "repositoryUniqueId") or None,
        confidentiality=ebrim.codes(element, ebrim.CONFIDENTIALITY),
        class_code=ebrim.code(element, ebrim.CLASS),
        format_code=ebrim.code(element, ebrim.FORMAT),
        facility_type=ebrim.code(element, ebrim.FACILITY_TYPE),
        practice_setting=ebrim.code(element, ebrim.PRACTICE_SETTING),
        version=_version(element),
        institutions=_institutions(element),
    )


def _hash(text: str) -> str | None:
    """Return a hash; in small letters where it is hexadecimal, as written in another form."""
    return (text.lower() if _HEX.fullmatch(text) else text) or None


def _version(element: Element) -> str | None:
    found = element.find(f"{ebrim.RIM}VersionInfo")
    return None if found is None else (found.get("versionName") or "").strip() or None


def _institutions(element: Element) -> tuple[Organization, ...]:
    """Return the structures of all authors: an author may have several (IHE ITI TF-3 § 4.2.3.1.4).

    A value without name or identifier is left out.
    """
    values = (
        value
        for author in ebrim.classifications(element, ebrim.AUTHOR)
        for text in ebrim.values(author, "authorInstitution")
        for value in datatypes.repetitions(text)
    )
    found = (datatypes.xon(value) for value in values)
    return tuple(dict.fromkeys(one for one in found if one))


def _uri_parts(values: list[str]) -> list[str]:
    """Return a URI's parts in order: a long one is cut in ``1|…``, ``2|…``."""
    if len(values) < 2 or not all(value[:1].isdigit() and value[1:2] == "|" for value in values):
        return values[:1]
    return [value[2:] for value in sorted(values)]


def _availability(status: str) -> Availability | None:
    name = status.rpartition(":")[2]
    return next((one for one in Availability if one.value == name), None)


def _level(codes: tuple[Code, ...]) -> Code | None:
    levels = [code for code in codes if code.code in _LEVELS]
    return next(iter([*levels, *codes]), None)


def _patient_ids(element: Element) -> tuple[Identifier, ...]:
    texts = [ebrim.external(element, ebrim.PATIENT_ID), ebrim.value(element, "sourcePatientId")]
    found = (datatypes.cx(text) for text in texts)
    return tuple(dict.fromkeys(one for one in found if one))


def _authors(element: Element, patient: Patient, by_patient: bool) -> Iterator[Author]:
    """Yield the author that a Classification describes; where it names several persons, each."""
    texts = ebrim.values(element, "authorPerson")
    persons = [one for text in texts for one in datatypes.repetitions(text)] or [""]
    for text in persons:
        yield _author(element, datatypes.xcn(text), patient, by_patient)


def _author(element: Element, person: Person, patient: Patient, by_patient: bool) -> Author:
    texts = ebrim.values(element, "authorInstitution")
    organizations = (datatypes.xon(one) for text in texts for one in datatypes.repetitions(text))
    organization = next((one for one in organizations if one), None)
    profession = datatypes.coded(ebrim.value(element, "authorSpecialty"))
    role = ebrim.value(element, "authorRole")
    ids = (person.id,) if person.id else ()
    device = _device(person)
    kind = AuthorKind.DEVICE
    if device is None:
        kind = person_kind(ids, person.name, profession, organization, patient)
        if by_patient and kind is AuthorKind.UNKNOWN:
            kind = AuthorKind.PATIENT
    return Author(
        kind=kind,
        ids=ids,
        name=None if device else person.name,
        device=device,
        profession=profession,
        role=Code(None, None, " ".join(role.split())) if role else None,
        organization=organization,
    )


def _device(person: Person) -> Device | None:
    """Return the system that an XCN of type U names: its model, then its software."""
    if person.name_type != _SYSTEM or person.name is None:
        return None
    software, model = person.name.given, person.name.family
    return Device(software[0] if software else None, model[0] if model else None)


def _authenticator(text: str, patient: Patient) -> Authenticator | None:
    if not text:
        return None
    person = datatypes.xcn(text)
    ids = (person.id,) if person.id else ()
    return Authenticator(person_kind(ids, person.name, None, None, patient), ids, name=person.name)


def _service(element: Element) -> tuple[ServiceEvent, ...]:
    low = datatypes.utc(ebrim.value(element, "serviceStartTime"))
    high = datatypes.utc(ebrim.value(element, "serviceStopTime"))
    return (ServiceEvent(time=Interval(low, high)),) if low or high else ()


def finding(
    rule: str, element: Element | None = None, location: str | None = None, **fields: str | int
) -> Finding:
    """Return a finding of this carrier."""
    line = None if element is None else element.sourceline
    return texts.finding(rule, layer=LAYER, location=location, line=line, **fields)
