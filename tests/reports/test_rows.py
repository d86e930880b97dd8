"""Rows of documents as HTML: escaped, states in words, well formed, without script."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import html as lxml_html
from make_document import Doc, document

from cda_tools.cli import cli


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, list(map(str, arguments)))


@pytest.fixture
def carriers(gazelle: Path) -> Path:
    return gazelle / "carriers"


def states(text: str) -> list[str]:
    found = lxml_html.fromstring(text)
    return [one.text_content() for one in found.find_class("cda-row__state")]


def test_a_chain_has_a_heading_and_a_row_a_document(carriers: Path) -> None:
    paths = (carriers / "local" / "imagerie-v1.xml", carriers / "imagerie-v2.xml")
    result = run("chain", *paths, "--format=html")
    assert result.exit_code == 0, result.output
    assert states(result.stdout) == ["remplacé (v1)", "en vigueur (v2)"]
    assert "2 documents · par setId et relatedDocument" in result.stdout
    page = run("chain", *paths, "--page").stdout
    assert page.startswith("<!DOCTYPE html>")
    assert run("chain", *paths, "--page", "--format=dot").exit_code == 2


def test_a_chain_without_current_version_and_findings_are_said(tmp_path: Path) -> None:
    for number in (2, 3):
        doc = Doc(id=f"1.2.{number}", set_id="1.2", version=2, replaces="1.2.1")
        (tmp_path / f"{number}.xml").write_bytes(document(doc))
    (tmp_path / "1.xml").write_bytes(document(Doc(id="1.2.1", set_id="1.2")))
    shown = run("chain", tmp_path, "--format=html").stdout
    assert "en vigueur ?" in shown
    assert "CHN-02" in shown


def test_each_received_document_has_a_row_with_the_decision(carriers: Path) -> None:
    result = run("intake", carriers / "local", carriers / "imagerie-v2.xml", "--format=html")
    assert states(result.stdout) == ["conservé"]
    assert "remplace 1.2.250.1.999.7.101" in result.stdout
    assert run("intake", carriers / "local", carriers, "--page").stdout.startswith("<!DOCTYPE")
    assert run("intake", carriers, carriers, "--page", "--format=json").exit_code == 2


@pytest.mark.parametrize("command", ["dmp", "chain", "intake"])
def test_the_style_sheet_is_printed_for_a_host_page(command: str) -> None:
    printed = run(command, "--css")
    assert printed.exit_code == 0
    assert ".cda-rows__table {" in printed.stdout
    assert ".cda-line {" in printed.stdout


def test_every_text_is_escaped(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script>"
    doc = Doc(id="1.2.250.1.999.7.1", title=hostile)
    path = tmp_path / "a&b<i>.xml"
    path.write_bytes(document(doc))
    for command in (("chain", path), ("intake", tmp_path / "vide", path)):
        (tmp_path / "vide").mkdir(exist_ok=True)
        for form in ("--format=html", "--page"):
            text = run(*command, form).stdout
            assert "<script" not in text
            assert "<i>" not in text
            assert hostile in lxml_html.fromstring(text).text_content()


def test_a_document_that_chaining_knows_and_nobody_can_show_has_a_row_all_the_same() -> None:
    from cda_tools.model.document import Document  # noqa: PLC0415
    from cda_tools.reports.rows import Group, Row, snippet  # noqa: PLC0415

    text = snippet("Titre", [], [Group([Row("current", "en vigueur", Document("x.xml"), "x.xml")])])
    assert "document illisible · x.xml" in text
