"""FHIR R4 OperationOutcome, as matchbox answers ``$validate``, in JSON and XML.

Source: HL7 FHIR R4 OperationOutcome and issue-type; the extensions are those that the FHIR
validator writes.
"""

from typing import Any

from lxml import etree

from cda_tools.reports.contracts.places import fhirpath
from cda_tools.reports.contracts.verdict import Item, Judged, Level

FHIR = "http://hl7.org/fhir"
_EXTENSION = "http://hl7.org/fhir/StructureDefinition/operationoutcome-"
_CODES = {"xml": "structure", "xsd": "structure", "versions": "business-rule"}
_FATAL = {"CHK-01": "timeout"}


def outcome(verdict: Judged, *, version: str, name: str | None = None) -> dict[str, Any]:
    """Return the OperationOutcome of one document; ``name``: said first, where there are several.

    There is always one issue at least: how the document was validated.
    """
    layers = ", ".join(step.name for step in verdict.steps if step.ran) or "aucune"
    about = f"cda-tools {version}, profil {verdict.profile}, édition {verdict.edition}"
    if verdict.kit:
        about += f", kit {verdict.kit}"
    told = f"{name} : {about}" if name else about
    issues: list[dict[str, Any]] = [information(f"{told}, couches exécutées : {layers}.")]
    issues += [_issue(item) for item in verdict.items]
    if verdict.unlooked:
        text = f"Couches non exécutées : {', '.join(verdict.not_run)}."
        issues.append({"severity": "error", "code": "incomplete", "diagnostics": text})
    if not any(one["severity"] in {"fatal", "error"} for one in issues):
        text = "Aucune erreur." if verdict.items else "Aucune anomalie."
        issues.append(information(text))
    return {"resourceType": "OperationOutcome", "issue": issues}


def information(text: str) -> dict[str, str]:
    """Return an issue that only tells."""
    return {"severity": "information", "code": "informational", "diagnostics": text}


def refused(text: str) -> dict[str, Any]:
    """Return the OperationOutcome of a request that cannot be answered."""
    issue = {"severity": "error", "code": "exception", "diagnostics": text}
    return {"resourceType": "OperationOutcome", "issue": [issue]}


def _issue(item: Item) -> dict[str, Any]:
    extensions: list[dict[str, Any]] = []
    if item.line:
        extensions.append({"url": f"{_EXTENSION}issue-line", "valueInteger": item.line})
    extensions.append({"url": f"{_EXTENSION}message-id", "valueString": item.rule})
    extensions.append({"url": f"{_EXTENSION}issue-source", "valueString": item.layer})
    found: dict[str, Any] = {
        "extension": extensions,
        "severity": item.level.value,
        "code": _code(item),
        "diagnostics": item.message,
    }
    if item.location:
        found["location"] = [item.location]
    if expression := fhirpath(item.location):
        found["expression"] = [expression]
    return found


def _code(item: Item) -> str:
    if item.level is Level.FATAL:
        return _FATAL.get(item.rule, "exception")
    if item.level is Level.INFORMATION:
        return "informational"
    return _CODES.get(item.layer, "invariant")


def element(resource: dict[str, Any]) -> etree._Element:
    """Return a resource of this module as FHIR XML: values stand in ``value`` attributes."""
    root = etree.Element(f"{{{FHIR}}}{resource['resourceType']}", nsmap={None: FHIR})
    _fill(root, {key: value for key, value in resource.items() if key != "resourceType"})
    return root


def _fill(parent: etree._Element, values: dict[str, Any]) -> None:
    for key, value in values.items():
        for one in value if isinstance(value, list) else [value]:
            if key == "url" and parent.tag == f"{{{FHIR}}}extension":
                parent.set("url", one)
                continue
            child = etree.SubElement(parent, f"{{{FHIR}}}{key}")
            if isinstance(one, dict) and "resourceType" in one:
                child.append(element(one))
            elif isinstance(one, dict):
                _fill(child, one)
            else:
                child.set("value", str(one).lower() if isinstance(one, bool) else str(one))
