"""The site has a page a rule, every page of docs/, and no link that leads nowhere."""

import re
import tomllib

import pytest

from cda_tools.rules.catalogue import rules
from conftest import ROOT
from docs_site.__main__ import settings, write_pages

LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)\s]*)?\)")


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    write_pages(folder)
    return folder


def without_code(path):
    return re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)


def test_each_rule_has_a_page_with_what_is_right_wrong_and_why(pages):
    for rule in rules():
        text = (pages / "regles" / f"{rule.id}.md").read_text(encoding="utf-8")
        headings = re.findall(r"^## (.*)$", text, re.M)
        wanted = ["Correct", "Incorrect", "Le constat", "Pourquoi", "Corriger", "Source"]
        assert headings == wanted, rule.id
        for told in (rule.title, rule.right, rule.wrong, rule.source):
            assert told in text, rule.id


def test_a_link_between_pages_leads_to_one(pages):
    linked = 0
    for page in pages.rglob("*.md"):
        for target in LINK.findall(without_code(page)):
            linked += 1
            assert (page.parent / target).is_file(), f"{page.relative_to(pages)}: {target}"
    assert linked > len(rules())


def test_every_page_of_docs_is_on_the_site_and_every_page_named_is_there(pages):
    named = set(re.findall(r'= "([^"]+\.md)"', settings()))
    assert {name for name in named if not (pages / name).is_file()} == set()
    written = {path.relative_to(ROOT / "docs").as_posix() for path in ROOT.glob("docs/**/*.md")}
    assert written - named == {"rules.md"}  # a page each, instead


def test_no_page_asks_for_a_font_or_a_repository_of_another_host():
    theme = tomllib.loads(settings())["project"]
    assert theme["theme"]["font"] is False
    assert "repo_url" not in theme


def test_the_python_interface_names_all_that_the_package_exports(pages):
    import cda_tools  # noqa: PLC0415

    text = (pages / "api.md").read_text(encoding="utf-8")
    exported = set(cda_tools.__all__) - {"__version__"}
    assert exported <= set(re.findall(r"^### (\w+)$", text, re.M))


def test_what_is_not_on_the_site_is_named_without_a_link(pages):
    text = (pages / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert "](structuration-minimale.md)" in text
    assert "](../" not in text
