"""The command ``history`` on our own documents."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cda_tools.cli import cli


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["history", *map(str, arguments)])


@pytest.fixture
def carriers(gazelle: Path) -> Path:
    return gazelle / "carriers"


def test_messages_of_a_period(carriers: Path) -> None:
    result = run(
        *sorted(carriers.glob("*.hl7")), "--from=01/06/2025", "--to=2025-06-30", "--format=json"
    )
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert (told["from"], told["to"], told["historical"]) == ("2025-06-01", "2025-06-30", 4)
    assert [(row["code"], row["count"]) for row in told["types"]] == [
        ("11502-2", 2),
        ("18748-4", 2),
    ]
    assert told["types"][1]["label"] == "CR d'imagerie médicale"
    verdicts = {Path(one["path"]).name: one for one in told["documents"]}
    assert verdicts["mdm-t04.hl7!OBX[1]"]["reason"] == "deletion"
    assert verdicts["mdm-t02.hl7!OBX[1]"]["sent"] == "2025-06-10"


def test_text_tells_the_period(carriers: Path) -> None:
    one = carriers / "mdm-t02.hl7"
    assert run(one).stdout.startswith("Documents historiques envoyés : 1\n")
    both = run(one, "--from=01/06/2025", "--to=30/06/2025")
    assert "envoyés du 01/06/2025 au 30/06/2025 : 1" in both.stdout


def test_text(carriers: Path) -> None:
    result = run(carriers / "local", "--sent=14/05/2025", "--to", "31/12/2025")
    assert result.stdout.splitlines() == [
        "Documents historiques envoyés jusqu'au 31/12/2025 : 1",
        "     1  Lettre de liaison à la sortie (11490-0)",
        "Non historiques : 2",
    ]


def test_what_cannot_be_judged_is_named_with_its_reason(carriers: Path) -> None:
    result = run(carriers / "local", carriers / "dmp-liste.xml", "--from=2025-01-01")
    assert "Documents historiques envoyés depuis le 01/01/2025 : 0" in result.stdout
    assert "À vérifier : 3" in result.stdout
    assert "date d'envoi inconnue (option --sent)" in result.stdout
    assert "Hors décompte : 3" in result.stdout


def test_dates_and_periods_that_make_no_sense(carriers: Path) -> None:
    assert run(carriers / "local", "--sent=hier").exit_code == 2
    wrong = run(carriers / "local", "--from=02/06/2025", "--to=01/06/2025")
    assert wrong.exit_code == 2
    assert "finit avant de commencer" in wrong.output
