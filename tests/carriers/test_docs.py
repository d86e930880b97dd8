"""What docs/carriers.md shows is what the commands print."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from cda_tools.cli import cli
from conftest import ROOT

LEFT_OUT = "…"
TEXT = (ROOT / "docs" / "carriers.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```console\n\$ cda-tools (.*)\n((?:.*\n)*?)^```$", TEXT, re.MULTILINE)


def test_the_command_is_shown() -> None:
    assert [command.split()[0] for command, _ in EXAMPLES] == ["history"]


@pytest.mark.parametrize(("command", "shown"), EXAMPLES)
def test_an_example_prints_what_is_shown(
    gazelle: Path, monkeypatch: pytest.MonkeyPatch, command: str, shown: str
) -> None:
    monkeypatch.chdir(gazelle / "carriers")
    arguments = []
    for part in shlex.split(command):
        found = sorted(map(str, Path().glob(part))) if "*" in part else []
        arguments += found or [part]
    printed = CliRunner().invoke(cli, arguments).stdout
    pattern = re.escape(shown).replace(re.escape(f"{LEFT_OUT}\n"), "(?:.*\n)*")
    assert re.fullmatch(pattern, printed)
