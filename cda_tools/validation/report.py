"""The verdict on one document, layer by layer."""

from dataclasses import dataclass

from cda_tools.finding import Finding, Severity


@dataclass(frozen=True, slots=True)
class LayerResult:
    """What one layer says. A layer that did not run is not valid: ``valid`` is None."""

    name: str
    ran: bool
    findings: tuple[Finding, ...] = ()

    @property
    def valid(self) -> bool | None:
        """Return True where no finding is an error, None where the layer did not run."""
        if not self.ran:
            return None
        return all(finding.severity != Severity.ERROR for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Report:
    """The layers' results for one document, in the order in which they run."""

    path: str
    profile: str
    layers: tuple[LayerResult, ...]

    @property
    def valid(self) -> bool:
        """Return True where every layer that ran is valid and the XML could be read."""
        return all(layer.valid is not False for layer in self.layers)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return all findings, in the order of the layers."""
        return tuple(finding for layer in self.layers for finding in layer.findings)
