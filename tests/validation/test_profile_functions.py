"""The XPath functions of the header profile, one by one."""

import pytest
from lxml import etree

from cda_tools.model.editions import NEWEST
from cda_tools.validation.structuration_minimale import functions as f

XSI = "http://www.w3.org/2001/XMLSchema-instance"


@pytest.mark.parametrize(
    ("function", "good", "bad"),
    [
        (f.oid, ["1.2.250", "2", "0.0.1"], ["", "3.1", "1.2.", "1..2", "1.02", "1.2\n", "a"]),
        (f.uuid, ["C9BF9E57-1685-4c89-bafb-FF5AF830BE8A"], ["C9BF9E57", "", "{C9BF9E57}"]),
        (f.ruid, ["FANAL", "a-1"], ["", "1a", "a_b"]),
        (f.uid, ["1.2", "FANAL", "C9BF9E57-1685-4c89-bafb-FF5AF830BE8A"], ["", "1..2", "a b"]),
        (f.integer, ["", "0", "007", "-5", "12"], ["+5", "-0", "1.5", "un"]),
        (f.language_country, ["fr-FR", "xxfr-FRyy"], ["fr", "FR-fr", ""]),
        (f.language, ["fr", "fr-FR", "FRançais", "x-klingon"], ["", "1", "12"]),
        (f.uri, ["tel:0199000042", "", "a%20b?x=[1]#~!*'()"], ["a b", "é", "<", "`", '"', "a|b"]),
        (f.distinct, ["", "BR", "BR CL", "BR "], ["BR BR", "  ", "A B A"]),
    ],
)
def test_a_form_is_recognised(function: object, good: list[str], bad: list[str]) -> None:
    assert [value for value in good if not function(None, value)] == []
    assert [value for value in bad if function(None, value)] == []


@pytest.mark.parametrize(
    "value",
    ["20", "2024", "202402", "20240229", "2024022923", "20240229235959", "20240229235959.123456",
     "20240101+0100", "2024010112+100", "2024-1", "0000", "20241231240000", "99991231240000"],
)  # fmt: skip
def test_real_dates(value: str) -> None:
    assert f.timestamp(None, value)


@pytest.mark.parametrize(
    "value",
    ["", "2", "202", "202413", "20230229", "2024010125", "202401010160", "20240101.5", "2024+1500",
     "2024+0060", "20241231240001", "2024-01-01", "2024+", "2024+12345"],
)  # fmt: skip
def test_dates_that_are_none(value: str) -> None:
    assert not f.timestamp(None, value)


def test_a_bound_has_all_digits_of_its_zone() -> None:
    assert f.bound(None, "20240101100000+0100")
    assert not f.bound(None, "20240101100000+100")


@pytest.mark.parametrize(
    ("low", "high", "ordered"),
    [
        ("2024", "2025", True),
        ("2025", "2024", False),
        ("2024", "202401010000", True),
        ("20240101120000+0200", "20240101110000+0100", True),
        ("20240101120001+0200", "20240101110000+0100", False),
        ("20240101120000.25", "20240101120000.125", False),
        ("pas une date", "2024", True),
        ("2024", "20249999", True),
    ],
)
def test_bounds_are_in_order(low: str, high: str, ordered: bool) -> None:
    assert f.ordered(None, low, high) is ordered


def test_a_code_is_looked_up_with_or_without_its_system() -> None:
    assert f.member(None, NEWEST, "J143", "F")
    assert not f.member(None, NEWEST, "J143", "f")
    assert f.pair(None, NEWEST, "J04", "AMBULATOIRE", "1.2.250.1.213.1.1.4.9")
    assert not f.pair(None, NEWEST, "J04", "AMBULATOIRE", "1.2.3")


@pytest.mark.parametrize(
    ("found", "expected"),
    [("F", True), ("F\tF M ", True), ("", True), (" ", True), ("F X", False), ("F\u00a0M", False)],
)
def test_codes_that_blanks_separate_are_taken_one_by_one(found, expected):
    assert f.members(None, NEWEST, "J143", found) is expected
    assert f.listed(None, "F M U", found) is expected


