"""What is wrong in a kit, as findings: said once a run, or by ``cda-tools kit check``."""

from cda_tools.kit.kit import Kit
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding, Severity, worst

LAYER = "kit"
REFUSED = frozenset({"KIT-03", "KIT-04"})
"""The rules of a Schematron whose expressions cannot be run."""


def defects(kit: Kit) -> list[Finding]:
    """Return the defects of a kit, the heaviest first; ``location`` is a file of the kit."""
    findings = [
        texts.finding(
            fault.rule,
            layer=LAYER,
            location=compiled.file if compiled else None,
            line=None,
            what=fault.what,
            reason=fault.reason,
        )
        for compiled, fault in kit.faults
    ]
    return sorted(findings, key=lambda finding: finding.severity, reverse=True)


def stops(findings: list[Finding]) -> bool:
    """Tell whether a Schematron is not run because of its expressions: ``--strict`` stops then."""
    return any(finding.rule in REFUSED for finding in findings)


def counts(findings: list[Finding]) -> bool:
    """Tell whether a kit has a defect: what is only said for information is none."""
    heaviest = worst(findings)
    return heaviest is not None and heaviest > Severity.INFORMATION
