"""What docs/indicators.md shows is what the commands print."""

import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from cda_tools.cli import cli
from conftest import ROOT

TEXT = (ROOT / "docs" / "indicators.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```console\n\$ cda-tools (.*)\n((?:.*\n)*?)^```$", TEXT, re.MULTILINE)


def test_both_commands_are_shown() -> None:
    assert [command.split()[0] for command, _ in EXAMPLES] == ["history", "consent"]


@pytest.mark.parametrize(("command", "shown"), EXAMPLES)
def test_an_example_prints_what_is_shown(
    gazelle: Path, monkeypatch: pytest.MonkeyPatch, command: str, shown: str
) -> None:
    monkeypatch.chdir(gazelle / "carriers")
    arguments = []
    for part in shlex.split(command):
        found = sorted(map(str, Path().glob(part))) if "*" in part else []
        arguments += found or [part]
    assert CliRunner().invoke(cli, arguments).stdout == shown


def test_the_example_in_python_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(r"^```python\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(code, {})
    assert printed.getvalue() == "1 3\n"
