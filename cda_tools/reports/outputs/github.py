"""For a GitHub workflow: annotations at the line of the file.

Source: GitHub's workflow commands, ``::error file=…,line=…,title=…::message``.
"""

from collections.abc import Iterable, Iterator

from cda_tools.batch import Result
from cda_tools.reports.escapes import Escape
from cda_tools.reports.paths import relative, shown
from cda_tools.reports.run import Run
from cda_tools.reports.tally import Tally
from cda_tools.rules.finding import Finding, Severity
from cda_tools.text import clean
from cda_tools.validation import Report

ESCAPE = Escape.REPLACED

_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFORMATION: "notice",
}


def render(results: Iterable[Result], run: Run) -> Iterator[str]:
    """Yield an annotation a finding, then one line of summary, which GitHub shows as it is."""
    tally = Tally()
    for defect in run.kit_defects:
        # Its files are not those of the repository.
        where = f"{clean(defect.location)} : " if defect.location else ""
        title = _property(defect.rule)
        message = _data(f"{where}{clean(defect.message)}")
        yield f"::{_COMMANDS[defect.severity]} title={title}::{message}\n"
    for result in tally.watch(results):
        for finding in result.report.findings:
            yield _annotation(result.report, finding, run)
    end = "Validation interrompue. " if run.interrupted else ""
    yield f"{end}Bilan ({run.described}) : {tally.summary}\n"


def _annotation(report: Report, finding: Finding, run: Run) -> str:
    inside = report.inside
    properties = {"file": shown(relative(report.file))}
    if finding.line and inside is None:
        properties["line"] = str(finding.line)
    properties["title"] = finding.rule
    where = " ".join(part for part in (inside, finding.location) if part)
    message = f"{clean(finding.message)} ({where})" if where else f"{clean(finding.message)}"
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[run.weight(finding)]} {listed}::{_data(message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
