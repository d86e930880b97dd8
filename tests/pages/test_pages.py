from markupsafe import Markup

from cda_tools import pages
from conftest import ROOT


def test_a_page_escapes_its_heading_and_keeps_its_content_and_style():
    shown = pages.page("a < b", Markup("<p>liste</p>"), "p > b {}")
    assert "<h1>a &lt; b</h1>\n<p>liste</p>\n</main>" in shown
    assert "p > b {}" in shown


def test_no_room_makes_templates_of_its_own_that_might_escape_nothing():
    makers = [
        path.relative_to(ROOT / "cda_tools").as_posix()
        for path in (ROOT / "cda_tools").rglob("*.py")
        if "Environment(" in path.read_text(encoding="utf-8")
    ]
    # A user's own template is escaped by its name, and runs in a sandbox.
    assert sorted(makers) == ["line/html.py", "pages/__init__.py"]
