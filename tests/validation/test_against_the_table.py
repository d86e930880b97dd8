"""The layer and a direct reading of the facts table agree, rule by rule and place by place.

Needs ``../shared``; set CDA_TOOLS_MUTATIONS for more than the usual few runs.
"""

import os
from pathlib import Path

import header_mutations
import pytest
import table_reading
from header_changes import COMPLETE
from lxml import etree
from lxml.etree import _Element

from cda_tools.reading.location import Position, Positions, Tree
from cda_tools.validation.structuration_minimale import layer as structuration_minimale

# Rules that never fail alone and are therefore not ours: docs/deviations.md.
LEFT_OUT = frozenset(
    {
        "SM-VERSION-04",
        "SM-RELDOC-07",
        "SM-ACT-02",
        "SM-PATIENT-38",
        "SM-PARTICIPANT-22",
        "SM-DT-IVLTS-03",
        "SM-DT-QTY-03",
        "SM-DT-QTY-04",
        "SM-DT-CD-14",
        "SM-DT-URL-01",
        "SM-DT-II-10",
    }
)
RUNS = int(os.environ.get("CDA_TOOLS_MUTATIONS", "120"))


FACTS = {"2025-06": ("2025-06",), "2025-02": ()}


@pytest.fixture(scope="module", params=FACTS)
def edition(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def table(request: pytest.FixtureRequest, edition: str) -> table_reading.Table:
    facts = request.config.rootpath.parent.joinpath("shared", "facts", *FACTS[edition])
    if not facts.is_dir():
        pytest.skip("the facts of ../shared are not here")
    return table_reading.Table(facts)


@pytest.fixture(scope="module")
def headers(request: pytest.FixtureRequest) -> list[_Element]:
    root = request.config.rootpath
    paths = sorted((root.parent / "shared" / "conformance" / "corpus").rglob("*.xml"))
    return [header(path) for path in [COMPLETE, *paths]]


def header(path: Path) -> _Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    document = next(
        etree.parse(path, parser).getroot().iter(f"{header_mutations.HL7}ClinicalDocument")
    )
    return structuration_minimale.header_of(document)


def difference(
    table: table_reading.Table, root: _Element, edition: str
) -> tuple[set[object], bool]:
    """Return what only one of the two says, and whether the verdicts differ."""
    positions = Positions()
    expected = {(rule, positions.of(element)) for rule, element in table.check(root)}
    failures, _ = structuration_minimale.failures(Tree(root), root, edition=edition)
    got = {(failure.rule, failure.at) for failure in failures}
    wrong = any(table.severities[rule] == "error" for rule, _ in expected)
    found = structuration_minimale.check(root, edition=edition)
    verdict = wrong != any(finding.severity == "error" for finding in found)
    counted = {(failure.at, failure.about) for failure in failures}
    quiet = {one for one in expected - got if one[0] in LEFT_OUT or told(root, one[1], counted)}
    return (expected ^ got) - quiet, verdict


def told(root: _Element, child: Position, counted: set[tuple[Position, str]]) -> bool:
    """Return whether a child is not expected only because it misses its condition.

    The count of that child, which must be there, says so already.
    """
    name = etree.QName(Tree(root).element(child)).localname
    return (child[:-1], name) in counted


@pytest.mark.slow
def test_random_faults_are_told_alike(
    table: table_reading.Table, headers: list[_Element], edition: str
) -> None:
    differing = {}
    start = int(os.environ.get("CDA_TOOLS_SEED", "0"))
    for seed in range(start, start + RUNS):
        root = header_mutations.mutated(headers[seed % len(headers)], seed)
        found = difference(table, root, edition)
        if found != (set(), False):
            differing[seed] = found
    assert differing == {}


@pytest.mark.slow
def test_headers_without_fault_are_told_alike(
    table: table_reading.Table, headers: list[_Element], edition: str
) -> None:
    assert [difference(table, root, edition) for root in headers] == [(set(), False)] * len(headers)
