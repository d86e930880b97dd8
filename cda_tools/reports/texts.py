"""The texts of the rules that a report speaks of."""

from dataclasses import dataclass
from functools import cache

from cda_tools import rules
from cda_tools.errors import ResourceError
from cda_tools.finding import Severity


@dataclass(frozen=True, slots=True)
class RuleText:
    """What a rule asks, and where that is written; None where the rule does not say."""

    id: str
    layer: str
    title: str | None = None
    severity: Severity | None = None
    source: str | None = None
    right: str | None = None
    wrong: str | None = None


@cache
def text_of(rule: str, layer: str) -> RuleText:
    """Return the text of a rule of a layer."""
    entry = _entries(layer).get(rule)
    if entry is None:
        return RuleText(rule, layer)
    return RuleText(
        id=rule,
        layer=layer,
        title=entry.get("title"),
        severity=Severity(entry["severity"]),
        source=entry.get("source"),
        right=entry.get("right"),
        wrong=entry.get("wrong"),
    )


def _entries(layer: str) -> dict[str, dict[str, str]]:
    try:
        return rules.entries(layer)
    except ResourceError:  # a layer whose rules are written elsewhere
        return {}
