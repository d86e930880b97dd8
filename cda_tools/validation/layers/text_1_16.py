"""Layer text-1.16: what only the text of the structuration minimale says."""

from collections.abc import Iterable
from dataclasses import replace

from cda_tools.reading.location import unnumbered
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding, Severity
from cda_tools.validation import body, xpath_rules
from cda_tools.validation.layers import Checked, Job, Layer

NAME = "text-1.16"
_PROFILE = "structuration-minimale"


def check(job: Job) -> Checked:
    """Return the layer's findings; the option ``strict`` makes its warnings errors.

    A rule is silent where another layer says the same of the same place.
    """
    said = _Said(job.before)
    findings = [
        one
        for one in (
            *xpath_rules.check(NAME, job.root, job.profile, job.document.encoding),
            *body.check(job.root),
        )
        if not said.says(one)
    ]
    return Checked([_as_error(one) for one in findings] if job.options.strict else findings)


class _Said:
    """What the layers before have said, for the keys ``unless`` and ``unless_filled``."""

    def __init__(self, before: Iterable[Finding]) -> None:
        self._rules: set[tuple[str, str | None]] = set()
        self._null: set[str] = set()
        for one in before:
            self._rules.add((one.rule, one.location))
            if one.layer == _PROFILE and ("found", "0") in one.fields:
                filled = texts.entry(_PROFILE, one.rule).get("filled")
                self._null.add(f"{one.location}/{filled}")

    def says(self, finding: Finding) -> bool:
        """Tell whether a finding of this layer would only repeat them."""
        entry = texts.entry(NAME, finding.rule)
        if any((rule, finding.location) in self._rules for rule in entry.get("unless", "").split()):
            return True
        place = unnumbered(finding.location or "")
        return "unless_filled" in entry and place in self._null


def _as_error(finding: Finding) -> Finding:
    if finding.severity is not Severity.WARNING:
        return finding
    return replace(finding, severity=Severity.ERROR)


LAYER = Layer(NAME, order=100, check=check)
