"""Rules and value sets are found as a user names them, and shown in three forms."""

import json

import pytest
from click.testing import CliRunner

from cda_tools.cli import cli
from cda_tools.errors import InputError
from cda_tools.lookup.search import everything, find
from cda_tools.model.valuesets import named, nearest, value_sets
from cda_tools.reports import rules as pages


def run(*args):
    return CliRunner().invoke(cli, ["rules", *args])


@pytest.mark.parametrize("word", ["J47", "j47", "1.2.250.1.213.1.1.5.124", "JDV_J47_FunctionCode"])
def test_a_value_set_is_found_by_name_oid_and_official_name(word):
    (found,) = find([word])
    assert (found.name, len(found.concepts)) == ("J47", 15)


def test_rules_are_found_by_their_start_and_once():
    found = find(["SM-SETID", "sm-setid-01", "VER-1"])
    assert [rule.id for rule in found] == ["SM-SETID-01", "VER-10", "VER-11"]


@pytest.mark.parametrize(
    ("word", "hint"),
    [("SM-SETTID-01", "SM-SETID-01"), ("J74", "J47"), ("VER 10", "VER-10")],
)
def test_a_name_of_nothing_is_told_with_the_nearest(word, hint):
    with pytest.raises(InputError, match=f"inconnu : {word} ; le plus proche : .*{hint}"):
        find([word])
    with pytest.raises(InputError, match=r"inconnu : éàü$"):
        find(["éàü"])


def test_every_set_that_a_rule_names_is_there_and_says_so():
    names = {value_set.name for value_set in value_sets()}
    used = {name for found in everything() for name in getattr(found, "sets", ())}
    assert len(used) > 10
    assert used <= names
    page = run("SM-AUTHOR-08").stdout
    assert "J47, 15 codes (cda-tools rules J47)" in page
    assert "SM-AUTHOR-08, SM-PARTICIPANT-08" in run("J47").stdout


def test_a_set_shows_codes_with_labels_and_dates():
    page = run("J01").stdout
    assert "Aide-soignant (jusqu'au 28/03/2025 ; à la place : 313)" in page
    assert "Aide à domicile (depuis le 28/03/2025)" in page
    (found,) = json.loads(run("J01", "--format", "json").stdout)
    codes = {code["code"]: code for code in found["codes"]}
    assert (codes["350"]["until"], codes["350"]["instead"]) == ("2025-03-28", "372")
    assert (codes["G15_10"]["since"], codes["G15_10"]["until"]) == (None, None)
    assert "SM-AUTHOR-16" in found["rules"]
    table = run("J143", "--format", "markdown").stdout
    assert "## Jeux de valeurs" in table
    assert "| F | " in table


def test_a_set_of_an_older_edition_names_its_rule():
    assert "SM-CONF-02" in run("confidentiality-hl7").stdout
    page = run("SM-CONF-02").stdout
    assert "En 2025-02" in page
    assert "confidentiality-hl7" in page


def test_search_looks_at_rules_codes_and_labels_whatever_case_and_accents():
    lines = run("--search", "AIDE A DOMICILE qualifie").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["J01", "371"]
    found = run("--search", "setid", "--layer", "versions").stdout.splitlines()
    assert found
    assert all(line.startswith("VER-") for line in found)
    assert run("--search", "rien de tel nulle part").stdout == ""
    (only,) = json.loads(run("--search", "lot de versions 1.16", "--format", "json").stdout)
    assert only["id"] == "SM-SETID-01"


def test_a_layer_alone_is_listed():
    rules = [line.split()[0] for line in run("--layer", "xds").stdout.splitlines()]
    assert rules[0] == "XDS-01"
    assert all(rule.startswith("XDS-") for rule in rules)


def test_several_results_are_a_line_each():
    lines = pages.text(find(["J47", "SM-VERSION-01"])).splitlines()
    assert [line.split()[1] for line in lines] == ["jeu", "erreur"]


def test_the_nearest_codes_are_those_of_the_edition_and_the_label_comes_first():
    assert nearest("J47", "2025-06", "ORGSOC")[0].code == "ORG-SOC"
    assert nearest("J47", "2025-02", "ORG-SOC") == ()
    found = nearest("J01", "2025-06", "G15_35", "aide-soignant")
    assert found[0].code == "313"
    assert "G15_35" not in {one.code for one in found}
    assert nearest("J04", "2025-06", "zzzzzz") == ()


def test_a_name_that_is_no_set_is_none():
    assert named("J999") is None
