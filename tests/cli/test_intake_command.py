"""The command ``intake``: a store, documents that arrive, and decisions."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cda_tools.cli import cli


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["intake", *map(str, arguments)])


@pytest.fixture
def store(gazelle: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    folder.mkdir()
    shutil.copy(gazelle / "trois-versions-1.xml", folder)
    shutil.copy(gazelle / "fourche-v1.xml", folder)
    shutil.copy(gazelle / "fourche-a.xml", folder)
    return folder


@pytest.fixture(params=["folder", "index"])
def either(store: Path, tmp_path: Path, request) -> Path:
    if request.param == "folder":
        return store
    base = tmp_path / "index.sqlite"
    assert CliRunner().invoke(cli, ["index", str(store), "--into", str(base)]).exit_code == 0
    return base


def test_decisions_one_after_the_other(either, gazelle):
    names = ["trois-versions-3.xml", "trois-versions-2.xml", "trois-versions-2.xml", "masque.xml"]
    result = run(either, *(gazelle / name for name in names))
    assert result.exit_code == 0
    lines = [line for line in result.output.splitlines() if not line.startswith("    ")]
    assert [line.split(" · ")[0] for line in lines] == [
        "conservé",
        "conservé",
        "rejeté",
        "accepté",
    ]
    assert "elle devient la version en vigueur" in lines[0]
    assert "une version plus élevée reste en vigueur" in lines[1]
    assert "même id" in lines[2]
    assert "    remplace 2.25." in result.output


def test_a_collision_is_an_error_and_rejected(either, gazelle):
    result = run(either, gazelle / "fourche-b.xml", "--format", "json")
    (row,) = json.loads(result.output)
    assert list(row) == [
        "schema_version",
        "path",
        "id",
        "action",
        "reason",
        "supersedes",
        "becomes_current",
        "findings",
    ]
    assert row["action"] == "reject"
    assert "déjà la version 2" in row["reason"]


def test_json(either, gazelle):
    result = run(either, gazelle / "trois-versions-2.xml", "--format", "json")
    (row,) = json.loads(result.output)
    assert (row["action"], row["becomes_current"]) == ("store", True)
    assert [one["root"][-6:] for one in row["supersedes"]] == [".108.1"]
    assert row["findings"] == []


def test_a_fork_without_version_numbers_is_reported(tmp_path, gazelle):
    store = tmp_path / "store"
    store.mkdir()
    old = (gazelle / "ancienne-v2.xml").read_text(encoding="utf-8")
    shutil.copy(gazelle / "ancienne-v1.xml", store)
    shutil.copy(gazelle / "ancienne-v2.xml", store)
    other = tmp_path / "other.xml"
    changed = old.replace("ECHO-2023-0417-R", "ECHO-2023-0417-S", 1)
    assert changed != old
    other.write_text(changed, encoding="utf-8")
    result = run(store, other)
    assert result.exit_code == 1
    assert "CHN-02" in result.output


def test_unreadable_documents_are_named_and_stop_nothing(store, gazelle, tmp_path):
    bad = tmp_path / "bad.xml"
    bad.write_text("<ClinicalDocument", encoding="utf-8")
    (store / "bad-too.xml").write_text("<ClinicalDocument", encoding="utf-8")
    result = run(store, bad, gazelle / "trois-versions-2.xml")
    assert result.exit_code == 1
    assert "bad.xml : XML mal formé" in result.stderr
    assert "bad-too.xml : XML mal formé" in result.stderr
    assert "conservé" in result.stdout
    rows = json.loads(run(store, bad, "--format", "json").stdout)
    assert rows[0]["action"] is None
    assert rows[0]["findings"][0]["rule"] == "XML-01"


def test_nothing_is_written(store, gazelle):
    before = sorted(store.iterdir())
    run(store, gazelle / "trois-versions-2.xml")
    assert sorted(store.iterdir()) == before


def test_messages(store, gazelle):
    carriers = gazelle / "carriers"
    result = run(carriers / "local", carriers / "mdm-t10.hl7", carriers / "mdm-t04.hl7")
    actions = [line.split(" · ")[0] for line in result.stdout.splitlines() if line[0] != " "]
    assert actions == ["conservé", "à supprimer"]


def test_wrong_arguments(tmp_path):
    assert run(tmp_path).exit_code == 2
    result = run(tmp_path / "none", tmp_path / "none")
    assert result.exit_code == 2
    assert "introuvable" in result.stderr


def test_a_store_starts_as_an_empty_folder(gazelle, tmp_path):
    (tmp_path / "notes.txt").write_text("rien", encoding="utf-8")
    result = run(tmp_path, gazelle / "imagerie-v1.xml")
    assert result.exit_code == 0
    assert result.stdout.startswith("accepté · ")


def test_a_document_that_is_only_listed_is_not_decided(store, gazelle):
    result = run(store, gazelle / "carriers" / "dmp-liste.xml")
    assert result.stdout == ""
    assert result.stderr.count("connu par ses seules métadonnées") == 3
