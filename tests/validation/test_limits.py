"""A document that breaks rules at thousands of places: told in part, in little time."""

from collections import Counter

import pytest
from documents import AUTHOR, document
from lxml import etree

from cda_tools import Options, read, validate
from cda_tools.rules.finding import Finding, Severity
from cda_tools.validation.limits import MOST, limited
from cda_tools.validation.report import Report
from cda_tools.validation.structuration_minimale import layer as structuration_minimale

ROOT = etree.fromstring("<ClinicalDocument/>")


def findings(*severities: Severity) -> list[Finding]:
    return [
        Finding(f"R-{number}", severity, "versions", f"/x[{number}]", number, text="")
        for number, severity in enumerate(severities)
    ]


def layer(report: Report, name: str) -> tuple[Finding, ...]:
    return next(layer.findings for layer in report.layers if layer.name == name)


@pytest.mark.parametrize("count", [0, MOST, MOST + 1])
def test_up_to_501_findings_are_all_told(count: int) -> None:
    told = findings(*[Severity.ERROR] * count)
    assert limited(told, "versions", ROOT) == told


def test_errors_are_told_before_the_rest_and_the_order_stays() -> None:
    every = findings(
        *[Severity.INFORMATION] * 10, *[Severity.WARNING] * 600, *[Severity.ERROR] * 100
    )
    told = limited(every, "versions", ROOT)
    assert told[:-1] == [*every[10:410], *every[610:]]
    assert (told[-1].rule, told[-1].severity) == ("MORE-01", Severity.INFORMATION)
    assert (told[-1].layer, told[-1].location) == ("versions", "/ClinicalDocument")
    assert told[-1].message.startswith("210 autres constats")


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("xsd", AUTHOR.replace("<time", "<tme")),
        ("structuration-minimale", AUTHOR.replace("G15_10/SM26", "G15")),
        ("text-1.16", AUTHOR.replace("20250304101500", "202503041015")),
        ("versions", '<relatedDocument typeCode="XFRM"/>'),
    ],
)
def test_every_layer_is_limited(name: str, part: str) -> None:
    content = {"related" if name == "versions" else "author": part * 700}
    report = validate(read(document(**content)), Options(layers=(name,)))
    told = layer(report, name)
    assert len(told) == MOST + 1
    assert Counter(finding.rule for finding in told)["MORE-01"] == 1
    assert told[-1].rule == "MORE-01"
    assert told[-1].layer == name


def test_thousands_of_failures_are_sorted_out_by_their_place() -> None:
    # Each author has two failures of one cause: an id without root, told once.
    wrong = AUTHOR.replace('root="1.2.250.1.71.4.2.1" ', "")
    root = read(document(author=wrong * 3000)).root
    assert root is not None
    found = structuration_minimale.check(root)
    told = Counter(f.location for f in found if f.location and f.location.endswith("Author/id"))
    assert set(told.values()) == {1}
    assert len(told) == 3000
    assert f"/ClinicalDocument/author[{3000}]/assignedAuthor/id" in told
