"""The REST interface of Gazelle's EVSClient: a validation is made, then its report is read.

Results stay in memory for a while, behind an unguessable number. Source: EVSClient, the script
of ANS (ci-sis-action-validate), NIST's toolkit. A validator's name is answered for only where we
check what it names.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from lxml import etree

from cda_tools.reading import safexml
from cda_tools.reports.contracts import evs
from cda_tools.reports.contracts.verdict import Judged, Outcome, together
from cda_tools.serve.asking import (
    JSON,
    XML,
    Answer,
    Ask,
    Refused,
    json_answer,
    json_body,
    text_answer,
    xml_answer,
)
from cda_tools.serve.content import Input, from_base64, label
from cda_tools.serve.routes import Told, Work
from cda_tools.serve.service import VERSION, Service
from cda_tools.serve.store import Kept, new_oid
from cda_tools.serve.tools import Tools, now, verdicts

ORDER = 60
_OBJECTS = "http://evsobjects.gazelle.ihe.net/"
_SERVICE = "Schematron Based CDA Validator"
_NAME = ".Structuration minimale des documents de santé v"
_OLDER = ("1.10", "1.11", "1.12", "1.13", "1.14", "1.15")
_PROFILES = {f"{_NAME}1.16": "1.16", **{f"{_NAME}{one}": "pre-1.16" for one in _OLDER}}
"""Our profile by the exact name of a validator."""
_MOST = 100
_STATUS = {
    Outcome.PASSED: ("DONE_PASSED", "PASSED"),
    Outcome.FAILED: ("DONE_FAILED", "FAILED"),
    Outcome.UNDEFINED: ("DONE_UNDEFINED", "ABORTED"),
}
_REPORT_XML = "application/gzl.validation.report+xml"
_REPORT_JSON = "application/gzl.validation.report+json"


def refusal(ask: Ask, reason: str, status: int) -> Answer:
    """Return a plain text."""
    return text_answer(f"{reason[:1].upper()}{reason[1:]}.", status)


def create(ask: Ask, tools: Tools) -> Answer:
    """Validate and answer where the result and its report are, with no body."""
    service, validator, inputs = _request(ask)
    profile = _PROFILES.get(validator) if service == _SERVICE else None
    if profile is None:
        raise Refused("validateur inconnu ; la liste est à /evs/rest/validations/profiles")
    verdict = together(verdicts(tools, inputs, profile), inputs[0].name)
    oid = new_oid()
    place = f"{ask.base}/evs/rest/validations/{oid}"
    headers = (
        ("Location", place),
        ("Content-Location", place),
        ("X-Validation-Report-Redirect", f"{place}/report"),
    )
    kept = Kept(oid, _without_path(verdict), now(), str(uuid4()), service, validator)
    return Answer(201, headers=headers, verdict=verdict.outcome.value, kept=kept)


def _without_path(verdict: Judged) -> Judged:
    """Return the verdict without the document's name: nothing that it is kept for needs it."""
    return replace(verdict, path="document")


def _request(ask: Ask) -> tuple[str, str, list[Input]]:
    if ask.kind == JSON:
        service, validator, objects = _from_json(json_body(ask))
    elif ask.kind in {XML, "text/xml"}:
        service, validator, objects = _from_xml(ask.body)
    else:
        raise Refused("Content-Type attendu : application/xml ou application/json", 415)
    if not objects:
        raise Refused("aucun objet à valider")
    if len(objects) > _MOST:
        raise Refused(f"plus de {_MOST} objets à la fois")
    return service, validator, [Input(label(name), from_base64(text)) for name, text in objects]


def _from_json(value: Any) -> tuple[str, str, list[tuple[str | None, str]]]:
    try:
        service = value["validationService"]
        objects = value.get("objects") or value.get("object") or []
        objects = objects if isinstance(objects, list) else [objects]
        found = [(one.get("originalFileName"), one["content"]) for one in objects]
        names = service["name"], service["validator"]
    except (KeyError, TypeError, AttributeError):
        raise Refused("requête incomplète : validationService, objects, content") from None
    texts = [*names, *(content for _, content in found), *(name or "" for name, _ in found)]
    if not all(isinstance(text, str) for text in texts):
        raise Refused("name, validator, originalFileName et content sont des textes")
    return *names, found


def _from_xml(body: bytes) -> tuple[str, str, list[tuple[str | None, str]]]:
    try:
        root = safexml.parse(body, safexml.DEFAULT)
    except safexml.XmlRefused as refused:
        raise Refused(f"XML refusé : {refused.finding.message}".rstrip(".")) from None
    service = _child(root, "validationService")
    if service is None:
        raise Refused("requête incomplète : validationService manque")
    objects = []
    for one in root.iterchildren("{*}object"):
        content = _child(one, "content")
        text = "".join(content.itertext()) if content is not None else ""
        objects.append((one.get("originalFileName"), text))
    return service.get("name", ""), service.get("validator", ""), objects


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next(element.iterchildren(f"{{*}}{name}"), None)


