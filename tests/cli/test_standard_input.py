import hashlib
import io
import json
import sys

import pytest
from click.testing import CliRunner

from cda_tools.cli import cli, inputs
from conftest import ROOT

GAZELLE = ROOT / "fixtures/gazelle"
DATA = (GAZELLE / "imagerie-v1.xml").read_bytes()


def run(*arguments, **others):
    return CliRunner().invoke(cli, list(map(str, arguments)), **others)


def test_a_document_has_the_name_that_it_is_given_in_every_report():
    done = run("validate", "-", "--stdin-name", "brouillon.xml", "--format", "jsonl", input=DATA)
    assert json.loads(done.stdout)["path"] == "brouillon.xml"
    done = run("inspect", "-", "--stdin-name", "brouillon.xml", "--format", "json", input=DATA)
    assert json.loads(done.stdout)[0]["path"] == "brouillon.xml"
    done = run("validate", "-", "--stdin-name", "a.hl7", "--format", "jsonl", input=DATA)
    assert json.loads(done.stdout)["path"] == "a.hl7"


def test_standard_input_has_never_the_digest_of_a_file_of_its_name(tmp_path):
    path = tmp_path / "a.xml"
    path.write_bytes(b"other")
    done = run("validate", "-", "--stdin-name", path, "--format", "html", input=DATA)
    assert hashlib.sha256(b"other").hexdigest() not in done.stdout


@pytest.mark.parametrize("end", [b"\0", b""])
def test_a_list_of_paths_may_be_separated_by_nul(tmp_path, end):
    odd = tmp_path / "saut\nde ligne.xml"
    odd.write_bytes(DATA)
    names = [str(odd), str(GAZELLE / "faux-sans-titre.xml")]
    done = run("line", "-", "--format", "json", input=b"\0".join(map(str.encode, names)) + end)
    assert [one["path"] for one in json.loads(done.stdout)] == names


def test_bytes_with_nul_that_begin_with_no_path_are_no_list():
    done = run("line", "-", input=b"nulle part\0autre\0")
    assert done.exit_code == 2
    assert "ni document, ni liste de chemins" in done.stderr


def test_a_terminal_is_told_what_is_read(monkeypatch, capsys):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stdin", Terminal())
    inputs.say_waiting(("a.xml",))
    assert capsys.readouterr().err == ""
    inputs.say_waiting(("a.xml", "-"))
    assert "lecture de l'entrée standard" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["line", "validate", "inspect", "chain"])
def test_a_path_that_does_not_exist_never_stops_the_others(command):
    done = run(command, "nulle-part.xml", GAZELLE / "imagerie-v1.xml")
    assert done.exit_code == 1
    assert "imagerie-v1.xml" in done.output or "Radiographie" in done.output
    assert "nulle-part.xml" in done.output
    assert "fichier introuvable" in done.output
    done = run(command, "nulle-part.xml", "ailleurs.xml")
    assert done.exit_code == 2
    assert "nulle-part.xml : fichier introuvable" in done.stderr
    assert "ailleurs.xml : fichier introuvable" in done.stderr


def test_an_index_of_nothing_is_not_made(tmp_path):
    (tmp_path / "vide").mkdir()
    into = tmp_path / "a.sqlite"
    done = run("index", tmp_path / "vide", "--into", into)
    told = f"cda-tools : {tmp_path / 'vide'} : aucun document trouvé\n"
    assert (done.exit_code, done.stderr) == (2, told)
    assert not into.exists()
    document = tmp_path / "vide" / "a.xml"
    document.write_bytes(DATA)
    assert run("index", tmp_path / "vide", "--into", into).exit_code == 0
    document.unlink()
    done = run("index", tmp_path / "vide", "--into", into)
    assert (done.exit_code, "disparus 1" in done.stdout) == (0, True)


def test_an_index_in_a_folder_that_is_not_there_says_so(tmp_path):
    for name in ("a.sqlite", "a.parquet"):
        into = tmp_path / "nope" / name
        done = run("index", GAZELLE, "--into", into)
        assert (done.exit_code, done.stderr) == (2, f"cda-tools : {into} : dossier introuvable\n")
