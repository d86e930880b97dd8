import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from cda_tools.cli import cli
from conftest import ROOT

DMP = ROOT / "fixtures" / "dmp"
CARRIERS = ROOT / "fixtures" / "gazelle" / "carriers"
NAME = "QUENOUILLE-Floriane"
PIECES = {
    "index.html",
    "lignes.html",
    "validation.html",
    "validation.json",
    "chaines.html",
    "journal.txt",
    "empreintes.txt",
    "editions.json",
    "SHA256SUMS",
}


def run(*arguments, **others):
    return CliRunner().invoke(cli, ["dossier", *map(str, arguments)], **others)


def unpacked(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return a folder named after a patient, and the dossier of it for CDA/DD.15."""
    folder = tmp_path_factory.mktemp("dossier") / NAME
    folder.mkdir()
    shutil.copy(ROOT / "fixtures/gazelle/imagerie-v1.xml", folder / f"{NAME}-v1.xml")
    shutil.copy(ROOT / "fixtures/gazelle/imagerie-v2.xml", folder / f"{NAME}-v2.xml")
    shutil.copy(ROOT / "fixtures/gazelle/faux-sans-titre.xml", folder)
    with zipfile.ZipFile(CARRIERS / "mssante.IHE_XDM.ZIP") as old:
        inner = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(folder / f"{NAME}.zip", "w") as new:
        for name, data in inner.items():
            new.writestr(
                name.replace("DOC0001", f"{NAME}-1"), data.replace(b"DOC0001", f"{NAME}-1".encode())
            )
    (folder / "notes.txt").write_text("rien")
    into = folder.parent / "preuves.zip"
    done = run(folder, "--exigence", "DD.15", "--into", into)
    assert into.is_file(), done.output
    return folder, done, unpacked(into)


def test_a_dossier_has_every_piece_and_the_sum_of_each(made):
    _, _, pieces = made
    assert set(pieces) == PIECES
    sums = dict(reversed(line.split("  ")) for line in pieces["SHA256SUMS"].decode().splitlines())
    assert sums == {
        name: hashlib.sha256(data).hexdigest()
        for name, data in pieces.items()
        if name != "SHA256SUMS"
    }


def test_names_of_files_and_of_what_archives_hold_are_replaced(made):
    _, _, pieces = made
    text = b"".join(pieces.values()).decode("utf-8")
    assert NAME not in text
    assert "documents/document-0001.xml" in text
    assert "contenu-" in text


def test_the_holder_of_a_file_finds_it_by_its_hash(made):
    folder, _, pieces = made
    told = pieces["empreintes.txt"].decode()
    for path in folder.iterdir():
        if path.suffix != ".txt":
            data = path.read_bytes()
            row = rf"^{hashlib.sha256(data).hexdigest()} +{len(data)}  documents/document-\d{{4}}\."
            assert re.search(row, told, re.MULTILINE)
    report = pieces["validation.html"].decode()
    assert hashlib.sha256((folder / f"{NAME}-v1.xml").read_bytes()).hexdigest() in report


def test_the_index_says_what_is_proved_what_is_missing_and_what_only_the_vendor_has(made):
    _, done, pieces = made
    page = pieces["index.html"].decode()
    assert "Il ne prouve jamais ce que montre l'écran du logiciel de l'éditeur" in page
    assert page.count(">montré<") == 5
    assert page.count(">à compléter<") == 1
    assert page.count(">à joindre<") == 1
    assert "1 fichier laissé de côté : 1 .txt" in page
    assert "relancer avec --screenshots" in done.stdout
    assert len(done.stdout.splitlines()) == 7


def test_the_code_of_return_is_that_of_the_findings(made, tmp_path):
    folder, done, _ = made
    assert done.exit_code == 1
    good = tmp_path / "a.xml"
    shutil.copy(folder / f"{NAME}-v1.xml", good)
    assert run(good, "--exigence", "validation", "--into", tmp_path / "a.zip").exit_code == 0


def test_editions_and_digests_of_what_judged_are_told(made):
    _, _, pieces = made
    told = json.loads(pieces["editions.json"])
    assert told["edition"]
    assert told["kit"] is None
    schema = ROOT / "schemas" / "cda" / "CDA.xsd"
    assert told["sha256"]["cda/CDA.xsd"] == hashlib.sha256(schema.read_bytes()).hexdigest()


def test_the_log_tells_each_step_with_its_moment(made):
    _, _, pieces = made
    log = pieces["journal.txt"].decode().splitlines()
    assert all(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}  ", line) for line in log)
    assert any("validation : " in line for line in log)
    assert log[-1].endswith("dossier complet")


def test_a_dossier_keeps_names_where_that_is_asked(made, tmp_path):
    folder, _, _ = made
    into = tmp_path / "nommé.zip"
    run(folder, "--exigence", "validation", "--into", into, "--patient")
    pieces = unpacked(into)
    assert f"documents/{NAME}/{NAME}-v1.xml" in pieces["empreintes.txt"].decode()
    assert "peuvent désigner des patients" in pieces["index.html"].decode()


def test_a_visit_to_the_dmp_is_a_page_and_its_points_are_shown(tmp_path):
    into = tmp_path / "a.zip"
    arguments = (DMP / "local", DMP / "visite-2", "--structure", "1990000045", "--into", into)
    done = run(*arguments, "--exigence", "UX.15")
    assert done.exit_code != 2
    shown = [line for line in done.stdout.splitlines() if line.startswith("montré")]
    assert len(shown) == 4
    assert "2 dans la liste" in done.stdout
    assert "Liste du DMP : 5 documents" in unpacked(into)["dmp.html"].decode()
    done = run(*arguments, "--exigence", "dd.05", "--visit", DMP / "visite-1" / "visite.json")
    assert re.search(r"^montré .* version plus récente .* \(dmp.html\)", done.stdout, re.MULTILINE)


def test_without_structures_the_number_of_ux_15_is_not_claimed(tmp_path):
    done = run(DMP / "local", DMP / "visite-2", "--into", tmp_path / "a.zip", "--exigence", "UX.15")
    assert "relancer avec --structure" in done.stdout
    assert "nombre inconnu" in done.stdout


@pytest.mark.parametrize("requirement", ["DD.05", "UX.15"])
def test_there_is_no_dossier_of_the_dmp_without_its_answer(tmp_path, requirement):
    into = tmp_path / "a.zip"
    done = run(DMP / "local", "--exigence", requirement, "--into", into)
    assert done.exit_code == 2
    assert f"{requirement} demande une réponse du DMP" in done.stderr
    assert not into.exists()


def test_the_answer_of_another_patient_shows_nothing(tmp_path):
    local, answers = ROOT / "fixtures/gazelle/imagerie-v1.xml", DMP / "visite-2"
    done = run(local, answers, "--exigence", "DD.05", "--into", tmp_path / "a.zip")
    assert "à compléter La liste du DMP a été reçue" in done.stdout


def test_standard_input_is_a_document_of_the_dossier(tmp_path):
    into = tmp_path / "a.zip"
    data = (ROOT / "fixtures/gazelle/imagerie-v1.xml").read_bytes()
    assert run("-", "--exigence", "validation", "--into", into, input=data).exit_code == 0
    assert hashlib.sha256(data).hexdigest() in unpacked(into)["empreintes.txt"].decode()


def test_the_archive_is_not_a_document_of_itself(tmp_path):
    shutil.copy(ROOT / "fixtures/gazelle/imagerie-v1.xml", tmp_path)
    into = tmp_path / "a.zip"
    for _ in range(2):
        run(tmp_path, "--exigence", "validation", "--into", into)
    told = unpacked(into)["empreintes.txt"].decode()
    assert len([line for line in told.splitlines() if not line.startswith("#")]) == 1


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_there(tmp_path):
    shutil.copy(ROOT / "fixtures/gazelle/imagerie-v1.xml", tmp_path / "a.xml")
    (tmp_path / "b.xml").symlink_to(tmp_path / "nowhere")
    into = tmp_path / "a.zip"
    done = run(tmp_path, "--exigence", "validation", "--into", into)
    assert done.exit_code == 1
    page = unpacked(into)["index.html"].decode()
    assert "non lu : documents/document-0002.xml : fichier introuvable" in page
    assert "à compléter Aucun document n'est en échec" in done.stdout
    done = run(tmp_path / "b.xml", "--exigence", "validation", "--into", into)
    assert done.exit_code == 2
    assert "aucun fichier n'a pu être lu" in done.stderr


def test_a_place_that_cannot_be_written_is_one_line(tmp_path):
    path = ROOT / "fixtures/gazelle/imagerie-v1.xml"
    done = run(path, "--exigence", "DD.15", "--into", tmp_path / "nope" / "a.zip")
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1


def test_a_kit_that_is_named_by_a_relative_path_is_found(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    path, into = "fixtures/gazelle/imagerie-v1.xml", tmp_path / "a.zip"
    done = run(path, "--exigence", "validation", "--into", into, "--kit", "fixtures/kit")
    assert "(validation.html) : kit" in done.stdout
    assert json.loads(unpacked(into)["editions.json"])["kit"]


@pytest.mark.browser
def test_screenshots_are_pictures_of_each_page_at_each_width(tmp_path):
    if not shutil.which("chromium"):
        pytest.skip("there is no Chromium here (apt-get install chromium)")
    pytest.importorskip("playwright.sync_api")
    into = tmp_path / "a.zip"
    command = [sys.executable, "-m", "cda_tools", "dossier", "--screenshots", "--into", str(into)]
    path = ROOT / "fixtures/gazelle/imagerie-v1.xml"
    # A process of its own: another test's browser may be open in this one.
    done = subprocess.run(
        [*command, "--exigence", "DD.15", str(path)], capture_output=True, check=True, cwd=ROOT
    )
    assert "6 captures" in done.stdout.decode()
    shots = {name: data for name, data in unpacked(into).items() if name.endswith(".png")}
    assert set(shots) == {
        f"captures/{page}-{width}.png"
        for page in ("lignes", "chaines", "validation")
        for width in (360, 1280)
    }
    for name, data in shots.items():
        assert int.from_bytes(data[16:20], "big") == int(re.findall(r"\d+", name)[0])


def test_a_missing_browser_is_one_line(tmp_path, monkeypatch):
    pytest.importorskip("playwright.sync_api")
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "nowhere"))
    path, into = ROOT / "fixtures/gazelle/imagerie-v1.xml", tmp_path / "a.zip"
    done = run(path, "--exigence", "DD.15", "--into", into, "--screenshots")
    assert done.exit_code == 2
    assert "--screenshots : le navigateur ne répond pas" in done.stderr
    assert not Path(into).exists()


@pytest.mark.parametrize("written", ["dd.15", "CDA/DD.15", "cda/DD.15"])
def test_a_requirement_may_be_named_with_its_family(gazelle, tmp_path, written):
    into = tmp_path / "d.zip"
    path = gazelle / "imagerie-v1.xml"
    options = ("--exigence", written, "--into", str(into))
    done = CliRunner().invoke(cli, ["dossier", str(path), *options])
    assert done.exit_code == 0, done.output
    assert "Dossier de preuve : DD.15" in zipfile.ZipFile(into).read("index.html").decode()


def test_messages_of_the_dmp_are_no_documents_to_validate(tmp_path):
    paths = (DMP / "local", DMP / "visite-2")
    visit = ("--visit", DMP / "visite-1" / "visite.json", "--structure", "1990000045")
    done = run(*paths, "--exigence", "DD.05", *visit, "--into", tmp_path / "d.zip")
    assert done.exit_code == 0, done.output
    pieces = unpacked(tmp_path / "d.zip")
    report = json.loads(pieces["validation.json"])
    assert (report["summary"]["documents"], report["summary"]["valid"]) == (4, 4)
    index = pieces["index.html"].decode()
    assert "--visit FICHIER --structure 1990000045" in index
    assert "13 fichiers" in index  # with the file of the last visit
    assert "  visite.json" in pieces["empreintes.txt"].decode()


def test_an_answer_about_another_patient_is_named_as_such(gazelle, tmp_path):
    paths = (gazelle / "imagerie-v1.xml", DMP / "visite-2")
    done = run(*paths, "--exigence", "DD.05", "--into", tmp_path / "d.zip")
    assert "n'est pas du patient des documents" in done.stdout


def test_a_visit_that_is_not_there_is_named_whatever_the_requirement(gazelle, tmp_path):
    options = ("--exigence", "DD.15", "--visit", "nulle-part.json", "--into", tmp_path / "d.zip")
    done = run(gazelle / "imagerie-v1.xml", *options)
    assert (done.exit_code, done.stderr) == (
        2,
        "cda-tools : nulle-part.json : fichier introuvable\n",
    )


def test_one_is_singular(gazelle, tmp_path):
    path = gazelle / "imagerie-v1.xml"
    done = run(path, "--exigence", "validation", "--into", tmp_path / "d.zip")
    assert "1 conforme, 0 non conforme, 0 non validé" in done.stdout
    assert "1 fichier\n" in done.stdout
