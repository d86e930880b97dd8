"""ClinicalDocument to :class:`cda_tools.model.Header`.

Source: HL7 CDA R2 § 4.2 (header); structuration minimale 1.16 § 3.5.5. What is missing, empty
or null is None: reading never fails on a document that is XML.
"""

import re
from collections.abc import Iterable, Iterator

from lxml.etree import _Element as Element

from cda_tools import safexml
from cda_tools.datatypes import (
    HL7,
    child,
    code,
    identifier,
    identifiers,
    interval,
    person_name,
    text,
    timestamp,
)
from cda_tools.model import (
    Authenticator,
    Author,
    AuthorKind,
    Body,
    BodyKind,
    Code,
    Device,
    Encounter,
    Header,
    Identifier,
    Organization,
    ParentDocument,
    Patient,
    ServiceEvent,
)

CLINICAL_DOCUMENT = f"{HL7}ClinicalDocument"
STRUCTURED_BODY = f"{HL7}structuredBody"
NON_XML_BODY = f"{HL7}nonXMLBody"
TEXT = f"{HL7}text"

_XSLT = "{http://www.w3.org/1999/XSL/Transform}"
_STYLESHEETS = (f"{_XSLT}stylesheet", f"{_XSLT}transform")
_PROFESSIONALS = "1.2.250.1.71.4.2.1"
_INS = frozenset(f"1.2.250.1.213.1.4.{arc}" for arc in (8, 9, 10, 11))
_PATIENT_EXPRESSION = "EXP_PATIENT"
_INTEGER = re.compile(r"[+-]?[0-9]{1,9}")


def clinical_document(root: Element) -> Element | None:
    """Return the ClinicalDocument: the root, or the one that a stylesheet root carries.

    Source: structuration minimale 1.16 § 3.9 (autoprésentable). None where there is neither.
    """
    if root.tag == CLINICAL_DOCUMENT:
        return root
    if root.tag in _STYLESHEETS:
        return next(root.iter(CLINICAL_DOCUMENT), None)
    return None


def parse_header(chunks: Iterable[bytes], limits: safexml.Limits = safexml.DEFAULT) -> Element:
    """Return the root of a tree that was read up to where the body starts, and no further.

    Raise XmlRefused as :func:`cda_tools.safexml.parse_until`.
    """
    for element in safexml.parse_until(chunks, (STRUCTURED_BODY, TEXT), limits):
        if _at_body(element):
            return element.getroottree().getroot()
    raise AssertionError("parse_until yields the root last")


def _at_body(element: Element) -> bool:
    """Tell whether nothing of the header can follow this start tag."""
    parent = element.getparent()
    return element.tag != TEXT or parent is None or parent.tag == NON_XML_BODY


def read_clinical_document(document: Element) -> Header:
    """Return the header of a ClinicalDocument element, which may have no body yet."""
    parts: dict[str, list[Element]] = {}
    for element in document:
        parts.setdefault(str(element.tag).rpartition("}")[2], []).append(element)

    def first(name: str) -> Element | None:
        return parts[name][0] if name in parts else None

    patient = _patient(first("recordTarget"))
    language = first("languageCode")
    return Header(
        id=identifier(first("id")),
        set_id=identifier(first("setId")),
        version=_version(first("versionNumber")),
        related=tuple(_related(parts.get("relatedDocument", []))),
        type=code(first("code")),
        title=text(first("title")),
        date=timestamp(first("effectiveTime")),
        confidentiality=code(first("confidentialityCode")),
        language=None if language is None else language.get("code") or None,
        realms=_values(parts.get("realmCode", []), "code"),
        templates=_values(parts.get("templateId", []), "root"),
        patient=patient,
        authors=tuple(_author(author, patient) for author in parts.get("author", [])),
        custodian=_custodian(first("custodian")),
        legal_authenticator=_authenticator(first("legalAuthenticator")),
        service_events=tuple(_service_events(parts.get("documentationOf", []))),
        encounter=_encounter(first("componentOf")),
        body=_body(first("component")),
        self_presenting=document.getparent() is not None,
    )


def _values(elements: list[Element], attribute: str) -> tuple[str, ...]:
    return tuple(value for element in elements if (value := element.get(attribute)))


def _version(element: Element | None) -> int | None:
    value = (element.get("value") or "").strip() if element is not None else ""
    return int(value) if _INTEGER.fullmatch(value) else None


