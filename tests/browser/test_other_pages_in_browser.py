"""The pages of other commands, which embed the lines or stand beside them."""

import pytest
from click.testing import CliRunner
from dmp_command import NOW

from cda_tools.cli import cli
from conftest import ROOT

pytestmark = pytest.mark.browser
GAZELLE = ROOT / "fixtures" / "gazelle"
LOCAL = GAZELLE / "carriers" / "local"
DMP = ROOT / "fixtures" / "dmp"
VISIT = (DMP / "local", DMP / "visite-2", "--visit", DMP / "visite-1" / "visite.json")


@pytest.mark.parametrize(
    "arguments",
    [
        ("chain", "--format", "html", "--page", GAZELLE),
        ("dmp", "--format", "html", "--page", *VISIT, "--structure", "1990000045", NOW),
        ("intake", "--format", "html", "--page", LOCAL, GAZELLE / "imagerie-v2.xml"),
        ("validate", "--format", "html", GAZELLE),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_page_is_accessible_and_runs_nothing_of_the_documents(sheet, arguments):
    markup = CliRunner().invoke(cli, [str(one) for one in arguments]).stdout
    shown = sheet(markup)
    assert shown.at(1280, color_scheme="dark").violations() == []
    for width in (280, 420, 640, 1280):
        assert not shown.at(width).scrolls_sideways(), width
    assert shown.at(320, color_scheme="light").violations() == []
