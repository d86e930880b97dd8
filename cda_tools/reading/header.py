"""ClinicalDocument to :class:`cda_tools.model.Header`.

Source: HL7 CDA R2 § 4.2 (header); structuration minimale 1.16 § 3.5.5. What is missing, empty
or null is None: reading never fails on a document that is XML.
"""

import re
from collections.abc import Iterable, Iterator

from lxml.etree import _Element as Element

from cda_tools.model.header import (
    Authenticator,
    Author,
    AuthorKind,
    Body,
    BodyKind,
    Device,
    Encounter,
    Header,
    Organization,
    ParentDocument,
    Patient,
    ServiceEvent,
)
from cda_tools.model.people import person_kind, written_by_patient
from cda_tools.reading import safexml
from cda_tools.reading.datatypes import (
    HL7,
    child,
    code,
    identifier,
    identifiers,
    interval,
    part,
    parts,
    person_name,
    text,
    timestamp,
)

CLINICAL_DOCUMENT = f"{HL7}ClinicalDocument"
STRUCTURED_BODY = f"{HL7}structuredBody"
NON_XML_BODY = f"{HL7}nonXMLBody"
TEXT = f"{HL7}text"

_XSLT = "{http://www.w3.org/1999/XSL/Transform}"
_STYLESHEETS = (f"{_XSLT}stylesheet", f"{_XSLT}transform")
_BODY_TAGS = re.compile(
    rb"(?:structuredBody\b[^>]*>|nonXMLBody\b[^>]*>\s*<(?:[\w.-]+:)?text\b[^>]*>)"
)
# XML's integers have no bound; one of more digits than any counter has would cost time to read.
_INTEGER = re.compile(r"[+-]?[0-9]{1,1000}")


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

    Raise XmlRefused as :func:`cda_tools.reading.safexml.parse_until`.
    """
    for element in safexml.parse_until(_pieces(chunks), (STRUCTURED_BODY, TEXT), limits):
        if _at_body(element):
            return element.getroottree().getroot()
    raise AssertionError("parse_until yields the root last")


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same bytes, cut where the body seems to start, so that none of it is parsed.

    It is a guess that may be wrong (in a comment, in UTF-16): the parser alone tells.
    """
    for chunk in chunks:
        end = _body_start(chunk)
        if end:
            yield chunk[:end]
        yield from safexml.blocks(chunk[end:])


def _body_start(chunk: bytes) -> int:
    """Return the end of the first start tag of a body, or 0: a plain search, then a look."""
    for name in (b"structuredBody", b"nonXMLBody"):
        position = chunk.find(name)
        if position >= 0:
            tag = _BODY_TAGS.match(chunk, position)
            return tag.end() if tag else 0
    return 0


def _at_body(element: Element) -> bool:
    """Tell whether nothing of the header can follow this start tag."""
    parent = element.getparent()
    return element.tag != TEXT or parent is None or parent.tag == NON_XML_BODY


def read_clinical_document(document: Element) -> Header:
    """Return the header of a ClinicalDocument element, which may have no body yet."""
    found: dict[str, list[Element]] = {}
    for element in document:
        found.setdefault(str(element.tag), []).append(element)

    def first(name: str) -> Element | None:
        elements = found.get(HL7 + name)
        return elements[0] if elements else None

    def every(name: str) -> list[Element]:
        return found.get(HL7 + name, [])

    patient = _patient(first("recordTarget"))
    kind = code(first("code"))
    by_patient = written_by_patient(kind)
    return Header(
        id=identifier(first("id")),
        set_id=identifier(first("setId")),
        version=_version(first("versionNumber")),
        related=tuple(_related(every("relatedDocument"))),
        type=kind,
        title=text(first("title")),
        date=timestamp(first("effectiveTime")),
        confidentiality=code(first("confidentialityCode")),
        language=next(iter(_values(every("languageCode"), "code")), None),
        realms=_values(every("realmCode"), "code"),
        templates=_values(every("templateId"), "root"),
        patient=patient,
        authors=tuple(
            _author(author, patient, by_patient=by_patient) for author in every("author")
        ),
        custodian=_custodian(first("custodian")),
        legal_authenticator=_authenticator(first("legalAuthenticator"), patient),
        service_events=tuple(_service_events(every("documentationOf"))),
        encounter=_encounter(first("componentOf")),
        body=_body(first("component")),
        self_presenting=document.getparent() is not None,
    )


