"""For code scanning: SARIF 2.1.0, written as results come.

Source: OASIS, Static Analysis Results Interchange Format 2.1.0; GitHub takes it for code
scanning (a place needs a line there: a finding without one stands at the first).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cda_tools.batch import Result
from cda_tools.reports.escapes import Escape
from cda_tools.reports.paths import relative, shown
from cda_tools.reports.run import Run
from cda_tools.reports.texts import text_of
from cda_tools.rules.finding import Finding, Severity
from cda_tools.text import clean
from cda_tools.validation import Report

ESCAPE = Escape.JSON

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_BASE = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "note"}


def render(results: Iterable[Result], run: Run) -> Iterator[str]:
    """Yield the results one by one, then the tool with the rules that they name."""
    rules: dict[tuple[str, str], int] = {}
    yield f'{{"$schema": "{_SCHEMA}",\n"version": "2.1.0",\n"runs": [{{"results": ['
    separator = "\n"
    for result in results:
        for finding in result.report.findings:
            index = rules.setdefault((finding.rule, finding.layer), len(rules))
            yield separator + _dump(_result(result.report, finding, index, run))
            separator = ",\n"
    yield "],\n" + _dump(_around(rules, run))[1:] + "]}\n"


def _around(rules: Iterable[tuple[str, str]], run: Run) -> dict[str, Any]:
    """Return what a run has beside its results."""
    driver = {
        "name": "cda-tools",
        "version": version("cda-tools"),
        "rules": [_rule(rule, layer) for rule, layer in rules],
    }
    return {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_BASE: {"description": {"text": "Dossier courant."}}},
        "invocations": [{"executionSuccessful": not run.interrupted}],
        "properties": {
            "profile": run.options.profile,
            "edition": run.options.edition,
            "kit": run.options.kit_label,
            "strict": run.options.strict,
            "baseline": run.baseline,
            "ignored": [{"rule": rule, "reason": why} for rule, why in run.ignored.items()],
        },
    }


def _rule(rule: str, layer: str) -> dict[str, Any]:
    text = text_of(rule)
    common = {"id": rule, "properties": {"tags": [layer], "precision": "very-high"}}
    if text is None:
        return common
    markdown = (
        f"**{rule}** : {text.title}",
        f"Source : {text.source}",
        f"Conforme :\n\n```xml\n{text.right}\n```",
        f"Non conforme :\n\n```xml\n{text.wrong}\n```",
    )
    return {
        **common,
        "shortDescription": {"text": text.title},
        "fullDescription": {"text": text.title},
        "help": {
            "text": f"{text.title} Source : {text.source}",
            "markdown": "\n\n".join(markdown),
        },
        "defaultConfiguration": {"level": _LEVELS[text.severity]},
    }


def _result(report: Report, finding: Finding, index: int, run: Run) -> dict[str, Any]:
    inside = report.inside
    place: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": _artifact(report.file),
            # A line inside an archive or a message is no line of that file.
            "region": {"startLine": (finding.line if inside is None else None) or 1},
        }
    }
    name = " ".join(part for part in (inside, finding.location) if part)
    if name:
        place["logicalLocations"] = [{"fullyQualifiedName": shown(name), "kind": "element"}]
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[run.weight(finding)],
        "message": {"text": clean(finding.message)},
        "locations": [place],
        "partialFingerprints": {"ruleAndPlace/v1": _fingerprint(report.path, finding)},
    }


def _artifact(file: str) -> dict[str, str]:
    path = relative(file)
    if Path(path).is_absolute():
        return {"uri": Path(path).as_uri()}
    return {"uri": quote(path, errors="surrogateescape"), "uriBaseId": _BASE}


def _fingerprint(path: str, finding: Finding) -> str:
    """Return what stays the same when lines move."""
    parts = (relative(path), finding.rule, finding.location or "")
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def _dump(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
