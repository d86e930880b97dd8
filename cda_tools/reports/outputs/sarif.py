"""For code scanning: SARIF 2.1.0, the most severe results first.

Sources: OASIS, Static Analysis Results Interchange Format 2.1.0 (§ 3.20.21, 3.20.22 and 3.58:
what a run notifies of); GitHub, SARIF support for code scanning: a place needs a line there (a
finding without one stands at the first), a run has at most 25,000 results and a file 10 MB once
compressed. What is beyond is left out, and the run says how much.
"""

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cda_tools.batch import Result
from cda_tools.reports import columns
from cda_tools.reports.escapes import Escape
from cda_tools.reports.paths import relative, shown
from cda_tools.reports.run import Run
from cda_tools.reports.spool import Spool
from cda_tools.reports.texts import text_of
from cda_tools.reports.words import SEVERITIES
from cda_tools.rules.finding import Finding, Severity
from cda_tools.text import clean
from cda_tools.validation import Report

ESCAPE = Escape.JSON

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_BASE = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "note"}


MOST_RESULTS = 25_000
MOST_BYTES = 9_000_000
"""Of the results once compressed: GitHub's 10 MB less what stands around them."""


def render(results: Iterable[Result], run: Run) -> Iterator[str]:
    """Yield the results, the most severe first, then the tool with the rules that they name."""
    rules: dict[tuple[str, str], int] = {}
    found: Counter[Severity] = Counter()
    with ExitStack() as stack:
        spools = {one: stack.enter_context(Spool()) for one in sorted(_LEVELS, reverse=True)}
        for result in results:
            at = _columns(result.report)
            for finding in result.report.findings:
                weight = run.weight(finding)
                found[weight] += 1
                if found[weight] <= MOST_RESULTS:
                    index = rules.setdefault((finding.rule, finding.layer), len(rules))
                    said = _result(result.report, finding, index, run, at)
                    spools[weight].write(_dump(said) + "\n")
        yield f'{{"$schema": "{_SCHEMA}",\n"version": "2.1.0",\n"runs": [{{"results": ['
        written, separator = 0, "\n"
        for line in _within_limits(line for spool in spools.values() for line in spool.lines()):
            yield separator + line
            written, separator = written + 1, ",\n"
    yield "],\n" + _dump(_around(rules, run, found, written))[1:] + "]}\n"


def _within_limits(lines: Iterable[str]) -> Iterator[str]:
    """Yield the first lines, as many as GitHub takes."""
    packer, size = zlib.compressobj(), 0
    for number, line in enumerate(lines):
        size += len(packer.compress(line.encode("utf-8", "replace")))
        if number >= MOST_RESULTS or size > MOST_BYTES:
            return
        yield line


def _around(
    rules: Iterable[tuple[str, str]], run: Run, found: Counter[Severity], written: int
) -> dict[str, Any]:
    """Return what a run has beside its results."""
    invocation: dict[str, Any] = {"executionSuccessful": not run.interrupted}
    if written < found.total():
        invocation["toolExecutionNotifications"] = [_cut(found, written)]
    if defects := run.kit_defects:
        invocation["toolConfigurationNotifications"] = [_defect(one) for one in defects]
    driver = {
        "name": "cda-tools",
        "version": version("cda-tools"),
        "rules": [_rule(rule, layer, run) for rule, layer in rules],
    }
    return {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_BASE: {"description": {"text": "Dossier courant."}}},
        "invocations": [invocation],
        "properties": {
            "profile": run.options.profile,
            "edition": run.options.edition,
            "kit": run.options.kit_label,
            "strict": run.options.strict,
            "baseline": run.baseline,
            "ignored": [{"rule": rule, "reason": why} for rule, why in run.ignored.items()],
        },
    }


def _cut(found: Counter[Severity], written: int) -> dict[str, Any]:
    """Return the notification that results were left out, the least severe ones."""
    told, left = [], written
    for severity in sorted(found, reverse=True):
        missing = max(0, found[severity] - left)
        left = max(0, left - found[severity])
        if missing:
            told.append(f"{missing} de gravité « {SEVERITIES[severity]} »")
    text = (
        f"{written} constats écrits sur {found.total()}, les plus graves d'abord : GitHub n'en "
        f"prend pas plus. Non écrits : {', '.join(told)} ; les autres formes de rapport ont tout."
    )
    return {"level": "warning", "message": {"text": text}}


def _defect(defect: Finding) -> dict[str, Any]:
    """Return the notification of what is wrong in the kit, whose files are not the project's."""
    where = f"{clean(defect.location)} : " if defect.location else ""
    return {
        "descriptor": {"id": defect.rule},
        "level": _LEVELS[defect.severity],
        "message": {"text": f"{where}{clean(defect.message)}"},
    }


def _rule(rule: str, layer: str, run: Run) -> dict[str, Any]:
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
    if run.docs_url:
        # The folder of the site's rules has a page for each; docs/rules.md is one page.
        page = f"{quote(rule)}/" if run.docs_url.endswith("/") else f"#{quote(rule.lower())}"
        common["helpUri"] = run.docs_url + page
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


def _columns(report: Report) -> dict[columns.Place, int]:
    """Return the columns of a document's findings; none of what a carrier holds."""
    if report.inside is not None or not Path(report.file).is_file():
        return {}
    placed = ((one.location, one.line) for one in report.findings)
    return columns.columns(report.file, ((where, line) for where, line in placed if where and line))


def _result(
    report: Report, finding: Finding, index: int, run: Run, at: dict[columns.Place, int]
) -> dict[str, Any]:
    inside = report.inside
    # A line inside an archive or a message is no line of that file.
    region = {"startLine": (finding.line if inside is None else None) or 1}
    if column := at.get((finding.location or "", finding.line or 0)):
        region["startColumn"] = column
    place: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": _artifact(report.file),
            "region": region,
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
