"""The issues that HL7's validator-wrapper answers for one file."""

from typing import Any

from cda_tools.reports.contracts.verdict import Item, Judged, Level

_SOURCES = {"xml": "Schema", "xsd": "Schema", "structuration-minimale": "Schematron"}
_TYPES = {"xml": "STRUCTURE", "xsd": "STRUCTURE", "versions": "BUSINESSRULE"}


def issues(verdict: Judged) -> list[dict[str, Any]]:
    """Return the issues; a file without any has one that says so, as the pages of clients need."""
    found = [_issue(item) for item in verdict.items]
    if verdict.unlooked:
        not_run = ", ".join(verdict.not_run)
        found.append(_said(f"Couches non exécutées : {not_run}.", "FATAL", "EXCEPTION"))
    return found or [_said("Aucune anomalie.", "INFORMATION", "INFORMATIONAL")]


def _issue(item: Item) -> dict[str, Any]:
    return {
        "source": _SOURCES.get(item.layer, "cda-tools"),
        "line": item.line or -1,
        "col": -1,
        "location": item.location or "",
        "message": item.message,
        "messageId": item.rule,
        "type": "EXCEPTION" if item.level is Level.FATAL else _TYPES.get(item.layer, "INVARIANT"),
        "level": item.level.value.upper(),
    }


def _said(message: str, level: str, kind: str) -> dict[str, Any]:
    return {
        "source": "cda-tools",
        "line": -1,
        "col": -1,
        "location": "/ClinicalDocument",
        "message": message,
        "type": kind,
        "level": level,
    }
