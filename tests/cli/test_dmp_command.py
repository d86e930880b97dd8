"""The command ``dmp`` on our own record, lists and visits."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from build_visits import BIO_GONE, LETTER_1, OLD_LETTER, SCAN_1, SCAN_2, SCAN_3
from click.testing import CliRunner
from dmp_command import LIST, NOW, run, told
from make_document import LETTER, PATIENT, STRUCTURE, Doc
from make_exchange import answered
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


def test_a_newer_an_absent_and_a_foreign_document(carriers: Path) -> None:
    found = told(
        carriers / "local", carriers / "dmp-liste.xml", LIST,
        f"--previous={carriers / 'dmp-liste-precedente.xml'}",
        f"--known={carriers / 'imagerie-v2.xml'}", f"--structure={STRUCTURE}", NOW,
    )  # fmt: skip
    (answer,) = found["answers"]
    assert (answer["role"], answer["status"], answer["whole"]) == ("FindDocuments", "Success", True)
    assert found["complete"]
    documents = {Path(one["path"]).name: one for one in found["documents"]}
    assert {name: one["state"] for name, one in documents.items()} == {
        "imagerie-v1.xml": "newer-listed",
        "lettre-chirurgie.xml": "up-to-date",
        "lettre-medecine.xml": "no-longer-listed",
    }
    newer = documents["imagerie-v1.xml"]["newer"]
    assert newer["id"] == {"root": "1.2.250.1.999.7.102", "extension": None}
    assert newer["local"] is False
    assert documents["imagerie-v1.xml"]["by"] == "headers"
    # 07:00 in UTC is shown as clocks in France had it.
    assert "16/05/2025 09:00" in newer["line"]
    assert documents["lettre-medecine.xml"]["choices"] == ["keep", "remove"]
    assert found["counts"]["ux15"] == 1
    assert found["counts"]["absent_here"] == 2


def test_a_whole_visit_in_any_order_of_paths(dmp: Path, kept: str) -> None:
    paths = [dmp / "visite-2", dmp / "local"]
    first, second = (told(*each, kept, NOW) for each in (paths, reversed(paths)))
    assert first["documents"] == second["documents"]
    states = {one["unique_id"]: one["state"] for one in first["documents"]}
    assert states == {
        SCAN_1.id: "newer-listed",
        LETTER_1.id: "metadata-changed",
        OLD_LETTER.id: "unknown",
        BIO_GONE.id: "no-longer-listed",
    }
    scan = next(one for one in first["documents"] if one["unique_id"] == SCAN_1.id)
    assert scan["newer"]["chain"] == [SCAN_1.id, SCAN_2.id, SCAN_3.id]
    assert len(first["asked_not_returned"]) == 1
    assert [one["why"] for one in first["ignored"]] == ["Deprecated", "signature"]
    assert first["next"] == []
    assert {one["unique_id"] for one in first["retrieve"]} == {*first["new"], SCAN_3.id}


def test_requests_beside_their_answers_are_read(dmp: Path, kept: str, tmp_path: Path) -> None:
    answers = sorted(path for path in (dmp / "visite-2").iterdir() if ".request" not in path.name)
    whole = told(dmp / "local", *answers, kept, NOW)
    assert [one["role"] for one in whole["answers"]][-1] == "FindDocuments"
    assert whole["complete"]
    # Without them, nothing tells that the last one is the list.
    alone = [Path(shutil.copy(path, tmp_path)) for path in answers]
    untold = told(dmp / "local", *alone, kept, NOW)
    assert [one["role"] for one in untold["answers"]][-1] is None
    assert "no-longer-listed" not in {one["state"] for one in untold["documents"]}
    said = told(dmp / "local", *alone, kept, NOW, f"--role={alone[-1]}=find-documents")
    assert said["documents"] == whole["documents"]
    roles = ("FindSubmissionSets", "GetAssociations", "GetDocumentsAndAssociations",
             "FindDocuments")  # fmt: skip
    each = told(dmp / "local", *alone, kept, NOW, *(f"--role={role}" for role in roles))
    assert each["documents"] == whole["documents"]


def test_what_was_kept_may_be_among_the_paths(dmp: Path, kept: str, tmp_path: Path) -> None:
    file = dmp / "visite-1" / "visite.json"
    among = told(dmp / "local", dmp / "visite-2", file, NOW)
    assert among["documents"] == told(dmp / "local", dmp / "visite-2", kept, NOW)["documents"]
    assert told(dmp / "local", dmp / "visite-2", file, kept, NOW) == among
    other = Path(shutil.copy(file, tmp_path / "autre.json"))
    several = run(dmp / "local", dmp / "visite-2", file, other, NOW)
    assert (several.exit_code, several.stdout) == (2, "")
    assert "plusieurs fichiers de visite" in several.stderr
    other.write_text('{"a": 1}')
    assert "ce n'est pas le fichier d'une visite" in run(dmp / "visite-2", other).stderr


def test_what_is_kept_goes_from_one_visit_to_the_next(dmp: Path, tmp_path: Path) -> None:
    out = tmp_path / "visite.json"
    first = run(dmp / "local", dmp / "visite-1", "--now=20250610080000", f"--visit-out={out}")
    assert first.exit_code == 0, first.output
    assert json.loads(out.read_text("utf-8")) == json.loads(
        (dmp / "visite-1" / "visite.json").read_text("utf-8")
    )
    run(dmp / "local", dmp / "visite-2", NOW, f"--visit={out}", f"--visit-out={out}")
    after = json.loads(out.read_text("utf-8"))
    assert after["date_appel_dmp"] == "20250620080000"
    rows = {one["unique_id"]: one for one in after["documents"]}
    assert after["replaced"] == {SCAN_1.id: [SCAN_2.id, SCAN_3.id]}
    assert rows[LETTER_1.id]["confidentiality"] == ["N", "MASQUE_PS"]
    # A later list alone: what was replaced then has not disappeared now.
    later = told(dmp / "local", dmp / "visite-2" / "4-liste.xml", NOW, f"--visit={out}")
    states = {one["unique_id"]: one["state"] for one in later["documents"]}
    assert states[SCAN_1.id] == "newer-listed"
    assert states[LETTER_1.id] == "up-to-date"


def test_an_index_keeps_the_visits_of_many_patients_without_their_ins(
    dmp: Path, tmp_path: Path
) -> None:
    index = tmp_path / "index.sqlite"
    made = CliRunner().invoke(cli, ["index", str(dmp / "local"), "--into", str(index)])
    assert made.exit_code == 0
    both = (f"--visit={index}", f"--visit-out={index}")
    first = told(dmp / "local", dmp / "visite-1", "--now=20250610080000", *both)
    assert first["date_appel_dmp"] == "20250610080000"
    second = told(dmp / "local", dmp / "visite-2", NOW, *both)
    states = {one["unique_id"]: one["state"] for one in second["documents"]}
    assert states[LETTER_1.id] == "metadata-changed"
    assert PATIENT[:13].encode() not in index.read_bytes()
    # Another patient's visit is another one.
    other = tmp_path / "autre.xml"
    text = (dmp / "local" / "imagerie-v1.xml").read_text("utf-8")
    other.write_text(text.replace(PATIENT, "199069900000099"), "utf-8")
    (query,) = told(other, "--next", NOW, f"--visit={index}")["next"]
    assert query["query"] == "FindDocuments"
    nobody = tmp_path / "sans-ins.xml"
    nobody.write_text(text.replace("1.2.250.1.213.1.4.10", "1.2.250.1.999.8"), "utf-8")
    result = run(nobody, "--next", f"--visit={index}")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "par l'INS" in result.stderr


def test_an_index_of_many_patients_gives_the_documents_of_the_one_of_the_answers(
    dmp: Path, kept: str, tmp_path: Path
) -> None:
    store = Path(shutil.copytree(dmp / "local", tmp_path / "local"))
    text = (store / "imagerie-v1.xml").read_text("utf-8")
    (store / "autre.xml").write_text(text.replace(PATIENT, "199069900000099"), "utf-8")
    index = tmp_path / "index.sqlite"
    CliRunner().invoke(cli, ["index", str(store), "--into", str(index)])
    found = told(index, dmp / "visite-2", kept, NOW)
    alone = told(dmp / "local", dmp / "visite-2", kept, NOW)
    assert not found["other_patient"]
    states = {one["unique_id"]: one["state"] for one in found["documents"]}
    assert states == {one["unique_id"]: one["state"] for one in alone["documents"]}
    assert len(found["documents"]) == 4
    nobody = run(index, "--next", NOW)
    assert (nobody.exit_code, nobody.stdout) == (2, "")
    assert "rien ne dit de quel patient" in nobody.stderr
    own = dmp / "visite-2" / "4-liste.xml"
    other = tmp_path / "autre-liste.xml"
    other.write_text(own.read_text("utf-8").replace(PATIENT, "199069900000099"), "utf-8")
    mixed = run(index, own, other, LIST, NOW)
    assert (mixed.exit_code, mixed.stdout) == (2, "")
    assert "les réponses sont de plusieurs patients" in mixed.stderr
    beside = run(dmp / "local", own, other, LIST, NOW)
    assert "Réponses du DMP : de plusieurs patients, non montrées" in beside.stdout
    assert "d'un autre patient" not in beside.stdout


def test_next_queries_are_printed_and_the_patient_only_if_asked(dmp: Path, kept: str) -> None:
    first = run(dmp / "local", "--next", NOW)
    assert "$XDSDocumentEntryServiceStartTimeFrom = 20230620080000" in first.stdout
    assert "'{INS}^^^&1.2.250.1.213.1.4.10&ISO^NH'" in first.stdout
    assert PATIENT not in first.output
    named = run(dmp / "local", "--next", NOW, "--patient")
    assert f"'{PATIENT}^^^&1.2.250.1.213.1.4.10&ISO^NH'" in named.stdout
    steps = sorted(path for path in (dmp / "visite-2").iterdir() if ".request" not in path.name)
    names = [
        [one["query"] for one in told(dmp / "local", *steps[:number], "--next", kept, NOW)["next"]]
        for number in range(len(steps) + 1)
    ]
    assert names == [
        ["FindSubmissionSets", "FindDocuments"],
        ["GetAssociations"],
        ["GetDocumentsAndAssociations"],
        ["FindDocuments"],
        [],
    ]
    batches = told(dmp / "local", *steps[:2], "--next", kept, NOW, "--batch=3")["next"]
    assert [one["parameters"]["$XDSDocumentEntryEntryUUID"].count("urn:") for one in batches] == [
        3, 3, 1,
    ]  # fmt: skip
    text = run(dmp / "local", dmp / "visite-2", "--next", kept, NOW).stdout
    assert text.startswith("Aucune requête à envoyer.\nÀ récupérer")


def test_the_number_of_ux15_on_one_line(dmp: Path, kept: str) -> None:
    paths = (dmp / "local", dmp / "visite-2")
    counted = run(*paths, kept, NOW, "--count", f"--structure={STRUCTURE[1:]}")
    assert counted.stdout == (
        "Déposés par d'autres ou non visibles du patient : 2 depuis le 10/06/2025 10:00 ; "
        "2 dans la liste ; à part, 1 du patient ; "
        "1 annoncé mais non accessible, non compté\n"
    )
    assert "lu comme un FINESS" in counted.stderr
    data = told(*paths, kept, NOW, "--count", f"--structure={STRUCTURE}")
    assert data["counts"]["ux15"] == data["counts"]["since_last_visit"]["ux15"] == 2
    unknown = run(*paths, kept, NOW, "--count")
    assert "nombre inconnu, structures de l'utilisateur non indiquées" in unknown.stdout
    failed = run(
        dmp / "local", dmp / "visite-2-echec" / "4-liste.xml", LIST, "--count", "--structure=1"
    )
    assert "nombre inconnu, aucune liste complète" in failed.stdout
    assert "forme d'identifiant de structure inconnue" in failed.stderr
    html = run(*paths, kept, NOW, "--count", f"--structure={STRUCTURE}", "--format=html").stdout
    assert html.startswith('<p class="cda-dmp__count"')


def test_what_would_count_wrongly_or_say_half_is_refused(dmp: Path) -> None:
    paths = (dmp / "local", dmp / "visite-2", NOW)
    empty = run(*paths, "--count", "--structure=")
    assert (empty.exit_code, empty.stdout) == (2, "")
    assert "identifiant de structure vide" in empty.stderr
    both = run(*paths, "--count", "--next")
    assert (both.exit_code, both.stdout) == (2, "")
    assert "--count et --next : l'un ou l'autre" in both.stderr


def test_a_bare_number_is_said_to_be_read_as_a_kind(dmp: Path) -> None:
    paths = (dmp / "local", dmp / "visite-2", NOW, "--count")
    siret = run(*paths, "--structure=99000004500015")
    assert "lu comme un SIRET (399000004500015) ; un RPPS-rang s'écrit précédé de 4" in siret.stderr


def test_html_has_a_row_a_document_with_its_state_in_words(dmp: Path, kept: str) -> None:
    snippet = run(dmp / "local", dmp / "visite-2", kept, NOW, "--format=html")
    assert snippet.exit_code == 0, snippet.output
    assert snippet.stdout.count("<tr class=") == 8
    for words in ("n&#39;apparaît plus", "métadonnées changées", "remplace", "nouveau"):
        assert f'class="cda-row__state">{words}<' in snippet.stdout
    choices = "Au choix : conserver dans le dossier local, retirer du dossier local."
    assert snippet.stdout.count(choices) == 1
    page = run(dmp / "local", dmp / "visite-2", kept, NOW, "--page").stdout
    assert page.startswith("<!DOCTYPE html>")
    assert "<script" not in page
    assert run(dmp / "local", "--next", "--page").exit_code == 2
    assert run(dmp / "local", dmp / "visite-2", "--page", "--format=json").exit_code == 2


def test_text_says_the_same(carriers: Path) -> None:
    answer = carriers / "dmp-liste-avec-association.xml"
    # Documents with associations are a subset that was asked for, unless it is said of them.
    subset = run(carriers / "local", answer, LIST, NOW)
    assert "n'apparaît" not in subset.stdout
    result = run(carriers / "local", answer, f"--role={answer}=FindDocuments", NOW)
    assert result.exit_code == 0, result.output
    assert "version plus récente  CR d'imagerie médicale" in result.stdout
    assert "→ CR d'imagerie médicale · 16/05/2025 09:00" in result.stdout
    assert "à jour                Lettre" in result.stdout
    assert "Au choix : le conserver dans le dossier local, ou l'en retirer." in result.stdout
    assert "Documents absents du dossier local : 2" in result.stdout


def test_without_a_list_no_number_is_a_bare_one(carriers: Path, tmp_path: Path) -> None:
    fault = tmp_path / "fault.xml"
    envelope = "http://www.w3.org/2003/05/soap-envelope"
    fault.write_text(f'<s:Envelope xmlns:s="{envelope}"><s:Body><s:Fault/></s:Body></s:Envelope>')
    none = run(carriers / "local", fault, NOW).stdout
    assert "Liste du DMP : absente ; 1 autre réponse\n" in none
    assert "Documents absents du dossier local : nombre inconnu, aucune liste complète\n" in none
    perhaps = run(carriers / "local", carriers / "dmp-liste.xml", NOW).stdout
    assert "non indiquée ; une réponse l'est peut-être (joindre sa requête, ou --role" in perhaps
    assert "Documents absents du dossier local : au moins 2\n" in perhaps


def test_text_shows_candidates_and_what_is_here_too(carriers: Path) -> None:
    result = run(carriers / "local", carriers / "dmp-liste.xml", LIST, NOW)
    assert "? CR d'imagerie médicale" in result.stdout
    both = run(
        carriers / "local", carriers / "imagerie-v2.xml", carriers / "dmp-liste.xml", LIST, NOW
    )
    assert "[DMP et local]" in both.stdout


def test_bytes_other_than_those_of_the_dmp_are_told_as_information(
    carriers: Path, tmp_path: Path
) -> None:
    mine = Path(shutil.copy(carriers / "local" / "lettre-chirurgie.xml", tmp_path))
    digest = hashlib.sha1(mine.read_bytes(), usedforsecurity=False).hexdigest().upper()
    doc = Doc(id="1.2.250.1.999.7.301", type=LETTER)
    answer = tmp_path / "liste.xml"
    for told_hash, differs in ((digest, False), ("0" * 40, True), ("abc", None), (None, None)):
        answer.write_bytes(answered(1, entry(doc, uuid="urn:uuid:1", hash=told_hash)))
        (one,) = told(mine, answer, LIST, NOW)["documents"]
        assert (one["state"], one["hash_differs"]) == ("up-to-date", differs)
