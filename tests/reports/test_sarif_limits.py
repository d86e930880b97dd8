import json
import re
from pathlib import Path

import pytest
from samples import RESULTS, finding, rendered, result

from cda_tools.reports import outputs
from cda_tools.reports.outputs import sarif
from cda_tools.reports.run import Run
from cda_tools.rules import catalogue
from cda_tools.rules.finding import Severity

E, W, N = Severity.ERROR, Severity.WARNING, Severity.INFORMATION
MIXED = [
    result("a.xml", *(finding(f"SM-{severity.value[:1].upper()}", severity=severity) for _ in "12"))
    for severity in (N, W, E)
]


def run_of(results, run=None):
    (told,) = json.loads(rendered(outputs.output("sarif"), results, run or Run()))["runs"]
    return told


def test_the_most_severe_results_come_first_and_keep_their_rule():
    told = run_of(MIXED)
    assert [one["level"] for one in told["results"]] == ["error"] * 2 + ["warning"] * 2 + [
        "note"
    ] * 2
    rules = told["tool"]["driver"]["rules"]
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in told["results"])
    assert "toolExecutionNotifications" not in told["invocations"][0]


@pytest.mark.parametrize(
    ("most", "missing"),
    [(5, "1 de gravité « information »"), (3, "1 de gravité « avertissement », 2 de gravité")],
)
def test_results_beyond_the_number_of_github_are_left_out_and_counted(monkeypatch, most, missing):
    monkeypatch.setattr(sarif, "MOST_RESULTS", most)
    told = run_of(MIXED)
    assert len(told["results"]) == most
    (note,) = told["invocations"][0]["toolExecutionNotifications"]
    assert note["level"] == "warning"
    assert f"{most} constats écrits sur 6" in note["message"]["text"]
    assert missing in note["message"]["text"]


def test_more_results_of_one_severity_than_github_takes_are_not_kept(monkeypatch):
    monkeypatch.setattr(sarif, "MOST_RESULTS", 2)
    told = run_of([result("a.xml", *(finding("SM-A") for _ in range(7)))])
    assert len(told["results"]) == 2
    (note,) = told["invocations"][0]["toolExecutionNotifications"]
    assert "2 constats écrits sur 7" in note["message"]["text"]
    assert "5 de gravité « erreur »" in note["message"]["text"]


def test_results_beyond_the_size_of_github_are_left_out_once_compressed(monkeypatch):
    monkeypatch.setattr(sarif, "MOST_BYTES", 20_000)
    told = run_of([result(f"{n}.xml", finding("SM-A")) for n in range(4_000)])
    assert 0 < len(told["results"]) < 4_000
    (note,) = told["invocations"][0]["toolExecutionNotifications"]
    assert f"{len(told['results'])} constats écrits sur 4000" in note["message"]["text"]


def test_a_rule_has_a_page_of_its_own_where_the_docs_are_said_to_be():
    told = run_of(RESULTS, Run(docs_url="https://docs.example/rules.md"))
    rules = {one["id"]: one for one in told["tool"]["driver"]["rules"]}
    assert rules["SM-SETID-01"]["helpUri"] == "https://docs.example/rules.md#sm-setid-01"
    assert "helpUri" not in rules["SM-X-99"]
    assert not any("helpUri" in one for one in run_of(RESULTS)["tool"]["driver"]["rules"])


def test_every_rule_of_the_catalogue_is_a_heading_that_its_anchor_leads_to():
    text = Path("docs/rules.md").read_text(encoding="utf-8")
    headings = set(re.findall(r"^### (\S+)$", text, re.MULTILINE))
    assert {rule.id for rule in catalogue.rules()} <= headings
