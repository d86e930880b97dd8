"""The case folders of the comparison with the DMP: what the files say when they are read."""

import pytest

from cases import FOLDER
from cases.makers.dmp import FAIL
from cda_tools.carriers.xds import read_answer
from cda_tools.dmp import compare
from cda_tools.document import read_all


def found(rule: str, verdict: str) -> set[str]:
    folder = FOLDER / "dmp" / f"{rule}-{verdict}-a"
    previous = folder / "previous.xml"
    known = folder / "known"
    told = compare(
        list(read_all(folder / "local")),
        read_answer((folder / "answer.xml").read_bytes()),
        previous=read_answer(previous.read_bytes()) if previous.is_file() else None,
        known=list(read_all(known)) if known.is_dir() else [],
    )
    return {finding.rule for compared in told.documents for finding in compared.findings}


@pytest.mark.parametrize("rule", FAIL)
def test_a_faulty_case_reports_its_rule(rule: str) -> None:
    assert rule in found(rule, "fail")


@pytest.mark.parametrize("rule", FAIL)
def test_a_sound_case_reports_nothing_of_the_comparison(rule: str) -> None:
    assert not {told for told in found(rule, "pass") if told.startswith("DMP-")}
