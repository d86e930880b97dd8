"""``cda-tools kit``, and ``--kit`` of the other commands."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cda_tools.cli import cli
from conftest import ROOT

SMALL = ROOT / "fixtures" / "kit"
DOCUMENT = str(ROOT / "fixtures" / "gazelle" / "imagerie-v2.xml")


def run(*arguments: str):
    return CliRunner().invoke(cli, [str(one) for one in arguments])


def test_a_kit_is_added_listed_used_by_its_name_and_forgotten():
    added = run("kit", "add", SMALL, "--name", "petit")
    assert (added.exit_code, "volets             2 sur 2" in added.stdout) == (0, True)
    assert run("kit", "list").stdout == f"petit : {SMALL}\n"
    assert json.loads(run("kit", "list", "--format", "json").stdout) == [
        {"name": "petit", "path": str(SMALL)}
    ]
    said = run("validate", "--kit", "petit", "--format", "jsonl", DOCUMENT)
    assert (said.exit_code, json.loads(said.stdout)["kit"][:7]) == (1, "petit (")
    assert run("kit", "remove", "petit").exit_code == 0
    assert run("kit", "list").stdout.startswith("aucun kit")
    assert run("validate", "--kit", "petit", DOCUMENT).exit_code == 2


def test_the_default_name_is_that_of_the_folder():
    run("kit", "add", SMALL)
    assert run("kit", "list").stdout == f"kit : {SMALL}\n"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("add", "nulle-part"), "pas de dossier"),
        (("add", str(SMALL), "--name", "a b"), "un nom de kit"),
        (("add", str(SMALL / "jeuxDeValeurs")), "pas un kit"),
        (("remove", "inconnu"), "kit inconnu"),
        (("check", "inconnu"), "kit inconnu"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_code_2(arguments, reason):
    done = run("kit", *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert reason in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_list_of_names_that_is_damaged_is_said(own_kit_places):
    own_kit_places.mkdir(exist_ok=True)
    (own_kit_places / "kits.json").write_text("[", "utf-8")
    done = run("kit", "list")
    assert (done.exit_code, "illisible" in done.stderr) == (2, True)


def test_check_tells_defects_and_exits_with_1(copied):
    (copied / "jeuxDeValeurs" / "jdv-incidence.xml").unlink()
    done = run("kit", "check", copied)
    assert done.exit_code == 1
    assert "avertissement KIT-05 schematrons/CI-SIS_IMG-DEMO_2023.01.sch" in done.stdout
    found = json.loads(run("kit", "check", copied, "--format", "json").stdout)
    assert [one["rule"] for one in found["defects"]] == ["KIT-05", "KIT-05", "KIT-08"]
    assert [one["runs"] for one in found["layers"]] == [True] * 4


def test_a_run_tells_the_defects_of_its_kit_once_on_stderr(copied):
    for path in (copied / "schematrons").glob("*.sch"):
        path.write_text(path.read_text("utf-8").replace("Conclusion.sch", "x.sch"), "utf-8")
    done = run("validate", "--kit", copied, DOCUMENT, DOCUMENT)
    assert done.stderr.count("KIT-01") == 2
    assert done.stderr.startswith("kit kit : 3 défauts\n")


def test_an_expression_that_cannot_be_run_ends_a_strict_run_with_2(copied):
    path = copied / "schematrons" / "profils" / "IHE.sch"
    path.write_text(path.read_text("utf-8").replace('test="cda:code"', 'test="f("'), "utf-8")
    assert run("validate", "--kit", copied, "--volet", "none", DOCUMENT).exit_code == 0
    strict = run("validate", "--kit", copied, "--strict", DOCUMENT)
    assert (strict.exit_code, strict.stdout) == (2, "")


def test_inspect_shows_the_layers_of_the_kit():
    shown = run("inspect", "--kit", SMALL, DOCUMENT).stdout
    assert "modeles-cda" in shown
    assert "neutre" in shown


def test_a_project_names_its_kit_in_its_settings(tmp_path, monkeypatch):
    (tmp_path / "cda-tools.toml").write_text(
        f'kit = {json.dumps(str(SMALL))}\nvolet = "none"\n[ignore]\n"S_x/0123ab" = "connu"\n',
        "utf-8",
    )
    monkeypatch.chdir(tmp_path)
    said = json.loads(run("validate", "--format", "jsonl", DOCUMENT).stdout)
    assert (said["kit"][:5], said["valid"]) == ("kit (", True)


def test_the_folder_of_a_kit_is_named_from_the_settings(tmp_path, monkeypatch, copied):
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    (tmp_path / "cda-tools.toml").write_text('kit = "kit"\n', "utf-8")
    monkeypatch.chdir(below)
    said = json.loads(run("validate", "--format", "jsonl", DOCUMENT).stdout)
    assert said["kit"].startswith("kit (")


def test_a_volet_without_kit_is_a_mistake():
    assert run("validate", "--volet", "IMG-DEMO_2024.01", DOCUMENT).exit_code == 2


def test_rules_shows_context_test_and_file_of_a_kit_s_rule():
    found = json.loads(run("rules", "--kit", SMALL, "--format", "json").stdout)
    (rule,) = {one["id"]: one for one in found if "999" in one["test"]}.values()
    assert rule["context"] == "cda:section[cda:code/@code = '19005-8']"
    page = run("rules", rule["id"], "--kit", SMALL).stdout
    assert page.count("Fichier    schematrons/include/sections/Conclusion.sch, ligne 5\n") == 2
    assert "Schematron IMG-DEMO_2023.01" in page
    page = run("rules", rule["id"], "--kit", SMALL, "--format", "markdown").stdout
    assert page.startswith("### S_Conclusion/")
    assert len(run("rules", "--kit", SMALL).stdout.splitlines()) == len(found)


def test_rules_with_a_kit_knows_our_own_rules_as_a_report_with_it_names_both():
    (kit_rule, *_) = json.loads(run("rules", "--kit", SMALL, "--format", "json").stdout)
    names = [kit_rule["id"], "KIT-17"]
    alone = [run("rules", name, "--kit", SMALL).stdout for name in names]
    assert run("rules", *names, "--kit", SMALL).stdout == "".join(alone)
    assert alone[1] == run("rules", "KIT-17").stdout
    found = json.loads(run("rules", *names, "--kit", SMALL, "--format", "json").stdout)
    assert [one["id"] for one in found] == names
    page = run("rules", *names, "--kit", SMALL, "--format", "markdown").stdout
    assert [name in page for name in names] == [True, True]
    unknown = run("rules", "X/000000", "--kit", SMALL)
    assert (unknown.exit_code, "du kit kit comme de l'outil" in unknown.stderr) == (2, True)


def test_workers_use_the_kit_too(tmp_path):
    for number in range(12):
        Path(tmp_path, f"{number}.xml").write_bytes(Path(DOCUMENT).read_bytes())
    done = run("validate", "--kit", SMALL, "--jobs", "2", "--format", "jsonl", tmp_path)
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["valid"] for one in reports] == [False] * 12