def result(ask: Ask, service: Service) -> Answer:
    """Return a validation's state; never the document."""
    kept = _kept(ask.parameters["oid"], service)
    kind = _accepted(ask, (XML, JSON), XML)
    status = _STATUS[kept.verdict.outcome][0]
    place = f"{ask.base}/evs/rest/validations/{kept.oid}/report"
    if kind == JSON:
        return json_answer(
            {
                "oid": kept.oid,
                "date": _moment(kept.when),
                "status": status,
                "validationService": {"name": kept.service, "validator": kept.validator},
                "validationReportRef": {"location": place},
                "sharing": {"private": True},
                "caller": {"entryPoint": "WS"},
            }
        )
    root = etree.Element(f"{{{_OBJECTS}}}validation", nsmap={None: _OBJECTS})
    for name, text in (("oid", kept.oid), ("date", _moment(kept.when)), ("status", status)):
        etree.SubElement(root, f"{{{_OBJECTS}}}{name}").text = text
    names = {"name": kept.service, "validator": kept.validator}
    etree.SubElement(root, f"{{{_OBJECTS}}}validationService", names)
    reference = etree.SubElement(root, f"{{{_OBJECTS}}}validationReportRef")
    etree.SubElement(reference, f"{{{_OBJECTS}}}location").text = place
    return xml_answer(root)


def report(ask: Ask, service: Service) -> Answer:
    """Return a validation's report, in the form that Accept names."""
    kept = _kept(ask.parameters["oid"], service)
    kind = _accepted(ask, (XML, _REPORT_XML, JSON, _REPORT_JSON), XML)
    found = evs.report(
        kept.verdict,
        evs.Asked(kept.uuid, kept.service, kept.validator),
        kept.when,
        version=VERSION,
        threshold=(ask.asked("severityThreshold") or "INFO").upper(),
    )
    if kind in {JSON, _REPORT_JSON}:
        return json_answer(found, media_type=kind)
    return xml_answer(evs.element(found), media_type=kind)


def _accepted(ask: Ask, kinds: tuple[str, ...], default: str) -> str:
    accept = ask.accept.lower()
    found = ask.prefers(*kinds, "text/xml")
    if found:
        return default if found == "text/xml" else found
    if not accept or "*/*" in accept or "application/*" in accept:
        return default
    wants_other = "junit" in accept or "svrl" in accept
    raise Refused("forme de rapport non proposée", 501 if wants_other else 406)


def _kept(oid: str, service: Service) -> Kept:
    found = service.store.get(oid)
    if found is None:
        raise Refused("validation inconnue, ou oubliée depuis", 404)
    return found


def _moment(when: datetime) -> str:
    return when.isoformat(timespec="milliseconds")


def profiles(ask: Ask, service: Service) -> Answer:
    """Return the validators of a service, or of all."""
    wanted = ask.asked("serviceName")
    if wanted not in {None, "", _SERVICE}:
        return json_answer([])
    return json_answer(
        [
            {
                "serviceName": _SERVICE,
                "validator": {"keyword": one, "name": one, "domain": "CDA-FR"},
            }
            for one in _PROFILES
        ]
    )


def status(ask: Ask, service: Service) -> Answer:
    """Return PASSED, FAILED, ABORTED or NOT_PERFORMED."""
    found = service.store.get(ask.asked("oid") or "")
    return text_answer(_STATUS[found.verdict.outcome][1] if found else "NOT_PERFORMED")


def date(ask: Ask, service: Service) -> Answer:
    """Return when a validation was made."""
    return text_answer(_moment(_kept(ask.asked("oid") or "", service).when))


def link(ask: Ask, service: Service) -> Answer:
    """Return where a validation is."""
    kept = _kept(ask.asked("oid") or "", service)
    return text_answer(f"{ask.base}/evs/rest/validations/{kept.oid}")


ROUTES: tuple[Work | Told, ...] = (
    Work("/evs/rest/validations", create, "EVS : valider", takes=(XML, JSON)),
    Told("/evs/rest/validations/profiles", profiles, "EVS : validateurs"),
    Told("/evs/rest/validations/{oid}", result, "EVS : état d'une validation"),
    Told("/evs/rest/validations/{oid}/report", report, "EVS : rapport d'une validation"),
    Told("/evs/rest/GetValidationStatus", status, "EVS : verdict d'une validation"),
    Told("/evs/rest/GetValidationDate", date, "EVS : date d'une validation"),
    Told("/evs/rest/GetValidationPermanentLink", link, "EVS : adresse d'une validation"),
)
