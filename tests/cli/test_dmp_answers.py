"""What the command ``dmp`` does of answers that fail, are none, or are another patient's."""

import base64
from pathlib import Path

import pytest
from click.testing import CliRunner
from dmp_command import LIST, NOW, run, told
from make_document import PATIENT, STRUCTURE, Doc, document
from make_exchange import answered, error
from make_metadata import entry

from cda_tools.cli import cli


@pytest.fixture
def carriers(gazelle: Path) -> Path:
    return gazelle / "carriers"


@pytest.fixture
def dmp(gazelle: Path) -> Path:
    return gazelle.parent / "dmp"


@pytest.fixture
def kept(dmp: Path) -> str:
    return f"--visit={dmp / 'visite-1' / 'visite.json'}"


def test_messages_are_taken_wherever_a_document_is(carriers: Path) -> None:
    found = told(
        carriers / "mdm-t02.hl7", carriers / "mdm-t10.hl7", carriers / "mdm-t04.hl7",
        carriers / "dmp-liste-precedente.xml", LIST, NOW,
    )  # fmt: skip
    assert [one["state"] for one in found["documents"]] == ["up-to-date", "withdrawn"]


def test_an_answer_in_error_is_a_finding_and_concludes_nothing(
    carriers: Path, tmp_path: Path
) -> None:
    answer = tmp_path / "answer.xml"
    whole = (carriers / "dmp-liste.xml").read_text("utf-8")
    answer.write_text(whole.replace("ResponseStatusType:Success", "ResponseStatusType:Failure"))
    result = run(carriers / "local", answer, LIST, NOW)
    assert result.exit_code == 1
    assert result.stdout.count("indéterminé") == 3
    assert "n'apparaît" not in result.stdout


def test_an_acknowledgement_alone_is_no_empty_list(carriers: Path, tmp_path: Path) -> None:
    answer = tmp_path / "acquittement.xml"
    answer.write_text(
        '<r:RegistryResponse xmlns:r="urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0" '
        'status="urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success"/>'
    )
    alone = told(carriers / "local", answer, NOW)
    assert [one["rule"] for one in alone["answers"][0]["findings"]] == ["XDS-02"]
    assert {one["state"] for one in alone["documents"]} == {"unknown"}
    # Among the answers of a visit it says nothing of the list, and is no fault.
    among = told(carriers / "local", answer, carriers / "dmp-liste.xml", LIST, NOW)
    assert [one["findings"] for one in among["answers"]] == [[], []]
    assert run(carriers / "local", answer, f"--role={answer}=FindDocuments").exit_code == 1


def test_a_failed_query_is_told_again_for_the_user_to_ask(dmp: Path, tmp_path: Path) -> None:
    failed = tmp_path / "4.xml"
    failed.write_bytes(answered(9, status="Failure", errors=error("XDSRegistryBusy")))
    found = told(dmp / "local", failed, LIST, NOW)
    (query,) = found["next"]
    assert (query["query"], query["on_demand"]) == ("FindDocuments", True)
    assert {one["reason"] for one in found["documents"]} == {"list-failed", "outside-query"}


