"""What differs between editions, and between an edition and a kit."""

import json
import os
import re

import pytest
from click.testing import CliRunner

from cda_tools.cli import cli
from cda_tools.errors import InputError
from cda_tools.lookup.differences import differences
from cda_tools.lookup.sides import of_edition, path
from cda_tools.model.editions import EDITIONS
from cda_tools.reports import differences as report

INCLUDE = "schematrons/profils/structurationMinimale/include"


@pytest.fixture
def kit(tmp_path):
    """A kit that reads what the newest edition reads, made from our own data."""
    edition = of_edition("2025-06")
    folder = tmp_path / "kit" / INCLUDE
    folder.mkdir(parents=True)
    rules = "".join(
        f"<rule context=\"/hl7:{element.replace('/', '/hl7:')}[@x='1']\">"
        f"<assert test=\"doc('include/voc-{oid}-DYNAMIC.xml')/a\"/></rule>"
        for element, oid in sorted(edition.uses)
    )
    (folder / "1.2.250.1.213.1.1.1.1-2017-12-13T103531.sch").write_text(
        f'<pattern xmlns="http://purl.oclc.org/dsdl/schematron">{rules}</pattern>', encoding="utf-8"
    )
    for oid, codes in edition.sets.items():
        concepts = "".join(
            f'<concept code="{code}" codeSystem="{system}" displayName="{label}"/>'
            for (code, system), label in codes.items()
        )
        (folder / f"voc-{oid}-DYNAMIC.xml").write_text(
            f"<valueSets><valueSet><conceptList>{concepts}</conceptList></valueSet></valueSets>",
            encoding="utf-8",
        )
    return tmp_path / "kit"


def test_the_editions_differ_by_what_changed_in_june_2025():
    found = differences("2025-02", "2025-06")
    assert {(rule.id, rule.kind) for rule in found.rules} == {
        ("SM-CONF-02", "changed"),
        ("SM-AUTHOR-34", "changed"),
        ("SM-AUTHOR-36", "added"),
        ("SM-AUTHOR-37", "condition"),
        ("type CE.full", "condition"),
    }
    codes = {
        one.name: [(code.kind, code.code) for code in one.codes if code.kind != "added"]
        for one in found.sets
    }
    gone = ["350", "369", *(f"G15_{number}" for number in range(35, 40))]
    assert codes == {
        "J01": [("removed", code) for code in gone],
        "J02": [("relabelled", "SA63")],
        "J07": [],
        "J47": [],
    }
    added = {one.name: [c.code for c in one.codes if c.kind == "added"] for one in found.sets}
    assert {name: len(added[name]) for name in added} == {"J01": 2, "J02": 0, "J07": 2, "J47": 5}
    by_element = {use.element: use for use in found.uses}
    confidentiality = by_element["ClinicalDocument/confidentialityCode"]
    assert [(code.kind, code.code) for code in confidentiality.codes] == [
        ("removed", code) for code in "LMU"
    ]


def test_the_other_way_round_what_came_goes():
    found = differences("2025-06", "2025-02")
    assert ("SM-AUTHOR-36", "removed") in {(rule.id, rule.kind) for rule in found.rules}
    (functions,) = [one for one in found.sets if one.name == "J47"]
    assert {code.kind for code in functions.codes} == {"removed"}


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_does_not_differ_from_itself(edition):
    found = differences(edition, edition)
    assert not found
    assert "aucune différence" in report.text(found)
    assert "Aucune différence" in report.markdown(found)


def test_a_kit_with_our_codes_does_not_differ_and_says_what_was_not_compared(kit):
    found = differences("2025-06", str(kit))
    assert not found
    assert any("cardinalités" in one for one in found.not_compared)


def test_a_kit_that_moved_is_told_code_by_code(kit):
    path = kit / INCLUDE / "voc-1.2.250.1.213.1.1.5.124-DYNAMIC.xml"
    text = path.read_text(encoding="utf-8")
    text = re.sub(r'<concept code="PCP".*?/>', '<concept code="NEUF" codeSystem="1.2"/>', text)
    path.write_text(text.replace("Correspondant", "Correspondante"), encoding="utf-8")
    (changed,) = differences("2025-06", str(kit)).sets
    assert changed.name == "J47"
    assert {(code.kind, code.code) for code in changed.codes} == {
        ("removed", "PCP"), ("added", "NEUF"), ("relabelled", "CORRE"),
    }  # fmt: skip


def test_another_set_of_a_kit_and_a_file_that_it_lacks_are_told(kit):
    rules = kit / INCLUDE / "1.2.250.1.213.1.1.1.1-2017-12-13T103531.sch"
    text = rules.read_text(encoding="utf-8").replace("16926", "10228")
    rules.write_text(text, encoding="utf-8")
    found = differences("2025-06", str(kit))
    (use,) = found.uses
    assert use.after == ("2.16.840.1.113883.1.11.10228",)
    assert any("10228-DYNAMIC.xml" in one for one in found.not_compared)


@pytest.mark.parametrize("name", ["2025-01", "1999-12", "nulle-part"])
def test_a_side_that_is_neither_edition_nor_kit_is_one_line(name):
    with pytest.raises(InputError):
        differences(name, "2025-06")
    done = CliRunner().invoke(cli, ["rules", "diff", "2025-06", name])
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)


def test_a_folder_without_a_header_profile_is_one_line(tmp_path):
    (tmp_path / "schematrons").mkdir()
    with pytest.raises(InputError, match="pas de dossier"):
        differences("2025-06", str(tmp_path))


@pytest.mark.parametrize("damaged", ["<a>", "<a/>", "<!DOCTYPE a><a/>"])
def test_a_damaged_kit_is_one_line(kit, damaged):
    (kit / INCLUDE / "1.2.250.1.213.1.1.1.1-2017-12-13T103531.sch").write_text(damaged)
    with pytest.raises(InputError, match="kit"):
        differences("2025-06", str(kit))


def test_the_command_has_three_forms_and_asks_for_two_sides():
    def run(*args):
        return CliRunner().invoke(cli, ["rules", "diff", *args])

    told = run("2025-02", "2025-06").stdout
    assert "  SM-AUTHOR-36 : ajoutée\n" in told
    assert "J01 (1.2.250.1.213.1.1.5.461) : 2 entrés, 7 sortis" in told
    assert "sort : G15_35 Aide-soignant" in told
    found = json.loads(run("2025-02", "2025-06", "--format", "json").stdout)
    assert (found["schema_version"], found["old"], found["new"]) == (1, "2025-02", "2025-06")
    assert run("2025-02", "2025-06", "--format", "markdown").stdout.startswith("# 2025-02 → ")
    assert run("2025-02").exit_code == 2
    assert run("2025-02", "2025-06", "--layer", "xml").exit_code == 2


def test_the_official_kit_differs_from_the_newest_edition_in_labels_alone():
    named = os.environ.get("CDA_TOOLS_KIT")
    if not named:
        pytest.skip("CDA_TOOLS_KIT names no official kit")
    found = differences("2025-06", named)
    assert found.uses == ()
    assert {code.kind for one in found.sets for code in one.codes} == {"relabelled"}


def test_a_context_becomes_a_path():
    assert path("/h:a[h:b[@c='x/y']]/h:d[1]") == "a/d"
    assert path("//hl7:a/hl7:b[not(hl7:c)]") == "a/b"
