"""A command is a file of its folder, and that file is all there is to add."""

import subprocess
import sys
from importlib import import_module

import click
import pytest
from click.testing import CliRunner

from cda_tools.cli import cli, commands

NAMES = cli.list_commands(click.Context(cli))


@pytest.mark.parametrize("name", NAMES)
def test_a_command_has_the_summary_that_the_help_shows(name):
    module = import_module(f"cda_tools.cli.commands.{name}")
    assert module.SUMMARY
    assert module.command.short_help == module.SUMMARY
    shown = " ".join(CliRunner().invoke(cli, ["--help"], terminal_width=200).output.split())
    assert f"{name} {module.SUMMARY}" in shown


def test_a_file_is_all_that_a_new_command_takes(tmp_path, monkeypatch):
    (tmp_path / "salut.py").write_text(
        'import click\n\nSUMMARY = "un bonjour"\nEXAMPLE = "cda-tools salut"\n\n'
        "@click.command(short_help=SUMMARY)\ndef command():\n    click.echo('bonjour')\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(commands, "__path__", [*commands.__path__, str(tmp_path)])
    assert "salut" in cli.list_commands(click.Context(cli))
    assert CliRunner().invoke(cli, ["salut"]).output == "bonjour\n"
    assert "un bonjour" in CliRunner().invoke(cli, ["--help"]).output


def test_the_help_imports_no_command():
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from cda_tools.cli import cli; cli(['--help'], standalone_mode=False);"
            "print([name for name in sys.modules if name.startswith('cda_tools.cli.commands.')])",
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"
    assert "inspect" in done.stdout


def test_a_command_that_validates_nothing_starts_without_what_validates():
    names = ("chain", "consent", "dmp", "history", "index", "intake", "line", "pdf", "rules")
    code = (
        f"import sys; from importlib import import_module; from cda_tools.cli import commands\n"
        f"for name in {names}:\n"
        "    import_module(f'{commands.__name__}.{name}')\n"
        "    print(name, *sorted({'cda_tools.validation', 'cda_tools.batch'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert done.stdout.splitlines() == list(names)


def test_an_unknown_command_is_a_usage_error():
    result = CliRunner().invoke(cli, ["rien"])
    assert result.exit_code == 2
    assert "rien" in result.output
