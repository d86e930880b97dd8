"""The command ``dmp`` on our own record and lists."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from make_document import PATIENT, STRUCTURE

from cda_tools.cli import cli


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["dmp", *map(str, arguments)])


@pytest.fixture
def carriers(gazelle: Path) -> Path:
    return gazelle / "carriers"


def test_a_newer_an_absent_and_a_foreign_document(carriers: Path) -> None:
    result = run(
        carriers / "local",
        carriers / "dmp-liste.xml",
        "--format=json",
        "--previous",
        carriers / "dmp-liste-precedente.xml",
        "--known",
        carriers / "imagerie-v2.xml",
        "--structure",
        STRUCTURE,
    )
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["answer"] == {
        "path": str(carriers / "dmp-liste.xml"),
        "status": "Success",
        "complete": True,
        "count": 3,
        "findings": [],
    }
    documents = {Path(one["path"]).name: one for one in told["documents"]}
    assert {name: one["state"] for name, one in documents.items()} == {
        "imagerie-v1.xml": "newer-listed",
        "lettre-chirurgie.xml": "up-to-date",
        "lettre-medecine.xml": "no-longer-listed",
    }
    newer = documents["imagerie-v1.xml"]["newer"]
    assert newer["id"] == {"root": "1.2.250.1.999.7.102", "extension": None}
    assert newer["local"] is False
    # 07:00 in UTC is shown as clocks in France had it.
    assert "16/05/2025 09:00" in newer["line"]
    assert documents["lettre-medecine.xml"]["choices"] == ["keep", "remove"]
    assert (told["others"]["count"], told["others"]["listed"]) == (2, 1)
    assert "Ionogramme" in told["others"]["documents"][1]["line"]


def test_text_says_the_same(carriers: Path) -> None:
    result = run(carriers / "local", carriers / "dmp-liste-avec-association.xml")
    assert result.exit_code == 0, result.output
    assert "version plus récente  CR d'imagerie médicale" in result.stdout
    assert "→ CR d'imagerie médicale · 16/05/2025 09:00" in result.stdout
    assert "à jour                Lettre" in result.stdout
    assert "Au choix : le conserver dans le dossier local, ou l'en retirer." in result.stdout
    assert "Documents absents du dossier local : 2" in result.stdout
    assert "Documents déposés par d'autres" not in result.stdout


def test_text_shows_candidates_and_counts(carriers: Path) -> None:
    result = run(carriers / "local", carriers / "dmp-liste.xml", "--structure", STRUCTURE)
    assert "? CR d'imagerie médicale" in result.stdout
    assert "Documents déposés par d'autres : 1" in result.stdout
    both = run(carriers / "local", carriers / "imagerie-v2.xml", carriers / "dmp-liste.xml")
    assert "[DMP et local]" in both.stdout


def test_messages_are_taken_wherever_a_document_is(carriers: Path) -> None:
    result = run(
        carriers / "mdm-t02.hl7", carriers / "mdm-t10.hl7", carriers / "mdm-t04.hl7",
        carriers / "dmp-liste-precedente.xml", "--format=json",
    )  # fmt: skip
    told = json.loads(result.stdout)
    assert [one["state"] for one in told["documents"]] == ["up-to-date", "withdrawn"]


def test_an_answer_in_error_is_a_finding_and_concludes_nothing(
    carriers: Path, tmp_path: Path
) -> None:
    answer = tmp_path / "answer.xml"
    whole = (carriers / "dmp-liste.xml").read_text("utf-8")
    answer.write_text(whole.replace("ResponseStatusType:Success", "ResponseStatusType:Failure"))
    result = run(carriers / "local", answer)
    assert result.exit_code == 1
    assert result.stdout.count("indéterminé") == 3
    assert "n'apparaît" not in result.stdout


def test_a_file_that_is_no_answer_is_told_in_a_line(carriers: Path, tmp_path: Path) -> None:
    answer = tmp_path / "answer.xml"
    answer.write_text("<html/>")
    result = run(carriers / "local", answer)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "ce n'est pas une réponse du DMP" in result.stderr


def test_exit_codes(carriers: Path, tmp_path: Path) -> None:
    arguments = (carriers / "local", carriers / "dmp-liste.xml")
    assert run(*arguments).exit_code == 0
    assert run(*arguments, "--fail-on=information").exit_code == 1
    missing = run(carriers / "local", tmp_path / "absent.xml")
    assert missing.exit_code == 2
    assert "introuvable" in missing.output


def test_documents_that_cannot_be_read_are_named(carriers: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xml"
    broken.write_text("<a>")
    result = run(broken, carriers / "mdm-t02.hl7", carriers / "dmp-liste.xml")
    assert result.exit_code == 1
    assert str(broken) in result.stderr
    assert "CR d'imagerie médicale" in result.stdout


def test_nothing_of_the_patient_is_printed(carriers: Path) -> None:
    for form in ("text", "json"):
        result = run(carriers, carriers / "dmp-liste.xml", f"--format={form}")
        assert PATIENT not in result.output
        assert "PERVENCHE" not in result.output
