"""The outputs in other tools' forms: several documents are one well-formed file."""

import json
from collections import Counter

import jsonschema
import pytest
from lxml import etree
from samples import RESULTS, RUN, finding, lost, rendered, result

from cda_tools.reports import outputs
from cda_tools.reports.contracts.gitb import TR, XSI
from cda_tools.reports.contracts.svrl import SVRL
from cda_tools.reports.contracts.verdict import judged
from cda_tools.reports.run import Run

GOOD, BAD = RESULTS[0], RESULTS[1]


def output(name, results=RESULTS, run=RUN):
    return rendered(outputs.output(name), results, run)


def xml(name, results=RESULTS):
    return etree.fromstring(output(name, results).encode())


# ------------------------------------------------------------------ tar


def tr(name):
    return f"{{{TR}}}{name}"


def test_one_document_is_one_test_report():
    root = xml("tar", [BAD])
    assert (root.tag, root.findtext(tr("result"))) == (tr("TestStepReport"), "FAILURE")
    kinds = [one.tag for one in root.find(tr("reports"))]
    assert kinds == [tr("error"), tr("error"), tr("warning"), tr("info")]
    assert root.find(f"{tr('reports')}/{tr('error')}").get(f"{{{XSI}}}type") == "tr:BAR"


def test_several_documents_are_reports_inside_one_that_counts_them():
    root = xml("tar")
    inner = root.findall(tr("reports"))
    assert [one.get("name") for one in inner] == [one.report.path for one in RESULTS]
    assert {one.get(f"{{{XSI}}}type") for one in inner} == {"tr:TAR"}
    results = [one.findtext(tr("result")) for one in inner]
    assert results == ["SUCCESS", "FAILURE", "FAILURE", "UNDEFINED", "UNDEFINED", "SUCCESS"]
    assert root.findtext(tr("result")) == "UNDEFINED"
    for name in ("nrOfErrors", "nrOfWarnings", "nrOfAssertions"):
        numbers = [int(one.findtext(f"{tr('counters')}/{tr(name)}")) for one in inner]
        assert int(root.findtext(f"{tr('counters')}/{tr(name)}")) == sum(numbers)


def test_no_document_is_undefined_and_still_a_report():
    root = xml("tar", [])
    assert root.findtext(tr("result")) == "UNDEFINED"
    assert root.find(tr("reports")) is None


def test_the_test_report_in_json_says_what_the_xml_says():
    alone, several = json.loads(output("tar-json", [BAD])), json.loads(output("tar-json"))
    root = xml("tar")
    assert [one["result"] for one in several] == [
        one.findtext(tr("result")) for one in root.findall(tr("reports"))
    ]
    assert [one["name"] for one in several] == [
        one.get("name") for one in root.findall(tr("reports"))
    ]
    assert several[1] == {"name": several[1]["name"]} | alone | {"date": several[1]["date"]}
    assert {kind: len(items) for kind, items in alone["reports"].items()} == {
        "error": 2,
        "warning": 1,
        "info": 1,
    }
    assert several[0]["reports"] == {}, "there is always one, a client reads it"
    assert json.loads(output("tar-json", [])) == []


def test_a_run_that_was_interrupted_never_ends_well_in_json():
    run = Run()
    run.interrupted = True
    found = json.loads(output("tar-json", [GOOD], run))
    assert [one["result"] for one in found] == ["SUCCESS", "UNDEFINED"]
    assert found[-1]["overview"]["note"] == "validation interrompue"


# ------------------------------------------------------------------ svrl


def test_svrl_has_a_pattern_a_layer_that_ran_and_a_rule_before_what_failed():
    root = xml("svrl")
    names = [etree.QName(one).localname for one in root]
    for number, name in enumerate(names):
        if name in {"failed-assert", "successful-report"}:
            assert names[number - 1] in {"fired-rule", "failed-assert", "successful-report"}
        if name == "fired-rule":
            assert names[number - 1] == "active-pattern"
    documents = Counter(one.get("documents") for one in root.iter(f"{{{SVRL}}}active-pattern"))
    assert "dossier/%C3%A9t%C3%A9%2C%201%25.xml" in documents
    assert documents["retrait.hl7!2"] == 2, "what it says, and that nothing was looked at"


