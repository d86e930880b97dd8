import html
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from documents import document

from cda_tools.cli import cli

LINE = (
    "Lettre · 04/03/2025 10:15 · Lettre de sortie · "
    "Dr Léonie BRUMAIRE (Médecin généraliste, Maison de santé des Tilleuls)"
)


@pytest.fixture
def folder(tmp_path):
    """Return a folder with two documents, one below, and one that is broken."""
    (tmp_path / "a.xml").write_bytes(document())
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "b.xml").write_bytes(document(title="<title>Autre</title>"))
    (tmp_path / "c.xml").write_bytes(b"<oops>")
    return tmp_path


def run(*arguments, data=None):
    return CliRunner().invoke(cli, ["line", *map(str, arguments)], input=data)


def test_a_document_is_one_line_and_nothing_to_report(folder):
    done = run(folder / "a.xml")
    assert (done.exit_code, done.output) == (0, LINE + "\n")


def test_a_folder_is_walked_and_a_broken_document_stops_nothing(folder):
    done = run(folder)
    lines = done.output.splitlines()
    assert done.exit_code == 1
    assert lines[0] == LINE
    assert " · Autre · " in lines[1]
    assert lines[2].startswith(f"document illisible · {folder / 'c.xml'} · XML mal formé")


def test_a_document_may_come_on_standard_input():
    assert run("-", data=document()).output == LINE + "\n"


def test_json_has_an_object_for_every_document(folder):
    done = run("--format", "json", folder)
    first, second, broken = json.loads(done.output)
    assert first["line"] == LINE
    assert first["fields"]["structure"] == "Maison de santé des Tilleuls"
    assert first["fields"]["datetime"] == "2025-03-04T10:15:30+01:00"
    assert second["path"] == str(folder / "below" / "b.xml")
    assert (broken["line"], broken["fields"]) == (None, None)
    assert broken["findings"][0]["rule"] == "XML-01"


def test_html_is_a_snippet_a_document(folder):
    done = run("--format", "html", folder)
    assert done.output.count('<div class="cda-line"') == 3
    assert "cda-line__unreadable" in done.output


def test_page_and_style_sheet(folder):
    page = run("--page", folder / "a.xml").output
    css = run("--css").output
    assert page.startswith("<!DOCTYPE html>")
    assert css in page


def test_a_users_template_is_filled(folder):
    template = folder / "mine.txt"
    template.write_text("{% for e in entries %}{{ e.line.type }};{% endfor %}", "utf-8")
    assert run("--template", template, folder / "a.xml").output == "Lettre;"


def test_width_fields_and_repeated_title(folder):
    assert run("--width", 40, folder / "a.xml").output == (
        "Lettre · 04/03/2025 10:15 · Lettre…ortie\n"
    )
    assert run("--fields", "date,type", folder / "a.xml").output == "04/03/2025 10:15 · Lettre\n"
    (folder / "d.xml").write_bytes(document(title="<title>LETTRE</title>"))
    assert "LETTRE" not in run(folder / "d.xml").output
    assert "LETTRE" in run("--repeat-title", folder / "d.xml").output


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--width", "5", "a.xml"], "5 est hors des bornes"),
        (["--fields", "couleur", "a.xml"], "champs possibles"),
        (["--fields", ",", "a.xml"], "champs possibles"),
        ([], "il manque un CHEMIN"),
        (["nowhere.xml"], "cda-tools : nowhere.xml : fichier introuvable"),
    ],
)
def test_a_bad_call_is_told_in_a_line_and_exits_with_2(arguments, part):
    done = run(*arguments)
    assert done.exit_code == 2
    assert part in done.output
    assert "Traceback" not in done.output


def test_a_folder_without_documents_exits_with_2(tmp_path):
    done = run(tmp_path)
    assert (done.exit_code, done.output) == (2, f"cda-tools : {tmp_path} : aucun document trouvé\n")


