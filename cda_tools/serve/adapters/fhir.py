"""FHIR ``$validate`` as matchbox answers it: a CDA document in, an OperationOutcome out.

Always 200 for a document that was looked at; a profile that is not ours is an error of the
outcome, as there. Source: ahdis/matchbox; HL7 FHIR R4.
"""

from datetime import datetime
from typing import Any

from cda_tools.reports.contracts import fhir
from cda_tools.serve.asking import Answer, Ask, Refused, json_answer, xml_answer
from cda_tools.serve.content import Input
from cda_tools.serve.routes import Told, Work
from cda_tools.serve.service import VERSION, Service
from cda_tools.serve.tools import Tools, verdicts
from cda_tools.validation import PROFILES

ORDER = 40
_JSON = "application/fhir+json; charset=utf-8"
_XML = "application/fhir+xml; charset=utf-8"
_JSON_KINDS = ("application/fhir+json", "application/json", "text/json")
_XML_KINDS = ("application/fhir+xml", "application/xml", "text/xml")


def refusal(ask: Ask, reason: str, status: int) -> Answer:
    """Return an OperationOutcome with one error; what was wrong in the request is still 200."""
    return _answer(ask, fhir.refused(reason), 200 if status < 500 else status)


def validate(ask: Ask, tools: Tools) -> Answer:
    """Return the OperationOutcome of the document in the body, whatever its Content-Type."""
    if not ask.body.strip():
        raise Refused("le corps de la requête est vide")
    profile = _profile(ask)
    verdict = verdicts(tools, [Input("document.xml", ask.body)], profile)[0]
    return _answer(ask, fhir.outcome(verdict, version=VERSION), verdict=verdict.outcome.value)


def _profile(ask: Ask) -> str | None:
    """Return our profile; a canonical of it may stand before the name. Raise Refused."""
    named = ask.asked("profile") or None
    if named is None:
        return None
    name = named.rstrip("/").rpartition("/")[2].partition("|")[0]
    if name not in PROFILES:
        raise Refused(f"profil inconnu ; profils : {', '.join(PROFILES)}")
    return name


def _answer(
    ask: Ask, resource: dict[str, Any], status: int = 200, verdict: str | None = None
) -> Answer:
    form = (ask.asked("_format") or "").replace(" ", "+").partition(";")[0].lower()
    if form in {"xml", *_XML_KINDS}:
        xml = True
    elif form in {"json", *_JSON_KINDS}:
        xml = False
    else:
        xml = ask.prefers(*_JSON_KINDS, *_XML_KINDS) in _XML_KINDS
    if xml:
        return xml_answer(fhir.element(resource), status, _XML, verdict)
    return json_answer(resource, status, _JSON, verdict)


def metadata(ask: Ask, service: Service) -> Answer:
    """Return the CapabilityStatement: clients ask for it first."""
    statement = {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": datetime.now().astimezone().isoformat(timespec="seconds"),
        "kind": "instance",
        "software": {"name": "cda-tools", "version": VERSION},
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json", "application/fhir+xml"],
        "rest": [
            {
                "mode": "server",
                "operation": [
                    {
                        "name": "validate",
                        "definition": "http://hl7.org/fhir/OperationDefinition/Resource-validate",
                    }
                ],
            }
        ],
    }
    return _answer(ask, statement)


ROUTES: tuple[Work | Told, ...] = (
    Work(
        "/fhir/$validate",
        validate,
        "FHIR : valider un document CDA",
        query=(("profile", "profil : 1.16, pre-1.16 ou auto"), ("_format", "json ou xml")),
        takes=("application/fhir+xml", "application/xml"),
    ),
    Told("/fhir/metadata", metadata, "FHIR : ce que le service sait faire"),
)
