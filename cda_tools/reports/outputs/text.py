"""The text of ``validate``: findings grouped by document."""

from cda_tools.cleaning import clean
from cda_tools.reports.screen import SEVERITIES, place, verdict
from cda_tools.validation.report import Report


def document(report: Report) -> str:
    """Return one document's verdict and findings."""
    lines = [f"{report.path} : {'conforme' if report.valid else 'non conforme'}"]
    for layer in report.layers:
        if layer.findings or not layer.ran:
            lines.append(f"  {layer.name} : {verdict(layer)}")
        for finding in layer.findings:
            lines.append(f"    {SEVERITIES[finding.severity]} {finding.rule} {place(finding)}")
            lines.append(f"      {clean(finding.message)}")
    return "\n".join(lines)
