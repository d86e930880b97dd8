import json

import pytest

from cda_tools.errors import InputError
from cda_tools.rules.finding import Finding, Severity
from cda_tools.validation import LayerResult, Report
from cda_tools.validation.masking import Baseline, may_be_ignored, without_ignored


def finding(rule, place="/ClinicalDocument", layer="structuration-minimale", line=1):
    return Finding(rule, Severity.ERROR, layer, place, line, text="Message.")


def report(*findings, path="a.xml", layer="structuration-minimale"):
    return Report(path, "1.16", (LayerResult("xml", True), LayerResult(layer, True, findings)))


def rules(masked):
    return [one.rule for one in masked.findings]


def test_known_findings_are_hidden_and_counted_wherever_their_lines_went():
    baseline = Baseline([("a.xml", "SM-A-01", "/ClinicalDocument")])
    moved = finding("SM-A-01", line=99)
    kept, hidden = baseline.unknown(report(moved, finding("SM-B-01")))
    assert (rules(kept), hidden) == (["SM-B-01"], 1)
    kept, hidden = baseline.unknown(report(moved))
    assert (kept.valid, hidden) == (False, 1)  # hidden, and counted all the same


@pytest.mark.parametrize(
    "other",
    [
        report(finding("SM-A-02")),
        report(finding("SM-A-01", "/ClinicalDocument/title")),
        report(finding("SM-A-01"), path="b.xml"),
    ],
)
def test_another_rule_place_or_document_is_not_known(other):
    baseline = Baseline([("a.xml", "SM-A-01", "/ClinicalDocument")])
    assert baseline.unknown(other) == (other, 0)


def test_a_finding_is_hidden_as_often_as_it_is_known():
    baseline = Baseline([("a.xml", "SM-A-01", "/ClinicalDocument")] * 2)
    same = finding("SM-A-01")
    kept, hidden = baseline.unknown(report(same, same, same))
    assert (len(kept.findings), hidden) == (1, 2)


def test_a_path_is_the_same_however_it_is_given(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for path in ("./a/b.xml", "a\\b.xml", str(tmp_path / "a" / "b.xml")):
        baseline = Baseline([(path, "SM-A-01", "/ClinicalDocument")])
        assert baseline.unknown(report(finding("SM-A-01"), path="a/b.xml"))[1] == 1


@pytest.mark.parametrize(("layer", "rule"), [("xml", "XML-01"), ("check", "CHK-01")])
def test_a_document_that_was_not_validated_is_never_hidden(layer, rule):
    broken = report(finding(rule, layer=layer), layer=layer)
    baseline = Baseline([("a.xml", rule, "/ClinicalDocument")])
    assert baseline.unknown(broken) == (broken, 0)
    assert without_ignored(broken, {rule: "why"}) == (broken, ())
    assert not may_be_ignored(rule)


def test_ignored_rules_are_named_once_a_finding():
    masked, ignored = without_ignored(
        report(finding("SM-A-01"), finding("SM-B-01"), finding("SM-A-01", "/x")),
        {"SM-A-01": "why"},
    )
    assert (rules(masked), ignored) == (["SM-B-01"], ("SM-A-01", "SM-A-01"))
    assert may_be_ignored("SM-A-01")


def test_a_baseline_is_a_report_in_jsonl(tmp_path):
    path = tmp_path / "known.jsonl"
    issue = {"rule": "SM-A-01", "location": "/ClinicalDocument", "line": 4, "message": "…"}
    document = {"path": "a.xml", "layers": [{"name": "x", "issues": [issue]}]}
    path.write_text("\ufeff" + json.dumps(document) + "\n\n", encoding="utf-8")
    assert Baseline.read(path).unknown(report(finding("SM-A-01")))[1] == 1


@pytest.mark.parametrize("text", ["<xml/>", "[]", '{"path": "a"}', '"a"', "{", "\xff"])
def test_anything_else_is_refused_in_one_line(tmp_path, text):
    path = tmp_path / "known.jsonl"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(InputError, match="ce n'est pas un rapport au format jsonl"):
        Baseline.read(path)
    with pytest.raises(InputError, match=r"none\.jsonl : "):
        Baseline.read(tmp_path / "none.jsonl")
