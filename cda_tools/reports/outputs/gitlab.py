"""For GitLab: a Code Quality report, one JSON array.

A fingerprint tells new findings from known ones between branches: it is made from path, rule,
place and how many times before, never from the line or the message.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from cda_tools.batch import Result
from cda_tools.reports.contracts.verdict import Item, Level, judged
from cda_tools.reports.escapes import Escape
from cda_tools.reports.paths import relative, shown
from cda_tools.reports.run import Run

ESCAPE = Escape.JSON

_SEVERITIES = {
    Level.FATAL: "blocker",
    Level.ERROR: "major",
    Level.WARNING: "minor",
    Level.INFORMATION: "info",
}


def render(results: Iterable[Result], run: Run) -> Iterator[str]:
    """Yield the array, an object a finding, each with the profile and edition of the run."""
    separator = "[\n"
    # Code Climate's explanation of a finding: the one place where an array can tell the edition.
    about = {"content": {"body": run.described}}
    for result in results:
        inside = result.report.inside
        path = shown(relative(result.report.file))
        seen: Counter[tuple[str, str | None]] = Counter()
        for item in judged(result.report).items:
            seen[item.rule, item.location] += 1
            number = seen[item.rule, item.location]
            found = _finding(item, path, inside, number) | about
            yield separator + json.dumps(found, ensure_ascii=False)
            separator = ",\n"
    yield "\n]\n" if separator == ",\n" else "[]\n"


def _finding(item: Item, path: str, inside: str | None, number: int) -> dict[str, Any]:
    # A line inside an archive or a message is no line of that file.
    line = (item.line if inside is None else None) or 1
    where = f"{shown(inside)} : " if inside else ""
    parts = (path, inside or "", item.rule, item.location or "", str(number))
    fingerprint = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
    return {
        "description": where + item.message,
        "check_name": item.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[item.level],
        "location": {"path": path, "lines": {"begin": line}},
    }
