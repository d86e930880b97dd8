"""Each construct of official Schematrons, in the small kit: the asserts that fail, written down."""

import re

import pytest
from documents_of_kits import failed, findings, section, written

OBSERVATION = '<observation ID="x"><templateId root="2.2.2"/>{}</observation>'
BODY = "component/structuredBody/component/section"
ALL_WELL = (
    '<id/><code code="A"><qualifier code="Q"/></code><text>Bien.</text><value code="A"/>'
    "<author><time/><id/></author><participant/><entryRelationship><act><id/></act>"
    "</entryRelationship><reference/>"
)


def forms(kit, content: str) -> list[str]:
    """Return the numbers of the forms that fail for one observation."""
    document = written(section(f"<entry>{OBSERVATION.format(content)}</entry>"))
    said = findings(kit, document, "modeles-cda").findings
    return [one.message.removeprefix("[formes] ").partition(".")[0] for one in said]


def test_an_observation_that_has_all_fails_nothing(small):
    assert forms(small, ALL_WELL) == []


@pytest.mark.parametrize(
    ("change", "fails"),
    [
        (('<code code="A"><qualifier code="Q"/></code>', ""), ["1", "7", "9", "10", "14"]),
        (("<act><id/></act>", "<act><id/><id/></act>"), ["2"]),
        (("<entryRelationship><act><id/></act></entryRelationship>", ""), ["2"]),
        (("<author><time/><id/></author>", "<author><id/></author>"), ["3"]),
        (("<author><time/><id/></author>", ""), ["3"]),
        (("<reference/>", '<reference typeCode="X"/>'), ["4"]),
        (("<reference/>", ""), ["4"]),
        (("<id/><code", "<id/><id/><id/><code"), ["6"]),
        (("<participant/>", ""), ["7"]),
        (('<value code="A"/>', '<value code="B"/>'), ["11"]),
        (('<value code="A"/>', '<value code="C"/>'), ["8", "11"]),
        (("Bien.", "bien"), ["12"]),
        (('code="Q"', 'code="R"'), ["14"]),
    ],
)
def test_what_is_missing_fails_the_form_that_asks_for_it(small, change, fails):
    assert change[0] in ALL_WELL
    assert forms(small, ALL_WELL.replace(*change)) == fails


def test_the_elements_of_a_template_are_found_wherever_they_stand(small):
    inner = '<component><section><templateId root="1.1.1"/></section></component>'
    document = written(section(f'<templateId root="1.1.1"/><code/>{inner}'))
    assert failed(small, document, "modeles-ihe") == [
        ("sections", f"{BODY}/component/section"),
        ("heritage", f"{BODY}"),
        ("heritage", f"{BODY}"),
        ("heritage", f"{BODY}/component/section"),
        ("heritage", f"{BODY}/component/section"),
    ]


def test_the_elements_of_a_template_are_found_without_a_step_to_their_parents(small):
    """Such a step takes quadratic time: a minute for a document of a hundred thousand entries."""
    sheet = small._entry.sheet.decode()
    assert "key('t', '2.2.2')" in sheet
    assert re.search(r"key\([^)]*\)/(\.\.|parent::)", sheet) is None


def test_an_element_with_one_template_twice_is_looked_at_once(small):
    again = '<templateId root="2.2.2"/>'
    assert forms(small, again) == forms(small, "")


def test_a_report_is_an_information_outside_the_verdict(small):
    table = "<text><table/></text><title>T</title><entry><observation/></entry>"
    document = written(section(f'<templateId root="1.1.1"/><code/>{table}'))
    said = findings(small, document, "modeles-ihe")
    assert [(one.severity, one.message) for one in said.findings] == [
        ("information", "[sections] Elle a un tableau.")
    ]


def test_the_first_rule_that_matches_takes_the_element(small):
    entries = (
        '<entry typeCode="COMP"><act/></entry><entry><act/></entry><entry><observation/></entry>'
    )
    document = written(section(entries))
    assert failed(small, document, "modeles-ihe") == [("premiere-regle", f"{BODY}/entry[2]")]


def test_a_position_in_a_context_is_that_among_its_siblings(small):
    organizer = "<organizer><component/><component/><component/></organizer>"
    document = written(section(f"<entry><observation/>{organizer}</entry>"))
    assert failed(small, document, "modeles-ihe") == [
        ("places", f"{BODY}/entry/organizer/component[2]")
    ]


def test_a_role_of_warning_is_an_error_all_the_same(small):
    organizer = "<organizer><component/><component/></organizer>"
    document = written(section(f"<entry><observation/>{organizer}</entry>"))
    (finding,) = findings(small, document, "modeles-ihe").findings
    assert finding.severity == "error"


def test_a_step_through_any_depth_in_a_context(small):
    document = written(section("<entry><observation/><act><act/></act></entry>"))
    assert failed(small, document, "modeles-ihe") == [("places", f"{BODY}/entry/act/act")]


def test_only_the_patterns_of_the_phase_run_with_their_variables(small):
    said = findings(small, written(section("<code/>") * 20), "modeles-ans")
    assert (said.applied, list(said.findings)) == (True, [])
    (one,) = findings(small, written(section("<code/>") * 21), "modeles-ans").findings
    assert one.rule.startswith("actif/")


def test_no_rule_that_applies_is_neutral(small):
    assert findings(small, written(""), "modeles-cda").applied is False


def test_a_value_set_is_looked_up_by_code_and_system(small):
    values = (
        '<value code="FACE" codeSystem="1.2.3.4"/>',
        '<value code="FACE" codeSystem="9"/>',
        '<value code="DOS" codeSystem="1.2.3.4"/>',
        '<value nullFlavor="UNK"/>',
        "<value/>",
    )
    observations = "".join(
        f'<observation><code code="INCIDENCE"/>{value}</observation>' for value in values
    )
    said = findings(small, written(section(f'<code code="55752-0"/>{observations}')), "volet")
    assert [one.message for one in said.findings if one.severity == "error"] == [
        "[dansListe] FACE () n'est pas dans ../jeuxDeValeurs/jdv-incidence.xml.",
        "[dansListe] DOS () n'est pas dans ../jeuxDeValeurs/jdv-incidence.xml.",
        "[dansListe] () n'est pas dans ../jeuxDeValeurs/jdv-incidence.xml.",
    ]


def test_a_code_is_looked_up_where_the_kit_has_its_vocabulary(small):
    codes = (
        '<code code="FACE" codeSystem="1.2.3.4"/>',
        '<code code="OBLIQUE" codeSystem="1.2.3.4" displayName="Oblique"/>',
        '<code code="11502-2" codeSystem="2.16.840.1.113883.6.1"/>',
        '<code code="X" codeSystem="../terminologie/1.2.3.4"/>',
    )
    said = findings(small, written("".join(section(code) for code in codes)), "terminologies")
    messages = [one.message for one in said.findings]
    assert messages == [
        "Le code OBLIQUE (Oblique) n'est pas dans la terminologie 1.2.3.4.",
        # The official tool opens the file of any name too.
        "Le code X () n'est pas dans la terminologie ../terminologie/1.2.3.4.",
        "Terminologies absentes du kit ou illisibles, non vérifié : 2.16.840.1.113883.6.1.",
    ]