@pytest.mark.parametrize(
    ("xml", "consistent"),
    [
        ('<a nullFlavor="UNK"/>', True),
        ('<a nullFlavor="UNK"> </a>', True),
        ('<a nullFlavor="UNK" mediaType="text/plain" inclusive="true"/>', True),
        (f'<a nullFlavor="UNK" xmlns:x="{XSI}" x:type="TS"/>', True),
        ('<a nullFlavor="NASK" typeCode="L" classCode="X" partType="Y" unit="1"/>', True),
        ('<a nullFlavor="UNK" codeSystem="2.16.840.1.113883.5.139" inverted="false"/>', True),
        ('<a nullFlavor="UNK" inverted="true"/>', False),
        ('<a nullFlavor="UNK">\u00a0</a>', False),
        (f'<a nullFlavor="UNK" xmlns:x="{XSI}" x:schemaLocation="a b"/>', False),
        ('<a nullFlavor="OTH" codeSystem="1.2" x:valueSet="1" xmlns:x="urn:x"/>', True),
        ('<a nullFlavor="OTH" codeSystem="1.2" typeCode="L"/>', False),
        ('<a nullFlavor="UNK" mediaType="text/html"/>', False),
        ('<a nullFlavor="UNK" code="A"/>', False),
        ('<a nullFlavor="UNK">texte</a>', False),
        ('<a nullFlavor="UNK"><b/></a>', False),
        ('<a nullFlavor="UNK"><!-- rien -->texte</a>', False),
        ('<a nullFlavor="UNK" codeSystem="1.2"/>', False),
        ('<a nullFlavor="OTH" codeSystem="1.2" codeSystemName="x"/>', True),
        ('<a nullFlavor="OTH" codeSystemName="x"/>', False),
        ('<a nullFlavor="NA" extension="1"/>', True),
        ('<a nullFlavor="UNC"><originalText/></a>', True),
        ('<a nullFlavor="UNC"><translation/></a>', True),
        ('<a nullFlavor="UNC" codeSystem="1.2" code="A"/>', False),
        ('<a nullFlavor="UNC"><b/></a>', False),
    ],
)
def test_what_a_null_element_may_hold(xml: str, consistent: bool) -> None:
    assert f.null_consistent(None, [etree.fromstring(xml)]) is consistent


@pytest.mark.parametrize(
    ("declaration", "value", "is_type"),
    [
        ('xmlns="urn:hl7-org:v3"', "TS", True),
        ('xmlns="urn:hl7-org:v3"', " TS ", True),
        ('xmlns="urn:hl7-org:v3"', "CE", False),
        ('xmlns:h="urn:hl7-org:v3"', "h:TS", True),
        ('xmlns:h="urn:hl7-org:v3"', "TS", False),
        ('xmlns="urn:hl7-org:v3"', "x:TS", False),
    ],
)
def test_xsi_type_is_a_qualified_name(declaration: str, value: str, is_type: bool) -> None:
    assert f.xsi_type(None, [etree.fromstring(f"<a {declaration}/>")], value, "TS") is is_type


def test_translations_repeat_by_code_and_system() -> None:
    one, two, three = etree.fromstring(
        '<a><t code="A" codeSystem="1"/><t code="A" codeSystem="2"/>'
        '<t code="A" codeSystem="1"/></a>'
    )
    assert not f.repeated(None, [one, two])
    assert f.repeated(None, [one, two, three])


def test_what_a_message_shows() -> None:
    root = etree.fromstring(
        '<a><b code="X\u202ey" extension="1"><prefix>Docteur</prefix></b>'
        '<recordTarget><c code="Z"/></recordTarget></a>'
    )
    assert f.show(None, []) == "absent"
    assert f.show(None, root.xpath("b/@code")) == "« X y »"
    assert f.show(None, root.xpath("b/prefix")) == "valeur non affichée"
    assert f.show(None, root.xpath("b/@extension")) == "valeur non affichée"
    assert f.show(None, root.xpath("recordTarget/c/@code")) == "valeur non affichée"
    assert f.names(None, list(root.iter("b", "prefix", "b"))) == "b, prefix"


def test_traits_are_all_there_where_only_the_extension_is_missing() -> None:
    assert f.missing_traits(None, []).startswith("traits absents : nom de naissance")
    target = etree.fromstring(
        '<recordTarget xmlns="urn:hl7-org:v3"><patientRole><patient><name>'
        '<family qualifier="BR">A</family><given qualifier="BR">B</given><given>B C</given></name>'
        '<administrativeGenderCode code="F"/><birthTime/><birthplace><place><addr><county/></addr>'
        "</place></birthplace></patient></patientRole></recordTarget>"
    )
    assert f.missing_traits(None, [target]) == "aucun identifiant avec @extension"
