"""The verdict on one document, layer by layer."""

from dataclasses import dataclass

from cda_tools.rules.finding import Finding, Severity


@dataclass(frozen=True, slots=True)
class LayerResult:
    """What one layer says. A layer that did not run is not valid: ``valid`` is None.

    ``checks``: False for what a carrier says of itself, which checks no document. ``hidden``: how
    many errors are left out of ``findings`` (baseline, ignored rules); they still count.
    """

    name: str
    ran: bool
    findings: tuple[Finding, ...] = ()
    checks: bool = True
    hidden: int = 0

    @property
    def valid(self) -> bool | None:
        """Return True where no finding is an error, None where the layer did not run."""
        if not self.ran:
            return None
        return not self.hidden and all(
            finding.severity != Severity.ERROR for finding in self.findings
        )


@dataclass(frozen=True, slots=True)
class Report:
    """The layers' results for one document, in the order in which they run."""

    path: str
    profile: str
    layers: tuple[LayerResult, ...]

    @property
    def valid(self) -> bool | None:
        """Return False where a layer found an error, None where no document was there to check.

        A document known by a carrier's metadata alone, or a message without document, is read
        and not validated: it never reads as valid.
        """
        if any(layer.valid is False for layer in self.layers):
            return False
        return True if any(layer.ran for layer in self.layers if layer.checks) else None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return all findings, in the order of the layers."""
        return tuple(finding for layer in self.layers for finding in layer.findings)