def test_a_document_given_back_by_the_dmp_tells_what_it_replaces(
    carriers: Path, tmp_path: Path
) -> None:
    content = base64.b64encode((carriers / "imagerie-v2.xml").read_bytes()).decode()
    retrieved = tmp_path / "td32.xml"
    retrieved.write_text(
        "<x:RetrieveDocumentSetResponse xmlns:x='urn:ihe:iti:xds-b:2007'><x:DocumentResponse>"
        f"<x:DocumentUniqueId>1.2.250.1.999.7.102</x:DocumentUniqueId><x:Document>{content}"
        "</x:Document></x:DocumentResponse></x:RetrieveDocumentSetResponse>"
    )
    found = told(carriers / "local", retrieved, carriers / "dmp-liste.xml", LIST, NOW)
    states = {Path(one["path"]).name: one["state"] for one in found["documents"]}
    assert states["imagerie-v1.xml"] == "newer-listed"
    assert found["answers"][0]["retrieved"] == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--role=Liste"], "rôle inconnu"),
        (["--role=autre.xml=FindDocuments"], "n'est pas une des réponses"),
        (["--role=FindDocuments", "--role=GetDocuments"], "un par réponse"),
        (["--now=hier"], "AAAAMMJJhhmmss"),
        (["--visit=absent.json"], "introuvable"),
        (["--previous=absent.xml"], "introuvable"),
    ],
)
def test_options_in_error_are_told_in_a_line(
    carriers: Path, arguments: list[str], message: str
) -> None:
    result = run(carriers / "local", carriers / "dmp-liste.xml", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_a_file_that_is_no_answer_is_told_in_a_line(carriers: Path, tmp_path: Path) -> None:
    answer = tmp_path / "answer.xml"
    answer.write_text("<html/>")
    result = run(carriers / "local", answer)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "aucune réponse du DMP" in result.stderr
    kept = run(carriers / "local", carriers / "dmp-liste.xml", f"--visit={answer}")
    assert kept.exit_code == 2
    assert "ce n'est pas le fichier d'une visite" in kept.stderr
    previous = run(carriers / "local", carriers / "dmp-liste.xml", f"--previous={answer}")
    assert "ce n'est pas une réponse du DMP" in previous.stderr


def test_exit_codes(carriers: Path, tmp_path: Path) -> None:
    arguments = (carriers / "local", carriers / "dmp-liste.xml", LIST, NOW)
    assert run(*arguments).exit_code == 0
    assert run(*arguments, "--fail-on=information").exit_code == 1
    missing = run(carriers / "local", tmp_path / "absent.xml")
    assert missing.exit_code == 2
    assert "introuvable" in missing.output


def test_documents_that_cannot_be_read_are_named(carriers: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xml"
    broken.write_text("<a>")
    result = run(broken, carriers / "mdm-t02.hl7", carriers / "dmp-liste.xml", LIST)
    assert result.exit_code == 1
    assert str(broken) in result.stderr
    assert "CR d'imagerie médicale" in result.stdout


def test_a_list_of_another_patient_shows_and_counts_nothing(carriers: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.xml"
    text = (carriers / "dmp-liste.xml").read_text("utf-8")
    other.write_text(text.replace(PATIENT, "199069900000099"), "utf-8")
    found = told(carriers / "local", other, LIST, NOW, f"--structure={STRUCTURE}")
    assert found["other_patient"]
    assert {one["state"] for one in found["documents"]} == {"unknown"}
    assert found["absent_here"] == found["new"] == found["entries"] == []
    assert found["counts"]["ux15"] is found["counts"]["listed"] is None
    shown = run(carriers / "local", other, LIST, NOW)
    assert "d'un autre patient" in shown.stdout
    assert "Ionogramme" not in shown.stdout
    assert "199069900000099" not in shown.output


def test_nothing_of_the_patient_is_printed(carriers: Path, dmp: Path, kept: str) -> None:
    for form in ("text", "json", "html"):
        for paths in ((carriers, carriers / "dmp-liste.xml"), (dmp, kept)):
            result = run(*paths, f"--format={form}")
            assert PATIENT not in result.output
            assert "PERVENCHE" not in result.output


def test_an_id_that_holds_an_ins_is_shown_and_kept_without_it(tmp_path: Path) -> None:
    numbers = ("1", "2")
    docs = [Doc(id=f"1.2.250.1.999.{PATIENT}.{one}") for one in numbers]
    mine, answer = tmp_path / "a.xml", tmp_path / "liste.xml"
    mine.write_bytes(document(docs[0]))
    entries = [entry(doc, uuid=f"urn:uuid:{one}") for doc, one in zip(docs, numbers, strict=True)]
    answer.write_bytes(answered(1, *entries))
    index = tmp_path / "index.sqlite"
    CliRunner().invoke(cli, ["index", str(mine), "--into", str(index)])
    for form in ("text", "json", "html"):
        result = run(mine, answer, LIST, NOW, f"--format={form}", f"--visit-out={index}")
        assert result.exit_code == 0, result.output
        assert PATIENT[:13] not in result.output
    assert PATIENT[:13].encode() not in index.read_bytes()
