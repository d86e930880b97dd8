"""For a CI server: JUnit XML, a test a document.

A document fails at the findings of ``--fail-on`` and above, and is in error where it was not
validated (time-out, lost process); other findings are in its ``system-out``.
"""

from collections.abc import Iterable, Iterator

from lxml import etree

from cda_tools.batch import Result
from cda_tools.reports.escapes import Escape
from cda_tools.reports.paths import relative, shown
from cda_tools.reports.run import Run
from cda_tools.reports.screen import place
from cda_tools.reports.spool import Spool
from cda_tools.reports.tally import Verdict
from cda_tools.reports.words import SEVERITIES
from cda_tools.rules.finding import Finding
from cda_tools.text import clean
from cda_tools.validation.troubles import LAYER as TROUBLES

ESCAPE = Escape.MARKUP

_SUITE = "cda-tools validate"


def render(results: Iterable[Result], run: Run) -> Iterator[str]:
    """Yield the suite: its counts, which stand first, are known once all tests are written."""
    counts = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    with Spool() as spool:
        for result in results:
            case = _case(result, run)
            counts["tests"] += 1
            counts["failures"] += case.find("failure") is not None
            counts["errors"] += case.find("error") is not None
            counts["skipped"] += case.find("skipped") is not None
            spool.write(etree.tostring(case, encoding="unicode") + "\n")
        attributes = "".join(f' {name}="{number}"' for name, number in counts.items())
        yield '<?xml version="1.0" encoding="UTF-8"?>\n'
        yield f'<testsuites name="{_SUITE}"{attributes}>\n'
        yield f'<testsuite name="{_SUITE}"{attributes}>\n'
        yield _properties(run)
        yield from spool.read()
        yield "</testsuite>\n</testsuites>\n"


def _properties(run: Run) -> str:
    properties = etree.Element("properties")
    values = {
        "profile": run.options.profile,
        "edition": run.options.edition,
        "strict": str(run.options.strict).lower(),
    }
    if run.options.kit_label:
        values["kit"] = run.options.kit_label
    values |= {
        f"kit.defect.{number}": f"{one.rule} {one.location or ''} : {one.message}"
        for number, one in enumerate(run.kit_defects, 1)
    }
    values |= {f"ignore.{rule}": reason for rule, reason in run.ignored.items()}
    if run.baseline:
        values["baseline"] = shown(run.baseline)
    if run.interrupted:
        values["interrupted"] = "true"
    for name, value in values.items():
        etree.SubElement(properties, "property", name=name, value=clean(value) or "")
    return etree.tostring(properties, encoding="unicode") + "\n"


def _case(result: Result, run: Run) -> etree._Element:
    path = shown(relative(result.report.path))
    folder, _, name = path.rpartition("/")
    file = shown(relative(result.report.file))
    case = etree.Element("testcase", classname=folder or ".", name=name, file=file)
    findings = result.report.findings
    lost = [one for one in findings if one.layer == TROUBLES]
    failing = [one for one in findings if one.layer != TROUBLES and run.fails(one)]
    others = [one for one in findings if one.layer != TROUBLES and not run.fails(one)]
    # Readers show one of the two: a document that was not validated has failed at nothing yet.
    if lost:
        _add(case, "error", [*lost, *failing])
    elif failing:
        _add(case, "failure", failing)
    elif Verdict.of(result.report) is Verdict.UNCHECKED:
        etree.SubElement(case, "skipped", message=Verdict.UNCHECKED)
    if others:
        etree.SubElement(case, "system-out").text = _lines(others)
    return case


def _add(case: etree._Element, name: str, findings: list[Finding]) -> None:
    rules = ", ".join(dict.fromkeys(one.rule for one in findings))
    message = f"{len(findings)} constat(s) : {rules}"
    element = etree.SubElement(case, name, message=message, type=findings[0].rule)
    element.text = _lines(findings)


def _lines(findings: list[Finding]) -> str:
    return "\n".join(
        f"{SEVERITIES[one.severity]} {one.rule} {place(one)} : {clean(one.message)}"
        for one in findings
    )
