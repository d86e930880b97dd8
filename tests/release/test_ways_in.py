"""Recipes, the action, the hook, the container and the conda recipe name what is there."""

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib

import click
import pytest
from live import serving

from cda_tools.cli import cli
from conftest import ROOT

CI = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
RECIPES = re.findall(r"cda-tools (validate --no-progress [^'\n]*)", CI)
ACTION = (ROOT / "action.yml").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


@pytest.mark.parametrize("recipe", RECIPES, ids=["gitlab", "jenkins", "azure"])
def test_a_recipe_writes_its_reports_in_one_run(recipe, tmp_path, gazelle, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "documents").mkdir()
    for name in ("imagerie-v2.xml", "sans-setid.xml"):
        (tmp_path / "documents" / name).write_bytes((gazelle / name).read_bytes())
    done = run([sys.executable, "-m", "cda_tools", *shlex.split(recipe)], tmp_path)
    assert done.returncode == 1, done.stderr
    wanted = re.findall(r"-o (\S+)", recipe)
    assert len(wanted) >= 2
    assert all((tmp_path / name).stat().st_size for name in wanted)


def run(command, folder, **variables):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    return subprocess.run(
        command, cwd=folder, env=environment, check=False, capture_output=True, text=True
    )


def script_of_the_action():
    return re.sub(r"^ {8}", "", ACTION.split("run: |\n")[-1], flags=re.M)


@pytest.mark.parametrize(
    ("asked", "files"),
    [({"SARIF": "a.sarif", "HTML": "a b.html"}, ["a.sarif", "a b.html"]), ({}, [])],
    ids=["files", "annotations"],
)
def test_the_action_validates_what_it_is_given(tmp_path, gazelle, asked, files):
    programs = tmp_path / "cda-tools" / "bin"
    programs.mkdir(parents=True)
    program = programs / "cda-tools"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cda_tools "$@"\n')
    program.chmod(0o755)
    paths = f"{gazelle / 'sans-setid.xml'}\n{gazelle / 'imagerie-v2.xml'}\n\n"
    given = {"PATHS": paths, "ARGS": "--profile 1.16", "SARIF": "", "HTML": "", "JUNIT": ""}
    done = run(
        ["bash", "-eo", "pipefail", "-c", script_of_the_action()],
        tmp_path,
        RUNNER_TEMP=str(tmp_path),
        **{**given, **asked},
    )
    assert done.returncode == 1, done.stderr
    assert [name for name in files if not (tmp_path / name).is_file()] == []
    assert ("::error" in done.stdout) is (not files)


def test_an_input_of_the_action_is_never_part_of_a_script():
    scripts = re.findall(r"run: \|\n((?: {8}.*\n)+)", ACTION)
    assert len(scripts) == 2
    assert not any("${{" in script for script in scripts)


def test_the_hook_runs_a_command_that_the_tool_takes():
    hook = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    entry = re.search(r"entry: cda-tools (.*)", hook)
    name, *words = entry[1].split()
    command = cli.get_command(click.Context(cli), name)
    command.make_context(name, [*words, "document.xml"]).close()


def test_the_container_is_not_root_and_runs_the_tool():
    steps = re.findall(r"^([A-Z]+) (.*)$", DOCKERFILE.replace("\\\n", ""), re.M)
    last = dict(steps)
    assert last["USER"].split(":")[0].isdigit()
    assert last["USER"].split(":")[0] != "0"
    assert json.loads(last["ENTRYPOINT"]) == ["cda-tools"]
    copied = [
        value.split()[:-1] for name, value in steps if name == "COPY" and "--from" not in value
    ]
    kept = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for path in (path.removeprefix("./") for paths in copied for path in paths):
        assert (ROOT / path).exists(), path
        assert f"!{path}" in kept, path


def health_check(port):
    command = json.loads(re.search(r"^ +CMD (\[.*\])$", DOCKERFILE, re.M)[1])
    code = command[2].replace(":8080/", f":{port}/")
    assert code != command[2]
    return subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)


def test_the_health_check_finds_a_service_and_only_that():
    pytest.importorskip("uvicorn", reason="the service's libraries are not installed (extra serve)")
    with serving("--workers", "1", "--host", "0.0.0.0", "--allow-host", "localhost") as live:
        assert health_check(live.port).returncode == 0
    assert health_check(1).returncode != 0


def test_the_conda_recipe_asks_for_what_the_package_asks_for():
    recipe = (ROOT / "release" / "conda" / "meta.yaml").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ran = recipe.split("  run:\n")[1].split("\n\n")[0]
    asked = {line.strip("- ").replace(" ", "") for line in ran.splitlines()} - {"python>=3.11"}
    assert asked == {one for one in project["dependencies"] if ";" not in one}
    assert project["requires-python"] == ">=3.11"
