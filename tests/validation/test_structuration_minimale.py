"""The layer: where findings point, what they say and keep to themselves, the profiles."""

import copy

import header_changes
import pytest
from lxml import etree
from lxml.etree import _Element

from cda_tools.rules.finding import Finding, Severity
from cda_tools.validation.structuration_minimale.layer import LAYER, check


@pytest.fixture
def document() -> _Element:
    """A small valid document."""
    return etree.fromstring(header_changes.serialized(header_changes.cut("setId")[0]))


def rules(findings: list[Finding]) -> list[str]:
    return [finding.rule for finding in findings]


def find(document: _Element, path: str) -> _Element:
    return header_changes.find(document, path)


def remove(document: _Element, path: str) -> None:
    element = find(document, path)
    element.getparent().remove(element)


def test_a_good_document_has_no_finding(document: _Element) -> None:
    assert check(document) == []


def test_a_missing_element_points_at_its_parent(document: _Element) -> None:
    remove(document, "author/time")
    (finding,) = check(document)
    assert finding == Finding(
        rule="SM-AUTHOR-11",
        severity=Severity.ERROR,
        layer=LAYER,
        location="/ClinicalDocument/author",
        line=find(document, "author").sourceline,
        fields=(("name", "author"), ("found", "0")),
    )
    assert finding.message == (
        "« author » doit contenir exactement un « time » (date de contribution) ; trouvé : 0."
    )


def test_a_missing_parent_sets_off_nothing_for_its_children(document: _Element) -> None:
    remove(document, "custodian")
    assert rules(check(document)) == ["SM-CUSTODIAN-01"]


def test_two_findings_of_one_cause_name_each_other(document: _Element) -> None:
    find(document, "recordTarget/patientRole/id").set("root", "1.2.250.1.213.1.4.10")
    remove(document, "recordTarget/patientRole/patient/birthTime")
    told = {one.rule: one.message for one in check(document)}
    assert told["SM-DOC-08"].endswith(" ; même cause que SM-PATIENT-21.")
    assert told["SM-PATIENT-21"].endswith(" ; même cause que SM-DOC-08.")
    remove(document, "title")
    (title,) = (one for one in check(document) if one.rule == "SM-TITLE-01")
    assert "cause" not in title.message


def test_the_line_is_that_of_the_element_too_many(document: _Element) -> None:
    set_id = find(document, "setId")
    set_id.addnext(copy.deepcopy(set_id))
    again = etree.fromstring(etree.tostring(document))
    (finding,) = check(again)
    assert (finding.rule, finding.location) == ("SM-SETID-01", "/ClinicalDocument")
    assert finding.line == again.findall("{urn:hl7-org:v3}setId")[1].sourceline


def test_a_null_element_has_one_finding(document: _Element) -> None:
    identifier = find(document, "author/assignedAuthor/id")
    identifier.attrib.clear()
    identifier.set("nullFlavor", "UNK")
    assert rules(check(document)) == ["SM-T-IIFULL-01"]


def test_an_element_that_misses_its_condition_is_told_once(document: _Element) -> None:
    set_id = find(document, "setId")
    set_id.attrib.clear()
    set_id.set("nullFlavor", "UNK")
    (finding,) = check(document)
    assert (finding.rule, finding.line) == ("SM-SETID-01", set_id.sourceline)


def test_a_value_is_quoted(document: _Element) -> None:
    find(document, "code").set("code", "00000-0")
    (finding,) = check(document)
    assert finding.message == (
        "« code » : @code doit être un code du jeu J07 "
        "(type de document, 1.2.250.1.213.1.1.5.471) ; "
        "trouvé : « 00000-0 »."
    )


@pytest.mark.parametrize(
    ("path", "attribute"),
    [
        ("recordTarget/patientRole/patient/birthTime", "value"),
        ("recordTarget/patientRole/patient/administrativeGenderCode", "code"),
        ("recordTarget/patientRole/id", "root"),
        ("recordTarget/patientRole/patient/name/family", "qualifier"),
    ],
)
def test_nothing_of_the_patient_is_quoted(document: _Element, path: str, attribute: str) -> None:
    find(document, path).set(attribute, "SECRET 42")
    findings = check(document)
    assert findings
    assert not any("SECRET" in finding.message for finding in findings)
    assert any("non affichée" in finding.message for finding in findings)


def test_missing_traits_are_named_without_their_values(document: _Element) -> None:
    find(document, "recordTarget/patientRole/id").set("root", "1.2.250.1.213.1.4.8")
    (finding,) = check(document)
    assert finding.rule == "SM-DOC-08"
    assert finding.message.endswith(
        "trouvé : traits absents : liste des prénoms (given sans qualifier), "
        "commune de naissance (county)."
    )


@pytest.mark.parametrize("name", ["setId", "versionNumber"])
def test_before_1_16_set_id_and_version_are_optional(document: _Element, name: str) -> None:
    remove(document, name)
    assert rules(check(document)) == [{"setId": "SM-SETID-01"}.get(name, "SM-VERSION-01")]
    assert check(document, profile="pre-1.16") == []


