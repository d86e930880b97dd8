"""Layer text-1.16: what only the text of the structuration minimale says."""

from dataclasses import replace

from cda_tools.rules import texts
from cda_tools.rules.finding import Finding, Severity
from cda_tools.validation import body, xpath_rules
from cda_tools.validation.layers import Checked, Job, Layer

NAME = "text-1.16"


def check(job: Job) -> Checked:
    """Return the layer's findings; the option ``strict`` makes its warnings errors.

    A rule is silent where one that it names in ``unless`` says the same of the same place.
    """
    said = {(one.rule, one.location) for one in job.before}
    findings = [
        one
        for one in (
            *xpath_rules.check(NAME, job.root, job.profile, job.document.encoding),
            *body.check(job.root),
        )
        if not any((rule, one.location) in said for rule in _unless(one.rule))
    ]
    return Checked([_as_error(one) for one in findings] if job.options.strict else findings)


def _unless(rule: str) -> list[str]:
    names: str = texts.entries(NAME).get(rule, {}).get("unless", "")
    return names.split()


def _as_error(finding: Finding) -> Finding:
    if finding.severity is not Severity.WARNING:
        return finding
    return replace(finding, severity=Severity.ERROR)


LAYER = Layer(NAME, order=100, check=check)
