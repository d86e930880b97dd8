import pytest
from click.testing import CliRunner

from cda_tools.cli import cli
from cda_tools.reports.remedies import remedy
from cda_tools.rules.finding import Finding, Severity
from cda_tools.rules.wording import entries
from cda_tools.validation.xsd.sequence import neighbours

SM = "structuration-minimale"


def told(rule, layer=SM, severity=Severity.ERROR, place="/ClinicalDocument"):
    return remedy(Finding(rule, severity, layer, place, 3, text="Constat."))


def test_a_remedy_says_what_to_write_where():
    first, example, _ = told("SM-TITLE-01")
    assert first == "Pour corriger, écrire à /ClinicalDocument par exemple :"
    assert "<title>" in example


def test_a_remedy_names_the_codes_that_are_allowed_or_where_they_are():
    assert told("SM-CODE-03")[-1].endswith("codes (cda-tools rules J07)")
    few = "  codes admis : N, R, V (cda-tools rules confidentiality-basic)"
    assert told("SM-CONF-02")[-1] == few


ACTOR = "/ClinicalDocument/participant[2]/time"


@pytest.mark.parametrize(
    ("rule", "layer", "place", "where", "example"),
    [
        ("TXT-NULL-01", "text-1.16", ACTOR, f"à {ACTOR}", '<time nullFlavor="UNK"/>'),
        ("SM-DT-TS-01", SM, ACTOR, f"à {ACTOR}", '<time value="20250314102000+0100"/>'),
        ("SM-DT-IVLTS-13", SM, ACTOR, f"dans {ACTOR}", '<low value="20250310100000+0100"/>'),
        # A code of the example is none of another element's.
        (
            "SM-T-CEFULL-01",
            SM,
            "/ClinicalDocument/confidentialityCode",
            "à /ClinicalDocument/confidentialityCode",
            '<confidentialityCode code="…" codeSystem="…" displayName="…"/>',
        ),
        # An element that is not expected: what its parent may hold.
        (
            "SM-RELDOC-08",
            SM,
            "/ClinicalDocument/relatedDocument[2]/parentDocument/setId",
            "à /ClinicalDocument/relatedDocument[2]/parentDocument",
            '<parentDocument><id root="1.2.250.1.999.1.6.1"/></parentDocument>',
        ),
        ("SM-AUTHOR-02", SM, "/ClinicalDocument/author", "dans /ClinicalDocument/author", None),
    ],
)
def test_an_example_has_the_name_of_the_element_at_the_place_told(
    rule, layer, place, where, example
):
    first, shown = told(rule, layer, place=place)[:2]
    assert first == f"Pour corriger, écrire {where} par exemple :"
    assert example is None or shown.strip() == example


def test_an_example_has_the_nearest_code_where_one_is_near():
    near = (("near", "18748-4 (CR d'imagerie médicale), 11488-4 (autre)"),)
    found = remedy(Finding("SM-CODE-03", Severity.ERROR, SM, "/ClinicalDocument/code", 3, near))
    assert found[1].strip() == (
        '<code code="18748-4" codeSystem="2.16.840.1.113883.6.1" '
        'displayName="CR d\'imagerie médicale"/>'
    )


def test_an_example_has_the_code_that_stands_for_one_that_left_its_set():
    fields = (("instead", "313 (Aide-soignant)"), ("near", "G15_10/SM26 (Médecin)"))
    place = "/ClinicalDocument/author/assignedAuthor/code"
    rule = next(rule for rule in entries(SM) if "J01" in str(entries(SM)[rule].get("sets", "")))
    found = remedy(Finding(rule, Severity.ERROR, SM, place, 3, fields))
    assert 'code="313" codeSystem="1.2.250.1.213.1.6.1.107"' in found[1]
    assert 'displayName="Aide-soignant"' in found[1]


def test_a_missing_child_has_its_place_in_the_order_of_the_schema():
    place = "  place de « title » dans l'ordre du schéma : après « code », avant « effectiveTime »"
    assert place in told("SM-TITLE-01")
    assert neighbours("ClinicalDocument", "realmCode") == ("", "typeId")
    assert neighbours("patientRole", "nothing") is None
    assert neighbours("nothing", "id") is None


def test_an_example_that_shows_nothing_is_left_out():
    assert told("SM-DOC-09", place="/ClinicalDocument/bidule") == []


def test_what_only_a_message_can_say_has_no_remedy():
    assert told("SM-TITLE-01", severity=Severity.INFORMATION) == []
    assert told("XML-01", "xml", place=None) == []
    assert told("XSD-CODE", "xsd") == []
    assert told("kit/3f2a1c", "modeles-ans") == []
    assert "inspect --diff" in told("XSD-CHILD", "xsd")[0]


def test_validate_says_it_with_explain_alone(gazelle):
    path = str(gazelle / "faux-sans-titre.xml")
    runs = [CliRunner().invoke(cli, ["validate", path, *more]) for more in ((), ("--explain",))]
    plain, explained = (one.output for one in runs)
    assert "Pour corriger" not in plain
    assert "Pour corriger, écrire à /ClinicalDocument" in explained
