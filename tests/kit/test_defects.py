"""What is wrong in a kit is said, and never silently changes a verdict."""

import pytest
from documents_of_kits import findings, section, written

from cda_tools.kit import compiling, defects
from cda_tools.kit.folder import open_folder
from cda_tools.kit.kit import Kit

IHE = "schematrons/profils/IHE.sch"
VOLET = "schematrons/CI-SIS_IMG-DEMO_2024.01.sch"


@pytest.fixture
def spoilt(copied):
    """Return a function that changes a file of the kit and opens it."""

    def change(name: str, old: str, new: str) -> Kit:
        path = copied / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        return Kit(open_folder(copied), "petit")

    return change


def rules(kit: Kit) -> list[str]:
    return [finding.rule for finding in defects.defects(kit) if finding.rule != "KIT-08"]


def test_the_small_kit_has_no_defect_but_a_header_profile_that_is_none(small):
    (finding,) = defects.defects(small)
    assert finding.rule == "KIT-08"
    assert "profil d'en-tête inconnu" in small.label


def test_a_missing_include_stops_that_schematron_only(spoilt):
    kit = spoilt(VOLET, "Conclusion.sch", "Absent.sch")
    assert rules(kit) == ["KIT-01"]
    said = findings(kit, written(section("")), "volet", "IMG-DEMO_2024.01")
    assert [one.rule for one in said.findings] == ["KIT-14", "KIT-15"]
    assert said.ran is False
    assert findings(kit, written(section("")), "volet", "IMG-DEMO_2023.01").ran is True
    assert findings(kit, written(section("")), "modeles-ans").ran is True


@pytest.mark.parametrize(
    ("expression", "rule"),
    [
        ("contains(@a, 'b'] and (c", "KIT-03"),
        ("$absente", "KIT-03"),
        ("every $x in cda:id satisfies $x/@root", "KIT-04"),
        ("@a &lt; @b", "KIT-04"),
    ],
)
def test_an_expression_that_cannot_be_run_stops_its_layer(spoilt, expression, rule):
    kit = spoilt(IHE, 'test="cda:code"', f'test="{expression}"')
    assert rules(kit) == [rule]
    assert defects.stops(defects.defects(kit))
    said = findings(kit, written(section("")), "modeles-ihe")
    assert (said.ran, [one.rule for one in said.findings]) == (False, ["KIT-15"])
    assert findings(kit, written(section("")), "modeles-ans").ran is True


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("*[cda:templateId/@root = '1.1.1']", "ancestor::cda:a", "KIT-03"),
        ("*[cda:templateId/@root = '1.1.1']", "cda:a[@x &gt; 2]", "KIT-04"),
        ("*[cda:templateId/@root = '1.1.1']", "cda:a[contains(cda:b, 'x')]", "KIT-04"),
        ("*[cda:templateId/@root = '1.1.1']", "concat('a', 'b')", "KIT-04"),
        ("<name/>", '<value-of select="contains(("/>', "KIT-03"),
        ("</schema>", "<include/></schema>", "KIT-02"),
        ("<schema", "<schemas", "KIT-02"),
        ('rule="nommee"', 'rule="absente"', "KIT-07"),
    ],
)
def test_every_part_of_a_schematron_is_looked_at(spoilt, old, new, rule):
    assert rules(spoilt(IHE, old, new)) == [rule]


def test_a_layer_whose_schematron_is_not_there_is_not_run(copied):
    (copied / IHE).unlink()
    kit = Kit(open_folder(copied), "petit")
    assert rules(kit) == ["KIT-01"]
    assert findings(kit, written(section("")), "modeles-ihe").ran is False


@pytest.mark.parametrize("content", [None, b"", b"<valueSet><concept code='FACE'/>"])
def test_a_missing_value_set_refuses_every_code_as_the_official_tool_does(copied, content):
    path = copied / "jeuxDeValeurs" / "jdv-incidence.xml"
    path.unlink() if content is None else path.write_bytes(content)
    kit = Kit(open_folder(copied), "petit")
    # Both versions of the volet name it.
    assert rules(kit) == ["KIT-05", "KIT-05"]
    value = '<code code="INCIDENCE"/><value code="FACE" codeSystem="1.2.3.4"/>'
    document = written(section(f'<code code="55752-0"/><observation>{value}</observation>'))
    said = findings(kit, document, "volet")
    assert [one.rule.partition("/")[0] for one in said.findings] == ["KIT-14", "Incidence"]


@pytest.mark.parametrize("large", [False, True])
def test_codes_of_a_vocabulary_that_cannot_be_read_are_not_checked(copied, monkeypatch, large):
    """As the official tool does: doc-available() is false of it."""
    path = copied / "schematrons/profils/terminologies/terminologie/1.2.3.4.rdf"
    content = path.read_bytes()
    if large:
        path.write_bytes(content + b" " * 400_000)
        monkeypatch.setattr("cda_tools.kit.folder.LARGEST", 400_000)
    else:
        path.write_bytes(content[:-5])
    kit = Kit(open_folder(copied), "petit")
    document = written(section('<code code="OBLIQUE" codeSystem="1.2.3.4"/>'))
    said = findings(kit, document, "terminologies")
    assert said.ran
    assert [one.rule for one in said.findings] == ["KIT-17"]
    assert said.findings[0].message.endswith("non vérifié : 1.2.3.4.")


def test_a_name_in_another_case_is_found_and_told_for_information(copied):
    folder = copied / "schematrons" / "include"
    folder.rename(folder.with_name("Include"))
    kit = Kit(open_folder(copied), "petit")
    assert set(rules(kit)) == {"KIT-06"}
    assert not defects.counts([one for one in defects.defects(kit) if one.rule == "KIT-06"])
    assert kit.volet("IMG-DEMO_2024.01").number is not None


def test_defects_stand_in_the_order_of_their_weight(spoilt):
    kit = spoilt(IHE, 'test="cda:code"', 'test="contains(("')
    severities = [finding.severity for finding in defects.defects(kit)]
    assert severities == sorted(severities, reverse=True)


def test_a_schematron_that_libxslt_does_not_take_stops_no_other(copied, monkeypatch):
    real = compiling._runs

    def runs(sheet: bytes) -> bool:
        return b"'1.1.1'" not in sheet and real(sheet)  # as if IHE.sch were too much for it

    monkeypatch.setattr(compiling, "_runs", runs)
    made = compiling.compile_kit(open_folder(copied))
    assert [one.name for one in made.layers if one.number is None] == ["modeles-ihe"]
    assert [one.rule for one in made.layers[0].faults] == ["KIT-04"]
    assert all(volet.number is not None for volet in made.volets)
