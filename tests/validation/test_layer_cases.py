"""Every rule of the layers xml, text-1.16 and versions is reported alone where it is broken."""

import pytest
from documents import PARTS, document

from cases import ROOT
from cases.makers.own_layers import LAYERS, TABLE, path
from cda_tools import Options, Severity, read, validate
from cda_tools.rules import texts

PROFILE = "structuration-minimale"
# Tested in tests/reading and tests/test_document.py: the XML cannot be read at all, or
# no other layer can run; and the finding that needs the layers before it.
ELSEWHERE = {f"XML-{number:02}" for number in (*range(1, 8), *range(10, 14))} | {"VER-11"}


def found(rule, verdict):
    """Return the rules that the three layers report for a case."""
    profile = "pre-1.16" if rule == "VER-10" else "1.16"
    report = validate(read(ROOT / path(rule, verdict)), Options(profile=profile, layers=LAYERS))
    return [finding.rule for finding in report.findings]


def test_every_rule_has_its_cases():
    everything = {rule for layer in LAYERS for rule in texts.entries(layer)}
    assert everything - ELSEWHERE == set(TABLE)


@pytest.mark.parametrize("rule", TABLE)
def test_a_rule_is_reported_where_it_is_broken_and_nothing_else_is(rule):
    assert found(rule, "fail") == [rule]
    assert found(rule, "pass") == []


def test_a_document_from_before_1_16_is_told_how_it_is_chained(gazelle):
    path = gazelle / "sans-setid.xml"
    rules_found = {finding.rule for finding in validate(read(path)).findings}
    assert rules_found == {"SM-SETID-01", "SM-VERSION-01", "VER-11"}
    for profile in ("pre-1.16", "auto"):
        report = validate(read(path), Options(profile=profile))
        assert (report.profile, report.valid, report.findings) == ("pre-1.16", True, ())


def test_auto_takes_1_16_from_the_day_it_was_published_and_without_a_date():
    for date, profile in [("20240924", "pre-1.16"), ("20240925", "1.16"), ("2024", "pre-1.16")]:
        content = document(date=f'<effectiveTime value="{date}"/>')
        assert validate(read(content), Options(profile="auto")).profile == profile
    assert validate(read(document(date="")), Options(profile="auto")).profile == "1.16"


def test_strict_makes_warnings_of_the_text_errors_and_leaves_information():
    for name, severity in [("TXT-LANG-01", Severity.ERROR), ("TXT-DMP-01", Severity.INFORMATION)]:
        case = read(ROOT / path(name, "fail"))
        report = validate(case, Options(strict=True, layers=("text-1.16",)))
        assert [finding.severity for finding in report.findings] == [severity]


def test_a_profile_or_a_layer_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="bogus"):
        Options(profile="bogus")
    with pytest.raises(ValueError, match="bogus"):
        Options(layers=("bogus",))
    with pytest.raises(ValueError, match="2024-12"):
        Options(edition="2024-12")


NULL = '<title nullFlavor="NI"/>'


@pytest.mark.parametrize(
    ("titles", "layers", "told"),
    [
        (NULL, LAYERS, ["TXT-NULL-01"]),
        (NULL, (*LAYERS, PROFILE), ["SM-TITLE-01"]),
        (NULL * 2, (*LAYERS, PROFILE), ["SM-TITLE-01"]),
        (f"<title>Compte rendu</title>{NULL}", (*LAYERS, PROFILE), ["TXT-NULL-01"]),
    ],
)
def test_a_null_that_the_profile_does_not_count_is_told_by_the_profile_alone(titles, layers, told):
    found = validate(read(document(title=titles)), Options(layers=layers)).findings
    assert [one.rule for one in found if one.rule in {"SM-TITLE-01", "TXT-NULL-01"}] == told


def test_a_null_beside_one_that_the_profile_does_not_count_is_told():
    custodian = PARTS["custodian"].replace("<name>", '<telecom nullFlavor="NI"/><name>')
    content = document(title=NULL, custodian=custodian)
    report = validate(read(content), Options(layers=(*LAYERS, PROFILE)))
    (null,) = [one for one in report.findings if one.rule == "TXT-NULL-01"]
    assert null.location.endswith("/telecom")


def test_a_profile_rule_that_asks_for_a_child_without_null_flavor_names_it():
    rules = texts.entries(PROFILE)
    named = {one["filled"] for one in rules.values() if "filled" in one}
    assert {"title", "setId", "author", "encompassingEncounter"} <= named
    for one in rules.values():
        assert ("sans nullFlavor" in one["title"]) is ("filled" in one), one["id"]
