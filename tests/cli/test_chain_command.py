"""The command ``chain`` on our own documents, in its four formats."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from documents import document

from cda_tools.cli import cli

NAMES = ["trois-versions-1.xml", "trois-versions-2.xml", "trois-versions-3.xml"]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["chain", *map(str, arguments)])


@pytest.fixture
def three(gazelle: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    folder.mkdir()
    for name in NAMES:
        shutil.copy(gazelle / name, folder)
    return folder


@pytest.fixture
def fork(gazelle: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "fork"
    folder.mkdir()
    for name in ("fourche-v1.xml", "fourche-a.xml", "fourche-b.xml"):
        shutil.copy(gazelle / name, folder)
    return folder


def test_text_is_one_line_a_document_with_the_current_version_marked(three):
    result = run(three)
    assert result.exit_code == 0
    title, *versions, blank, summary = result.output.splitlines()
    assert title.endswith("· 3 documents · par setId et relatedDocument")
    assert [line[:5] for line in versions] == ["  v1 ", "  v2 ", "→ v3 "]
    assert ["remplacé" in line for line in versions] == [True, True, False]
    assert "en vigueur · CR d'examens biologiques · 05/09/2025 09:10" in versions[2]
    assert versions[2].endswith("trois-versions-3.xml]")
    assert (blank, summary) == ("", "3 documents · 1 chaîne · 0 erreur · 0 avertissement")


def test_a_fork_is_drawn_as_branches_and_is_an_error(fork):
    result = run(fork)
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[1] == "  plusieurs versions peuvent être en vigueur"
    assert [line[:6] for line in lines[2:5]] == ["  v1 ·", "? ├─ v", "? └─ v"]
    assert "    erreur CHN-02 :" in result.output
    assert result.output.count("fourche-a.xml") == 2


def test_json_is_the_contract(fork):
    data = json.loads(run(fork, "--format", "json").output)
    assert list(data) == ["schema_version", "chains", "findings"]
    (chain,) = data["chains"]
    assert list(chain) == ["key", "by", "current", "documents", "findings"]
    assert (chain["by"], chain["current"]) == ("both", None)
    first = chain["documents"][0]
    assert list(first) == ["id", "set_id", "version", "date", "path", "status"]
    assert first["id"]["root"].endswith(".111.1")
    assert first["id"]["extension"] is None
    assert (first["version"], first["date"]) == (1, "2025-03-10T10:00:00+01:00")
    assert [one["status"] for one in chain["documents"]] == ["superseded", "current", "current"]
    (finding,) = chain["findings"]
    assert (finding["rule"], finding["severity"]) == ("CHN-02", "error")
    assert [Path(one["path"]).name for one in finding["documents"]] == [
        "fourche-a.xml",
        "fourche-b.xml",
    ]


def test_json_of_documents_without_set_id_or_version(gazelle):
    data = json.loads(run(gazelle / "sans-setid.xml", "--format", "json").output)
    (one,) = data["chains"][0]["documents"]
    assert one["set_id"] is None
    assert one["status"] == "current"
    assert data["chains"][0]["current"] == one["id"]


def test_mermaid(fork):
    lines = run(fork, "--format", "mermaid").output.splitlines()
    assert lines[0] == "flowchart LR"
    assert "  c0d0 -->|remplacé par| c0d1" in lines
    assert "  c0d0 -->|remplacé par| c0d2" in lines
    assert sum(":::current" in line for line in lines) == 2


def test_dot(three):
    lines = run(three, "--format", "dot").output.splitlines()
    assert lines[0] == "digraph chaines {"
    assert lines[-1] == "}"
    assert '  c0d1 -> c0d2 [label="remplacé par"];' in lines


def test_a_document_that_cannot_be_read_is_a_finding_and_no_stop(three):
    (three / "bad.xml").write_text("<ClinicalDocument", encoding="utf-8")
    result = run(three)
    assert result.exit_code == 1
    assert "erreur XML-01" in result.output
    assert "3 documents · 1 chaîne · 1 erreur" in result.output
    data = json.loads(run(three, "--format", "json").output)
    assert [one["rule"] for one in data["findings"]] == ["XML-01"]
    assert data["findings"][0]["documents"][0]["id"] is None


def test_where_no_file_could_be_opened_nothing_was_done(tmp_path):
    (tmp_path / "lost.xml").symlink_to(tmp_path / "none.xml")
    result = run(tmp_path / "lost.xml")
    assert "erreur XML-" in result.output
    assert result.exit_code == 2


def test_copies_are_told_from_other_documents_of_the_same_id(three):
    copy = three / "copie.xml"
    original = (three / NAMES[2]).read_bytes()
    copy.write_bytes(original.replace(b"\n", b"\r\n"))
    result = run(three)
    assert result.exit_code == 0
    assert "information CHN-09" in result.output
    copy.write_bytes(original.replace(b"<text>", b"<text> ", 1))
    result = run(three)
    assert result.exit_code == 1
    assert "erreur CHN-08" in result.output
    assert "octet par octet" in result.output


def test_fail_on(gazelle):
    orphan = gazelle / "remplacement-orphelin.xml"
    assert run(orphan).exit_code == 0
    assert run(orphan, "--fail-on", "warning").exit_code == 1


def test_no_path_or_a_wrong_one(tmp_path):
    assert run().exit_code == 2
    assert run(tmp_path / "none").exit_code == 2


def test_an_index_gives_what_its_documents_give(three, tmp_path):
    base = tmp_path / "index.sqlite"
    indexed = CliRunner().invoke(cli, ["index", str(three), "--into", str(base)])
    assert indexed.exit_code == 0
    assert indexed.output == f"{base} : nouveaux 3, changés 0, inchangés 0, disparus 0 ;" + (
        " documents lus 3\n"
    )
    plain = json.loads(run(three, "--format", "json").output)
    shutil.rmtree(three)
    assert json.loads(run(base, "--format", "json").output) == plain
    lines = CliRunner().invoke(cli, ["line", str(base)]).output.splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("CR d'examens biologiques · 04/09/2025 10:15")


def test_an_index_beside_documents_compares_their_patients(three, tmp_path, gazelle):
    base = tmp_path / "index.sqlite"
    last = three / NAMES[2]
    moved = tmp_path / last.name
    last.rename(moved)
    CliRunner().invoke(cli, ["index", str(three), "--into", str(base)])
    result = run(base, moved)
    assert result.exit_code == 0
    assert "3 documents · 1 chaîne" in result.output
    assert run(moved, base).output == result.output


def test_two_indexes_do_not_compare(three, tmp_path):
    for name in ("a.sqlite", "b.sqlite"):
        CliRunner().invoke(cli, ["index", str(three), "--into", str(tmp_path / name)])
    result = run(tmp_path / "a.sqlite", tmp_path / "b.sqlite")
    assert result.exit_code == 2
    assert "un seul index" in result.stderr


def test_the_index_tells_its_progress_where_asked(three, tmp_path):
    base = tmp_path / "index.sqlite"
    result = CliRunner().invoke(cli, ["index", str(three), "--into", str(base), "--progress"])
    assert "nouveaux 3" in result.stderr
    result = CliRunner().invoke(cli, ["index", str(three), "--into", str(base)])
    assert result.stderr == ""
    assert "inchangés 3" in result.stdout


def test_an_index_of_what_does_not_exist(tmp_path):
    result = CliRunner().invoke(
        cli, ["index", str(tmp_path / "no"), "--into", str(tmp_path / "i.sqlite")]
    )
    assert result.exit_code == 2
    assert "introuvable" in result.stderr
    assert not (tmp_path / "i.sqlite").exists()


def test_unread_documents_of_an_index_are_told(three, tmp_path):
    (three / "bad.xml").write_text("<ClinicalDocument", encoding="utf-8")
    base = tmp_path / "index.sqlite"
    CliRunner().invoke(cli, ["index", str(three), "--into", str(base)])
    result = run(base)
    assert result.exit_code == 1
    assert "XML-01" in result.output


def test_what_a_document_writes_stays_on_its_line(tmp_path):
    evil = '1.2.3&#10;→ v9&#x202E;"]; end'
    (tmp_path / "evil.xml").write_bytes(
        document(id=f"<id root='{evil}'/>", set_id="", title='<title>a"] --> b</title>')
    )
    text = run(tmp_path / "evil.xml").output
    assert len(text.splitlines()) == 4
    assert "\u202e" not in text
    for form in ("mermaid", "dot"):
        drawn = run(tmp_path / "evil.xml", "--format", form).output
        assert "\u202e" not in drawn
        assert not any(line.strip().startswith("→") for line in drawn.splitlines())
    assert '"] --> b' not in run(tmp_path / "evil.xml", "--format", "mermaid").output


def test_the_patient_is_nowhere(three):
    for form in ("text", "json", "mermaid", "dot"):
        output = run(three, "--format", form).output
        for word in ("2550", "1550", "recordTarget", "birth"):
            assert word not in output, (form, word)
