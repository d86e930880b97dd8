"""The layer xsd: what it finds, where, and in which words."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import facts_schema
import mutations
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from xsd_documents import VALID, document, the_one

from cases import FOLDER
from cda_tools.resources import resource
from cda_tools.rules import texts
from cda_tools.rules.finding import Severity
from cda_tools.validation.xsd import layer as xsd

CASES = FOLDER / "xsd"
FAILING = sorted(CASES.glob("XSD-*-fail-*.xml"))
PASSING = sorted(CASES.glob("XSD-*-pass-*.xml"))
VALUE = '<value xsi:type="PQ" value="5.1" unit="mmol/L"/>'
NAMES = ["{urn:hl7-org:v3}" + name for name in ("id", "code", "text", "entry", "name", "author")]


@pytest.mark.parametrize("path", PASSING, ids=lambda path: path.stem)
def test_a_valid_case_has_no_finding(path: Path) -> None:
    assert xsd.check(etree.parse(path).getroot()) == []


@pytest.mark.parametrize("path", FAILING, ids=lambda path: path.stem)
def test_a_failing_case_has_its_finding_and_nothing_else(path: Path) -> None:
    found = the_one(xsd.check(etree.parse(path).getroot()))
    assert found.rule == path.stem.partition("-fail-")[0]
    assert (found.severity, found.layer) == (Severity.ERROR, "xsd")


def test_each_rule_has_a_passing_and_a_failing_case() -> None:
    # These have no document of their own: see the tests of foreign schemas and of recovery.
    shown = set(texts.entries("xsd")) - {"XSD-OTHER", "XSD-REST"}
    assert {path.stem.partition("-fail-")[0] for path in FAILING} == shown
    assert {path.stem.partition("-pass-")[0] for path in PASSING} == shown


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            '<typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>',
            "",
            "« typeId » manque, avant « templateId ».",
        ),
        (
            "<title>Biochimie</title>",
            "<title>Bio<br/></title>",
            "Élément « br » placé en premier dans « title » : attendu du texte seulement.",
        ),
        (
            "<assignedCustodian>",
            "<assignedCustodian/><assignedCustodian>",
            "« representedCustodianOrganization » manque, dans « assignedCustodian ».",
        ),
        (
            VALUE,
            '<value xsi:type="PQ" value="1"/><value xsi:type="IVL_PQ"><center/><low/></value>',
            "Élément « low » placé après « center » : attendu « width ».",
        ),
        (
            VALUE,
            '<value xsi:type="ED"><pharm:a/><pharm:b/></value>',
            "Élément « pharm:b » placé après « pharm:a » : attendu aucun autre élément.",
        ),
        (
            VALUE,
            '<value xsi:type="ED"><a xmlns=""/></value>',
            "Élément « a » (sans espace de noms) placé en premier dans « value » : attendu"
            " « reference », « thumbnail » ou un élément d'un autre espace de noms.",
        ),
        (
            'code="18725-2"',
            'code="18725-2" xmlns:x="urn:x" x:a="1"',
            "Attribut « {urn:x}a » non admis dans l'élément « code ».",
        ),
        (
            'typeCode="RPLC"',
            'typeCode="REPLACE"',
            "Attribut « typeCode » de « relatedDocument » = « REPLACE » :"
            " attendu « APND », « RPLC » ou « XFRM ».",
        ),
        (
            'value="20250310094500+0100"/>\n  <conf',
            'value="10/03/2025"/>\n  <conf',
            "Attribut « value » de « effectiveTime » = « 10/03/2025 » : attendu une date"
            " AAAAMMJJHHMMSS+ZZZZ, en chiffres sans séparateur, éventuellement moins précise"
            " (AAAA, AAAAMMJJ) et alors sans décalage horaire.",
        ),
        (
            "<digits>1 2 3</digits>",
            "<digits>1 DUPOND 3</digits>",
            "Valeur de « digits » = valeur non affichée : attendu un nombre entier.",
        ),
        (
            "<title>Biochimie</title>",
            "<title>Biochimie</title><text><table><tbody><tr>"
            '<th align="au milieu"/></tr></tbody></table></text>',
            "Attribut « align » de « th » = « au milieu » :"
            " attendu « left », « center », « right », « justify » ou « char ».",
        ),
        (
            'xsi:type="PQ"',
            'xsi:type="P Q"',
            "Attribut « xsi:type » de « value » = « P Q » :"
            " attendu un seul nom de type, par exemple PQ, CD ou ST.",
        ),
        (
            '<versionNumber value="1"/>',
            '<versionNumber value=""/>',
            "Attribut « value » de « versionNumber » = « » (vide) : attendu un nombre entier.",
        ),
    ],
)
def test_the_message_says_what_was_found_and_expected(
    before: str, after: str, message: str
) -> None:
    assert xsd.check(document((before, after)))[0].message == message


def test_a_long_vocabulary_is_cut() -> None:
    found = the_one(
        xsd.check(
            document(
                (
                    '<observation classCode="OBS" moodCode="EVN">\n'
                    '              <code code="18725-2"',
                    '<observation classCode="XXX" moodCode="EVN">\n'
                    '              <code code="18725-2"',
                )
            )
        )
    )
    assert "l'une des 37 valeurs du vocabulaire (OBS, ROIBND, " in found.message
    assert found.message.endswith("…).")


def test_a_long_list_of_expected_elements_says_that_it_goes_on() -> None:
    found = the_one(
        xsd.check(document((f"{VALUE}\n            </observation>", f"{VALUE}<id/></observation>")))
    )
    assert found.message.endswith(" »…")
    assert "« id » placé après « value »" in found.message


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        (VALUE, '<value xsi:type="Nope" value="1"/>', "XSD-TYPE"),
        (VALUE, '<value xsi:type="xx:PQ" value="1"/>', "XSD-TYPE-PREFIX"),
        ("<given>Ondine</given>", '<given qualifier="BR ZZ">Ondine</given>', "XSD-CODE"),
        ("<digits>1 2 3</digits>", "<digits>1 x y</digits>", "XSD-FORM"),
    ],
)
def test_errors_of_one_cause_are_one_finding(before: str, after: str, rule: str) -> None:
    root = document((before, after))
    schema = xsd.compiled(xsd.schema_file(None))
    schema.validate(root)
    assert len(schema.error_log) == 2
    assert the_one(xsd.check(root)).rule == rule


def test_two_faults_of_one_element_are_two_findings() -> None:
    root = document((VALUE, '<value xsi:type="PQ" value="5,1" unit="mmol / L"/>'))
    assert [f.rule for f in xsd.check(root)] == ["XSD-FORM", "XSD-FORM"]


def test_the_place_is_the_element_also_among_several_and_with_prefixes() -> None:
    subject = (
        '<pharm:subjectOf1 typeCode="SBJ"><pharm:policy classCode="ACT" moodCode="{}"/>'
        "</pharm:subjectOf1>"
    )
    supply = (
        '<entry><supply classCode="SPLY" moodCode="EVN"><product><manufacturedProduct>'
        "<manufacturedMaterial/>"
        + subject.format("DEF")
        + "\n"
        + subject.format("NON")
        + "</manufacturedProduct></product></supply></entry></section>"
    )
    found = the_one(xsd.check(document(("</section>", supply))))
    assert found.location == (
        "/ClinicalDocument/component/structuredBody/component/section/entry[3]/supply/product"
        "/manufacturedProduct/subjectOf1[2]/policy"
    )
    assert found.line == VALID[: VALID.index("</section>")].count("\n") + 2


def test_the_place_is_found_under_a_prefix_of_the_document() -> None:
    text = VALID.replace("<", "<h:").replace("<h:/", "</h:").replace("<h:?", "<?")
    text = text.replace("xmlns=", "xmlns:h=").replace('xsi:type="', 'xsi:type="h:')
    text = text.replace('unit="mmol/L"', 'unit=""')
    found = the_one(xsd.check(etree.fromstring(text.encode())))
    assert found.location == (
        "/ClinicalDocument/component/structuredBody/component/section/entry[1]/observation/value"
    )


def test_the_line_is_right_beyond_65535() -> None:
    found = the_one(xsd.check(document((VALUE, "\n" * 70_000 + VALUE.replace("5.1", "5,1")))))
    # libxml2 itself knows only the neighbouring text's line there: one more at most.
    assert found.line is not None
    assert 0 <= found.line - (VALID[: VALID.index(VALUE)].count("\n") + 70_001) <= 1


def in_a_style_sheet(text: str) -> etree._Element:
    inside = text.partition("?>")[2].replace('xmlns="urn:hl7-org:v3"', "")
    inside = inside.replace('xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"', "")
    whole = (
        '<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0"'
        ' xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        f'<xsl:template match="/"/>\n<xsl:variable name="doc">{inside}</xsl:variable>'
        "</xsl:stylesheet>"
    )
    return etree.fromstring(whole.encode())


def test_a_document_inside_a_style_sheet_is_validated_by_itself() -> None:
    tree = in_a_style_sheet(VALID)
    root = next(tree.iter("{urn:hl7-org:v3}ClinicalDocument"))
    assert xsd.check(root) == []
    bad = in_a_style_sheet(VALID.replace('value="5.1"', 'value="5,1"'))
    found = the_one(xsd.check(next(bad.iter("{urn:hl7-org:v3}ClinicalDocument"))))
    assert found.location is not None
    assert found.location.startswith("/ClinicalDocument/component/")
    value = next(bad.iter("{urn:hl7-org:v3}value"))
    assert found.line == value.sourceline


def test_nothing_of_the_patient_or_of_the_body_is_quoted() -> None:
    secret = "MARQUEUR"
    root = document(
        ("<family>EXEMPLE</family>", f'<family qualifier="{secret}">{secret}</family>'),
        ('value="19700101"', f'value="{secret}"'),
        ('extension="IPP-0042"', f'extension="{secret}"'),
        ('root="1.2.250.1.999.1.3"', f'root="{secret} x"'),
        ("<patient>", f"{secret}<patient>"),
        ("<structuredBody>", f"<structuredBody>{secret}"),
        ("<digits>1 2 3</digits>", f"<digits>{secret}</digits>"),
        ("<title>Biochimie</title>", f"<title>{secret}<br/></title>"),
    )
    found = xsd.check(root)
    assert len(found) == 7
    assert not [f for f in found if secret in f.message]
    assert [f.rule for f in found if "valeur non affichée" in f.message] == [
        "XSD-FORM",
        "XSD-CODE",
        "XSD-FORM",
        "XSD-FORM",
    ]


@pytest.mark.parametrize(
    "value",
    [
        "x is not accepted by the pattern 'SECRET",
        "x' is not accepted by the pattern 'SECRET'. ",
        "Element 'a', attribute 'SECRET'",
        "Element 'a': The attribute 'SECRET' is required but missing",
        "is not an element of the set {'SECRET'}.",
        "fixed value constraint 'SECRET'.",
        "value of the atomic type 'SECRET'.",
        "Expected is ( SECRET ).",
    ],
)
def test_a_value_in_the_words_of_libxml2_is_not_taken_for_them(value: str) -> None:
    root = document(
        ('root="1.2.250.1.999.1.3"', f'root="{value}"'),
        ('typeCode="RPLC"', f'typeCode="{"0" * 13}{value}"'),
        ("<digits>1 2 3</digits>", f"<digits>{value}</digits>"),
    )
    found = xsd.check(root)
    assert len(found) == 3
    assert not [f for f in found if "SECRET" in f.message]


def test_a_quoted_value_is_one_short_line_without_controls() -> None:
    value = "a&#10;b\u202e" + "x" * 200
    found = the_one(xsd.check(document(('unit="mmol/L"', f'unit="{value}"'))))
    assert "\n" not in found.message
    assert "\u202e" not in found.message
    assert "« a b " + "x" * 56 + "… »" in found.message


def test_an_element_without_namespace_is_told_from_its_neighbour_of_the_same_name() -> None:
    found = the_one(
        xsd.check(
            document(
                (
                    '  <effectiveTime value="20250310094500',
                    '<title xmlns="">y</title>\n<effectiveTime value="20250310094500',
                )
            )
        )
    )
    assert found.message.startswith(
        "Élément « title » (sans espace de noms) placé après « title » : attendu"
    )
    assert found.line == 10


@pytest.mark.parametrize("length", [95, 96, 150, 40_000])
def test_a_name_that_libxml2_cuts_is_still_found(length: int) -> None:
    long = f'<z:{"b" * length} xmlns:z="urn:hl7-org:v3"/>'
    found = the_one(xsd.check(document(("<title>Compte", f"{long}<title>Compte"))))
    assert found.location == f"/ClinicalDocument/{'b' * length}"
    assert f"« {'b' * length} » placé après « code »" in found.message


def test_a_name_cut_between_characters_is_still_found() -> None:
    long = f'<z:{"é" * 150} xmlns:z="urn:hl7-org:v3"/>'
    found = the_one(xsd.check(document(("<title>Compte", f"{long}<title>Compte"))))
    assert found.location == f"/ClinicalDocument/{'é' * 150}"


def test_a_name_cut_inside_a_character_is_still_found() -> None:
    long = f'<zz:{"é" * 150} xmlns:zz="urn:hl7-org:v3"/>'
    found = the_one(xsd.check(document(("<title>Compte", f"{long}<title>Compte"))))
    assert found.location == f"/ClinicalDocument/{'é' * 150}"


def test_many_errors_are_counted_beyond_500() -> None:
    found = xsd.check(document((VALUE, VALUE.replace("5.1", "5,1") * 620)))
    assert len(found) == 501
    assert found[-1].rule == "MORE-01"
    assert found[-1].severity == Severity.INFORMATION
    assert found[-1].message.startswith("120 autres constats ne sont pas détaillés")
    assert found[499].location == (
        "/ClinicalDocument/component/structuredBody/component/section/entry[1]/observation"
        "/value[500]"
    )


def test_the_schema_is_compiled_once() -> None:
    file = xsd.schema_file(None)
    assert xsd.compiled(file) is xsd.compiled(file)


def test_documents_can_be_validated_in_threads() -> None:
    roots = [document(('unit="mmol/L"', f'unit="mmol {n}"')) for n in range(40)]
    with ThreadPoolExecutor(8) as pool:
        messages = [the_one(found).message for found in pool.map(xsd.check, roots)]
    assert all(f"« mmol {n} »" in message for n, message in enumerate(messages))


@settings(max_examples=400)
@given(st.randoms(use_true_random=False))
def test_whatever_is_wrong_is_told_by_a_rule_and_placed(random: mutations.Random) -> None:
    root = mutations.mutant(document(), random, NAMES)
    expected = xsd.compiled(xsd.schema_file(None)).validate(root)
    found = xsd.check(root)
    assert (not found) == expected
    for one in found:
        assert one.rule in texts.entries("xsd")
        assert one.rule != "XSD-OTHER"
        assert one.location is not None
        assert one.location.startswith("/ClinicalDocument")
        assert "{" not in one.message.replace("{urn:", "")


def test_the_facts_are_no_part_of_the_project() -> None:
    assert resource("cda").parent.parent not in facts_schema.FACTS.parents
