import json
import os
from threading import Thread

import pytest
from click.testing import CliRunner

from cda_tools.cli import cli
from conftest import ROOT

GAZELLE = ROOT / "fixtures" / "gazelle"
PATH = str(GAZELLE / "imagerie-v1.xml")
DMP = ROOT / "fixtures" / "dmp"
COMMANDS = {
    "chain": ("chain", "--format", "mermaid", PATH),
    "rules": ("rules", "SM-TITLE-01"),
    "line": ("line", PATH),
    "intake": ("intake", str(GAZELLE / "imagerie-v1.xml"), str(GAZELLE / "imagerie-v2.xml")),
    "dmp": ("dmp", str(DMP / "local"), str(DMP / "visite-2"), "--now", "20250620080000"),
}


def run(*arguments, **others):
    return CliRunner().invoke(cli, list(map(str, arguments)), **others)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_writes_to_a_file_what_it_prints(tmp_path, name):
    printed = run(*COMMANDS[name])
    into = tmp_path / "a.txt"
    done = run(*COMMANDS[name], "--output", into)
    assert done.stdout == ""
    assert (done.exit_code, done.stderr) == (printed.exit_code, printed.stderr)
    assert into.read_bytes().decode("utf-8") == printed.stdout != ""


def test_a_file_is_utf_8_whatever_the_terminal_is(tmp_path):
    into = tmp_path / "a.txt"
    CliRunner(charset="ascii").invoke(cli, [*COMMANDS["line"], "-o", str(into)])
    assert "·" in into.read_text(encoding="utf-8")


def test_findings_leave_a_file_and_an_error_leaves_the_one_that_was_there(tmp_path):
    into = tmp_path / "a.json"
    bad = GAZELLE / "fourche-a.xml", GAZELLE / "fourche-b.xml", GAZELLE / "fourche-v1.xml"
    done = run("chain", "--format", "json", *bad, "--output", into)
    assert done.exit_code == 1
    before = into.read_bytes()
    assert json.loads(before)
    assert run("chain", tmp_path / "nope.xml", "--output", into).exit_code == 2
    assert into.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["a.json"]


def test_a_place_that_cannot_be_written_is_one_line(tmp_path):
    done = run(*COMMANDS["line"], "--output", tmp_path / "nope" / "a.txt")
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1
    assert "nope" in done.stderr


def test_chains_are_chosen_on_the_command_line():
    folder = GAZELLE
    done = run("chain", folder, "--min-versions", "2", "--format", "json")
    assert all(len(one["documents"]) > 1 for one in json.loads(done.stdout)["chains"])
    key = json.loads(done.stdout)["chains"][0]["key"]
    (only,) = json.loads(run("chain", folder, "--chain", key, "--format", "json").stdout)["chains"]
    assert only["key"] == key
    done = run("chain", folder, "--chain", "nope")
    assert done.exit_code == 2
    assert "aucune chaîne « nope »" in done.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name on this system")
@pytest.mark.parametrize("name", ["line", "render", "pdf", "history", "validate"])
def test_a_pipe_is_written_in_place(tmp_path, name):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    path = str(GAZELLE / "lettre-niveau-1-pdf.xml")
    read: list[bytes] = []
    reader = Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reader.start()
    assert run(name, path, "--output", pipe).exit_code == 0
    reader.join(timeout=10)
    assert [bool(one) for one in read] == [True]
    assert [one.name for one in tmp_path.iterdir()] == ["pipe"]