def _related(elements: list[Element]) -> Iterator[ParentDocument]:
    for element in elements:
        parent = child(element, "parentDocument")
        if parent is None:
            yield ParentDocument(element.get("typeCode"), None)
            continue
        # A document with several ids for its parent is read as relating to each of them.
        for parent_id in identifiers(parent) or (None,):
            yield ParentDocument(
                type_code=element.get("typeCode"),
                id=parent_id,
                set_id=identifier(child(parent, "setId")),
                version=_version(child(parent, "versionNumber")),
            )


def _patient(record_target: Element | None) -> Patient | None:
    role = child(record_target, "patientRole")
    if role is None:
        return None
    patient = child(role, "patient")
    return Patient(
        ids=identifiers(role),
        name=person_name(child(patient, "name")),
        gender=code(child(patient, "administrativeGenderCode")),
        birth_time=timestamp(child(patient, "birthTime")),
    )


def _author(element: Element, patient: Patient | None) -> Author:
    assigned = child(element, "assignedAuthor")
    ids = identifiers(assigned)
    profession = code(child(assigned, "code"))
    person = child(assigned, "assignedPerson")
    device = _device(child(assigned, "assignedAuthoringDevice"))
    organization = _organization(child(assigned, "representedOrganization"))
    if device:
        kind = AuthorKind.DEVICE
    elif person is None:
        kind = AuthorKind.UNKNOWN
    else:
        kind = person_kind(ids, profession, organization, patient)
    return Author(
        kind=kind,
        ids=ids,
        time=timestamp(child(element, "time")),
        name=person_name(child(person, "name")),
        device=device,
        profession=profession,
        role=code(child(element, "functionCode")),
        organization=organization,
    )


def person_kind(
    ids: tuple[Identifier, ...],
    profession: Code | None,
    organization: Organization | None,
    patient: Patient | None,
) -> AuthorKind:
    """Tell a professional from a patient: structuration minimale 1.16 § 3.5.5.13."""
    if any(one.root == _PROFESSIONALS for one in ids):
        return AuthorKind.PROFESSIONAL
    if profession and profession.code == _PATIENT_EXPRESSION:
        return AuthorKind.PATIENT
    if any(one.root in _INS or (patient and one in patient.ids) for one in ids):
        return AuthorKind.PATIENT
    if profession or (organization and (organization.name or organization.ids)):
        return AuthorKind.PROFESSIONAL
    return AuthorKind.UNKNOWN


def _device(element: Element | None) -> Device | None:
    if element is None:
        return None
    return Device(
        software_name=text(child(element, "softwareName")),
        model_name=text(child(element, "manufacturerModelName")),
    )


def _organization(element: Element | None) -> Organization | None:
    if element is None:
        return None
    organization = Organization(
        ids=identifiers(element),
        name=text(child(element, "name")),
        industry=code(child(element, "standardIndustryClassCode")),
    )
    return organization if organization != Organization() else None


def _custodian(element: Element | None) -> Organization | None:
    assigned = child(element, "assignedCustodian")
    return _organization(child(assigned, "representedCustodianOrganization"))


def _authenticator(element: Element | None) -> Authenticator | None:
    if element is None:
        return None
    entity = child(element, "assignedEntity")
    return Authenticator(
        ids=identifiers(entity),
        time=timestamp(child(element, "time")),
        name=person_name(child(child(entity, "assignedPerson"), "name")),
        profession=code(child(entity, "code")),
        organization=_organization(child(entity, "representedOrganization")),
    )


def _service_events(elements: list[Element]) -> Iterator[ServiceEvent]:
    for element in elements:
        event = child(element, "serviceEvent")
        if event is None:
            continue
        yield ServiceEvent(
            ids=identifiers(event),
            code=code(child(event, "code")),
            time=interval(child(event, "effectiveTime")),
        )


def _encounter(component_of: Element | None) -> Encounter | None:
    element = child(component_of, "encompassingEncounter")
    if element is None:
        return None
    facility = child(child(element, "location"), "healthCareFacility")
    return Encounter(
        ids=identifiers(element),
        code=code(child(element, "code")),
        time=interval(child(element, "effectiveTime")),
        facility=code(child(facility, "code")),
        facility_name=text(child(child(facility, "location"), "name")),
    )


def _body(component: Element | None) -> Body | None:
    if child(component, "structuredBody") is not None:
        return Body(BodyKind.STRUCTURED)
    file = child(component, "nonXMLBody")
    if file is None:
        return None
    content = child(file, "text")
    media_type = None if content is None else content.get("mediaType") or None
    return Body(BodyKind.UNSTRUCTURED, media_type)
