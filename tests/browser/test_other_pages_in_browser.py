"""The pages of other commands, which embed the lines or stand beside them."""

import pytest
from click.testing import CliRunner

from cda_tools.cli import cli
from conftest import ROOT

pytestmark = pytest.mark.browser
GAZELLE = ROOT / "fixtures" / "gazelle"
LOCAL, LIST = GAZELLE / "carriers" / "local", GAZELLE / "carriers" / "dmp-liste.xml"


@pytest.mark.parametrize(
    "arguments",
    [
        ("chain", "--format", "html", "--page", GAZELLE),
        ("dmp", "--format", "html", "--page", LOCAL, LIST),
        ("intake", "--format", "html", "--page", LOCAL, GAZELLE / "imagerie-v2.xml"),
        ("validate", "--format", "html", GAZELLE),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_page_is_accessible_and_runs_nothing_of_the_documents(sheet, arguments):
    markup = CliRunner().invoke(cli, [str(one) for one in arguments]).stdout
    shown = sheet(markup)
    assert shown.at(1280, color_scheme="dark").violations() == []
    assert not shown.scrolls_sideways()
    if arguments[0] != "validate":  # its tables of verdicts are wider than a telephone
        assert not shown.at(320).scrolls_sideways()
    assert shown.at(320, color_scheme="light").violations() == []
