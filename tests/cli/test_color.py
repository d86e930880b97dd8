import io
import re

import pytest
from click.testing import CliRunner

from cda_tools.cli import cli, color
from conftest import ROOT

PATH = str(ROOT / "fixtures/gazelle/faux-sans-titre.xml")
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def no_variables(monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


@pytest.mark.parametrize(
    ("told", "variables", "terminal", "expected"),
    [
        ("auto", {}, False, False),
        ("auto", {}, True, True),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"FORCE_COLOR": "0"}, True, False),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_colour_is_what_the_option_the_variables_then_the_terminal_say(
    monkeypatch, told, variables, terminal, expected
):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert color.wanted(told, Terminal() if terminal else io.StringIO()) is expected


@pytest.mark.parametrize("command", ["validate", "inspect"])
def test_the_words_are_the_same_with_and_without_colour(command):
    plain = CliRunner().invoke(cli, [command, PATH]).output
    asked = CliRunner().invoke(cli, [command, PATH, "--color", "always"]).output
    forced = CliRunner().invoke(cli, [command, PATH], env={"FORCE_COLOR": "1"}).output
    assert ESCAPE.search(asked)
    assert asked == forced
    assert not ESCAPE.search(plain)
    assert ESCAPE.sub("", asked).split() == plain.split()


def test_colour_is_for_text_on_standard_output_alone(tmp_path):
    into = tmp_path / "a.txt"
    CliRunner().invoke(cli, ["validate", PATH, "--color", "always", "-o", str(into)])
    assert "\x1b" not in into.read_text(encoding="utf-8")
    done = CliRunner().invoke(cli, ["validate", PATH, "--color", "always", "--format", "json"])
    assert "\x1b" not in done.stdout
