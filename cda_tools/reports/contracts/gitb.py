"""The GITB test report (TAR) of the ITB xml-validator, as XML and as JSON.

Source: GITB ``gitb_tr`` and ``gitb_core`` (namespaces below), itb-commons. A document that was
not checked is UNDEFINED; there is no WARNING, which that validator never answers.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from lxml import etree

from cda_tools.reports.contracts.verdict import Item, Judged, Level, Outcome

TR = "http://www.gitb.com/tr/v1/"
CORE = "http://www.gitb.com/core/v1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

_RESULTS = {
    Outcome.PASSED: "SUCCESS",
    Outcome.FAILED: "FAILURE",
    Outcome.UNDEFINED: "UNDEFINED",
}
_KINDS = {
    Level.FATAL: "error",
    Level.ERROR: "error",
    Level.WARNING: "warning",
    Level.INFORMATION: "info",
}
_ORDER = ("error", "warning", "info")


class Places(StrEnum):
    """How an item tells its place: the path, the line, or both."""

    PATH = "path"
    LINE = "line"
    BOTH = "both"


def report(
    verdict: Judged,
    when: datetime,
    *,
    version: str,
    places: Places = Places.PATH,
    document: str | None = None,
) -> dict[str, Any]:
    """Return the report in its JSON form; ``date`` is still a datetime (with an offset).

    ``document``: what was validated, where it is asked for (addInputToReport).
    """
    reports: dict[str, list[dict[str, str]]] = {}
    for kind in _ORDER:
        items = [_item(item, places) for item in verdict.items if _KINDS[item.level] == kind]
        if items:
            reports[kind] = items
    counts = Counter(item.level for item in verdict.items)
    found = frame(verdict.outcome, counts, verdict.profile, verdict.edition, when, version)
    if document is not None:
        item = {
            "name": "xml",
            "mimeType": "application/xml",
            "embeddingMethod": "STRING",
            "value": document,
        }
        found["context"] = {"items": [item]}
    notes = [f"kit {verdict.kit}"] if verdict.kit else []
    if verdict.not_run:
        notes.append(f"couches non exécutées : {', '.join(verdict.not_run)}")
    if notes:
        found["overview"]["note"] = " ; ".join(notes)
    return found | {"reports": reports}


def frame(
    outcome: Outcome,
    counts: Mapping[Level, int],
    profile: str,
    edition: str,
    when: datetime,
    version: str,
) -> dict[str, Any]:
    """Return what every report begins with; information counts as assertions, as there."""
    return {
        "date": when,
        "result": _RESULTS[outcome],
        "overview": {
            "profileID": profile,
            "customizationID": edition,
            "validationServiceName": "cda-tools",
            "validationServiceVersion": version,
        },
        "counters": {
            "nrOfAssertions": counts.get(Level.INFORMATION, 0),
            "nrOfErrors": counts.get(Level.ERROR, 0) + counts.get(Level.FATAL, 0),
            "nrOfWarnings": counts.get(Level.WARNING, 0),
        },
        "reports": {},
    }


def to_json(found: dict[str, Any]) -> dict[str, Any]:
    """Return a report that JSON can hold: the date as ``2026-03-02T09:15:04.120+0000``."""
    moment = found["date"].astimezone(UTC)
    return found | {"date": f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}+0000"}


def element(found: dict[str, Any]) -> etree._Element:
    """Return a report as XML (``TestStepReport`` of type TAR)."""
    root = etree.Element(f"{{{TR}}}TestStepReport", nsmap={"tr": TR, "xsi": XSI})
    return _fill(root, found)


def nested(name: str, found: dict[str, Any]) -> etree._Element:
    """Return a report as one of those inside another; ``name`` is its document's."""
    root = etree.Element(f"{{{TR}}}reports", nsmap={"tr": TR, "xsi": XSI}, name=name)
    return _fill(root, found)


def _fill(root: etree._Element, found: dict[str, Any]) -> etree._Element:
    root.set(f"{{{XSI}}}type", "tr:TAR")
    moment = found["date"].astimezone(UTC)
    _text(root, "date", f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z")
    _text(root, "result", found["result"])
    for name in ("overview", "counters"):
        group = etree.SubElement(root, f"{{{TR}}}{name}")
        for key, value in found[name].items():
            _text(group, key, str(value))
    for item in found.get("context", {}).get("items", ()):
        context = etree.SubElement(root, f"{{{TR}}}context", nsmap={"core": CORE})
        attributes = {key: value for key, value in item.items() if key != "value"}
        holder = etree.SubElement(context, f"{{{CORE}}}item", attributes)
        etree.SubElement(holder, f"{{{CORE}}}value").text = _printable(item["value"])
    # An empty ``reports`` breaks the schema: it is left out.
    if found["reports"]:
        group = etree.SubElement(root, f"{{{TR}}}reports")
        for kind, items in found["reports"].items():
            for item in items:
                bar = etree.SubElement(group, f"{{{TR}}}{kind}", {f"{{{XSI}}}type": "tr:BAR"})
                for key, value in item.items():
                    _text(bar, key, value)
    return root


def _item(item: Item, places: Places) -> dict[str, str]:
    found = {"assertionID": item.rule, "description": item.message}
    if location := _place(item, places):
        found["location"] = location
    return found | {"type": item.layer}


def _place(item: Item, places: Places) -> str | None:
    line = f"xml:{item.line}:0" if item.line else None
    if places is Places.BOTH and line and item.location:
        return f"{line}|{item.location}"
    if places is Places.LINE:
        return line
    return item.location or line


def _text(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{TR}}}{name}").text = text


def _printable(text: str) -> str:
    """Leave out what XML 1.0 cannot hold: the report is well formed whatever was sent."""
    return "".join(
        one
        for one in text
        if one in "\t\n\r"
        or "\x20" <= one <= "\ud7ff"
        or "\ue000" <= one <= "\ufffd"
        or one > "\uffff"
    )
