"""What the papers say of the project is so."""

import re

import pytest

from conftest import ROOT

PAPERS = ["docs/architecture.md", "docs/glossary.md", "CONTRIBUTING.md", "SECURITY.md"]


@pytest.mark.parametrize("name", PAPERS)
def test_a_path_that_a_paper_names_is_there(name):
    text = re.sub(r"^```.*?^```", "", (ROOT / name).read_text(encoding="utf-8"), flags=re.M | re.S)
    paths = re.findall(r"`((?:[\w.-]+/)+[\w.-]*)`", text)
    assert paths
    for path in paths:
        assert (ROOT / path).exists() or (ROOT / "cda_tools" / path).exists(), path


def test_every_room_of_the_package_is_in_the_architecture():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = [
        path.name for path in (ROOT / "cda_tools").iterdir() if (path / "__init__.py").is_file()
    ]
    assert rooms
    assert [room for room in rooms if f"`{room}/`" not in text] == []


def test_a_command_of_the_french_guide_is_one_that_the_tool_takes():
    """Options exist and take their values; the files that an example names need not be there."""
    import shlex  # noqa: PLC0415

    import click  # noqa: PLC0415

    from cda_tools.cli import cli  # noqa: PLC0415

    tried = 0
    for page in [*ROOT.glob("docs/guide/*.md"), ROOT / "README.fr.md"]:
        for line in re.findall(r"^cda-tools (.*)$", page.read_text(encoding="utf-8"), re.M):
            words = shlex.split(line.partition(" > ")[0])
            command = cli.get_command(click.Context(cli), words[0])
            assert command is not None, line
            command.make_context(words[0], words[1:]).close()
            tried += 1
    assert tried > 20
