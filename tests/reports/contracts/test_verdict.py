from cda_tools.reports.contracts import fhir, wrapper
from cda_tools.reports.contracts.verdict import Level, Outcome, judged, together, worst
from cda_tools.rules.finding import Severity
from cda_tools.rules.texts import finding as rule
from cda_tools.rules.texts import worded
from cda_tools.validation import LayerResult, Report, troubles


def found(layer, severity=Severity.ERROR, name="EX-01"):
    place = "/ClinicalDocument"
    return worded(name, severity, "Constat.", layer=layer, location=place, line=2)


def report(*findings, not_run=(), names=("xml", "xsd", "structuration-minimale", "text-1.16")):
    layers = []
    for name in (*dict.fromkeys(one.layer for one in findings if one.layer not in names), *names):
        mine = tuple(one for one in findings if one.layer == name)
        layers.append(LayerResult(name, ran=name not in not_run, findings=mine))
    return Report("a.xml", "1.16", tuple(layers), "2025-06")


def outcome(*findings, **others):
    return judged(report(*findings, **others)).outcome


def test_a_document_passes_where_every_official_layer_ran_and_found_no_error():
    assert outcome() is Outcome.PASSED
    assert outcome(found("xsd", Severity.WARNING)) is Outcome.PASSED


def test_an_official_error_fails_and_our_own_only_warns():
    assert outcome(found("xsd")) is Outcome.FAILED
    ours = judged(report(found("text-1.16")))
    assert (ours.outcome, ours.items[0].level) == (Outcome.PASSED, Level.WARNING)


def test_what_a_carrier_finds_fails_too():
    assert outcome(found("hl7v2")) is Outcome.FAILED


def test_a_document_that_was_not_checked_is_undefined_whatever_else_was_found():
    trouble = troubles.timed_out(30)
    verdict = judged(report(found("xsd"), trouble))
    assert verdict.outcome is Outcome.UNDEFINED
    assert verdict.count(Level.FATAL) == 1
    assert outcome(not_run=("xsd",)) is Outcome.UNDEFINED


def test_after_an_error_of_the_xml_the_layers_that_did_not_run_leave_it_failed():
    verdict = judged(report(found("xml"), not_run=("xsd", "structuration-minimale", "text-1.16")))
    assert verdict.outcome is Outcome.FAILED
    assert verdict.not_run == ("xsd", "structuration-minimale", "text-1.16")
    assert not verdict.is_cda


def test_a_document_inside_a_style_sheet_is_told():
    wrapped = rule("XML-08", layer="xml", location="/ClinicalDocument", line=3)
    assert judged(report(wrapped)).wrapped


def test_several_documents_are_as_bad_as_the_worst_and_keep_all_their_steps():
    both = together([judged(report()), judged(report(found("xsd")))], "a.zip")
    assert (both.outcome, both.path, len(both.steps)) == (Outcome.FAILED, "a.zip", 8)
    assert worst([]) is Outcome.UNDEFINED
    assert worst([Outcome.PASSED, Outcome.UNDEFINED, Outcome.FAILED]) is Outcome.UNDEFINED


def test_a_layer_that_says_why_it_did_not_run_did_not_run_all_the_same():
    names = ("xml", "xsd", "volet")
    verdict = judged(report(found("volet", Severity.WARNING), names=names, not_run=("volet",)))
    assert (verdict.outcome, verdict.not_run) == (Outcome.UNDEFINED, ("volet",))
    assert verdict.unlooked
    issues = fhir.outcome(verdict, version="0")["issue"]
    assert [one["severity"] for one in issues] == ["information", "warning", "error"]
    assert issues[-1]["code"] == "incomplete"
    assert [one["level"] for one in wrapper.issues(verdict)] == ["WARNING", "FATAL"]
    assert "volet" in issues[-1]["diagnostics"]


def test_our_own_layers_that_were_not_asked_leave_a_document_passed_in_every_contract():
    verdict = judged(report(not_run=("text-1.16",)))
    assert (verdict.outcome, verdict.unlooked) == (Outcome.PASSED, False)
    issues = fhir.outcome(verdict, version="0")["issue"]
    assert {one["severity"] for one in issues} == {"information"}
    assert [one["level"] for one in wrapper.issues(verdict)] == ["INFORMATION"]


def test_a_document_that_was_not_checked_says_so_itself():
    verdict = judged(report(troubles.timed_out(30), not_run=("xml", "xsd")))
    assert verdict.not_run == ("xml", "xsd")
    assert not verdict.unlooked
