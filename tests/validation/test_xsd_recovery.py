"""All errors of a document: what is said after a content model was broken."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from mutations import Random, mutant
from xsd_documents import VALID, document, the_one

from cda_tools.reading.location import Locator
from cda_tools.rules.finding import Severity
from cda_tools.validation.xsd import layer as xsd
from cda_tools.validation.xsd import recovery

DATE = '  <effectiveTime value="20250310094500+0100"/>\n'
LEVEL = '  <confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/>\n'
SECTION = "<title>Biochimie</title>"
MEASURED = '<effectiveTime value="20250310080000+0100"/>'
BODY = VALID[VALID.index("<structuredBody>") : VALID.rindex("</component>")]
NUMBER = '<versionNumber value="1"/>'


def told(*changes: tuple[str, str]) -> list[str]:
    return [one.message for one in xsd.check(document(*changes))]


def rules(*changes: tuple[str, str]) -> list[str]:
    return [one.rule for one in xsd.check(document(*changes))]


def test_a_missing_element_is_said_to_be_missing_at_the_one_that_follows() -> None:
    found = the_one(xsd.check(document((DATE, ""))))
    assert found.rule == "XSD-CHILD-MISSING"
    assert found.message == "« effectiveTime » manque, avant « confidentialityCode »."
    assert found.location == "/ClinicalDocument/confidentialityCode"


def test_two_that_are_missing_in_a_row_are_one_finding() -> None:
    assert told((DATE, ""), (LEVEL, "")) == [
        "« effectiveTime » et « confidentialityCode » manquent, avant « languageCode »."
    ]


def test_what_is_missing_at_the_end_is_said_of_the_parent() -> None:
    custodian = VALID[VALID.index("<representedCust") : VALID.index("</assignedCustodian>")]
    assert told((custodian, "<templateId root='1.2.3'/>")) == [
        "« representedCustodianOrganization » manque, à la fin de « assignedCustodian »."
    ]


def test_a_choice_names_all_that_would_do() -> None:
    assert told((BODY, "")) == ["« nonXMLBody » ou « structuredBody » manque, dans « component »."]


def test_what_follows_an_error_is_checked_all_the_same() -> None:
    assert rules(
        (NUMBER, '<versionNumber value="un"/>'),
        (DATE, ""),
        (SECTION, "<title>Biochimie</title><oups/>"),
        ('unit="mmol/L"', 'unit="mmol / L"'),
        ("<digits>1 2 3</digits>", "<digits>x</digits>"),
    ) == ["XSD-CHILD-MISSING", "XSD-FORM", "XSD-CHILD", "XSD-FORM", "XSD-FORM"]


def test_errors_inside_what_follows_are_found_at_any_depth() -> None:
    found = xsd.check(
        document(
            ("<title>Compte", "<oups/><title>Compte"),
            ("<structuredBody>", "<structuredBody><oups/>"),
            (SECTION, f"<oups/>{SECTION}"),
            ("<paragraph>", "<paragraph><oups/>"),
            (MEASURED, f"<oups/>{MEASURED}"),
        )
    )
    body = "/ClinicalDocument/component/structuredBody"
    assert [one.location for one in found] == [
        "/ClinicalDocument/oups",
        f"{body}/oups",
        f"{body}/component/section/oups",
        f"{body}/component/section/text/paragraph/oups",
        f"{body}/component/section/entry[1]/observation/oups",
    ]


def test_what_stands_too_early_is_one_finding_that_says_where_the_other_is() -> None:
    swapped = document((DATE + LEVEL, LEVEL + DATE))
    found = the_one(xsd.check(swapped))
    assert found.message == (
        "Élément « confidentialityCode » placé après « title » : attendu « effectiveTime » ;"
        " « effectiveTime » se trouve plus loin."
    )
    target = VALID[VALID.index("  <recordTarget>") : VALID.index("  <author>")]
    moved = document((target, ""), ("  <custodian>", f"{target}  <custodian>"))
    found = the_one(xsd.check(moved))
    assert found.location == "/ClinicalDocument/author"
    assert found.message.endswith("« recordTarget » se trouve plus loin.")


def test_what_comes_too_early_is_one_finding_not_one_for_each_that_should_precede_it() -> None:
    entry = VALID[VALID.index("          <entry>") : VALID.index("        </section>")]
    text = VALID[VALID.index("          <text>") : VALID.index("          <entry>")]
    title = f"          {SECTION}\n"
    assert title + text + entry in VALID
    found = the_one(xsd.check(document((title + text + entry, entry + title + text))))
    assert found.location == "/ClinicalDocument/component/structuredBody/component/section/title"
    assert found.message.startswith("Élément « title » placé après « entry » : attendu")


def test_several_that_stand_further_down_are_named_in_good_french() -> None:
    swapped = document((DATE + LEVEL, LEVEL + DATE))
    (found,) = [one for one in xsd.problems(swapped)[0] if one.fault.later]
    fault = replace(found.fault, missing=("{urn:hl7-org:v3}title", "{urn:hl7-org:v3}code"))
    message = replace(found, fault=fault).finding(Locator()).message
    assert message.endswith(" ; « title » et « code » se trouvent plus loin.")


def part(start: str, end: str) -> str:
    return VALID[VALID.index(start) : VALID.index(end)]


@pytest.mark.parametrize(
    ("moved", "before", "said"),
    [
        (part("  <component>", "</ClinicalDocument>"), "  <recordTarget", "component"),
        (part("  <component>", "</ClinicalDocument>"), "  <author>", "component"),
        (part("  <custodian>", "  <relatedDocument"), "  <author>", "custodian"),
        (part("  <author>", "  <custodian>"), "  <typeId", "author"),
        (part("  <relatedDocument", "  <component>"), "  <recordTarget", "relatedDocument"),
    ],
)
def test_one_that_comes_far_too_early_is_the_only_finding(moved, before, said) -> None:
    """Those that it passes are where they belong."""
    found = the_one(xsd.check(document((moved, ""), (before, f"{moved}{before}"))))
    assert found.location == f"/ClinicalDocument/{said}"
    assert found.message.startswith(f"Élément « {said} » placé")


def test_one_that_comes_too_early_and_again_at_its_place_is_two_findings_at_most() -> None:
    body = part("  <component>", "</ClinicalDocument>")
    found = xsd.check(document(("  <recordTarget", f"{body}  <recordTarget")))
    assert {one.location.partition("[")[0] for one in found} == {"/ClinicalDocument/component"}


def test_a_wrong_name_is_one_finding_not_also_a_missing_element() -> None:
    assert told(("confidentialityCode", "confidentialtyCode")) == [
        "Élément « confidentialtyCode » placé après « effectiveTime » :"
        " attendu « confidentialityCode »."
    ]


@pytest.mark.parametrize(
    ("namespace", "said"),
    [
        ("", "Élément « title » sans espace de noms : attendu dans"),
        ("urn:hl7-org:v4", "Élément « title » dans l'espace de noms « urn:hl7-org:v4 » : attendu"),
    ],
)
def test_a_wrong_namespace_is_said_to_be_the_fault(namespace: str, said: str) -> None:
    found = the_one(xsd.check(document((SECTION, f'<title xmlns="{namespace}">Biochimie</title>'))))
    assert found.rule == "XSD-NAMESPACE"
    assert found.message.startswith(said)
    assert found.message.endswith("l'espace de noms « urn:hl7-org:v3 ».")


def test_all_that_is_inside_a_wrong_namespace_is_checked_as_if_it_were_right() -> None:
    start, end = VALID.index("  <custodian>"), VALID.index("  <relatedDocument")
    custodian = VALID[start:end]
    wrong = custodian.replace("<custodian>", '<custodian xmlns="urn:x">')
    assert rules((custodian, wrong)) == ["XSD-NAMESPACE"]
    worse = wrong.replace("<assignedCustodian>", '<assignedCustodian classCode="?">')
    assert rules((custodian, worse)) == ["XSD-NAMESPACE", "XSD-CODE"]


@pytest.mark.parametrize("namespace", ["", "urn:hl7-org:V3"])
def test_a_root_in_a_wrong_namespace_is_told_and_the_rest_checked(namespace: str) -> None:
    text = VALID.replace('xmlns="urn:hl7-org:v3"', f'xmlns="{namespace}"')
    (found,) = xsd.check(etree.fromstring(text.encode()))
    assert (found.rule, found.location) == ("XSD-NAMESPACE", "/ClinicalDocument")
    text = text.replace(NUMBER, '<versionNumber value="un"/>')
    more = xsd.check(etree.fromstring(text.encode()))
    assert [one.rule for one in more] == ["XSD-NAMESPACE", "XSD-FORM"]


def test_every_twin_too_many_is_told() -> None:
    found = xsd.check(document((NUMBER, NUMBER * 4)))
    assert [one.location for one in found] == [
        f"/ClinicalDocument/versionNumber[{number}]" for number in (2, 3, 4)
    ]
    assert {one.rule for one in found} == {"XSD-CHILD"}


def test_text_between_elements_that_are_set_aside_is_still_told() -> None:
    assert rules((NUMBER, f"{NUMBER}<oups/>texte")) == ["XSD-TEXT", "XSD-CHILD"]


def test_the_document_itself_is_left_as_it_was() -> None:
    root = document((DATE, ""), (SECTION, f"<oups/>{SECTION}"), (NUMBER, NUMBER * 2))
    before = etree.tostring(root)
    assert len(xsd.check(root)) == 3
    assert etree.tostring(root) == before


def test_too_much_to_repair_is_said() -> None:
    rest = [one for one in xsd.check(document((NUMBER, "<a/><b/>" * 50))) if one.rule == "XSD-REST"]
    (found,) = rest
    assert found.severity is Severity.INFORMATION
    assert found.location == "/ClinicalDocument"
    assert found.message.startswith("La suite de l'élément « ClinicalDocument » n'a pas été")


@pytest.mark.parametrize(
    ("limit", "value"), [("_LARGEST", 10), ("_ENOUGH", 0), ("_PARENTS", 0), ("_ROUNDS", 0)]
)
def test_beyond_a_limit_the_first_error_of_a_parent_is_told_and_that_it_is_not_all(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    monkeypatch.setattr(recovery, limit, value)
    found = rules((NUMBER, "<a/>"), ('unit="mmol/L"', 'unit="mmol / L"'))
    assert "XSD-CHILD" in found
    assert "XSD-REST" in found
    (incomplete, _) = xsd.check(document((BODY, "")))
    assert incomplete.message.startswith("Attendu encore « realmCode », « typeId »")
    assert incomplete.message.endswith("« nonXMLBody » ou « structuredBody », dans « component ».")


def test_a_parent_with_too_many_kinds_of_children_is_not_repaired(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cda_tools.validation.xsd.parents._MOST", 5)
    assert rules((NUMBER, "<a/><b/>")) == ["XSD-REST", "XSD-CHILD"]


@settings(max_examples=200)
@given(st.randoms(use_true_random=False))
def test_the_first_error_of_libxml2_is_always_among_those_told(random: Random) -> None:
    names = ["{urn:hl7-org:v3}" + name for name in ("id", "code", "title", "entry", "name")]
    root = mutant(document(), random, names)
    schema = xsd.compiled(xsd.schema_file(None))
    found = xsd.check(root)
    if schema.validate(root):
        assert found == []
    else:
        lines = {one.line for one in found}
        assert schema.error_log[0].line in lines


ROWS = "<table><tbody>" + "<tr><td>1</td><oups/></tr>" * 9 + "<tr><td ID='?'/></tr></tbody></table>"
ENTRIES = "<entry><act classCode='?' moodCode='EVN'><code code=' '/></act></entry>" * 11


@pytest.mark.parametrize("slice_", [2, 3, 4, 100])
def test_what_is_validated_slice_by_slice_has_the_same_findings(
    monkeypatch: pytest.MonkeyPatch, slice_: int
) -> None:
    text = VALID.replace("<paragraph>", f"{ROWS}<paragraph>", 1)
    text = text.replace("</section>", f"{ENTRIES}<oups/></section>", 1)
    text = text.replace("<versionNumber", "<setId root='?'/>" * 7 + "<versionNumber")
    root = etree.fromstring(text.encode())
    whole = xsd.check(root)
    assert len(whole) == 40
    monkeypatch.setattr("cda_tools.validation.xsd.slices._LONG", slice_)
    monkeypatch.setattr("cda_tools.validation.xsd.slices._FEW", 5)
    before = etree.tostring(root)
    assert xsd.check(root) == whole
    assert etree.tostring(root) == before


@pytest.mark.parametrize("slice_", [2, 3])
def test_slices_of_several_runs_of_one_parent_keep_their_places(
    monkeypatch: pytest.MonkeyPatch, slice_: int
) -> None:
    runs = (
        "<templateId root='?'/>" * 9 + "<id root='?'/>" * 4 + "<code code='x'/>"
        "<title>x</title>" * 3 + "<entry><oups/></entry>" * 7 + "<component><oups/></component>" * 5
    )
    start = VALID.index("<section>") + len("<section>")
    text = VALID[:start] + runs + VALID[VALID.index("</section>") :]
    root = etree.fromstring(text.encode())
    whole = xsd.check(root)
    assert len(whole) > 20
    monkeypatch.setattr("cda_tools.validation.xsd.slices._LONG", slice_)
    monkeypatch.setattr("cda_tools.validation.xsd.slices._FEW", 0)
    assert xsd.check(root) == whole


def test_a_document_with_long_runs_and_few_errors_is_validated_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cda_tools.validation.xsd.slices._LONG", 2)
    twice = "<content ID='a'>x</content>"
    root = document(("<paragraph>", f"<paragraph>{twice}{'<content/>' * 5}{twice}"))
    assert the_one(xsd.check(root)).rule == "XSD-ID"
