"""One document, whole: as JSON, and as rows of label and value for a screen."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cda_tools.document import Document
from cda_tools.line import one_line
from cda_tools.model import naming, terminology
from cda_tools.model.header import (
    Author,
    AuthorKind,
    Body,
    BodyKind,
    Code,
    Header,
    Identifier,
    Interval,
    Patient,
)
from cda_tools.model.timestamp import Timestamp
from cda_tools.reports.objects import SCHEMA_VERSION, identifier_to_json
from cda_tools.text import clean, without_ins

if TYPE_CHECKING:
    from cda_tools.validation.report import Report

_KINDS = {
    AuthorKind.PROFESSIONAL: "professionnel",
    AuthorKind.PATIENT: "patient",
    AuthorKind.DEVICE: "système ou dispositif",
    AuthorKind.UNKNOWN: "nature inconnue",
}
_NONE = "—"


def to_json(document: Document, report: "Report", *, patient: bool = False) -> dict[str, Any]:
    """Return the object of DESIGN's contract; a document not read has its object too.

    ``patient``: add the patient's identity, which is left out otherwise.
    """
    result = {"schema_version": SCHEMA_VERSION, **header_to_json(document, patient=patient)}
    result["validation"] = report.verdict_to_dict()
    if patient:
        result["patient"] = _patient_to_json(document.header.patient if document.header else None)
    return result


def header_to_json(document: Document, *, patient: bool = False) -> dict[str, Any]:
    """Return what the header says, without verdict: all None where it could not be read."""
    header = document.header or Header()
    found = document.header is not None
    return {
        "path": document.path,
        "carrier": document.carrier,
        "line": one_line(header, document.context, patient=patient) if found else None,
        "id": identifier_to_json(header.id),
        "set_id": identifier_to_json(header.set_id),
        "version": header.version,
        "replaces": [
            {
                "type": parent.type_code,
                "id": identifier_to_json(parent.id),
                "set_id": identifier_to_json(parent.set_id),
                "version": parent.version,
            }
            for parent in header.related
        ],
        "type": _type_to_json(header.type),
        "date": header.date.iso if header.date else None,
        "title": header.title,
        "authors": [_author_to_json(author, patient) for author in header.authors],
        "confidentiality": header.confidentiality.code if header.confidentiality else None,
        "language": header.language,
        "body": _body_to_json(header.body),
        "templates": list(header.templates),
        "french": header.french if found else None,
        "self_presenting": header.self_presenting if found else None,
    }


def _type_to_json(kind: Code | None) -> dict[str, str | None] | None:
    if kind is None:
        return None
    label = terminology.label(kind, terminology.DOCUMENT_TYPES)
    return {"code": kind.code, "system": kind.system, "label": label}


def _author_to_json(author: Author, patient: bool) -> dict[str, str | None]:
    return {
        "kind": author.kind.value,
        "name": naming.author(author, patient=patient),
        "profession": naming.profession(author),
        "role": terminology.label(author.role, terminology.FUNCTIONS),
        "structure": naming.structure(author),
    }


def _body_to_json(body: Body | None) -> str | None:
    if body is None:
        return None
    return body.media_type or body.kind.value


def _patient_to_json(patient: Patient | None) -> dict[str, Any] | None:
    if patient is None:
        return None
    return {
        "ids": [identifier_to_json(one, of_patient=True) for one in patient.ids],
        "name": _patient_name(patient),
        "gender": terminology.label(patient.gender, terminology.GENDERS),
        "birth_date": patient.birth_time.iso if patient.birth_time else None,
    }


def _patient_name(patient: Patient) -> str | None:
    """Return the name with each of its parts once: birth and used names are often the same."""
    name = patient.name
    if name is None:
        return None
    given, family = tuple(dict.fromkeys(name.given)), tuple(dict.fromkeys(name.family))
    return naming.person(replace(name, given=given, family=family))


def rows(
    header: Header, *, patient: bool = False, listed: bool = False
) -> Iterator[tuple[str, str]]:
    """Yield what a screen shows of a header: a French label and a text on one line.

    ``listed``: the document is not there, and is known by its metadata alone.
    """
    for label, text in _rows(header, patient, listed):
        yield label, clean(text) or _NONE


def _rows(header: Header, patient: bool, listed: bool) -> Iterator[tuple[str, str | None]]:
    yield "Nature", "connu par ses métadonnées" if listed else _nature(header)
    yield "Type", _coded(header.type, terminology.DOCUMENT_TYPES)
    yield "Titre", header.title
    yield "Date", _moment(header.date)
    yield "Identifiant", _identifier(header.id)
    yield "Lot de versions", _identifier(header.set_id)
    yield "Version", None if header.version is None else str(header.version)
    for parent in header.related:
        word = "Remplace" if parent.type_code == "RPLC" else f"Relié ({parent.type_code})"
        yield word, _identifier(parent.id)
    for number, author in enumerate(header.authors, 1):
        label = "Auteur" if len(header.authors) == 1 else f"Auteur {number}"
        yield label, _author(author, patient)
    yield from _responsible(header, patient)
    if patient:
        yield from _patient_rows(header.patient)
    yield "Confidentialité", _coded(header.confidentiality, terminology.CONFIDENTIALITIES)
    yield "Langue", header.language
    yield "Modèles", ", ".join(header.templates)


def _responsible(header: Header, patient: bool) -> Iterator[tuple[str, str | None]]:
    signer = header.legal_authenticator
    if signer:
        structure = signer.organization.name if signer.organization else None
        yield (
            "Responsable",
            _joined(
                _named(signer.kind, naming.signer(signer, patient=patient)),
                structure,
                _moment(signer.time),
            ),
        )
    if header.custodian:
        yield "Conservation", header.custodian.name
    for event in header.service_events:
        yield "Acte", _joined(_coded(event.code, None), _span(event.time))
    if header.encounter:
        encounter = header.encounter
        kind = _coded(encounter.code, terminology.ENCOUNTERS)
        facility = terminology.label(encounter.facility, terminology.FACILITIES)
        place = encounter.facility_name
        yield "Prise en charge", _joined(kind, _span(encounter.time), facility, place)


def _patient_rows(patient: Patient | None) -> Iterator[tuple[str, str | None]]:
    if patient is None:
        yield "Patient", None
        return
    born = patient.birth_time.french if patient.birth_time else None
    gender = terminology.label(patient.gender, terminology.GENDERS)
    yield "Patient", _joined(_patient_name(patient), gender, born and f"né(e) le {born}")
    for one in patient.ids:
        yield "Identifiant patient", _written(one)


def _nature(header: Header) -> str:
    body = header.body
    if body is None:
        text = "sans corps"
    elif body.kind is BodyKind.STRUCTURED:
        text = "corps structuré"
    else:
        text = f"corps non structuré ({body.media_type or 'format non indiqué'})"
    if header.self_presenting:
        text += ", autoprésentable"
    return text if header.french else f"{text}, document non français"


def _author(author: Author, patient: bool) -> str:
    name = _named(author.kind, naming.author(author, patient=patient))
    role = terminology.label(author.role, terminology.FUNCTIONS)
    organization = author.organization
    setting = terminology.label(
        organization.industry if organization else None, terminology.PRACTICE_SETTINGS
    )
    parts = _joined(name, naming.profession(author), role, naming.structure(author), setting)
    return f"{parts or 'non nommé'} [{_KINDS[author.kind]}]"


def _named(kind: AuthorKind, name: str | None) -> str | None:
    return "le patient" if name is None and kind is AuthorKind.PATIENT else name


def _identifier(identifier: Identifier | None) -> str | None:
    """Return an identifier that is not the patient's, without what looks like an INS."""
    written = _written(identifier)
    return without_ins(written) if written else written


def _written(identifier: Identifier | None) -> str | None:
    if identifier is None:
        return None
    if identifier.extension is None:
        return identifier.root
    return f"{identifier.root or _NONE}, extension {identifier.extension}"


def _coded(code: Code | None, value_set: str | None) -> str | None:
    if code is None:
        return None
    label = terminology.label(code, value_set) if value_set else code.display_name
    if label is None or code.code is None:
        return label or code.code
    return f"{label} ({code.code})"


def _moment(time: Timestamp | None) -> str | None:
    if time is None:
        return None
    return time.french or f"date impossible « {time.raw} »"


def _span(interval: Interval | None) -> str | None:
    if interval is None:
        return None
    low, high = _moment(interval.low), _moment(interval.high)
    if low and high:
        return f"du {low} au {high}"
    return low or f"jusqu'au {high}"


def _joined(*parts: str | None) -> str | None:
    return ", ".join(part for part in parts if part) or None
