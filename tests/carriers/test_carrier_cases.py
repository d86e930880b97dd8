"""Each rule of the carriers has a case that it reports, and one that it does not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cases import FOLDER, ROOT
from cases.makers.carriers import LAYERS, files
from cda_tools.carriers import open_bytes, open_path
from cda_tools.document import read_carried_header
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding

RULES = [rule for layer in LAYERS for rule in texts.entries(layer)]


def _case(rule: str, verdict: str) -> Path:
    (found,) = FOLDER.glob(f"*/{rule}-{verdict}-a.*")
    return found


def _findings(path: Path) -> Iterator[Finding]:
    for carried in open_path(path):
        yield from (one for one in read_carried_header(carried).findings if one.layer in LAYERS)


@pytest.mark.parametrize("rule", RULES)
def test_a_faulty_case_reports_its_rule_once_and_nothing_else(rule: str) -> None:
    assert [finding.rule for finding in _findings(_case(rule, "fail"))] == [rule]


@pytest.mark.parametrize("rule", RULES)
def test_a_sound_case_reports_nothing(rule: str) -> None:
    assert [finding.rule for finding in _findings(_case(rule, "pass"))] == []


def test_every_rule_has_its_texts_and_its_two_cases() -> None:
    names = {path.name.rsplit("-", 2)[0] for path in FOLDER.glob("*/*-fail-a.*")}
    assert set(RULES) <= names
    for layer in LAYERS:
        for entry in texts.entries(layer).values():
            assert all(
                entry[part] for part in ("title", "message", "source", "since", "right", "wrong")
            )


@pytest.mark.parametrize("name", sorted(files()))
def test_a_case_says_the_same_from_standard_input(name: str) -> None:
    data = (ROOT / name).read_bytes()
    carried = [one for each in open_bytes(data, "-") for one in each.findings]
    from_path = [one for each in open_path(ROOT / name) for one in each.findings]
    assert carried == from_path