def _values(elements: list[Element], attribute: str) -> tuple[str, ...]:
    return tuple(value for one in elements if (value := (one.get(attribute) or "").strip()))


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
    among = parts(child(role, "patient"))
    return Patient(
        ids=identifiers(role),
        name=person_name(part(among, "name")),
        gender=code(part(among, "administrativeGenderCode")),
        birth_time=timestamp(part(among, "birthTime")),
    )


def _author(element: Element, patient: Patient | None, *, by_patient: bool) -> Author:
    """Return an author; ``by_patient``: the document's type says that a patient wrote it."""
    assigned = child(element, "assignedAuthor")
    ids = identifiers(assigned)
    among = parts(assigned)
    profession = code(part(among, "code"))
    person = part(among, "assignedPerson")
    name = person_name(child(person, "name"))
    device = _device(part(among, "assignedAuthoringDevice"))
    organization = _organization(part(among, "representedOrganization"))
    if device:
        kind = AuthorKind.DEVICE
    elif person is None:
        kind = AuthorKind.UNKNOWN
    else:
        kind = person_kind(ids, name, profession, organization, patient)
        if by_patient and kind is AuthorKind.UNKNOWN:
            kind = AuthorKind.PATIENT
    return Author(
        kind=kind,
        ids=ids,
        time=timestamp(child(element, "time")),
        name=name,
        device=device,
        profession=profession,
        role=code(child(element, "functionCode")),
        organization=organization,
    )


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
    among = parts(element)
    ids = identifiers(element)
    name = text(part(among, "name")) or _whole(part(among, "asOrganizationPartOf"))
    industry = code(part(among, "standardIndustryClassCode"))
    return Organization(ids, name, industry) if ids or name or industry else None


def _whole(part_of: Element | None) -> str | None:
    """Return the name of the organization that one without a name is a part of."""
    return text(child(child(part_of, "wholeOrganization"), "name"))


def _custodian(element: Element | None) -> Organization | None:
    assigned = child(element, "assignedCustodian")
    return _organization(child(assigned, "representedCustodianOrganization"))


def _authenticator(element: Element | None, patient: Patient | None) -> Authenticator | None:
    if element is None:
        return None
    entity = child(element, "assignedEntity")
    among = parts(entity)
    ids = identifiers(entity)
    name = person_name(child(part(among, "assignedPerson"), "name"))
    profession = code(part(among, "code"))
    organization = _organization(part(among, "representedOrganization"))
    return Authenticator(
        kind=person_kind(ids, name, profession, organization, patient),
        ids=ids,
        time=timestamp(child(element, "time")),
        name=name,
        profession=profession,
        organization=organization,
    )


def _service_events(elements: list[Element]) -> Iterator[ServiceEvent]:
    for element in elements:
        event = child(element, "serviceEvent")
        if event is None:
            continue
        among = parts(event)
        yield ServiceEvent(
            ids=identifiers(event),
            code=code(part(among, "code")),
            time=interval(part(among, "effectiveTime")),
        )


def _encounter(component_of: Element | None) -> Encounter | None:
    element = child(component_of, "encompassingEncounter")
    if element is None:
        return None
    among = parts(element)
    facility = child(part(among, "location"), "healthCareFacility")
    return Encounter(
        ids=identifiers(element),
        code=code(part(among, "code")),
        time=interval(part(among, "effectiveTime")),
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
