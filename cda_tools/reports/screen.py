"""The screen of ``inspect``: plain text in a pipe, colour and layout on a terminal."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cda_tools.document import Document
from cda_tools.line import one_line
from cda_tools.reading.safexml import LAYER as XML
from cda_tools.reports.inspection import rows
from cda_tools.reports.paths import shown
from cda_tools.reports.words import SEVERITIES
from cda_tools.rules.finding import Finding, Severity
from cda_tools.text import clean
from cda_tools.validation.report import LayerResult, Report, State

if TYPE_CHECKING:
    from rich.console import RenderableType

_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFORMATION: "cyan"}
_STATES = {
    State.CONFORMANT: "green",
    State.NOT_CONFORMANT: "bold red",
    State.NO_ERROR: "green",
    State.ERRORS: "yellow",
}
_LABEL_WIDTH = 20


def verdict(layer: LayerResult) -> str:
    """Return e.g. ``non conforme : 2 erreurs, 1 avertissement``."""
    counts = ", ".join(_counts(layer))
    return f"{layer.state} : {counts}" if counts else layer.state


def _counts(layer: LayerResult) -> Iterator[str]:
    for severity, word in SEVERITIES.items():
        number = sum(1 for finding in layer.findings if finding.severity is severity)
        if number:
            yield f"{number} {word}{'s' if number > 1 else ''}"
    if layer.hidden:
        plural = "s" if layer.hidden > 1 else ""
        yield f"{layer.hidden} erreur{plural} masquée{plural}"


def place(finding: Finding) -> str:
    """Return the finding's line and XPath, where they are known."""
    line = f"ligne {finding.line}" if finding.line else ""
    return " ".join(part for part in (line, finding.location) if part)


def _heading(report: Report) -> str:
    kit = f", kit {report.kit}" if report.kit else ""
    return f"Validation, profil {report.profile}, édition {report.edition}{kit}"


def _listed(document: Document, report: Report) -> bool:
    """Tell whether a document is known by its metadata alone: no XML was there to read."""
    unread = any(layer.name == XML and not layer.ran for layer in report.layers)
    return unread and document.header is not None


def plain(document: Document, report: Report, *, patient: bool = False) -> str:
    """Return one document's screen as plain text."""
    lines = [shown(document.path)]
    if document.header:
        lines += [one_line(document.header, document.context, patient=patient), ""]
        lines += [
            f"  {label:<{_LABEL_WIDTH}}{text}"
            for label, text in rows(
                document.header, patient=patient, listed=_listed(document, report)
            )
        ]
    lines += ["", _heading(report)]
    for layer in report.layers:
        lines.append(f"  {layer.name:<24}{verdict(layer)}")
        for finding in layer.findings:
            lines.append(f"    {SEVERITIES[finding.severity]} {finding.rule} {place(finding)}")
            lines.append(f"      {clean(finding.message)}")
            lines += [f"      {line}" for line in _remedy(finding)]
    return "\n".join(lines) + "\n"


def rich(document: Document, report: Report, *, patient: bool = False) -> "RenderableType":
    """Return the same screen for rich to lay out in colour."""
    from rich.console import Group  # noqa: PLC0415  rich is loaded for terminals only
    from rich.padding import Padding  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    parts: list[RenderableType] = [Text(shown(document.path), style="dim")]
    if document.header:
        parts.append(
            Text(one_line(document.header, document.context, patient=patient), style="bold")
        )
        grid = Table.grid(padding=(0, 2))
        grid.add_column(style="dim", no_wrap=True)
        grid.add_column(overflow="fold")
        for label, text in rows(document.header, patient=patient, listed=_listed(document, report)):
            grid.add_row(label, Text(text))
        parts.append(Padding(grid, (1, 0, 1, 2)))
    parts.append(Text(_heading(report), style="bold"))
    for layer in report.layers:
        style = _STATES.get(layer.state, "dim")
        parts.append(Text.assemble(f"  {layer.name:<24}", (verdict(layer), style)))
        for finding in layer.findings:
            head = Text.assemble(
                (SEVERITIES[finding.severity], _STYLES[finding.severity]),
                f" {finding.rule} ",
                (place(finding), "dim"),
            )
            parts.append(Padding(head, (0, 0, 0, 4)))
            parts.append(Padding(Text(clean(finding.message) or ""), (0, 0, 0, 6)))
            for line in _remedy(finding):
                parts.append(Padding(Text(line, style="dim"), (0, 0, 0, 6)))
    return Group(*parts, Text())


def _remedy(finding: Finding) -> list[str]:
    from cda_tools.reports.remedies import remedy  # noqa: PLC0415  reads the whole catalogue

    return remedy(finding)
