"""The Gazelle validation service, v1 and v2, under ``/gazelle``.

Source: Gazelle validation service API; matchbox. Content is base64; ``location`` says where it
came from and is never fetched. Readers compute the results again.
"""

import hashlib
import json
from typing import Any

from cda_tools.reports.contracts import gazelle
from cda_tools.reports.contracts.gazelle import Model
from cda_tools.serve.asking import Answer, Ask, Refused, json_answer, json_body
from cda_tools.serve.content import Input, from_base64, label
from cda_tools.serve.routes import Told, Work
from cda_tools.serve.service import VERSION, Service
from cda_tools.serve.tools import Tools, now, verdicts
from cda_tools.validation import PROFILES

ORDER = 50
_REPORT = "application/gzl.validation.report+json"
_INPUT = "contentToValidate"
_MOST = 100


def refusal(ask: Ask, reason: str, status: int) -> Answer:
    """Return the error; one that is the service's own is an UNDEFINED report."""
    if status < 500:
        return json_answer({"error": reason}, status)
    return json_answer(_undefined(ask, "unavailable", reason, "1.16"), status, _kind(ask))


def validate_v1(ask: Ask, tools: Tools) -> Answer:
    """Return the report of ``validationItems``, in the model 0.1."""
    return _validate(ask, tools, Model.V1, "validationItems")


def validate_v2(ask: Ask, tools: Tools) -> Answer:
    """Return the report of ``inputs``, in the model 2.0."""
    return _validate(ask, tools, Model.V2, "inputs")


def _validate(ask: Ask, tools: Tools, model: Model, key: str) -> Answer:
    request = json_body(ask)
    if not isinstance(request, dict):
        raise Refused("le corps de la requête doit être un objet JSON")
    profile = request.get("validationProfileId") or request.get("validationProfileID")
    if not isinstance(profile, str) or not profile.strip():
        raise Refused("validationProfileId manque")
    items = request.get(key)
    if not isinstance(items, list) or not items:
        raise Refused(f"{key} manque ou est vide")
    if len(items) > _MOST:
        raise Refused(f"plus de {_MOST} documents à la fois")
    inputs = [_input(one, number) for number, one in enumerate(items, start=1)]
    if profile not in PROFILES:
        reason = f"profil inconnu ; profils : {', '.join(PROFILES)}"
        found = _undefined(ask, "unknownProfile", reason, profile)
        return json_answer(found, media_type=_kind(ask), verdict="UNDEFINED")
    found = gazelle.report(
        verdicts(tools, inputs, profile),
        now(),
        version=VERSION,
        model=model,
        names=[one.name for one in inputs] if len(inputs) > 1 else (),
    )
    # What was validated is named, and not sent back.
    echoed = ("itemId", "role", "id")
    found[key] = [{name: one[name] for name in echoed if one.get(name)} for one in items]
    return json_answer(found, media_type=_kind(ask), verdict=found["overallResult"])


def _input(item: object, number: int) -> Input:
    if not isinstance(item, dict):
        raise Refused("un élément à valider n'est pas un objet JSON")
    wanted = item.get("id")
    if wanted is not None and wanted != _INPUT:
        raise Refused(f"entrée inconnue : la seule est {_INPUT}")
    content = item.get("content")
    if not isinstance(content, str) or not content.strip():
        raise Refused("le contenu à valider est vide")
    name = item.get("itemId")
    return Input(label(name if isinstance(name, str) else None, str(number)), from_base64(content))


def _undefined(ask: Ask, name: str, reason: str, profile: str) -> dict[str, Any]:
    model = Model.V2 if "/v2/" in ask.path else Model.V1
    return gazelle.undefined(profile, name, reason, now(), version=VERSION, model=model)


def _kind(ask: Ask) -> str:
    return ask.prefers(_REPORT) or "application/json"


def metadata(ask: Ask, service: Service) -> Answer:
    """Return what the service provides, with absolute URLs."""
    interfaces = [
        ("ValidationInterface", "1.0.0", f"{ask.base}/gazelle/validation/validate"),
        ("Validation Service API", "2.0.0", f"{ask.base}/gazelle"),
    ]
    provided = [
        {
            "type": "validationInterface",
            "interfaceName": name,
            "interfaceVersion": version,
            "required": False,
            "bindings": [{"type": "restBinding", "serviceUrl": url}],
            "validationProfiles": _profiles_v1(),
        }
        for name, version, url in interfaces
    ]
    return json_answer({"name": "cda-tools", "version": VERSION, "providedInterfaces": provided})


def profiles_v1(ask: Ask, service: Service) -> Answer:
    """Return the profiles of v1."""
    return _tagged(ask, _profiles_v1())


def profiles_v2(ask: Ask, service: Service) -> Answer:
    """Return the profiles of v2."""
    return _tagged(
        ask,
        [
            one
            | {
                "version": one["profileID"],
                "standards": ["HL7 CDA R2"],
                "inputs": [{"id": _INPUT, "label": "Document CDA", "required": True}],
            }
            for one in _profiles_v1()
        ],
    )


def _profiles_v1() -> list[dict[str, Any]]:
    return [
        {
            "profileID": profile,
            "profileName": gazelle.profile_name(profile),
            "domain": "CDA-FR",
            "coveredItems": ["ClinicalDocument"],
        }
        for profile in PROFILES
    ]


def _tagged(ask: Ask, value: list[dict[str, Any]]) -> Answer:
    """Return a list with its ETag, or 304 where the client has it (RFC 9110 § 13.1.2)."""
    text = json.dumps([VERSION, value]).encode()
    tag = f'"{hashlib.sha256(text).hexdigest()[:16]}"'
    headers = (("ETag", tag), ("Cache-Control", "no-cache"))
    known = [one.strip().removeprefix("W/") for one in ask.headers["if-none-match"].split(",")]
    if tag in known or "*" in known:
        return Answer(304, headers=headers)
    found = json_answer(value)
    return Answer(200, found.body, found.media_type, headers)


ROUTES: tuple[Work | Told, ...] = (
    Told("/gazelle/metadata", metadata, "Gazelle : interfaces du service"),
    Told("/gazelle/validation/profiles", profiles_v1, "Gazelle v1 : profils"),
    Told("/gazelle/validation/v2/profiles", profiles_v2, "Gazelle v2 : profils"),
    Work("/gazelle/validation/validate", validate_v1, "Gazelle v1 : valider"),
    Work("/gazelle/validation/v2/validate", validate_v2, "Gazelle v2 : valider"),
)
