"""What README.md shows is what the commands print, and what docstrings show is what they give."""

import doctest
import re
import shlex
import shutil
from importlib import import_module

import pytest
from click.testing import CliRunner

from cda_tools.cli import cli
from conftest import ROOT

LEFT_OUT = "[...]"
BLOCKS = re.findall(
    r"^```console\n(.*?)^```$", (ROOT / "README.md").read_text("utf-8"), re.DOTALL | re.MULTILINE
)
EXAMPLES = [
    (command, shown)
    for block in BLOCKS
    for command, shown in re.findall(r"^\$ cda-tools (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
]
# A service does not end, and Spark takes a minute: their examples are tested in rooms of theirs.
SERVED = {"serve", "spark"}
DOCUMENTED = ("document", "line.oneline", "rendering.page", "rendering.pdf", "validation.running")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder with the fixtures, where an example may leave a file."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "fixtures", folder / "fixtures")
    return folder


@pytest.fixture(autouse=True)
def in_that_folder(monkeypatch, folder):
    monkeypatch.chdir(folder)


def test_the_readme_shows_every_command():
    shown = {command.split()[0] for command, _ in EXAMPLES} | SERVED
    assert set(cli.list_commands(None)) <= shown


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[c for c, _ in EXAMPLES])
def test_an_example_prints_what_the_readme_shows(command, shown):
    done = CliRunner().invoke(cli, shlex.split(command))
    pattern = re.escape(shown.rstrip("\n")).replace(re.escape(LEFT_OUT), ".*?")
    assert re.fullmatch(pattern, done.stdout.rstrip("\n"), re.DOTALL), done.stdout


@pytest.mark.parametrize("name", DOCUMENTED)
def test_the_examples_of_docstrings_give_what_they_show(name):
    module = import_module(f"cda_tools.{name}")
    results = doctest.testmod(module)
    assert results.attempted
    assert not results.failed
