"""A kit's messages quote codes and labels, and nothing that may be a person or a text."""

import pytest
from documents_of_kits import findings, section, written
from lxml import etree

from cda_tools.kit.folder import open_folder
from cda_tools.kit.kit import Kit
from cda_tools.kit.privacy import shown, shown_text

HIDDEN = "valeur non affichée"


def test_nothing_under_the_patient_is_quoted(small):
    head = (
        "<recordTarget><patientRole><patient><name><family>VALMORET</family></name>"
        '<maritalStatusCode code="M"/></patient></patientRole></recordTarget>'
    )
    (finding,) = findings(small, written("", head=head), "modeles-ans").findings
    assert finding.message == f"[actif] {HIDDEN} n'est pas attendu pour {HIDDEN}."


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("//value/@code", "A"),
        ("//value/@displayName", "Étiquette"),
        ("//value/@value", HIDDEN),
        ("//value", HIDDEN),
        ("//id/@extension", HIDDEN),
        ("//id/@root", HIDDEN),
        ("//text/text()", HIDDEN),
        ("//none", ""),
        ("//code/@code", "A B"),
        ("//subject/@code", HIDDEN),
    ],
)
def test_only_attributes_that_code_or_label_are_quoted(path, said):
    root = etree.fromstring(
        '<a><value code="A" displayName="Étiquette" value="12"/><id root="1.2" extension="3"/>'
        '<text>Douleur</text><code code="A"/><code code="B"/><code code="A"/>'
        '<subject code="X"/></a>'
    )
    assert shown(root.xpath(path)) == said


def test_what_is_quoted_fits_in_a_line():
    root = etree.fromstring(f'<a code="{"x" * 300}" displayName="a&#10;b&#x202e;c"/>')
    assert shown(root.xpath("@displayName")) == "a b c"
    assert len(shown(root.xpath("@code"))) < 130


def test_a_text_that_is_computed_is_quoted_where_its_attributes_may_be():
    root = etree.fromstring("<a><patient/></a>")
    assert shown_text(root, "mg", ["unit"]) == "mg"
    assert shown_text(root, "mg", ["unit", "value"]) == HIDDEN
    assert shown_text(root[0], "mg", ["unit"]) == HIDDEN


def test_what_a_templateid_holds_is_told_only_where_it_is_technical(small):
    head = (
        '<templateId root="1.2.3" extension="2024.01"/><templateId root="VALMORET"/>'
        '<templateId root="1.2" extension="279035121518989"/>'
    )
    (finding,) = findings(small, written("", head=head), "volet").findings
    assert "(templateId : 1.2.3:2024.01, non affiché, non affiché)" in finding.message


def test_a_code_system_is_told_only_where_it_is_technical(small):
    head = '<code code="A" codeSystem="Inès"/><code code="A" codeSystem="2.16.840.1"/>'
    (finding,) = findings(small, written("", head=head), "terminologies").findings
    assert finding.message.endswith("non vérifié : non affiché, 2.16.840.1.")


@pytest.mark.parametrize(
    ("select", "said"),
    [
        ("concat(cda:code/@code, ' !')", "A !"),
        ("concat(cda:code/@code, cda:id/@extension)", HIDDEN),
        ("cda:code/string(@code)", HIDDEN),
        ("for $x in cda:code return $x/@code", HIDDEN),
        ("string(cda:title)", HIDDEN),
    ],
)
def test_a_value_that_a_message_computes_is_quoted_where_it_can_only_be_a_code(
    copied, select, said
):
    path = copied / "schematrons" / "profils" / "IHE.sch"
    message = '<assert test="false()">Valeur : <value-of select="{}"/>.</assert>'
    text = path.read_text("utf-8")
    first = text.index("<assert ")
    path.write_text(text[:first] + message.format(select) + text[first:], "utf-8")
    content = '<templateId root="1.1.1"/><id extension="B"/><code code="A"/><title>Douleur</title>'
    said_of = findings(Kit(open_folder(copied), "petit"), written(section(content)), "modeles-ihe")
    assert f"Valeur : {said}." in [one.message for one in said_of.findings]
