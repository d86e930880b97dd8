"""The explanation of a failure: the content model in words, from xmlschema."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree
from test_xsd import VALUE, document, in_a_style_sheet

from cases import FOLDER
from cda_tools.cli import cli
from cda_tools.errors import InputError
from cda_tools.rules.finding import Finding
from cda_tools.validation.xsd import layer as xsd
from cda_tools.validation.xsd import libxml2

CASES = FOLDER / "xsd"


class Told:
    """A finding, and the model that explains it."""

    def __init__(self, finding: Finding) -> None:
        self.location, self.line, self.reason = finding.location, finding.line, finding.message
        model = dict(finding.fields).get("model")
        self.model = None if model is None else str(model)
        assert model is None or self.reason.endswith(f" ; le schéma attend : {model}.")


def explain(root: etree._Element, schema: Path | None = None) -> list[Told]:
    return [Told(finding) for finding in xsd.check(root, schema, explain=True)]


def the_one(root: etree._Element) -> Told:
    found = explain(root)
    assert len(found) == 1, found
    return found[0]


def test_a_valid_document_needs_no_explanation() -> None:
    assert explain(document()) == []


@pytest.mark.parametrize("path", sorted(CASES.glob("XSD-*-fail-*.xml")), ids=lambda path: path.stem)
def test_each_problem_is_explained_where_it_is_found(path: Path) -> None:
    root = etree.parse(path).getroot()
    places = [(found.location, found.line) for found in xsd.check(root)]
    told = explain(root)
    assert [(one.location, one.line) for one in told] == places
    assert all(one.reason.endswith(".") for one in told)


def test_a_document_that_is_explained_is_validated_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(etree.tostring(document((VALUE, VALUE.replace("mmol/L", "mmol / L")))))
    validated: list[etree._Element] = []

    errors_of = libxml2.errors_of

    def counted(schema: etree.XMLSchema, element: etree._Element) -> list[etree._LogEntry]:
        validated.append(element)
        return errors_of(schema, element)

    monkeypatch.setattr(libxml2, "errors_of", counted)
    told = CliRunner().invoke(cli, ["inspect", "--layer", "xsd", str(path)]).output
    assert "« mmol / L »" in told
    assert "le schéma attend : attributs : " in told
    assert len(validated) == 1


def test_a_misplaced_element_shows_the_model_of_its_parent() -> None:
    told = the_one(
        document(
            ("<title>Biochimie</title>", "<entry/><title>Biochimie</title>"),
            ("<entry/>", "<entry><act classCode='ACT' moodCode='EVN'><code/></act></entry>"),
        )
    )
    assert told.model is not None
    assert told.model.startswith(
        "éléments, dans cet ordre : « realmCode » (facultatif, répétable), « typeId » (facultatif),"
        " « templateId » (facultatif, répétable), « id » (facultatif), « code » (facultatif),"
        " « title » (facultatif), « text » (facultatif), "
    )
    assert told.model.endswith("« component » (facultatif, répétable)")


def test_a_missing_element_is_named() -> None:
    parent = '<parentDocument><id root="1.2.250.1.999.1.1" extension="CR-0000"/>'
    told = the_one(document((f"{parent}</parentDocument>", "")))
    assert told.reason.startswith("« parentDocument » manque, dans « relatedDocument » ; le schéma")
    assert told.model is not None
    assert told.model.endswith("« parentDocument » (obligatoire)")


def test_a_choice_is_told_as_a_choice() -> None:
    told = the_one(document((VALUE, '<value xsi:type="SXPR_TS"><comp/></value>')))
    assert (
        told.model
        == "éléments, dans cet ordre : « comp » (obligatoire, 2 fois au moins, répétable)"
    )
    told = the_one(document((VALUE, '<value xsi:type="IVL_PQ"><center/><low/></value>')))
    assert told.model is not None
    assert told.model.startswith(
        "éléments, dans cet ordre : « translation » (facultatif, répétable),"
    )
    assert (
        "[au choix : [dans cet ordre : « low » (obligatoire), [au choix : « width » (facultatif)"
        " ou « high » (facultatif)] (facultatif)], « high » (obligatoire), "
    ) in told.model


def test_mixed_and_simple_contents_are_told() -> None:
    text = "<paragraph><content"
    told = the_one(document((text, "<tr/>" + text)))
    assert told.model is not None
    assert told.model.startswith("texte et éléments, [au choix : « content » (obligatoire), ")
    assert told.model.endswith("] (facultatif, répétable)")
    told = the_one(document(("<digits>1 2 3</digits>", "<digits><a/></digits>")))
    assert told.model == "une simple valeur, sans élément"
    told = the_one(document(('<realmCode code="FR"/>', '<realmCode code="FR">x</realmCode>')))
    assert told.model == "aucun contenu"
    told = the_one(document(("<given>Ondine</given>", "<given><a/></given>")))
    assert told.model == "du texte seulement"


def test_a_bad_value_shows_the_attributes_and_the_value() -> None:
    told = the_one(document((VALUE, VALUE.replace("mmol/L", "mmol / L"))))
    assert "« mmol / L »" in told.reason
    assert told.model == (
        "attributs : « nullFlavor » (facultatif, type NullFlavor) ; « value » (facultatif, type"
        " real) ; « unit » (facultatif, type cs)"
    )


def test_fixed_and_mandatory_attributes_are_told() -> None:
    told = the_one(document(('root="2.16.840.1.113883.1.3"', 'root="2.16.840.1.113883.1.4"')))
    assert told.model is not None
    assert "« root » (obligatoire, valeur fixe « 2.16.840.1.113883.1.3 », type uid)" in told.model


def test_prohibited_attributes_are_not_offered() -> None:
    told = the_one(document(('<languageCode code="fr-FR"/>', '<languageCode code="fr-FR" x="1"/>')))
    assert told.model is not None
    assert "codeSystem" not in told.model


def test_a_simple_type_has_no_attribute() -> None:
    told = the_one(document(("<digits>1 2 3</digits>", "<digits>un</digits>")))
    assert told.model == "aucun attribut"
    assert "valeur non affichée" in told.reason


def test_the_identity_is_not_shown() -> None:
    told = the_one(document(('value="19700101"', 'value="MARQUEUR"')))
    assert "valeur non affichée" in told.reason
    assert "MARQUEUR" not in told.reason


def test_below_an_unknown_type_the_model_is_said_to_be_unknown() -> None:
    code = '<code code="18725-2" codeSystem="2.16.840.1.113883.6.1"/>'
    told = explain(
        document((code, '<code xsi:type="Nope"><originalText><x/></originalText></code>'))
    )
    assert [one.model for one in told] == [
        None,
        "modèle non disponible : le schéma ne dit pas le type de cet élément",
    ]


def test_below_an_element_of_any_type_the_model_is_unknown() -> None:
    role = (
        '<participant typeCode="DEV"><participantRole><functionCode><any><ClinicalDocument/></any>'
        "</functionCode></participantRole></participant></observation>"
    )
    told = explain(document((f"{VALUE}\n            </observation>", VALUE + role)))
    assert [one.model for one in told] == [
        "modèle non disponible : le schéma ne dit pas le type de cet élément"
    ]


def test_a_wrong_root_has_no_model() -> None:
    told = the_one(etree.fromstring("<a/>"))
    assert (told.location, told.model) == ("/a", None)


def test_a_document_inside_a_style_sheet_is_explained() -> None:
    text = etree.tostring(document((VALUE, VALUE.replace("5.1", "5,1"))), encoding="unicode")
    tree = in_a_style_sheet("<?xml version='1.0'?>" + text)
    told = the_one(next(tree.iter("{urn:hl7-org:v3}ClinicalDocument")))
    assert told.model is not None
    assert told.model.startswith("attributs : ")


def test_a_schema_that_only_libxml2_accepts_gives_no_model(tmp_path: Path) -> None:
    file = tmp_path / "laxe.xsd"
    # A restriction that restricts to something else: libxml2 does not look, xmlschema refuses.
    file.write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
        '<xs:complexType name="base"><xs:sequence><xs:element name="b"/></xs:sequence>'
        '</xs:complexType><xs:element name="a"><xs:complexType><xs:complexContent>'
        '<xs:restriction base="base"><xs:sequence><xs:element name="c"/></xs:sequence>'
        "</xs:restriction></xs:complexContent></xs:complexType></xs:element></xs:schema>",
        encoding="utf-8",
    )
    told = explain(etree.fromstring("<a/>"), file)
    assert [one.model for one in told] == [
        "modèle non disponible : la bibliothèque xmlschema ne peut pas charger ce schéma"
    ]
    assert told[0].reason.startswith("« c » (sans espace de noms) manque, dans « a » (sans")


def test_a_schema_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="schéma introuvable"):
        explain(document(), tmp_path / "absent.xsd")


def test_xmlschema_is_imported_only_to_explain() -> None:
    code = (
        "import sys; import cda_tools.validation.xsd.explain, cda_tools.validation.xsd.layer;"
        "from lxml import etree;"
        "assert cda_tools.validation.xsd.layer.check(etree.fromstring('<a/>'));"
        "sys.exit('xmlschema' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
