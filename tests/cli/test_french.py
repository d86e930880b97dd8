"""What click says is said in French, whatever the machine's language."""

import ast
import inspect
import os
import shlex
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from string import Formatter

import click
import pytest
from click import shell_completion
from click.testing import CliRunner

from cda_tools.cli import cli, commands, french

NAMES = cli.list_commands(None)
# Said to who writes a command, never to who uses one.
OF_DEVELOPERS = (
    "Could not determine name",
    "No options defined",
    "Arguments take exactly",
    "Name '",
    "Boolean option",
    "Invalid start character",
    "DeprecationWarning",
    "Do you want to continue?",
    "Confirm the action",
    "Choice(",
)


def sentences(module):
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"_", "ngettext"}:
            yield from (one.value for one in node.args if isinstance(one, ast.Constant))


def run(*words):
    return CliRunner().invoke(cli, [str(word) for word in words], prog_name="cda-tools")


@pytest.mark.parametrize(
    "module", [*french.MODULES, shell_completion], ids=lambda one: one.__name__
)
def test_every_sentence_that_click_may_say_has_its_french_one(module):
    said = {one for one in sentences(module) if isinstance(one, str)}
    assert said
    assert {one for one in said if not one.startswith(OF_DEVELOPERS)} <= set(french.WORDS)


def test_a_french_sentence_has_the_fields_of_the_english_one():
    fields = Formatter().parse
    for english, said in french.WORDS.items():
        wanted = {name for _, name, _, _ in fields(english) if name}
        assert {name for _, name, _, _ in fields(said) if name} <= wanted


@pytest.mark.parametrize("name", NAMES)
def test_the_help_of_a_command_is_french_and_ends_with_its_example(name):
    shown = run(name, "--help").output
    module = import_module(f"{commands.__name__}.{name}")
    assert shown.startswith(f"Usage : cda-tools {name} ")
    assert "Options :" in shown
    for english in ("Usage:", "Options:", "[default", "[required", "Show this", "RANGE", " TEXT "):
        assert english not in shown
    assert shown.endswith(f"Exemple :\n    {module.EXAMPLE}\n")


@pytest.mark.parametrize("name", NAMES)
def test_the_example_of_a_command_is_one_that_it_takes(name):
    """Its options exist and take their values; what it names need not be there."""
    example = import_module(f"{commands.__name__}.{name}").EXAMPLE
    words = shlex.split(example.removeprefix('eval "$(').removesuffix(')"'))
    assert words[:2] == ["cda-tools", name]
    command = cli.get_command(click.Context(cli), name)
    with command.make_context(name, words[2:]) as ctx:
        assert not isinstance(ctx.command, click.Group) or ctx.command.get_command(ctx, words[2])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["valider", "x"], "Commande inconnue : « valider ». Vouliez-vous dire « validate » ?"),
        (["zzz"], "Commande inconnue : « zzz ».\n"),
        (["kit", "ad"], "Commande inconnue : « ad ». Vouliez-vous dire « add » ?"),
        (["validate", "--formt", "x"], "Option inconnue : « --formt ». Vouliez-vous dire"),
        (["validate"], "Il manque l'argument « CHEMIN... »."),
        (["index", "x"], "Il manque l'option « --into »."),
        (["validate", "--edition"], "L'option « --edition » attend une valeur."),
        (["validate", "--strict=1", "x"], "L'option « --strict » ne prend pas de valeur."),
        (["serve", "zz"], "Argument en trop : zz"),
        (["line", "--width", "foo", "x"], "pour « --width » : « foo » : nombre entier attendu."),
        (["line", "--width", "3", "x"], "3 est hors des bornes : au moins 28."),
        (["chain", "--fail-on", "errur", "x"], "Vouliez-vous dire « error » ?"),
        (["chain", "--fail-on", "zzz", "x"], "« error », « warning », « information ».\n"),
        (["completion", "POWERSHEL"], "Vouliez-vous dire « powershell » ?"),
        (["line", "--template", ".", "x"], "« . » est un dossier, et non un fichier."),
        (["--format", "html", "validate", "x"], "« --format » est avant la commande"),
        (["x.xml", "validate"], "puis ses chemins (cda-tools validate x.xml)"),
        ([__file__], f"puis ses chemins (cda-tools inspect {__file__})"),
        (["serve", "--port", "99999"], "99999 est hors des bornes : de 0 à 65535."),
        (["validate", "--timeout", "0", "x"], "0.0 est hors des bornes : plus de 0."),
        (["dossier", "x", "--exigence", "DD15", "--into", "x"], "Vouliez-vous dire « DD.15 » ?"),
        (["line", "--caption", "x", "x"], "--caption est le titre de la page : avec --page"),
    ],
)
def test_a_usage_error_is_french_names_what_was_given_and_what_was_meant(words, said):
    done = run(*words)
    assert done.exit_code == 2
    assert said in done.output
    assert "Usage :" in done.output or "Erreur :" in done.output
    assert "Error" not in done.output


def test_the_version_has_a_short_option():
    assert run("-V").output == run("--version").output


def completed(shell, *words):
    """Return what a shell is told when it asks for what may follow."""
    environment = {
        **os.environ,
        "_CDA_TOOLS_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": " ".join(["cda-tools", *words]),
        "COMP_CWORD": words[-1] if shell == "fish" else str(len(words)),
    }
    done = subprocess.run(
        [sys.executable, "-m", "cda_tools"],
        check=True,
        env=environment,
        capture_output=True,
        timeout=60,
    )
    assert not done.stderr
    return done.stdout.decode().split()


def test_a_shell_completes_commands_values_and_ids_of_rules():
    assert completed("bash", "valid") == ["plain,validate"]
    assert completed("bash", "validate", "--format", "ju") == ["plain,junit"]
    assert completed("bash", "rules", "sm-setid") == ["plain,SM-SETID-01"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completion_prints_the_script_of_each_shell(shell):
    done = run("completion", shell)
    assert done.exit_code == 0
    assert f"{shell}_complete" in done.stdout
    assert "cda-tools" in done.stdout


def test_the_script_for_bash_completes_in_bash(tmp_path: Path):
    program = tmp_path / "cda-tools"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cda_tools "$@"\n')
    program.chmod(0o755)
    script = (
        f'PATH="{tmp_path}:$PATH"; eval "$(cda-tools completion bash)"; '
        "COMP_WORDS=(cda-tools rules SM-SETID-0); COMP_CWORD=2; "
        '_cda_tools_completion cda-tools; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "-c", script], check=True, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.split() == ["SM-SETID-01"], done.stderr
