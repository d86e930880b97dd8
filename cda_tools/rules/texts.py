"""How findings are made, and the rules' texts (:mod:`cda_tools.rules.wording`)."""

from cda_tools.rules.finding import Finding, Severity
from cda_tools.rules.wording import Field, entries, entry, order, speaking, table

__all__ = ["entries", "entry", "finding", "order", "speaking", "table", "worded"]


def finding(
    rule: str, *, layer: str, location: str | None, line: int | None, **fields: Field
) -> Finding:
    """Return a finding of a rule of ``schemas/rules``, with the rule's severity.

    ``fields``: what the rule's message names between braces; it is filled in when the message is
    read. Raise ResourceError where the layer has no such rule.
    """
    severity = Severity(entry(layer, rule)["severity"])
    return Finding(rule, severity, layer, location, line, tuple(fields.items()))


def worded(
    rule: str,
    severity: Severity,
    text: str,
    *,
    layer: str,
    location: str | None,
    line: int | None,
) -> Finding:
    """Return a finding that brings its own text, e.g. that of a rule of the official kit."""
    return Finding(rule, severity, layer, location, line, text=text)
