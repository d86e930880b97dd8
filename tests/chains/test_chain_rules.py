"""Each rule of chains: what it says and of which documents, and a like case where it is silent.

Every case expects its findings and no other.
"""

from dataclasses import replace
from string import ascii_lowercase

import pytest
from chain_rules import A_OLD, ALSO, B_OLD, FAIL, PASS
from headers import ALICE, BOB, INS, doc, local, oid

from cases import FOLDER
from cases.makers.chains import named
from cda_tools.chains import build
from cda_tools.document import read_all
from cda_tools.model.header import Patient
from cda_tools.rules import texts


def case_name(value):
    return value if isinstance(value, str) else ""


def position(case: tuple) -> int:
    return [one for one in FAIL if one[0] == case[0]].index(case)


@pytest.mark.parametrize("case", FAIL, ids=lambda case: f"{case[0]}-{position(case)}")
@pytest.mark.parametrize("turned", [False, True], ids=["as-is", "turned"])
def test_the_rule_speaks_of_its_documents_and_no_other_does(case, turned):
    rule, documents, paths = case
    found = build(documents[::-1] if turned else documents).all_findings
    expected = {rule} | ALSO.get((rule, position(case)), set())
    assert {one.finding.rule for one in found} == expected, [one.finding.message for one in found]
    named = [list(one.paths) for one in found if one.finding.rule == rule]
    assert named == [sorted(paths or [one.path for one in documents])]


@pytest.mark.parametrize(("rule", "documents"), PASS, ids=case_name)
def test_the_rule_is_silent_on_the_like_that_is_right(rule, documents):
    assert build(documents).all_findings == ()


@pytest.mark.parametrize("name", [name for name, _ in named()])
def test_the_files_of_a_case_say_the_same(name):
    rule, verdict, letter = name.rsplit("-", 2)
    also = ALSO.get((rule, ascii_lowercase.index(letter)), set())
    found = build(read_all(FOLDER / "chains" / name)).all_findings
    told = {one.finding.rule for one in found}
    assert told == ({rule, *also} if verdict == "fail" else set())


def test_every_rule_has_a_folder_of_files_that_breaks_it():
    folders = {path.name.rsplit("-", 1)[0] for path in (FOLDER / "chains").iterdir()}
    assert {
        f"{rule}-{verdict}" for rule in texts.entries("chains") for verdict in ("fail", "pass")
    } == folders


def test_version_2_that_names_its_set_may_name_version_1_which_has_the_same_id():
    (only,) = build([doc("b", set_id="s", version=2, replaces="s")]).all_findings
    assert only.finding.rule == "CHN-01"
    later = build([doc("c", set_id="s", version=3, replaces="s")]).all_findings
    assert [one.finding.rule for one in later] == ["CHN-12", "CHN-24"]


def test_every_rule_has_both_cases():
    known = list(texts.entries("chains"))
    assert sorted({case[0] for case in FAIL}) == known
    assert sorted({case[0] for case in PASS}) == known


@pytest.mark.parametrize("case", FAIL, ids=lambda case: f"{case[0]}-{position(case)}")
def test_no_finding_tells_a_patient_s_identifier(case):
    for one in build(case[1]).all_findings:
        for patient in (ALICE, BOB, local(1)):
            assert all(each.extension not in one.finding.message for each in patient.ids)
        assert INS not in one.finding.message


def test_a_finding_has_the_ids_beside_the_paths():
    (found,) = build([A_OLD, B_OLD, doc("c", replaces="a")]).all_findings
    assert found.ids == (oid("b"), oid("c"))
    assert found.finding.layer == "chains"
    assert str(oid("a")) in found.finding.message


def test_a_digest_and_a_header_are_never_compared():
    assert (
        build([A_OLD, replace(doc("a", path="b.xml", title="Autre"), digest=None)]).all_findings
        == ()
    )


def test_patients_are_told_by_ins_before_local_identifiers():
    both = Patient(ids=(*ALICE.ids, *local(1).ids))
    other = Patient(ids=(*BOB.ids, *local(1).ids))
    found = build([doc("a", patient=both), doc("b", replaces="a", patient=other)]).all_findings
    assert [one.finding.rule for one in found] == ["CHN-15"]
