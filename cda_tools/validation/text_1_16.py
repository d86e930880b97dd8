"""Layer text-1.16: what only the text of the structuration minimale says."""

from dataclasses import replace

from lxml.etree import _Element as Element

from cda_tools.rules.finding import Finding, Severity
from cda_tools.validation import xpath_rules

LAYER = "text-1.16"


def check(root: Element, *, profile: str, encoding: str, strict: bool) -> list[Finding]:
    """Return the layer's findings; ``strict`` makes its warnings errors."""
    findings = xpath_rules.check(LAYER, root, profile, encoding)
    return [_as_error(finding) for finding in findings] if strict else findings


def _as_error(finding: Finding) -> Finding:
    if finding.severity is not Severity.WARNING:
        return finding
    return replace(finding, severity=Severity.ERROR)
