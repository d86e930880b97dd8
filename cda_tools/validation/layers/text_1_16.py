"""Layer text-1.16: what only the text of the structuration minimale says."""

from dataclasses import replace

from cda_tools.rules.finding import Finding, Severity
from cda_tools.validation import xpath_rules
from cda_tools.validation.layers import Checked, Job, Layer

NAME = "text-1.16"


def check(job: Job) -> Checked:
    """Return the layer's findings; the option ``strict`` makes its warnings errors."""
    findings = xpath_rules.check(NAME, job.root, job.profile, job.document.encoding)
    return Checked([_as_error(one) for one in findings] if job.options.strict else findings)


def _as_error(finding: Finding) -> Finding:
    if finding.severity is not Severity.WARNING:
        return finding
    return replace(finding, severity=Severity.ERROR)


LAYER = Layer(NAME, order=100, check=check)
