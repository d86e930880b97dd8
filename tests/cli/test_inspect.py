import json
import re
import time
from io import StringIO

import pytest
from click.testing import CliRunner
from documents import AUTHOR, document
from rich.console import Console

from cda_tools import read, validate
from cda_tools.cli import cli
from cda_tools.reports import screen

RELATED = (
    '<relatedDocument typeCode="RPLC"><parentDocument><id root="1.2.250.1.999.1.0"'
    ' extension="7"/></parentDocument></relatedDocument>'
)
IDENTITY = ("QUENOUILLE", "FLORIANE", "255069900000034", "19550602", "02/06/1955", "1955-06-02")


@pytest.fixture
def path(tmp_path):
    """Return a document that replaces another, with two authors."""
    path = tmp_path / "a.xml"
    version = '<versionNumber value="2"/>'
    path.write_bytes(document(version=version, related=RELATED, author=AUTHOR * 2))
    return path


def run(*arguments):
    return CliRunner().invoke(cli, ["inspect", *map(str, arguments)])


def test_json_is_the_object_of_the_contract(path):
    (found,) = json.loads(run("--format", "json", "--layer", "versions", path).output)
    validation = found.pop("validation")
    author = {
        "kind": "professional",
        "name": "Dr Léonie BRUMAIRE",
        "profession": "Médecin généraliste",
        "role": None,
        "structure": "Maison de santé des Tilleuls",
    }
    assert found.pop("schema_version") == 1
    assert found == {
        "path": str(path),
        "carrier": "cda",
        "line": "Lettre · 04/03/2025 10:15 · Lettre de sortie · Dr Léonie BRUMAIRE"
        " (Médecin généraliste, Maison de santé des Tilleuls) +1",
        "id": {"root": "1.2.250.1.999.1.1", "extension": None},
        "set_id": {"root": "1.2.250.1.999.1", "extension": None},
        "version": 2,
        "replaces": [
            {
                "type": "RPLC",
                "id": {"root": "1.2.250.1.999.1.0", "extension": "7"},
                "set_id": None,
                "version": None,
            }
        ],
        "type": {"code": "11490-0", "system": "2.16.840.1.113883.6.1", "label": "Lettre"},
        "date": "2025-03-04T10:15:30+01:00",
        "title": "Lettre de sortie",
        "authors": [author, author],
        "confidentiality": "N",
        "language": "fr-FR",
        "body": "structured",
        "templates": [
            "2.16.840.1.113883.2.8.2.1",
            "1.2.250.1.213.1.1.1.1",
            "1.2.250.1.213.1.1.1.29",
        ],
        "french": True,
        "self_presenting": False,
    }
    assert validation["valid"] is True
    assert [(layer["name"], layer["ran"], layer["valid"]) for layer in validation["layers"]] == [
        ("xml", True, True),
        ("xsd", False, None),
        ("structuration-minimale", False, None),
        ("text-1.16", False, None),
        ("versions", True, True),
    ]


def test_a_document_that_cannot_be_read_has_its_object_too(tmp_path):
    broken = tmp_path / "b.xml"
    broken.write_bytes(b"<oops>")
    done = run("--format", "json", broken)
    (found,) = json.loads(done.output)
    assert done.exit_code == 1
    assert (found["path"], found["id"], found["line"]) == (str(broken), None, None)
    assert found["authors"] == []
    assert found["validation"]["layers"][0]["issues"][0]["rule"] == "XML-01"


def test_the_screen_shows_line_identifiers_authors_and_verdicts(path):
    done = run("--layer", "versions", path)
    assert done.exit_code == 0
    rows = dict(re.findall(r"^  (\S.*?)  +(\S.*)$", done.output, re.MULTILINE))
    assert rows["Remplace"] == "1.2.250.1.999.1.0, extension 7"
    assert rows["Lot de versions"] == "1.2.250.1.999.1"
    assert rows["Auteur 2"].endswith("Maison de santé des Tilleuls [professionnel]")
    assert rows["Nature"] == "corps structuré"
    assert rows["Acte"] == "du 04/03/2025 09:00 au 04/03/2025 10:00"
    assert rows["Prise en charge"].startswith(
        "Ambulatoire (hors établissement) (AMB), 04/03/2025, "
    )
    assert rows["xsd"] == "non exécutée"
    assert rows["versions"] == "sans erreur"


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_patient_is_shown_on_request_only(path, form):
    shown = run("--format", form, path).output
    assert not [part for part in IDENTITY if part in shown]
    asked = run("--format", form, "--patient", path).output
    assert [part for part in IDENTITY[:3] if part in asked] == list(IDENTITY[:3])


