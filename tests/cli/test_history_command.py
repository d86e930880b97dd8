"""The command ``history`` on our own documents and messages."""

import csv
import json
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from make_answer import ack, zam

from cda_tools.cli import cli


def run(*arguments: str | Path, **others: object) -> Result:
    return CliRunner().invoke(cli, ["history", *map(str, arguments)], **others)


@pytest.fixture
def carriers(gazelle: Path) -> Path:
    return gazelle / "carriers"


def test_the_indicator_of_a_month_as_json(carriers: Path) -> None:
    result = run(*sorted(carriers.glob("*.hl7")), "--month=2025-06", "--format=json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    counts = {"success": 1, "failure": 2, "rejected": 1, "unanswered": 0, "undetermined": 0}
    assert told["period"] == ["2025-06-01", "2025-06-30"]
    assert told["historical"] == told["all"] == {**counts, "success_by_type": {"18748-4": 1}}
    assert (told["as_of"], told["orphans"], told["findings"]) == ("2025-06-10", 0, [])
    assert sorted((one["state"], one["type"], one["code"]) for one in told["documents"]) == [
        ("failure", "11502-2", "DMPClosed"),
        ("failure", "11502-2", "DMPClosed"),
        ("rejected", "18748-4", "101"),
        ("success", "18748-4", None),
    ]


def test_json_is_that_of_python(carriers: Path) -> None:
    from cda_tools.carriers import open_path  # noqa: PLC0415
    from cda_tools.carriers.reading import read_carried_header  # noqa: PLC0415
    from cda_tools.indicators import history  # noqa: PLC0415

    opened = partial(open_path, checks=False)
    files = sorted(carriers.glob("*.hl7"))
    documents = (read_carried_header(one) for path in files for one in opened(path))
    assert json.loads(run(*files, "--format=json").stdout) == history(documents).to_dict()


def test_files_and_folders_in_any_order_say_the_same(carriers: Path) -> None:
    files = sorted(carriers.glob("*.hl7"))
    assert run(*files).stdout == run(*reversed(files)).stdout


def test_a_document_s_file_before_its_message_does_not_hide_it(carriers: Path) -> None:
    both = [carriers / "local" / "imagerie-v1.xml", carriers / "mdm-t02.hl7"]
    for paths in (both, both[::-1], both[1:]):
        assert run(*paths).stdout.startswith("Documents historiques envoyés : 1\n")


def test_a_failure_without_a_code_of_its_own_has_the_meaning_of_err_3(
    carriers: Path, tmp_path: Path
) -> None:
    error = "ERR|||207^x|E|Le DMP de M. SECRET est clos^x^DMP_ERROR_CODE"
    message = (carriers / "mdm-t02.hl7").read_bytes()
    (tmp_path / "lot.hl7").write_bytes(message + zam("1001", "N", at="20250610120000", error=error))
    shown = run(tmp_path).output
    assert "207 : erreur de l'application" in shown
    assert "SECRET" not in shown


def test_what_failed_is_listed_with_its_code_and_its_meaning(carriers: Path) -> None:
    shown = run(*sorted(carriers.glob("*.hl7"))).stdout
    assert "À corriger ou à renvoyer : 3" in shown
    assert "DMPClosed : DMP fermé · message 2001" in shown
    assert "101 : champ requis absent · message 1002" in shown


def test_a_code_that_is_not_known_says_whose_it_is(tmp_path: Path, carriers: Path) -> None:
    answer = tmp_path / "zam.hl7"
    error = "ERR|||207^x^messageErrorCondition|E|{}^Texte libre de la PFI^DMP_ERROR_CODE"
    for code, meaning in (("DMP42", "code propre au DMP ou à la PFI"), ("902", "patient inconnu")):
        answer.write_bytes(zam("1001", "N", error=error.format(code)))
        shown = run(answer, carriers / "mdm-t02.hl7").stdout
        assert f"{code} : {meaning}" in shown
        assert "Texte libre" not in shown


def test_a_table_for_spreadsheets(carriers: Path, tmp_path: Path) -> None:
    file = tmp_path / "juin.csv"
    result = run(*sorted(carriers.glob("*.hl7")), "--format=csv", "--output", file)
    assert (result.exit_code, result.stdout) == (0, "")
    rows = list(csv.DictReader(file.read_text("utf-8").splitlines(), delimiter=";"))
    assert [row["état"] for row in rows].count("échec") == 2
    assert {row["signification"] for row in rows} == {"", "DMP fermé", "champ requis absent"}


def test_how_sure_the_number_is(carriers: Path) -> None:
    shown = run(carriers / "mdm-t02.hl7", "--since=01/06/2025", "--until=2025-06-30").stdout
    assert "Historiques réussis : de 0 à 1, état au 10/06/2025" in shown


def test_an_earlier_report_is_made_again(carriers: Path) -> None:
    shown = run(*sorted(carriers.glob("*.hl7")), "--as-of=2025-06-09").stdout
    assert "Documents historiques envoyés : 0" in shown


def test_orphans_and_remarks_are_said(tmp_path: Path, carriers: Path) -> None:
    lot = tmp_path / "lot.hl7"
    lot.write_bytes(zam("9999") + ack("8888") + zam("", number="7"))
    shown = run(lot, carriers / "mdm-t02.hl7").stdout
    assert "Réponses à des messages qui n'ont pas été lus : 3" in shown
    assert "HIS-01 (information, 3 fois)" in shown
    assert "HL7-ZAM-1 (erreur, 1 fois)" in shown


def test_documents_without_message_are_sent_on_the_day_given(carriers: Path) -> None:
    told = json.loads(run(carriers / "local", "--sent=14/05/2025", "--format=json").stdout)
    assert (told["historical"]["undetermined"], told["all"]["undetermined"]) == (1, 3)


def test_what_does_not_count_is_counted_apart(carriers: Path) -> None:
    shown = run(carriers / "dmp-liste.xml", carriers / "mdm-t04.hl7").stdout
    assert "1 demande(s) de suppression" in shown
    assert "3 reçu(s) (DMP ou MSSanté), et non envoyé(s)" in shown


def test_a_file_that_cannot_be_read_is_named_and_stops_nothing(
    carriers: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "a.xml"
    bad.write_text("<a>")
    result = run(bad, carriers / "mdm-t02.hl7")
    assert "Documents historiques envoyés : 1" in result.stdout
    assert "a.xml" in result.stderr
    assert result.exit_code == 1


def test_what_a_message_contradicts_is_shown_and_counts(carriers: Path, tmp_path: Path) -> None:
    message = tmp_path / "m.hl7"
    message.write_bytes((carriers / "mdm-t02.hl7").read_bytes().replace(b"|F\r", b"|D\r"))
    result = run(message)
    assert "HL7-07 (erreur, 1 fois)" in result.stdout
    assert result.exit_code == 1
    assert run(message, "--as-of=2025-06-09").exit_code == 0


def test_messages_from_standard_input(carriers: Path) -> None:
    data = b"".join((carriers / name).read_bytes() for name in ("mdm-t02.hl7",)) + zam("1001")
    assert "Historiques réussis : 1," in run("-", input=data).stdout


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--sent=hier"], "n'est pas une date"),
        (["--month=2025-13"], "n'est pas un mois"),
        (["--month=2025-06", "--since=2025-06-01"], "mais pas les deux"),
        (["--from=02/06/2025", "--to=01/06/2025"], "finit avant de commencer"),
    ],
)
def test_periods_that_make_no_sense(carriers: Path, options: list[str], reason: str) -> None:
    wrong = run(carriers / "local", *options)
    assert wrong.exit_code == 2
    assert reason in wrong.output


def test_a_spreadsheet_takes_no_cell_for_a_formula(carriers: Path, tmp_path: Path) -> None:
    message = tmp_path / "m.hl7"
    message.write_bytes((carriers / "mdm-t02.hl7").read_bytes().replace(b"|1001|P", b"|=1+1|P"))
    rows = list(csv.DictReader(run(message, "--format=csv").stdout.splitlines(), delimiter=";"))
    assert rows[0]["message"] == "'=1+1"