def test_before_1_16_they_are_still_checked(document: _Element) -> None:
    find(document, "setId").set("root", "1..2")
    set_id = find(document, "setId")
    set_id.addnext(copy.deepcopy(set_id))
    found = rules(check(document, profile="pre-1.16"))
    assert found == ["SM-SETID-01", "SM-T-IIROOT-01", "SM-T-IIROOT-01"]


def test_before_1_16_a_null_set_id_is_only_unexpected(document: _Element) -> None:
    set_id = find(document, "setId")
    set_id.attrib.clear()
    set_id.set("nullFlavor", "UNK")
    assert rules(check(document, profile="pre-1.16")) == ["SM-DOC-09"]


def test_another_type_id_silences_all_other_rules(document: _Element) -> None:
    remove(document, "setId")
    find(document, "typeId").set("extension", "POCD_HD000099")
    (finding,) = check(document)
    assert (finding.rule, finding.severity) == ("SM-GEN-02", Severity.WARNING)
    assert finding.location == "/ClinicalDocument"


def test_other_xml_gets_the_same_warning() -> None:
    assert rules(check(etree.fromstring("<a><b/></a>"))) == ["SM-GEN-02"]


def test_a_document_inside_a_style_sheet_is_found_at_its_own_place(document: _Element) -> None:
    remove(document, "author/time")
    body = etree.tostring(document).decode().replace("<ClinicalDocument", "<ClinicalDocument ", 1)
    sheet = etree.fromstring(
        '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" '
        f'xmlns:d="urn:d">\n\n<d:Contenu>{body}</d:Contenu></xsl:stylesheet>'
    )
    inside = sheet[0][0]
    (finding,) = check(inside)
    assert finding.location == "/ClinicalDocument/author"
    assert finding.line == inside.find("{urn:hl7-org:v3}author").sourceline


@pytest.mark.parametrize("around", ["{}", "<d:a>{}</d:a>", "<d:a/><d:a>\n<d:b>{}</d:b></d:a>"])
def test_one_without_type_id_is_too_however_deep_it_lies(around: str) -> None:
    inner = around.format('<c:ClinicalDocument xmlns:c="urn:hl7-org:v3"/>')
    sheet = etree.fromstring(
        '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" '
        f'xmlns:d="urn:d">{inner}</xsl:stylesheet>'
    )
    inside = next(sheet.iter("{urn:hl7-org:v3}ClinicalDocument"))
    (finding,) = check(inside)
    assert (finding.rule, finding.location) == ("SM-GEN-02", "/ClinicalDocument")


def test_prefixes_do_not_matter(document: _Element) -> None:
    text = etree.tostring(document).decode()
    text = text.replace("xmlns=", "xmlns:x=").replace("<", "<x:").replace("<x:/", "</x:")
    prefixed = etree.fromstring(text)
    assert check(prefixed) == []
    find(prefixed, "effectiveTime").set("{http://www.w3.org/2001/XMLSchema-instance}type", "x:TS")
    assert check(prefixed) == []
    find(prefixed, "effectiveTime").set("{http://www.w3.org/2001/XMLSchema-instance}type", "TS")
    assert rules(check(prefixed)) == ["SM-GEN-01"]


def test_comments_and_instructions_move_nothing(document: _Element) -> None:
    for element in list(document.iter("*")):
        element.insert(0, etree.Comment("commentaire"))
        element.insert(0, etree.ProcessingInstruction("outil", "x"))
    remove(document, "custodian/assignedCustodian/representedCustodianOrganization/id")
    (finding,) = check(document)
    assert (
        finding.location
        == "/ClinicalDocument/custodian/assignedCustodian/representedCustodianOrganization"
    )
    assert (
        finding.line
        == find(document, finding.location.partition("/ClinicalDocument/")[2]).sourceline
    )


def test_the_document_is_left_as_it_was(document: _Element) -> None:
    before = etree.tostring(document)
    check(document)
    assert etree.tostring(document) == before


def test_the_body_is_not_looked_at(document: _Element) -> None:
    text = find(document, "component/nonXMLBody/text")
    text.set("nullFlavor", "UNK")
    text.append(etree.Element("{urn:hl7-org:v3}id", root="1..2"))
    assert check(document) == []


def test_a_missing_template_points_at_no_other(document: _Element) -> None:
    remove(document, "templateId[@root='1.2.250.1.213.1.1.1.1']")
    (finding,) = [one for one in check(document) if one.rule == "SM-TEMPLATE-03"]
    assert finding.line == document.sourceline


def test_two_pairs_of_twins_are_two_findings(document: _Element) -> None:
    for root in ("1.2.3", "1.2.4"):
        for _ in range(2):
            template = etree.Element("{urn:hl7-org:v3}templateId", root=root)
            find(document, "typeId").addnext(template)
    assert rules(check(document)).count("SM-DT-II-11") == 2
