"""VARL, the report that the KoSIT validator's daemon answers.

Clients read it with regular expressions as much as with parsers: the prefix ``rep`` and the
order of a message's attributes are part of the contract. A step is valid only without error
and without warning; what is accepted or rejected stands in ``rep:assessment``.
"""

from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime

from lxml import etree

from cda_tools.reports.contracts.places import xpath
from cda_tools.reports.contracts.verdict import Item, Judged, Level, Outcome, Step

REP = "http://www.xoev.de/de/validator/varl/1"
SCENARIOS = "http://www.xoev.de/de/validator/framework/1/scenarios"
XHTML = "http://www.w3.org/1999/xhtml"

_LEVELS = {
    Level.ERROR: "error",
    Level.WARNING: "warning",
    Level.INFORMATION: "information",
}


def report(verdict: Judged, when: datetime, *, digest: bytes, version: str) -> etree._Element:
    """Return the report of a document that was checked (PASSED or FAILED).

    ``digest``: SHA-256 of the bytes. Raise ValueError for UNDEFINED: clients take any VARL for
    a verdict.
    """
    if verdict.outcome is Outcome.UNDEFINED:
        raise ValueError("no VARL without a verdict")
    steps = list(_steps(verdict))
    root = etree.Element(
        f"{{{REP}}}report",
        {"valid": _bool(all(valid for _, valid in steps)), "varlVersion": "1.0.0"},
        nsmap={"rep": REP, "s": SCENARIOS},
    )
    _add(_add(root, REP, "engine"), REP, "name", f"cda-tools {version}")
    _add(root, REP, "timestamp", f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
    _identification(root, verdict.path, digest)
    if verdict.is_cda:
        matched = _add(root, REP, "scenarioMatched")
        _scenario(matched, verdict)
    else:
        matched = _add(root, REP, "noScenarioMatched")
        steps = [one for one in steps if one[0].get("id") == "val-xml"]
    matched.extend(step for step, _ in steps)
    _assessment(root, verdict)
    return root


def _identification(root: etree._Element, name: str, digest: bytes) -> None:
    found = _add(root, REP, "documentIdentification")
    held = _add(found, REP, "documentHash")
    _add(held, REP, "hashAlgorithm", "SHA-256")
    _add(held, REP, "hashValue", b64encode(digest).decode("ascii"))
    _add(found, REP, "documentReference", name)


def _scenario(matched: etree._Element, verdict: Judged) -> None:
    scenario = _add(matched, SCENARIOS, "scenario")
    title = f"CDA, structuration minimale {verdict.profile} (édition {verdict.edition})"
    if verdict.kit:
        title += f", kit {verdict.kit}"
    _add(scenario, SCENARIOS, "name", title)
    _add(scenario, SCENARIOS, "match", "/*[local-name()='ClinicalDocument']")
    resource = _add(_add(scenario, SCENARIOS, "validateWithXmlSchema"), SCENARIOS, "resource")
    _add(resource, SCENARIOS, "name", "CDA R2")
    _add(resource, SCENARIOS, "location", "CDA.xsd")


def _steps(verdict: Judged) -> Iterator[tuple[etree._Element, bool]]:
    """Yield each layer that ran, and whether it found neither error nor warning."""
    schematrons = 0
    taken: dict[str, int] = {}
    for step in verdict.steps:
        if not step.shown:
            continue
        if step.name in {"xml", "xsd"}:
            name = f"val-{step.name}"
        else:
            schematrons += 1
            name = f"val-sch.{schematrons}"
        taken[name] = taken.get(name, 0) + 1
        if taken[name] > 1:  # a second document of one carrier
            name = f"{name}.{taken[name]}"
        yield _step(step, name)


def _step(step: Step, name: str) -> tuple[etree._Element, bool]:
    valid = all(item.level is Level.INFORMATION for item in step.items)
    attributes = {"id": name, "valid": _bool(valid)}
    found = etree.Element(f"{{{REP}}}validationStepResult", attributes, nsmap={"rep": REP})
    resource = _add(found, SCENARIOS, "resource")
    _add(resource, SCENARIOS, "name", step.name)
    _add(resource, SCENARIOS, "location", "cda-tools")
    for number, item in enumerate(step.items, start=1):
        found.append(_message(item, f"{name}.{number}"))
    return found, valid


def _message(item: Item, name: str) -> etree._Element:
    attributes = {"id": name, "level": _LEVELS[item.level]}
    if path := xpath(item.location):
        attributes["xpathLocation"] = path
    attributes["code"] = item.rule
    if item.line:
        attributes["lineNumber"] = str(item.line)
    found = etree.Element(f"{{{REP}}}message", attributes, nsmap={"rep": REP})
    found.text = " ".join(item.message.split())
    return found


def _assessment(root: etree._Element, verdict: Judged) -> None:
    accepted = verdict.outcome is Outcome.PASSED
    choice = _add(_add(root, REP, "assessment"), REP, "accept" if accepted else "reject")
    paragraph = etree.SubElement(
        _add(choice, REP, "explanation"),
        f"{{{XHTML}}}p",
        {"data-report-type": "cda-tools"},
        nsmap={None: XHTML},
    )
    paragraph.text = _sentence(verdict, accepted=accepted)


def _sentence(verdict: Judged, *, accepted: bool) -> str:
    errors, warnings = verdict.count(Level.ERROR), verdict.count(Level.WARNING)
    if not verdict.is_cda:
        return "Ce n'est pas un document CDA bien formé."
    if not accepted:
        return f"Non conforme : {errors} erreur{'s' if errors > 1 else ''}."
    if warnings:
        return f"Conforme, avec {warnings} avertissement{'s' if warnings > 1 else ''}."
    return "Conforme."


def _add(
    parent: etree._Element, namespace: str, name: str, text: str | None = None
) -> etree._Element:
    found = etree.SubElement(parent, f"{{{namespace}}}{name}")
    found.text = text
    return found


def _bool(value: bool) -> str:
    return "true" if value else "false"
