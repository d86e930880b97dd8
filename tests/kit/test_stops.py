"""Where the official tool stops, the layer has no verdict, and the element is named."""

import pytest
from documents_of_kits import findings, section, written

BODY = "/ClinicalDocument/component/structuredBody/component/section"
AUTHOR = "<author><time/></author>"
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
