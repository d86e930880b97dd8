"""The command ``dmp`` as tests run it."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from cda_tools.cli import cli

NOW = "--now=20250620080000"
LIST = "--role=FindDocuments"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["dmp", *map(str, arguments)])


def told(*arguments: str | Path) -> Any:
    """Return the JSON that the command prints."""
    result = run(*arguments, "--format=json")
    assert result.exit_code in (0, 1), result.output
    return json.loads(result.stdout)
