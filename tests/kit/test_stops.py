"""Where the official tool stops, the layer has no verdict, and the element is named."""

import pytest
from documents_of_kits import FAMILY, findings, section, written

from cda_tools.kit.folder import open_folder
from cda_tools.kit.kit import Kit

BODY = "/ClinicalDocument/component/structuredBody/component/section"
AUTHOR = "<author><time/></author>"
TWO_IDS = '<templateId root="1.2.250.1.213.1.1.1.45" extension="2024.01"/><templateId root="1.2"/>'
ACT = '<act><templateId root="3.3.3"/>{}</act>'


@pytest.mark.parametrize(
    ("content", "place", "reason"),
    [
        ('<repeatNumber value="trois"/>', "repeatNumber", "texte"),
        ('<repeatNumber value=""/>', "repeatNumber", "texte"),
        (ACT.format('<id root="1"/><id root="2"/>'), "act", "plusieurs"),
        (ACT.format(f'<id root="1"/>{AUTHOR}{AUTHOR}'), "act", "plusieurs"),
    ],
)  # fmt: skip
def test_what_the_official_tool_stops_on_is_an_error_of_a_layer_that_did_not_run(
    small, content, place, reason
):
    said = findings(small, written(section(content)), "modeles-cda")
    (stop,) = (one for one in said.findings if one.rule == "KIT-16")
    assert (said.ran, stop.severity, stop.location) == (False, "error", f"{BODY}/{place}")
    assert reason in stop.message
    assert "trois" not in stop.message


def test_the_other_checks_are_told_all_the_same(small):
    content = '<repeatNumber value="x"/><repeatNumber value="-1"/>'
    said = findings(small, written(section(content)), "modeles-cda")
    places = [one.location for one in said.findings if one.rule.startswith("arrets/")]
    assert f"{BODY}/repeatNumber[2]" in places


@pytest.mark.parametrize("value", ["0", "3", " 4 ", "1e2", "+5", "INF", "0.5", ".5", "5."])
def test_a_number_is_what_xml_schema_calls_one(small, value):
    said = findings(small, written(section(f'<repeatNumber value="{value}"/>')), "modeles-cda")
    assert (said.ran, list(said.findings)) == (True, [])


def test_no_value_is_no_stop(small):
    said = findings(small, written(section("<repeatNumber/>")), "modeles-cda")
    assert (said.ran, len(list(said.findings))) == (True, 1)


def test_a_stop_of_one_layer_leaves_the_others_alone(small):
    document = written(section('<repeatNumber value="x"/>'))
    assert findings(small, document, "modeles-ans").ran is True
    assert findings(small, document, "volet").ran is True


@pytest.mark.parametrize(
    "value",
    [
        "doc('absent.xml')//x[@a = current()/cda:typeId/@root]",
        "string-length(cda:templateId/@root)",
    ],
)
def test_a_variable_that_stops_is_named_itself(copied, value):
    path = copied / "schematrons" / "CI-SIS_IMG-DEMO_2024.01.sch"
    head = '<rule context="cda:ClinicalDocument">'
    text = path.read_text("utf-8")
    assert head in text
    path.write_text(text.replace(head, f'{head}<let name="v" value="{value}"/>'), "utf-8")
    document = written("", head=f'{FAMILY}<templateId root="1.2"/>')
    said = findings(Kit(open_folder(copied), "petit"), document, "volet")
    (stop,) = (one for one in said.findings if one.rule == "KIT-16")
    assert (said.ran, stop.location) == (False, "/ClinicalDocument")
    assert f"(test : {value})" in stop.message
