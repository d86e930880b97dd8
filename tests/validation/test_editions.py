"""Two editions of the official header profile: what each says, and what a finding says of both."""

import copy
import json

import pytest
from click.testing import CliRunner
from header_changes import change, complete, cut, find, serialized
from lxml import etree

from cases import FOLDER
from cases.makers.editions import EXPECTED, NEW, OLD
from cda_tools import Options, read, validate
from cda_tools.cli import cli
from cda_tools.model.editions import EDITIONS, NEWEST, edition, editions
from cda_tools.rules.finding import Severity
from cda_tools.validation.structuration_minimale import layer
from cda_tools.validation.structuration_minimale.layer import check

ERRORS = {"SM-AUTHOR-37": False, "SM-AUTHENT-27": False}


def findings(name, in_edition):
    return check(etree.parse(FOLDER / "editions" / f"{name}.xml").getroot(), edition=in_edition)


@pytest.mark.parametrize("name", EXPECTED)
def test_each_edition_reports_what_it_asks(name):
    for in_edition, expected in EXPECTED[name].items():
        found = findings(name, in_edition)
        assert sorted(one.rule for one in found) == sorted(expected)
        wrong = [one.rule for one in found if one.severity is Severity.ERROR]
        assert sorted(wrong) == sorted(rule for rule in expected if ERRORS.get(rule, True))


@pytest.mark.parametrize("name", EXPECTED)
def test_an_error_of_one_edition_alone_says_that_the_other_admits_it(name):
    def fails(in_edition):
        return any(one.severity is Severity.ERROR for one in findings(name, in_edition))

    for this, other in ((NEW, OLD), (OLD, NEW)):
        said = [f"admis dans l’édition {other}" in one.message for one in findings(name, this)]
        assert all(said) if fails(this) and not fails(other) else not any(said)


def test_the_newest_edition_is_the_default():
    assert EDITIONS[0] == NEWEST == Options().edition
    dates = [known.date for known in editions()]
    assert dates == sorted(dates, reverse=True)
    assert all(known.source for known in editions())
    with pytest.raises(KeyError):
        edition("2024-12")


def test_a_retired_code_says_when_it_left_and_what_stands_for_it():
    (finding,) = findings("SM-AUTHOR-16-G15_35", NEW)
    assert finding.message == (
        "« code » : @code doit être un code du jeu J01 (profession ou rôle, "
        "1.2.250.1.213.1.1.5.461) ; trouvé : « G15_35 » ; ce code est sorti du jeu J01 le "
        "28/03/2025 ; à la place : 313 (Aide-soignant) ; admis dans l’édition 2025-02."
    )
    (finding,) = findings("SM-AUTHOR-16-369", NEW)
    assert "sorti du jeu J01 le 28/03/2025 ; admis" in finding.message


def test_a_code_that_is_yet_to_come_is_admitted_by_the_edition_that_has_it():
    (finding,) = findings("SM-CODE-03-34876-3", OLD)
    assert finding.message.endswith("trouvé : « 34876-3 » ; admis dans l’édition 2025-06.")
    assert "sorti" not in finding.message


def test_a_code_of_no_edition_says_nothing_of_editions():
    root, target = cut("code")
    change(target, "set @code=00000-0")
    for known in EDITIONS:
        (finding,) = check(root, edition=known)
        assert finding.message.endswith("trouvé : « 00000-0 ».")


def test_an_error_beside_one_that_both_editions_have_is_told_apart():
    root, target = cut("author[1]/assignedAuthor/code")
    target.set("code", "G15_36")
    find(root, "title").set("nullFlavor", "UNK")
    said = {one.rule: "admis" in one.message for one in check(root)}
    assert said == {"SM-TITLE-01": False, "SM-AUTHOR-16": True}


def test_a_rule_is_worded_as_its_edition_words_it():
    (new,) = findings("SM-AUTHOR-34-two-in", NEW)
    (old,) = findings("SM-AUTHOR-34-two-in", OLD)
    assert "dont le code est dans le jeu J04 ; trouvé : 2." in old.message
    assert "dont le code" not in new.message