def test_a_patient_who_writes_is_not_named(tmp_path):
    writer = (
        '<author><assignedAuthor><id root="1.2.250.1.213.1.4.10" extension="255069900000034"/>'
        "<assignedPerson><name><given>FLORIANE</given><family>QUENOUILLE</family></name>"
        "</assignedPerson></assignedAuthor></author>"
    )
    path = tmp_path / "a.xml"
    path.write_bytes(document(author=writer))
    text = run(path).output
    (found,) = json.loads(run("--format", "json", path).output)
    assert not [part for part in IDENTITY if part in text]
    assert found["authors"][0] == {
        "kind": "patient",
        "name": None,
        "profession": None,
        "role": None,
        "structure": None,
    }
    assert "le patient [patient]" in text


def test_nothing_a_document_holds_reaches_the_terminal_as_a_command(tmp_path):
    path = tmp_path / "a.xml"
    path.write_bytes(document(title="<title>a&#x9b;31mb&#x202e;c</title>"))
    shown = run(path).output
    assert "\x9b" not in shown
    assert "\u202e" not in shown


def on_a_terminal(path):
    out = StringIO()
    document = read(path)
    console = Console(file=out, width=110, force_terminal=True, color_system="standard")
    console.print(screen.rich(document, validate(document)))
    return out.getvalue()


def test_on_a_terminal_the_same_is_laid_out_in_colour(path, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    text = on_a_terminal(path)
    assert re.search(r"\x1b\[[0-9;]*3[0-9]m", text)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert "Dr Léonie BRUMAIRE, Médecin généraliste" in plain
    assert "[professionnel]" in plain


def test_no_color_is_obeyed(path, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", on_a_terminal(path))


def test_a_patient_who_signs_is_not_named(gazelle):
    text = run(gazelle / "auteur-patient.xml").output
    asked = run("--patient", gazelle / "auteur-patient.xml").output
    assert re.search(r"^  Responsable +le patient, ", text, re.MULTILINE)
    name = re.search(r"^  Responsable +(\S+ .*?), ", asked, re.MULTILINE)[1]
    assert not [word for word in name.split() if word.isupper() and word in text]


@pytest.mark.parametrize(
    "assigned_id", ['<id nullFlavor="UNK"/>', '<id root="1.2.250.1.999.4" extension="12"/>', ""]
)
def test_a_patient_is_told_by_name_where_no_id_tells(tmp_path, assigned_id):
    writer = (
        f"<author><assignedAuthor>{assigned_id}<assignedPerson><name><given>Floriane</given>"
        "<family>QUENOUILLE</family></name></assignedPerson></assignedAuthor></author>"
    )
    path = tmp_path / "a.xml"
    path.write_bytes(document(author=writer))
    assert "le patient [patient]" in run(path).output


def test_a_schema_error_says_what_the_schema_asks_for(gazelle):
    text = run(gazelle / "faux-setid-mal-place.xml").output
    assert "le schéma attend : éléments, dans cet ordre : « realmCode »" in text


def test_a_document_that_takes_too_long_is_lost_alone(path, monkeypatch):
    monkeypatch.setattr("cda_tools.batch.work.validate", lambda *_: time.sleep(60))
    done = run("--timeout", "0.2", "--format", "json", path)
    (found,) = json.loads(done.output)
    assert done.exit_code == 1
    assert (found["path"], found["line"], found["validation"]["valid"]) == (str(path), None, None)
    assert found["validation"]["layers"][0]["issues"][0]["rule"] == "CHK-01"


def test_an_authors_practice_setting_is_named_by_its_value_set(tmp_path):
    code = '<standardIndustryClassCode code="AMBULATOIRE" codeSystem="1.2.250.1.213.1.1.4.9"/>'
    path = tmp_path / "a.xml"
    author = AUTHOR.replace("</representedOrganization>", f"{code}</representedOrganization>")
    path.write_bytes(document(author=author))
    assert "Maison de santé des Tilleuls, Ambulatoire [professionnel]" in run(path).output
