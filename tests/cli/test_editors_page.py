import json
import re

from click.testing import CliRunner

from cda_tools.cli import cli
from conftest import ROOT


def test_the_problem_matcher_of_the_page_takes_every_finding(monkeypatch):
    monkeypatch.chdir(ROOT)
    page = (ROOT / "docs/editors.md").read_text(encoding="utf-8")
    task = json.loads(page.partition("```json\n")[2].partition("```")[0])["tasks"][0]
    pattern = task["problemMatcher"]["pattern"]
    command = task["command"].replace("documents", "fixtures/gazelle").split()[1:]
    lines = CliRunner().invoke(cli, command).stdout.splitlines()
    found = [match for line in lines if (match := re.match(pattern["regexp"], line))]
    assert len(found) == sum(line.startswith("::") for line in lines) > 10
    assert all((ROOT / match[pattern["file"]]).is_file() for match in found)
    assert {"SM-TITLE-01", "XSD-CHILD"} <= {match[pattern["code"]] for match in found}
