"""The command ``consent`` on our own messages."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from make_answer import Adt, adt

from cda_tools.cli import cli


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["consent", *map(str, arguments)])


@pytest.fixture
def visits(gazelle: Path) -> Path:
    return gazelle / "carriers" / "venues-juin-2025.hl7"


@pytest.mark.parametrize(
    ("episode", "informed", "inherited"),
    [("visit", 1, 0), ("venue", 1, 0), ("dossier", 2, 1), ("unit", 2, 1), ("patient", 3, 2)],
)
def test_a_month_under_each_definition(
    visits: Path, episode: str, informed: int, inherited: int
) -> None:
    result = run(visits, "--month=2025-06", "--format=json", f"--episode={episode}")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert (told["visits"], told["feeding"]["INO"]) == (3, informed)
    assert told["feeding"]["inherited"] == inherited
    assert told["bounds"]["visit"]["feeding"]["INO"] == 1
    assert told["bounds"]["patient"]["feeding"]["INO"] == 3


def test_json_lists_the_visits_by_number_and_no_patient(visits: Path) -> None:
    printed = run(visits, "--month=2025-06", "--format=json").stdout
    assert [one["visit"] for one in json.loads(printed)["list"]] == [
        "V25-0002",
        "V25-0003",
        "V25-0004",
    ]
    for secret in ("PERVENCHE", "OCTAVIE", "27906", "VO000"):
        assert secret not in printed
        assert secret not in run(visits, "--list").stdout


def test_the_visits_to_correct_are_listed_on_demand(visits: Path) -> None:
    assert "  V25-0004  inconnu  inconnu" in run(visits, "--month=06/2025", "--list").stdout
    assert "V25-0004" not in run(visits, "--month=06/2025").stdout


def test_a_table_for_spreadsheets(visits: Path) -> None:
    printed = run(visits, "--month=2025-06", "--format=csv").stdout
    rows = list(csv.DictReader(printed.splitlines(), delimiter=";"))
    assert [(row["venue"], row["hérité (alimentation)"]) for row in rows] == [
        ("V25-0002", "oui"),
        ("V25-0003", "non"),
        ("V25-0004", "non"),
    ]


@pytest.mark.parametrize("separator", [";", ","])
def test_a_file_names_the_episodes(visits: Path, tmp_path: Path, separator: str) -> None:
    table = tmp_path / "episodes.csv"
    rows = [("venue", "Episode"), ("V25-0003", "E1"), ("V25-0004", "E1"), ("V25-0002", "E2")]
    table.write_text("\n".join(map(separator.join, rows)), "utf-8")
    told = json.loads(run(visits, "--month=2025-06", "--format=json", "--episode", table).stdout)
    assert (told["episode"], told["feeding"]["inherited"], told["findings"]) == ("table", 1, [])


def test_how_far_back_a_visit_may_be(visits: Path) -> None:
    shown = run(visits, "--month=2025-06", "--within=20j").stdout
    assert "en remontant jusqu'à 20 jours" in shown
    assert "Alimentation du DMP, informés : 1" in shown
    assert "12 mois" in run(visits, "--within=1a").stdout


def test_the_report_says_which_definition_and_why_the_truth_lies_between(visits: Path) -> None:
    shown = run(visits, "--month=2025-06").stdout
    assert "Épisode de soins : la même unité (ZBE-7)" in shown
    assert "alimentation : de 1 à 3, consultation : de 1 à 3" in shown


def test_a_merge_in_the_messages_joins_two_patients(tmp_path: Path) -> None:
    said = "INO|20250612|IC|20250612"
    first = Adt("1", "V1", "20250612080000", patient="A1", ins="279069900000024", zfa=said)
    second = replace(first, number="2", visit="V2", at="20250620080000", patient="B2", zfa=None)
    second = replace(second, ins="")
    merge = replace(first, number="3", event="A40", structure="ADT_A39", prior="B2", zfa=None)
    lot = tmp_path / "lot.hl7"
    lot.write_bytes(adt(second) + adt(first))
    assert "Alimentation du DMP, informés : 1\n" in run(lot, "--episode=patient").stdout
    lot.write_bytes(adt(second) + adt(first) + adt(merge))
    assert (
        "Alimentation du DMP, informés : 2 (dont hérités d'une venue antérieure : 1)"
        in run(lot, "--episode=patient").stdout
    )


def test_what_could_not_be_used_is_said(tmp_path: Path) -> None:
    odd = Adt("1", "V1", "20250612080000", action="CREATE", zfa="OUI|20250612|NA|")
    lot = tmp_path / "lot.hl7"
    lot.write_bytes(adt(odd))
    shown = run(lot).stdout
    assert "HL7-ADT-3 (avertissement, 1 fois)" in shown
    assert "HL7-ADT-7 (avertissement, 1 fois)" in shown


def test_what_is_wrong_counts_where_it_is_shown(visits: Path, tmp_path: Path) -> None:
    other = tmp_path / "m.hl7"
    sending = visits.with_name("mdm-t02.hl7").read_bytes()
    other.write_bytes(sending.replace(b"|F\r", b"|D\r"))
    result = run(visits, other)
    assert "HL7-07" not in result.output
    assert result.exit_code == 0
    other.write_text("<a>")
    result = run(visits, other)
    assert "m.hl7" in result.stderr
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--within=demain"], "n'est pas une durée"),
        (["--within=0m"], "n'est pas une durée"),
        (["--episode=absent.csv"], "fichier introuvable"),
    ],
)
def test_options_that_make_no_sense(visits: Path, options: list[str], reason: str) -> None:
    wrong = run(visits, *options)
    assert wrong.exit_code == 2
    assert reason in wrong.output


def test_a_file_of_episodes_without_its_columns_is_refused(visits: Path, tmp_path: Path) -> None:
    table = tmp_path / "episodes.csv"
    table.write_text("a;b\n1;2\n")
    assert "« venue » et « episode »" in run(visits, "--episode", table).output
    table.write_bytes(b"venue;\xe9pisode\n1;2\n")
    assert "UTF-8" in run(visits, "--episode", table).output
