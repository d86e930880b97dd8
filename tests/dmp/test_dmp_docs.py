"""What docs/dmp.md shows is what the commands print, one after the other."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from cda_tools.cli import cli
from conftest import ROOT

LEFT_OUT = "…\n"
TEXT = (ROOT / "docs" / "dmp.md").read_text("utf-8")
(BLOCK,) = re.findall(r"^```console\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
EXAMPLES = re.findall(r"^\$ cda-tools (.*)\n((?:(?!\$ ).*\n)*)", BLOCK, re.MULTILINE)


def test_the_examples_print_what_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "fixtures" / "dmp", tmp_path / "dmp")
    monkeypatch.chdir(tmp_path / "dmp")
    assert len(EXAMPLES) == 3
    for command, shown in EXAMPLES:
        printed = CliRunner().invoke(cli, shlex.split(command)).stdout
        pattern = re.escape(shown).replace(re.escape(LEFT_OUT), "(?:.*\n)*")
        assert re.fullmatch(pattern, printed), printed


def test_the_python_example_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
    monkeypatch.chdir(ROOT)
    exec(compile(code, "docs/dmp.md", "exec"), {})
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == 5
    assert printed[-1] == "2"
