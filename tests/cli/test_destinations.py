"""Several reports in one run, each where it was asked for."""

import json

import pytest
from click.testing import CliRunner
from lxml import etree

from cda_tools.cli import cli

ONLY = ("--layer", "xml", "--layer", "structuration-minimale")


def run(*arguments):
    return CliRunner().invoke(cli, ["validate", *ONLY, *map(str, arguments)])


def test_every_report_of_a_run_says_the_same(gazelle, tmp_path):
    names = ("r.html", "r.jsonl", "r.json", "r.xml", "r.sarif", "r.txt")
    wanted = [part for name in names for part in ("--output", tmp_path / name)]
    done = run(*wanted, gazelle / "sans-setid.xml", gazelle / "imagerie-v1.xml")
    assert (done.exit_code, done.stdout) == (1, "")
    texts = {name: (tmp_path / name).read_text(encoding="utf-8") for name in names}
    assert all("SM-SETID-01" in text for text in texts.values())
    assert len(texts["r.jsonl"].splitlines()) == 2
    assert json.loads(texts["r.json"])["summary"]["documents"] == 2
    assert etree.fromstring(texts["r.xml"].encode()).get("tests") == "2"
    assert json.loads(texts["r.sarif"])["runs"]


def test_formats_and_files_are_paired_in_their_order(gazelle, tmp_path):
    pairs = ("--format", "gitlab", "-o", tmp_path / "a", "--format", "svrl", "-o", tmp_path / "b")
    run(*pairs, gazelle / "sans-setid.xml")
    assert isinstance(json.loads((tmp_path / "a").read_text(encoding="utf-8")), list)
    etree.parse(tmp_path / "b")


def test_a_format_is_that_of_the_file_after_it_the_others_say_their_own(gazelle, tmp_path):
    mixed = ("-o", tmp_path / "a.html", "--format", "gitlab", "-o", tmp_path / "b", "-o")
    run(*mixed, tmp_path / "c.sarif", gazelle / "sans-setid.xml")
    assert (tmp_path / "a.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert isinstance(json.loads((tmp_path / "b").read_text(encoding="utf-8")), list)
    assert json.loads((tmp_path / "c.sarif").read_text(encoding="utf-8"))["runs"]


def test_a_dash_is_standard_output(gazelle, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("-q", "-o", "a.html", "--format", "json", "-o", "-", gazelle / "sans-setid.xml")
    assert json.loads(done.stdout)["summary"]["documents"] == 1
    assert [one.name for one in tmp_path.iterdir()] == ["a.html"]


def test_a_link_to_the_file_of_another_report_is_that_file(gazelle, tmp_path):
    (tmp_path / "a.html").write_text("avant", encoding="utf-8")
    try:
        (tmp_path / "b.html").symlink_to(tmp_path / "a.html")
    except OSError:
        pytest.skip("no symbolic links here")
    done = run("-o", tmp_path / "a.html", "-o", tmp_path / "b.html", gazelle / "sans-setid.xml")
    assert (done.exit_code, "même fichier" in done.stderr) == (2, True)
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == "avant"


def test_a_report_of_gitlabs_own_name_is_gitlabs(gazelle, tmp_path):
    path = tmp_path / "gl-code-quality-report.json"
    run("-o", path, gazelle / "sans-setid.xml")
    assert json.loads(path.read_text(encoding="utf-8"))[0]["check_name"] == "SM-SETID-01"


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--format", "json", "--format", "junit"), "--output"),
        (("-o", "a.json", "-o", "b.xml", "--format", "json"), "aucun --output après lui"),
        (("--format", "json", "--format", "html", "-o", "a.json"), "aucun --output après lui"),
        (("-o", "a.json", "-o", "./a.json"), "même fichier"),
        (("-o", "a.pdf"), "extension"),
    ],
)
def test_what_cannot_be_paired_is_a_usage_error(gazelle, tmp_path, monkeypatch, options, word):
    monkeypatch.chdir(tmp_path)
    done = run(*options, gazelle / "sans-setid.xml")
    assert (done.exit_code, word in done.stderr) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_a_summary_is_told_whatever_is_written_unless_quiet(gazelle, tmp_path):
    files = (gazelle / "sans-setid.xml", gazelle / "imagerie-v1.xml")
    done = run("-o", tmp_path / "a.json", *files)
    assert "officiel : 1/2 conformes" in done.stderr
    assert "SM-SETID-01" in done.stderr
    assert run("-q", "-o", tmp_path / "a.json", *files).stderr == ""


def test_quiet_text_shows_what_fails_and_the_summary(gazelle):
    done = run("-q", gazelle / "sans-setid.xml", gazelle / "imagerie-v1.xml")
    assert "imagerie-v1.xml" not in done.stdout
    assert "sans-setid.xml : non conforme" in done.stdout
    assert "officiel : 1/2 conformes" in done.stdout


def test_a_report_is_no_document_of_its_own_run(gazelle, tmp_path):
    (tmp_path / "a.xml").write_bytes((gazelle / "imagerie-v1.xml").read_bytes())
    for _ in range(2):
        done = run("-o", tmp_path / "r.xml", "-o", tmp_path / "r.jsonl", tmp_path)
        assert done.exit_code == 0
    assert len((tmp_path / "r.jsonl").read_text(encoding="utf-8").splitlines()) == 1
