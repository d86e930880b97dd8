"""A document that breaks rules at thousands of places: told in part, in little time."""

from collections import Counter

import pytest
from documents import AUTHOR, document
from lxml import etree

from cda_tools import Options, read, validate
from cda_tools.reading.location import Tree
from cda_tools.rules.finding import Finding, Severity
from cda_tools.validation.limits import MOST, limited
from cda_tools.validation.report import Report
from cda_tools.validation.structuration_minimale import layer as structuration_minimale
from cda_tools.validation.structuration_minimale.causes import one_a_cause

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


def test_an_error_among_more_failures_than_are_compared_decides_all_the_same() -> None:
    root = etree.fromstring(document(author=AUTHOR.replace("G15_10/SM26", "G15")))
    before = structuration_minimale.check(root)
    unknown = structuration_minimale._MOST_COMPARED + 5
    for number in range(unknown):
        root.insert(number, etree.Element("{urn:hl7-org:v3}x"))
    *told, more = structuration_minimale.check(root)
    errors = [one.rule for one in before if one.severity is Severity.ERROR]
    assert errors
    assert [one.rule for one in told if one.severity is Severity.ERROR] == errors
    assert len(told) == MOST
    warned = [one.location for one in told if one.rule == "SM-DOC-09"]
    assert warned[:2] == ["/ClinicalDocument/x[1]", "/ClinicalDocument/x[2]"]
    assert more.rule == "MORE-01"
    assert more.message.startswith(f"{unknown + len(before) - MOST} autres constats")


def test_thousands_of_failures_are_sorted_out_by_their_place() -> None:
    # Each author has two failures of one cause: an id without root, told once.
    wrong = AUTHOR.replace('root="1.2.250.1.71.4.2.1" ', "")
    root = read(document(author=wrong * 3000)).root
    assert root is not None
    tree = Tree(root)
    failed, _ = structuration_minimale.failures(tree, structuration_minimale.header_of(root))
    places = {number for number, child in enumerate(root) if child.tag.endswith("}author")}
    found = [one for one in one_a_cause(failed) if one.name == "id" and one.at[0] in places]
    told = Counter(one.at for one in found)
    assert set(told.values()) == {1}
    assert len(told) == 3000
