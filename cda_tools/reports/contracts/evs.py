"""The older validation report of Gazelle's EVSClient, as XML and as its JSON twin.

``counters`` stands before every sub-report and sub-reports are flat, one a layer: the style
sheet of ANS reads them so.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree

from cda_tools.reports.contracts.gazelle import DISCLAIMER, NOTHING
from cda_tools.reports.contracts.verdict import Item, Judged, Level, Outcome, Step

GVR = "http://validationreport.gazelle.ihe.net/"
_CONSTRAINTS = {
    Level.FATAL: ("MANDATORY", "ERROR", "UNDEFINED"),
    Level.ERROR: ("MANDATORY", "ERROR", "FAILED"),
    Level.WARNING: ("RECOMMENDED", "WARNING", "FAILED"),
    Level.INFORMATION: ("PERMITTED", "INFO", "PASSED"),
}
THRESHOLDS = {
    "INFO": frozenset(Level),
    "WARNING": frozenset(Level) - {Level.INFORMATION},
    "ERROR": frozenset({Level.ERROR, Level.FATAL}),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The names that a client asked for, said back as they are; ``uuid``: the report's own."""

    uuid: str
    service: str
    validator: str


def report(
    verdict: Judged, asked: Asked, when: datetime, *, version: str, threshold: str = "INFO"
) -> dict[str, Any]:
    """Return the report in its JSON form.

    ``threshold``: a key of THRESHOLDS; it drops constraints below it, never from the counters.
    """
    shown = THRESHOLDS.get(threshold, THRESHOLDS["INFO"])
    overview: dict[str, Any] = {
        "validationDateTime": when.isoformat(timespec="milliseconds"),
        "validationOverallResult": verdict.outcome.value,
        "disclaimer": DISCLAIMER,
        "validationServiceName": asked.service,
        "validationServiceVersion": f"cda-tools {version}",
        "validatorID": asked.validator,
        "validatorVersion": verdict.profile,
    }
    metadata = {"profile": verdict.profile, "edition": verdict.edition}
    if verdict.kit:
        metadata["kit"] = verdict.kit
    if verdict.not_run:
        metadata["layersNotRun"] = ", ".join(verdict.not_run)
    overview["additionalMetadata"] = [
        {"name": name, "value": value} for name, value in metadata.items()
    ]
    return {
        "result": verdict.outcome.value,
        "uuid": asked.uuid,
        "validationOverview": overview,
        "counters": {
            "numberOfConstraints": len(verdict.items),
            "numberOfErrors": verdict.count(Level.ERROR, Level.FATAL),
            "numberOfWarnings": verdict.count(Level.WARNING),
            "failedWithInfoNumber": 0,
        },
        "subReports": [_step(step, shown) for step in verdict.steps if step.shown],
    }


def _step(step: Step, shown: frozenset[Level]) -> dict[str, Any]:
    constraints = [_constraint(item) for item in step.items if item.level in shown]
    if not step.items and Level.INFORMATION in shown:
        constraints = [
            {
                "priority": "PERMITTED",
                "severity": "INFO",
                "testResult": "PASSED",
                "constraintDescription": NOTHING,
            }
        ]
    found: dict[str, Any] = {"name": step.name, "subReportResult": step.outcome.value}
    if constraints:
        found["constraints"] = constraints
    if step.outcome is Outcome.UNDEFINED:
        found["unexpectedErrors"] = [
            {"name": item.rule, "message": item.message}
            for item in step.items
            if item.level is Level.FATAL
        ]
    return found


def _constraint(item: Item) -> dict[str, str]:
    priority, severity, result = _CONSTRAINTS[item.level]
    found = {
        "constraintID": item.rule,
        "priority": priority,
        "severity": severity,
        "testResult": result,
        "constraintDescription": item.message,
        "constraintType": item.layer,
    }
    place = item.location or (f"line {item.line}" if item.line else None)
    return found | ({"locationInValidatedObject": place} if place else {})


def element(found: dict[str, Any]) -> etree._Element:
    """Return a report as XML."""
    attributes = {name: found[name] for name in ("result", "uuid")}
    root = etree.Element(f"{{{GVR}}}validationReport", attributes, nsmap={None: GVR})
    _overview(root, found["validationOverview"])
    counters = {name: str(number) for name, number in found["counters"].items()}
    etree.SubElement(root, f"{{{GVR}}}counters", counters)
    for sub in found["subReports"]:
        _sub_report(root, sub)
    return root


def _overview(root: etree._Element, values: dict[str, Any]) -> None:
    attributes = ("validationDateTime", "validationOverallResult")
    overview = etree.SubElement(
        root, f"{{{GVR}}}validationOverview", {name: values[name] for name in attributes}
    )
    for name, value in values.items():
        if isinstance(value, list):
            for one in value:
                etree.SubElement(overview, f"{{{GVR}}}{name}", one)
        elif name not in attributes:
            etree.SubElement(overview, f"{{{GVR}}}{name}").text = value


def _sub_report(root: etree._Element, values: dict[str, Any]) -> None:
    attributes = {name: values[name] for name in ("name", "subReportResult")}
    sub = etree.SubElement(root, f"{{{GVR}}}subReport", attributes)
    for one in values.get("constraints", ()):
        names = ("constraintID", "priority", "severity", "testResult")
        constraint = etree.SubElement(
            sub, f"{{{GVR}}}constraint", {name: one[name] for name in names if name in one}
        )
        for name, text in one.items():
            if name not in names:
                etree.SubElement(constraint, f"{{{GVR}}}{name}").text = text
    for error in values.get("unexpectedErrors", ()):
        etree.SubElement(sub, f"{{{GVR}}}unexpectedErrors", error)
