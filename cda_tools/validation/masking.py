"""Findings left out of a report: those that a baseline knows, and those of ignored rules.

What says that a document could not be validated is never left out: it would read as valid.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from cda_tools.errors import InputError, os_reason
from cda_tools.reading.safexml import LAYER as XML
from cda_tools.rules.finding import Finding, Severity
from cda_tools.validation.report import LayerResult, Report
from cda_tools.validation.troubles import LAYER as TROUBLES

_NEVER = frozenset({XML, TROUBLES})
_NEVER_RULES = ("XML-", "CHK-")
_OF_A_KIT = re.compile(r".+/[0-9a-f]{6}")


class Baseline:
    """Findings already known: each document's rules and places, however lines move.

    A finding is hidden as often as the baseline has it, and no more.
    """

    def __init__(self, known: Iterable[tuple[str, str, str | None]]) -> None:
        """``known``: path, rule and location of each finding."""
        self._known = Counter((_normal(path), rule, place) for path, rule, place in known)

    @classmethod
    def read(cls, path: Path) -> "Baseline":
        """Read a report in jsonl; raise InputError, one line, where it is none."""
        try:
            with path.open(encoding="utf-8-sig") as lines:
                return cls(known for line in lines if line.strip() for known in _known(line))
        except OSError as error:
            raise InputError(f"{path} : {os_reason(error)}") from None
        except (ValueError, KeyError, TypeError, RecursionError):
            raise InputError(f"{path} : ce n'est pas un rapport au format jsonl") from None

    def unknown(self, report: Report) -> tuple[Report, int]:
        """Return the report without known findings, and how many they were."""
        path = _normal(report.path)
        seen: Counter[tuple[str, str, str | None]] = Counter()

        def is_known(finding: Finding) -> bool:
            key = (path, finding.rule, finding.location)
            seen[key] += 1
            return seen[key] <= self._known[key]

        kept, hidden = _without(report, is_known)
        return kept, len(hidden)


def without_ignored(report: Report, ignored: Mapping[str, str]) -> tuple[Report, tuple[str, ...]]:
    """Return the report without findings of the ``ignored`` rules, and the rule of each."""
    kept, hidden = _without(report, lambda finding: finding.rule in ignored)
    return kept, tuple(finding.rule for finding in hidden)


def may_be_ignored(rule: str) -> bool:
    """Tell whether a document that breaks the rule was validated all the same."""
    return not rule.startswith(_NEVER_RULES)


def is_rule(rule: str) -> bool:
    """Tell whether the catalogue has a rule of that id, or a kit may have it."""
    if _OF_A_KIT.fullmatch(rule):
        return True
    from cda_tools.rules import catalogue  # noqa: PLC0415  only where rules are ignored

    return any(one.id == rule for one in catalogue.rules())


def _known(line: str) -> Iterable[tuple[str, str, str | None]]:
    document = json.loads(line)
    for layer in document["layers"]:
        for issue in layer["issues"]:
            yield document["path"], issue["rule"], issue["location"]


def _normal(path: str) -> str:
    """Return a path that does not depend on how, and on which system, it was given."""
    if (absolute := Path(path)).is_absolute() and absolute.is_relative_to(Path.cwd()):
        path = str(absolute.relative_to(Path.cwd()))
    return path.replace("\\", "/").removeprefix("./")


def _without(report: Report, hides: Callable[[Finding], bool]) -> tuple[Report, list[Finding]]:
    hidden: list[Finding] = []
    layers: list[LayerResult] = []
    for layer in report.layers:
        if layer.name in _NEVER:
            layers.append(layer)
            continue
        kept: list[Finding] = []
        errors = layer.hidden
        for finding in layer.findings:
            if hides(finding):
                hidden.append(finding)
                errors += finding.severity is Severity.ERROR
            else:
                kept.append(finding)
        layers.append(replace(layer, findings=tuple(kept), hidden=errors))
    return (replace(report, layers=tuple(layers)), hidden) if hidden else (report, hidden)