def test_a_code_that_fails_names_the_nearest_where_it_is_asked(tmp_path):
    root, target = cut("author[1]/functionCode")
    change(target, "set @code=ORGSOC")
    (tmp_path / "a.xml").write_bytes(serialized(root))
    (finding,) = check(root, explain=True)
    near = finding.message.partition("codes proches : ")[2]
    assert near.startswith("ADMPHYS (")  # the label beside it is that of this one
    assert "ORG-SOC (Organismes sociaux" in near
    (finding,) = check(root)
    assert "proches" not in finding.message
    for args in (["validate", "--explain"], ["inspect"]):
        done = CliRunner().invoke(cli, [*args, str(tmp_path / "a.xml")])
        assert "codes proches" in done.stdout


def test_a_label_and_a_civility_find_their_code_too():
    root, target = cut("author[1]/assignedAuthor/code")
    change(target, "set @code=XYZ ; set @displayName=aide-soignant")
    (finding,) = check(root, explain=True)
    assert "codes proches : 313 (Aide-soignant)" in finding.message
    root, target = cut("author[1]/assignedAuthor/assignedPerson/name/suffix")
    target.text = "Dr"
    (finding,) = check(root, explain=True)
    assert (finding.rule, "codes proches : DR (" in finding.message) == ("SM-AUTHOR-03", True)


def test_what_the_official_profile_says_the_text_does_not_repeat():
    path = FOLDER / "editions" / "SM-CONF-02-M.xml"
    said = {}
    for known in EDITIONS:
        found = validate(read(path), Options(edition=known)).findings
        said[known] = {one.rule for one in found if "CONF" in one.rule}
    assert said == {NEW: {"SM-CONF-02"}, OLD: {"TXT-CONF-01"}}


def test_of_the_patient_no_code_is_told():
    root, target = cut("recordTarget/patientRole/patient/administrativeGenderCode")
    target.set("code", "f")
    (finding,) = check(root, explain=True)
    assert "proches" not in finding.message


def test_a_report_names_its_edition_in_every_command(tmp_path):
    (tmp_path / "a.xml").write_bytes(serialized(cut("setId")[0]))
    for chosen in EDITIONS:
        report = validate(read(tmp_path / "a.xml"), Options(edition=chosen))
        assert (report.edition, report.valid) == (chosen, True)
        args = ["--edition", chosen, str(tmp_path / "a.xml")]
        done = CliRunner().invoke(cli, ["validate", "--format", "jsonl", *args])
        assert json.loads(done.stdout)["edition"] == chosen
        done = CliRunner().invoke(cli, ["inspect", "--format", "json", *args])
        assert json.loads(done.stdout)[0]["validation"]["edition"] == chosen
        for command in ("inspect", "validate"):
            assert f"édition {chosen}" in CliRunner().invoke(cli, [command, *args]).stdout


def test_an_edition_that_is_not_known_is_refused_in_one_line():
    done = CliRunner().invoke(cli, ["validate", "--edition", "2024-01", "a.xml"])
    assert done.exit_code == 2
    assert "2024-01" in done.stderr


@pytest.mark.parametrize(("rule", "asked"), [("SM-TITLE-01", [NEW]), ("SM-CONF-02", [NEW, OLD])])
def test_another_edition_is_asked_only_where_the_rule_differs(rule, asked, monkeypatch):
    run, names = layer.failures, []

    def failures(tree, header, profile, name):
        names.append(name)
        return run(tree, header, profile, name)

    monkeypatch.setattr(layer, "failures", failures)
    root = copy.deepcopy(complete())
    if rule == "SM-TITLE-01":
        root.remove(find(root, "title"))
    else:
        find(root, "confidentialityCode").set("code", "L")
    assert rule in [finding.rule for finding in layer.check(root)]
    assert names == asked
