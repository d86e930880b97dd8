"""Findings of two layers that have one cause name each other.

The XML Schema and the header profile are two official verdicts, and both stand: a missing
``effectiveTime`` is an error of each. A note says that there is one thing to set right.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from cda_tools.rules.finding import Finding
from cda_tools.rules.wording import Field
from cda_tools.validation.report import LayerResult

_NOTE = "also"

# By place, then by layer: the rules of the findings about it.
_Rules: TypeAlias = defaultdict[str, dict[str, set[str]]]


def name_each_other(results: Sequence[LayerResult]) -> list[LayerResult]:
    """Return the results, with a note on each finding about what another layer's is about too.

    What a finding is about is its ``about``: findings without are left as they are. Linear in the
    number of findings.
    """
    rules: _Rules = defaultdict(dict)
    for result in results:
        for finding in result.findings:
            for place in finding.about:
                rules[place].setdefault(result.name, set()).add(finding.rule)
    if not any(len(by_layer) > 1 for by_layer in rules.values()):
        return list(results)
    return [
        replace(result, findings=tuple(_noted(one, result.name, rules) for one in result.findings))
        for result in results
    ]


def _noted(finding: Finding, layer: str, rules: _Rules) -> Finding:
    others = {
        rule
        for place in finding.about
        for name, of_layer in rules[place].items()
        if name != layer
        for rule in of_layer
    }
    if not others:
        return finding
    fields: dict[str, Field] = dict(finding.fields)
    said = fields.get(_NOTE)
    fields[_NOTE] = ", ".join([*([str(said)] if said else []), *sorted(others)])
    notes = str(fields.get("notes", "")).split()
    fields["notes"] = " ".join(notes if _NOTE in notes else [*notes, _NOTE])
    return replace(finding, fields=tuple(fields.items()))