def test_a_document_over_the_size_limit_is_a_finding(folder):
    big = folder / "big.xml"
    text = f"<component><nonXMLBody>{' ' * 1_100_000}</nonXMLBody></component>"
    big.write_bytes(document(body=text))
    done = run("--max-size", 1, big)
    assert done.exit_code == 1
    assert "taille maximale acceptée, 1 Mio" in done.output


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_an_output_that_cannot_show_a_character_stops_nothing(folder, encoding):
    (folder / "d.xml").write_bytes(document(title="<title>Œil &#x5831;</title>"))
    done = subprocess.run(
        [sys.executable, "-m", "cda_tools", "line", str(folder / "d.xml")],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Dr L" in done.stdout.decode(encoding)


def test_starting_the_line_imports_no_more_than_it_needs(folder):
    code = (
        "import sys; from cda_tools.cli import cli;"
        f"cli(['line', {str(folder / 'a.xml')!r}], standalone_mode=False);"
        "print(sorted(set(sys.modules) & "
        "{'rich', 'jinja2', 'xmlschema', 'wcwidth', 'tomllib', 'sqlite3', 'hl7',"
        " 'cda_tools.validation', 'cda_tools.batch'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.decode("utf-8").splitlines()[-1] == "[]"


def test_a_document_that_cannot_be_read_keeps_to_one_line_and_to_the_width(tmp_path):
    path = tmp_path / "two\nlines\x1b[31m.xml"
    path.write_bytes(b"<oops>")
    assert len(run(path).output.splitlines()) == 1
    assert "\x1b" not in run(path).output
    assert len(run("--width", 40, path).output.rstrip("\n")) <= 40


def test_a_line_without_any_of_its_fields_says_so(folder):
    (folder / "d.xml").write_bytes(document(author="", custodian="", signer=""))
    assert run("--fields", "structure", folder / "d.xml").output == "non indiqué\n"
    markup = run("--fields", "structure", "--format", "html", folder / "d.xml").output
    assert '<span class="cda-line__missing">non indiqué</span>' in markup


def test_a_page_is_not_json(folder):
    done = run("--page", "--format", "json", folder / "a.xml")
    assert (done.exit_code, "pas avec --format json" in done.output) == (2, True)


def test_bytes_on_standard_input_that_are_nothing_are_told_in_a_line():
    done = run("-", data=b"%PDF-1.4\n\x00\x01")
    assert (done.exit_code, done.output.count("\n")) == (2, 1)
    assert "ni document, ni liste de chemins" in done.output


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
@pytest.mark.parametrize("form", ["json", "html"])
def test_json_and_html_lose_nothing_in_a_poor_encoding(folder, encoding, form):
    (folder / "d.xml").write_bytes(document(title="<title>Œil &#x5831; été</title>"))
    done = subprocess.run(
        [sys.executable, "-m", "cda_tools", "line", "--format", form, str(folder / "d.xml")],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=True,
    )
    text = done.stdout.decode("utf-8")
    if form == "json":
        assert json.loads(text)[0]["fields"]["title"] == "Œil 報 été"
    else:
        assert "Œil 報 été" in html.unescape(text)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device on this system")
def test_an_output_that_cannot_be_written_is_one_line_and_exits_with_2(folder):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cda_tools", "line", str(folder / "a.xml")],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.decode("utf-8").startswith("cda-tools : écriture impossible")
    assert done.stderr.count(b"\n") == 1


def test_a_link_and_the_document_of_each_line_are_in_the_html(folder):
    done = run("--format", "html", "--href", "view?id={id}", folder / "a.xml")
    assert 'href="view?id=1.2.250.1.999.1.1"' in done.output
    assert 'data-id="1.2.250.1.999.1.1"' in done.output
    assert f'data-path="{folder / "a.xml"}"' in done.output


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--format", "html", "--href", "view?x={nom}"], "repères possibles"),
        (["--format", "html", "--href", " JavaScript:alert(1)"], "exécuterait un programme"),
        (["--href", "view"], "--href est pour le HTML"),
    ],
)
def test_a_link_that_cannot_be_made_is_refused(folder, arguments, part):
    done = run(*arguments, folder / "a.xml")
    assert (done.exit_code, part in " ".join(done.output.split())) == (2, True)


def test_a_list_is_sorted_and_says_how_many_it_leaves_out(folder):
    gazelle = Path(__file__).parents[2] / "fixtures" / "gazelle"
    paths = [gazelle / name for name in ("imagerie-v1.xml", "imagerie-v2.xml", "sans-setid.xml")]
    lines = run("--sort", "date", *paths).output.splitlines()
    assert [line.split(" · ")[1] for line in lines] == [
        "14/05/2025 10:20",
        "13/05/2025 16:45",
        "12/06/2023 09:40",
    ]
    assert lines[1].endswith("· remplacé par la v2")
    done = run("--current", *paths)
    assert done.stdout.count("\n") == 2
    assert done.stderr == "1 document remplacé ou retiré : laissé de côté\n"


def test_a_page_has_the_caption_that_is_asked_for_and_counts_its_documents(folder):
    page = run("--page", "--caption", "Dossier <A>", folder / "a.xml").output
    assert "<h1>Dossier &lt;A&gt;</h1>" in page
    assert "<p>1 document</p>" in page
