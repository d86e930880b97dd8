"""Messages opened without checks, as the indicators do: the same documents, less said."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from cases.makers.guide import sent
from cda_tools import read_all
from cda_tools.carriers import Carried, open_bytes
from cda_tools.cli import cli

BREAKING = sent(order="XX")  # ORC-1: HL7-ORC-1, an error


def test_what_breaks_the_guide_is_not_said() -> None:
    assert "HL7-ORC-1" in {one.rule for one in next(open_bytes(BREAKING, "m")).findings}
    assert next(open_bytes(BREAKING, "m", checks=False)).findings == ()


def test_what_is_read_is_the_same(gazelle: Path) -> None:
    def bare(path: Path, *, checks: bool) -> list[object]:
        found = read_all(path, headers=True, checks=checks)
        return [replace(one, findings=()) for one in found]

    paths = sorted((gazelle / "carriers").iterdir())
    assert [bare(path, checks=False) for path in paths] == [
        bare(path, checks=True) for path in paths
    ]


def test_what_cannot_be_read_is_still_said() -> None:
    (carried,) = open_bytes(BREAKING.replace(b"MDM^T02^MDM_T02", b"XXX^T02"), "m", checks=False)
    assert isinstance(carried, Carried)
    (cut,) = open_bytes(b"MSH|^~\\&|", "m", checks=False)
    assert [one.rule[:4] for one in cut.findings] == ["HL7-"]


@pytest.mark.parametrize("command", ["history", "consent"])
def test_an_indicator_ends_well_on_a_message_that_breaks_the_guide(
    command: str, tmp_path: Path
) -> None:
    path = tmp_path / "m.hl7"
    path.write_bytes(BREAKING)
    assert CliRunner().invoke(cli, [command, str(path)]).exit_code == 0
    assert CliRunner().invoke(cli, ["validate", str(path)]).exit_code == 1
