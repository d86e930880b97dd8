"""Every rule of the header profile fails where its case says so, and there alone."""

from pathlib import Path

import pytest
from header_changes import among, complete
from lxml import etree

from cases.makers.structuration_minimale import CASES as FOLDER
from cases.makers.structuration_minimale import Case, cases
from cda_tools.rules.finding import Finding, Severity
from cda_tools.validation.structuration_minimale import layer as structuration_minimale
from profile_compiler.model import SOURCES, load

CASES = cases()


def findings(path: Path) -> list[Finding]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return structuration_minimale.check(etree.parse(path, parser).getroot())


def told(found: list[Finding]) -> set[tuple[str, str | None]]:
    return {(finding.rule, finding.location) for finding in found}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_the_change_is_reported_and_nothing_else(case: Case) -> None:
    passing = findings(FOLDER / f"{case.rule}-pass-a.xml")
    failing = findings(FOLDER / f"{case.rule}-fail-a.xml")
    assert Severity.ERROR not in {finding.severity for finding in passing}
    assert case.rule not in {finding.rule for finding in passing}
    new = [f for f in failing if (f.rule, f.location) not in told(passing)]
    assert [finding.rule for finding in new] == [case.rule]
    assert new[0].message.endswith(".")


def test_every_rule_has_a_case() -> None:
    assert [case.rule for case in CASES] == sorted_like_profile()


def sorted_like_profile() -> list[str]:
    ids = ["SM-GEN-01", "SM-GEN-02"]
    for name in ("header.xml", "types.xml"):
        root = etree.parse(SOURCES / name).getroot()
        for node in root.iter("*"):
            ids += [node.get(name) for name in ("id", "closed") if node.get(name)]
    return list(dict.fromkeys(ids))  # a rule that changed has a row an edition


def test_the_complete_header_holds_every_element() -> None:
    root = complete()
    absent = []
    for path in load().elements():
        found = [root]
        for declared in path[1:]:
            found = [child for element in found for child in among(element, declared)]
        if not found and path[-1].name not in ("addr", "structuredBody"):
            absent.append("/".join(declared.name for declared in path))
    assert absent == []
