"""The REST interface of the ITB xml-validator: ``/rest/cda/api/…`` and its older paths.

Source: ISAITB xml-validator and itb-commons, as in docs/serve.md. A URL to fetch, schemas of the
user's own and context files are refused: this service goes nowhere. A refused request is 400
(there: 500), with the body that clients read.
"""

from base64 import b64encode
from typing import Any

from cda_tools.reports.contracts import gitb
from cda_tools.reports.contracts.gitb import Places
from cda_tools.reports.contracts.verdict import Judged
from cda_tools.serve.asking import (
    JSON,
    XML,
    Answer,
    Ask,
    Refused,
    json_answer,
    json_body,
    xml_answer,
    xml_bytes,
)
from cda_tools.serve.content import Input, from_base64, from_text, guessed
from cda_tools.serve.routes import Told, Work
from cda_tools.serve.service import VERSION, Service
from cda_tools.serve.tools import Tools, now, verdicts
from cda_tools.validation import PROFILES

ORDER = 20
DOMAIN = "cda"
_MOST = 100  # documents of one validateMultiple
_EXTERNAL = ("externalSchemas", "externalSchematrons", "contextFiles")


def refusal(ask: Ask, reason: str, status: int) -> Answer:
    """Return the error body of the validator."""
    moment = now()
    stamp = f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}+0000"
    return json_answer({"message": reason, "timestamp": stamp}, status)


def validate(ask: Ask, tools: Tools) -> Answer:
    """Return the test report of one document, as XML unless JSON is asked for."""
    _known(ask)
    request = _object(json_body(ask))
    found = _report(request, tools)
    verdict = found["result"]
    if ask.prefers(JSON, XML, "text/xml") == JSON:
        return json_answer(gitb.to_json(found), verdict=verdict)
    return xml_answer(gitb.element(found), verdict=verdict)


def validate_multiple(ask: Ask, tools: Tools) -> Answer:
    """Return an XML test report in base64 for each document, in their order.

    One bad entry refuses the whole call, as there.
    """
    _known(ask)
    requests = json_body(ask)
    if not isinstance(requests, list):
        raise Refused("le corps de la requête doit être une liste")
    if len(requests) > _MOST:
        raise Refused(f"plus de {_MOST} documents à la fois")
    asked = [_object(one) for one in requests]
    for one in asked:
        _input(one)
    found = [_report(one, tools) for one in asked]
    texts = [xml_bytes(gitb.element(one)) for one in found]
    value = [{"report": b64encode(text).decode("ascii")} for text in texts]
    return json_answer(value, verdict=", ".join(one["result"] for one in found) or None)


def _report(request: dict[str, Any], tools: Tools) -> dict[str, Any]:
    one = _input(request)
    kind = request.get("validationType") or None
    verdict: Judged = verdicts(tools, [one], _text(kind, "validationType"))[0]
    document = (
        _shown(request["contentToValidate"], one) if request.get("addInputToReport") else None
    )
    return gitb.report(verdict, now(), version=VERSION, places=_places(request), document=document)


def _shown(content: str, one: Input) -> str:
    """Return the document as it was sent: a text is given back unchanged."""
    return content if content.lstrip().startswith("<") else one.data.decode("utf-8", "replace")


def _places(request: dict[str, Any]) -> Places:
    if request.get("showLocationPaths") is True:
        return Places.BOTH
    return Places.LINE if request.get("locationAsPath") is False else Places.PATH


def _input(request: dict[str, Any]) -> Input:
    for name in _EXTERNAL:
        if request.get(name):
            raise Refused(f"{name} est refusé : les règles de ce service sont les siennes")
    content = request.get("contentToValidate")
    if not isinstance(content, str):
        raise Refused("contentToValidate manque")
    method = request.get("embeddingMethod") or ""
    match str(method).upper():
        case "STRING":
            data = from_text(content)
        case "BASE64":
            data = from_base64(content)
        case "":
            data = guessed(content)
        case "URL" | "URI":
            raise Refused(f"embeddingMethod {method} est refusé : ce service ne va rien chercher")
        case _:
            raise Refused("embeddingMethod inconnu : STRING ou BASE64")
    return Input("document.xml", data)


def _text(value: object, name: str) -> str | None:
    if value is not None and not isinstance(value, str):
        raise Refused(f"{name} doit être un texte")
    return value


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Refused("chaque requête doit être un objet JSON")
    return value


def _known(ask: Ask) -> None:
    if ask.parameters.get("domain") != DOMAIN:
        raise Refused("domaine inconnu", 404)


def domains(ask: Ask, service: Service) -> Answer:
    """Return what every domain validates: there is one."""
    return json_answer([_domain()])


def info(ask: Ask, service: Service) -> Answer:
    """Return what the domain validates."""
    _known(ask)
    return json_answer(_domain())


def _domain() -> dict[str, Any]:
    types = [
        {"type": profile, "description": f"CDA, structuration minimale, profil {profile}"}
        for profile in PROFILES
    ]
    return {"domain": DOMAIN, "validationTypes": types}


def health(ask: Ask, service: Service) -> Answer:
    """Return an empty 200 once the workers are ready."""
    if "domain" in ask.parameters:
        _known(ask)
    return Answer(200 if service.ready else 503)


def told_version(ask: Ask, service: Service) -> Answer:
    """Return the version."""
    return json_answer({"versionNumber": VERSION, "buildTimestamp": ""})


ROUTES: tuple[Work | Told, ...] = (
    Told("/rest/api/info", domains, "ITB : les domaines"),
    Told("/rest/api/healthcheck", health, "ITB : état"),
    Told("/rest/api/version", told_version, "ITB : version"),
    *(
        route
        for start in ("/rest/{domain}/api", "/{domain}/api")
        for route in (
            Work(f"{start}/validate", validate, "ITB : valider un document"),
            Work(f"{start}/validateMultiple", validate_multiple, "ITB : valider des documents"),
            Told(f"{start}/info", info, "ITB : types de validation"),
            Told(f"{start}/healthcheck", health, "ITB : état"),
        )
    ),
)
