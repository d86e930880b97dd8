import json

import pytest
from click.testing import CliRunner

from cda_tools.cli import cli
from cda_tools.reports.columns import columns


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16", "ISO-8859-1", "windows-1252"])
def test_an_element_has_the_column_where_it_begins_in_characters(tmp_path, encoding):
    path = tmp_path / "a.xml"
    text = f'<?xml version="1.0" encoding="{encoding}"?>\n<a><b>é</b><b/>\n  <c\n x=""/></a>'
    path.write_bytes(text.encode(encoding))
    places = {("/a", 2): 1, ("/a/b[1]", 2): 4, ("/a/b[2]", 2): 12}
    assert columns(str(path), [*places, ("/a/c", 4), ("/a/d", 2)]) == places


@pytest.mark.parametrize("data", [b"<a>", b"", b"MSH|^~", None])
def test_a_file_that_is_no_longer_xml_has_no_columns(tmp_path, data):
    path = tmp_path / "a.xml"
    if data is not None:
        path.write_bytes(data)
    assert columns(str(path), [("/a/b", 1)]) == {}


def test_sarif_has_the_column_of_what_is_wrong(gazelle, tmp_path):
    text = (gazelle / "imagerie-v1.xml").read_text(encoding="utf-8")
    path = tmp_path / "a.xml"
    path.write_text(text.replace('code="fr-FR"', 'code="FR"'), encoding="utf-8")
    CliRunner().invoke(cli, ["validate", str(path), "-q", "-o", str(tmp_path / "a.sarif")])
    [run] = json.loads((tmp_path / "a.sarif").read_text(encoding="utf-8"))["runs"]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    line = text.splitlines()[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 :].startswith("<languageCode")


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("https://docs.example/rules.md", "https://docs.example/rules.md#sm-setid-01"),
        ("https://docs.example/regles/", "https://docs.example/regles/SM-SETID-01/"),
    ],
)
def test_sarif_leads_to_the_page_of_a_rule(gazelle, tmp_path, address, page):
    options = ("-q", "--docs-url", address, "-o", str(tmp_path / "a.sarif"))
    CliRunner().invoke(cli, ["validate", str(gazelle / "sans-setid.xml"), *options])
    [run] = json.loads((tmp_path / "a.sarif").read_text(encoding="utf-8"))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert page in {one.get("helpUri") for one in rules}