def test_an_item_of_svrl_ends_with_its_text_and_has_a_place_and_a_test():
    root = xml("svrl")
    items = [*root.iter(f"{{{SVRL}}}failed-assert"), *root.iter(f"{{{SVRL}}}successful-report")]
    unlooked = [judged(one.report).unlooked for one in RESULTS]
    assert unlooked.count(True) == 1
    assert len(items) == sum(len(one.report.findings) for one in RESULTS) + 1
    document = etree.fromstring('<h:ClinicalDocument xmlns:h="urn:hl7-org:v3"/>')
    for one in items:
        assert one[-1].tag == f"{{{SVRL}}}text"
        assert isinstance(document.xpath(one.get("test")), bool)
        document.xpath(one.get("location"))
    flags = {one.get("id"): one.get("flag") for one in items}
    assert flags["CHK-01"] == flags["incomplete"] == "fatal"
    assert flags["SM-SETID-01"] == "error"
    assert flags["SM-CODE-03"] is None, "information is a report, not a failure"


# ------------------------------------------------------------------ fhir


def test_one_document_is_an_operation_outcome_and_several_a_bundle():
    assert json.loads(output("operationoutcome", [BAD]))["resourceType"] == "OperationOutcome"
    bundle = json.loads(output("operationoutcome"))
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "collection")
    first = [one["resource"]["issue"][0]["diagnostics"] for one in bundle["entry"]]
    assert len(first) == len(RESULTS)
    assert first[1].startswith("dossier/été, 1%.xml : cda-tools ")
    assert "entry" not in json.loads(output("operationoutcome", []))


def test_an_outcome_is_one_of_fhir():
    issue = {
        "type": "object",
        "required": ["severity", "code"],
        "additionalProperties": False,
        "properties": {
            "extension": {"type": "array", "minItems": 1},
            "severity": {"enum": ["fatal", "error", "warning", "information"]},
            "code": {
                "enum": [
                    "structure",
                    "invariant",
                    "business-rule",
                    "exception",
                    "timeout",
                    "incomplete",
                    "informational",
                ]
            },
            "diagnostics": {"type": "string", "pattern": r"\S"},
            "location": {"type": "array", "minItems": 1, "items": {"type": "string"}},
            "expression": {"type": "array", "minItems": 1, "items": {"type": "string"}},
        },
    }
    for one in json.loads(output("operationoutcome"))["entry"]:
        jsonschema.validate(one["resource"]["issue"], {"items": issue, "minItems": 1})


def test_a_layer_that_did_not_run_is_incomplete_and_never_well():
    (read,) = (one for one in RESULTS if one.report.path == "retrait.hl7!2")
    issues = json.loads(output("operationoutcome", [read]))["issue"]
    assert [one["code"] for one in issues if one["severity"] == "error"] == ["incomplete"]


# ------------------------------------------------------------------ gazelle


@pytest.mark.parametrize(("name", "model"), [("gazelle", "2.0"), ("gazelle-v1", "0.1")])
@pytest.mark.parametrize("results", [[], [BAD], RESULTS])
def test_a_gazelle_report_counts_what_it_holds(name, model, results):
    found = json.loads(output(name, results))
    assert found["modelVersion"] == model
    total = Counter()
    for one in found["reports"]:
        total.update(one["subCounters"])
    assert {key: number for key, number in found["counters"].items() if number} == {
        key: number for key, number in total.items() if number
    }
    required = found["validationMethod"]
    assert all(value.strip() for value in required.values())


def test_a_gazelle_report_of_several_documents_is_as_bad_as_the_worst():
    assert json.loads(output("gazelle", [GOOD, BAD]))["overallResult"] == "FAILED"
    assert json.loads(output("gazelle", [GOOD, lost("a.xml"), BAD]))["overallResult"] == "UNDEFINED"
    assert json.loads(output("gazelle", [GOOD]))["overallResult"] == "PASSED"
    assert json.loads(output("gazelle", []))["overallResult"] == "UNDEFINED"


# ------------------------------------------------------------------ gitlab


def test_gitlab_has_an_object_a_finding_with_a_path_below_the_repository():
    found = json.loads(output("gitlab"))
    assert len(found) == sum(len(one.report.findings) for one in RESULTS)
    for one in found:
        assert not one["location"]["path"].startswith(("/", "./"))
        assert one["location"]["lines"]["begin"] >= 1
        assert one["severity"] in {"info", "minor", "major", "critical", "blocker"}
    inside = next(one for one in found if one["check_name"] == "SM-TITLE-01")
    assert inside["location"] == {"path": "envoi.zip", "lines": {"begin": 1}}
    assert json.loads(output("gitlab", [])) == []


def test_a_fingerprint_stays_when_lines_move_and_is_never_twice():
    def prints(line):
        twice = (finding("SM-A", line=line), finding("SM-A", line=line))
        found = json.loads(output("gitlab", [result("a.xml", *twice)], Run()))
        return [one["fingerprint"] for one in found]

    assert prints(3) == prints(40)
    assert len(set(prints(3))) == 2
