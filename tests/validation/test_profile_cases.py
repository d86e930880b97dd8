"""Every rule of the header profile fails where its case says so, and there alone."""

from pathlib import Path

import case_examples
import case_files
import pytest
from lxml import etree

from cda_tools.resources import resource
from cda_tools.rules.finding import Finding, Severity
from cda_tools.validation.profile.model import load
from cda_tools.validation.structuration_minimale import layer as structuration_minimale

CASES = case_files.cases()


def findings(path: Path) -> list[Finding]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return structuration_minimale.check(etree.parse(path, parser).getroot())


def told(found: list[Finding]) -> set[tuple[str, str | None]]:
    return {(finding.rule, finding.location) for finding in found}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_the_change_is_reported_and_nothing_else(case: case_files.Case) -> None:
    passing = findings(case_files.CASES / f"{case.rule}-pass-a.xml")
    failing = findings(case_files.CASES / f"{case.rule}-fail-a.xml")
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
        text = resource("structuration-minimale", name)
        root = etree.parse(text).getroot()
        for node in root.iter("*"):
            ids += [node.get(name) for name in ("id", "closed") if node.get(name)]
    return ids


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_the_files_are_those_of_the_table(case: case_files.Case) -> None:
    for name, content in case_files.made(case).items():
        written = (case_files.CASES / name).read_bytes().replace(b"\r\n", b"\n")
        assert written == content, "run tests/validation/case_files.py"


def test_the_examples_of_the_catalogue_are_those_of_the_cases() -> None:
    written = resource("structuration-minimale", "examples.tsv").read_bytes()
    assert written.replace(b"\r\n", b"\n") == case_examples.examples()


def test_no_file_is_without_a_line_in_the_table() -> None:
    names = {path.name for path in case_files.CASES.glob("SM-*.xml")}
    assert names == {f"{c.rule}-{verdict}-a.xml" for c in CASES for verdict in ("pass", "fail")}


def test_the_complete_header_holds_every_element() -> None:
    root = case_files.complete()
    absent = []
    for path in load().elements():
        found = [root]
        for declared in path[1:]:
            found = [child for element in found for child in case_files._among(element, declared)]
        if not found and path[-1].name not in ("addr", "structuredBody"):
            absent.append("/".join(declared.name for declared in path))
    assert absent == []
