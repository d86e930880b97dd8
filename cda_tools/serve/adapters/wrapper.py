"""HL7's validator-wrapper: JSON with texts in, issues by file out.

``POST /validate`` is shared with our own route, which hands on what comes as JSON.
"""

from typing import Any
from uuid import UUID, uuid4

from cda_tools.reports.contracts import wrapper
from cda_tools.serve.asking import Answer, Ask, Refused, json_answer, json_body, text_answer
from cda_tools.serve.content import Input, from_text, label
from cda_tools.serve.routes import Told, Work
from cda_tools.serve.service import VERSION, Service
from cda_tools.serve.tools import Tools, verdicts
from cda_tools.validation import PROFILES

ORDER = 30
_MOST = 100
_FHIR_ISSUE = {
    "source": "cda-tools",
    "line": -1,
    "col": -1,
    "location": "",
    "message": "Ce fichier est du JSON : seuls les documents CDA (XML) sont validés ici.",
    "type": "STRUCTURE",
    "level": "FATAL",
}


def refusal(ask: Ask, reason: str, status: int) -> Answer:
    """Return the error: a plain text."""
    return text_answer(f"{reason[:1].upper()}{reason[1:]}.", status)


def validate(ask: Ask, tools: Tools) -> Answer:
    """Return the issues of each file, in their order."""
    request = json_body(ask)
    if not isinstance(request, dict):
        raise Refused("le corps de la requête doit être un objet JSON")
    files = request.get("filesToValidate")
    if not isinstance(files, list) or not files:
        raise Refused("aucun fichier à valider")
    if len(files) > _MOST:
        raise Refused(f"plus de {_MOST} fichiers à la fois")
    profile = _profile(request.get("validationContext") or request.get("cliContext"))
    read = [_file(one) for one in files]
    outcomes = []
    results = []
    for file, data in read:
        if data is None:
            outcomes.append({"fileInfo": file, "issues": [_FHIR_ISSUE]})
            continue
        verdict = verdicts(tools, [Input(label(file["fileName"]), data)], profile)[0]
        results.append(verdict.outcome.value)
        outcomes.append({"fileInfo": file, "issues": wrapper.issues(verdict)})
    answer = {
        "outcomes": outcomes,
        "sessionId": _session(request.get("sessionId")),
        "validationTimes": {},
    }
    return json_answer(answer, verdict=", ".join(results) or None)


def _profile(context: object) -> str | None:
    """Return our profile where the context names one of ours; others are of other engines."""
    named = context.get("profiles") if isinstance(context, dict) else None
    found = [one for one in named if one in PROFILES] if isinstance(named, list) else []
    return found[0] if found else None


def _file(file: object) -> tuple[dict[str, Any], bytes | None]:
    if not isinstance(file, dict):
        raise Refused("un fichier à valider n'est pas un objet JSON")
    name, content, kind = (file.get(key) for key in ("fileName", "fileContent", "fileType"))
    if not isinstance(name, str) or not name:
        raise Refused("un fichier à valider n'a pas de nom")
    if not isinstance(content, str):
        raise Refused("un fichier à valider n'a pas de contenu")
    if kind not in {None, "xml", "json"}:
        raise Refused("un fichier à valider est d'un type inconnu")
    info = {"fileName": name, "fileContent": "", "fileType": kind}
    return info, None if kind == "json" else from_text(content)


def _session(given: object) -> str:
    """Return the session that was given, if it is one, or a new one: nothing is kept of it."""
    try:
        return str(UUID(str(given)))
    except ValueError:
        return str(uuid4())


def told_version(ask: Ask, service: Service) -> Answer:
    """Return the versions of the service."""
    return json_answer({"validatorWrapperVersion": VERSION, "validatorVersion": VERSION})


ROUTES: tuple[Work | Told, ...] = (
    Told("/validator/version", told_version, "validator-wrapper : version"),
)
