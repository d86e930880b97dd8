"""The layer xsd: what it finds, where, and in which words."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import facts_schema
import mutations
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from cda_tools import rules
from cda_tools.errors import InputError, ResourceError
from cda_tools.finding import Finding, Severity
from cda_tools.resources import resource
from cda_tools.validation import xsd

CASES = Path(__file__).resolve().parents[1] / "cases"
FAILING = sorted(CASES.glob("XSD-*-fail-*.xml"))
PASSING = sorted(CASES.glob("XSD-*-pass-*.xml"))
VALID = (CASES / "XSD-FORM-pass-a.xml").read_text(encoding="utf-8")
VALUE = '<value xsi:type="PQ" value="5.1" unit="mmol/L"/>'
NAMES = ["{urn:hl7-org:v3}" + name for name in ("id", "code", "text", "entry", "name", "author")]


def document(*changes: tuple[str, str]) -> etree._Element:
    """Return the valid document with each text replaced, where it stands once."""
    text = VALID
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return etree.fromstring(text.encode())


def the_one(found: list[Finding]) -> Finding:
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize("path", PASSING, ids=lambda path: path.stem)
def test_a_valid_case_has_no_finding(path: Path) -> None:
    assert xsd.check(etree.parse(path).getroot()) == []


@pytest.mark.parametrize("path", FAILING, ids=lambda path: path.stem)
def test_a_failing_case_has_its_finding_and_nothing_else(path: Path) -> None:
    found = the_one(xsd.check(etree.parse(path).getroot()))
    assert found.rule == path.stem.partition("-fail-")[0]
    assert (found.severity, found.layer) == (Severity.ERROR, "xsd")


def test_each_rule_has_a_passing_and_a_failing_case() -> None:
    # This one has no document of its own: see the tests of foreign schemas.
    shown = set(rules.entries("xsd")) - {"XSD-OTHER"}
    assert {path.stem.partition("-fail-")[0] for path in FAILING} == shown
    assert {path.stem.partition("-pass-")[0] for path in PASSING} == shown


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            '<typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>',
            "",
            "Élément « templateId » placé après « realmCode » :"
            " attendu « realmCode » ou « typeId ».",
        ),
        (
            "<title>Biochimie</title>",
            "<title>Bio<br/></title>",
            "Élément « br » placé en premier dans « title » : attendu du texte seulement.",
        ),
        (
            "<assignedCustodian>",
            "<assignedCustodian/><assignedCustodian>",
            "Élément « assignedCustodian » incomplet : attendu encore « realmCode », « typeId »,"
            " « templateId » ou « representedCustodianOrganization ».",
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
    assert found.message.endswith("….")
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


def test_a_name_cut_inside_a_character_is_told_at_the_root() -> None:
    long = f'<zz:{"é" * 150} xmlns:zz="urn:hl7-org:v3"/>'
    found = the_one(xsd.check(document(("<title>Compte", f"{long}<title>Compte"))))
    assert found.location == "/ClinicalDocument"


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


def schema(folder: Path, body: str) -> Path:
    file = folder / "autre.xsd"
    file.write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:x"'
        f' targetNamespace="urn:x" elementFormDefault="qualified">{body}</xs:schema>',
        encoding="utf-8",
    )
    return file


def test_another_schema_decides_instead_of_ours(tmp_path: Path) -> None:
    other = schema(tmp_path, '<xs:element name="a" type="xs:anyType"/>')
    assert xsd.check(etree.fromstring('<a xmlns="urn:x"><b/></a>'), other) == []
    assert the_one(xsd.check(document(), other)).rule == "XSD-ROOT"


def test_an_error_without_a_rule_of_its_own_stays_readable(tmp_path: Path) -> None:
    other = schema(
        tmp_path,
        '<xs:element name="a"><xs:complexType><xs:sequence maxOccurs="9"><xs:element name="b">'
        '<xs:complexType><xs:attribute name="k"/></xs:complexType></xs:element></xs:sequence>'
        '</xs:complexType><xs:unique name="u" xmlns:x="urn:x"><xs:selector xpath="x:b"/>'
        '<xs:field xpath="@k"/></xs:unique></xs:element>',
    )
    root = etree.fromstring('<a xmlns="urn:x"><b k="1"/><b k="1"/></a>')
    found = the_one(xsd.check(root, other))
    assert found.rule == "XSD-OTHER"
    assert found.message == "Élément « {urn:x}b » non conforme au schéma (SCHEMAV_CVC_IDC)."
    assert found.location == "/a/b[2]"


def test_types_of_another_schema_are_told_by_pattern_or_name(tmp_path: Path) -> None:
    other = schema(
        tmp_path,
        '<xs:element name="a"><xs:complexType><xs:attribute name="p"><xs:simpleType>'
        '<xs:restriction base="xs:string"><xs:pattern value="A[0-9]"/></xs:restriction>'
        '</xs:simpleType></xs:attribute><xs:attribute name="d" type="xs:gYear"/>'
        '<xs:attribute name="n"><xs:simpleType><xs:restriction base="xs:int"/></xs:simpleType>'
        "</xs:attribute>"
        "</xs:complexType></xs:element>",
    )
    messages = [
        f.message
        for f in xsd.check(etree.fromstring('<a xmlns="urn:x" p="b" d="c" n="x"/>'), other)
    ]
    assert messages == [
        "Attribut « p » de « {urn:x}a » = valeur non affichée :"
        " attendu une valeur de la forme A[0-9].",
        "Attribut « d » de « {urn:x}a » = valeur non affichée : attendu une valeur du type gYear.",
        "Attribut « n » de « {urn:x}a » = valeur non affichée : attendu une autre valeur.",
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("absent.xsd", None, "schéma introuvable : "),
        ("dossier", "", "schéma introuvable : "),
        ("mal.xsd", "<xs:schema", "ne peut pas être chargé"),
        ("rien.xsd", "<a/>", "ne peut pas être chargé"),
        (
            "faux.xsd",
            '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
            '<xs:element name="a" type="nulle-part"/></xs:schema>',
            "ne peut pas être chargé",
        ),
    ],
)
def test_a_schema_that_cannot_be_used_is_said_in_one_line(
    tmp_path: Path, name: str, content: str | None, said: str
) -> None:
    path = tmp_path / name
    if content == "":
        path.mkdir()
    elif content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=said) as raised:
        xsd.check(document(), path)
    assert "\n" not in str(raised.value)


def test_our_own_schema_damaged_is_a_fault_of_the_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "CDA.xsd").write_text("<xs:schema", encoding="utf-8")
    monkeypatch.setattr(xsd, "resource", lambda *parts: tmp_path.joinpath(*parts[1:]))
    monkeypatch.setattr(xsd, "_ours", (tmp_path / "CDA.xsd").resolve)
    with pytest.raises(ResourceError, match="ne peut pas être chargé"):
        xsd.check(document())


@settings(max_examples=400)
@given(st.randoms(use_true_random=False))
def test_whatever_is_wrong_is_told_by_a_rule_and_placed(random: mutations.Random) -> None:
    root = mutations.mutant(document(), random, NAMES)
    expected = xsd.compiled(xsd.schema_file(None)).validate(root)
    found = xsd.check(root)
    assert (not found) == expected
    for one in found:
        assert one.rule in rules.entries("xsd")
        assert one.rule != "XSD-OTHER"
        assert one.location is not None
        assert one.location.startswith("/ClinicalDocument")
        assert "{" not in one.message.replace("{urn:", "")


def test_the_facts_are_no_part_of_the_project() -> None:
    assert resource("cda").parent.parent not in facts_schema.FACTS.parents
