"""A moment that a registry gives in UTC is the same local time in every command."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from make_document import Doc
from make_metadata import answer, entry

from cda_tools.cli import cli

# 22:30 in UTC is the next day in France, by one hour in winter and by two in summer.
MOMENTS = (
    ("20251231223000", "31/12/2025 23:30"),
    ("20250630223000", "01/07/2025 00:30"),
    ("202501312330", "01/02/2025 00:30"),
)
DOC = Doc(id="1.2.250.1.999.7.101", date="20250514102000+0200")


def run(*arguments: object) -> str:
    return CliRunner().invoke(cli, [str(one) for one in arguments]).output


@pytest.mark.parametrize(("utc", "shown"), MOMENTS)
def test_one_moment_is_shown_alike_everywhere(utc: str, shown: str, tmp_path: Path) -> None:
    path, index = tmp_path / "liste.xml", tmp_path / "index.sqlite"
    told = answer(entry(DOC, uuid="urn:uuid:1"))
    path.write_bytes(told.replace(DOC.utc.encode(), utc.encode()))
    run("index", path, "--into", index)
    chains = [("chain", "--format", form) for form in ("text", "mermaid", "dot")]
    for source, commands in (
        (path, [("inspect",), ("line",), *chains]),
        (index, [("line",), *chains]),
    ):
        for command in commands:
            # A drawing wraps its labels.
            assert shown in run(*command, source).replace("\\n", " "), command
    iso = f"{shown[6:10]}-{shown[3:5]}-{shown[:2]}T{shown[11:]}"
    (inspected,) = json.loads(run("inspect", "--format", "json", path))
    (lined,) = json.loads(run("line", "--format", "json", path))
    (chained,) = json.loads(run("chain", "--format", "json", path))["chains"]
    for date in (
        inspected["date"],
        lined["fields"]["datetime"],
        chained["documents"][0]["date"],
    ):
        assert date.startswith(iso)
