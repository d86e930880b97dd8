"""The service with the user's kit: its layers, its rules, what is wrong in it."""

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from live import serving
from service import Client

from cda_tools.batch import Settings
from cda_tools.validation import Options

SMALL = str(Path(__file__).resolve().parents[2] / "fixtures" / "kit")


@pytest.fixture
def with_kit():
    return Client(Settings(Options(kit=SMALL)))


def failing(document):
    """Return the findings of the layer of the volet that are errors."""
    (volet,) = (one for one in document["layers"] if one["name"] == "volet")
    return [one["rule"] for one in volet["issues"] if one["severity"] == "error"]


def test_a_service_with_a_kit_gives_the_verdict_of_the_volet(documents):
    with serving("--kit", SMALL, "--workers", "1") as live:
        status, _, body = live.ask("POST", "/validate", documents.good)
        version = json.loads(live.ask("GET", "/version")[2])
    assert status == 200
    (document,) = json.loads(body)["documents"]
    assert (document["valid"], document["kit"]) == (False, version["kit"])
    assert failing(document) == ["S_Conclusion/c70de4"]


def test_the_page_of_a_finding_s_rule_is_there_for_those_of_the_kit_too(with_kit, documents):
    (document,) = with_kit.post("/validate", documents.good).json["documents"]
    (rule,) = failing(document)
    page = with_kit.get(f"/rules/{rule}")
    assert (page.status, page["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert page.text.startswith(f"{rule} : [S_Conclusion] La section")
    assert "  Contexte   " in page.text
    (found, *_) = with_kit.get(f"/rules/{rule}", accept="application/json").json
    assert (found["id"], found["kind"]) == (rule, "assert")


def test_what_is_wrong_in_the_kit_is_told_as_in_a_report(with_kit, documents):
    told = with_kit.get("/version").json["kit_defects"]
    assert [one["rule"] for one in told] == ["KIT-08"]
    assert with_kit.post("/validate", documents.good).json["summary"]["kit_defects"] == told


def test_a_rule_that_neither_has_is_not_found(with_kit, client):
    assert with_kit.get("/rules/S_x/000000").status == 404
    assert with_kit.get("/rules/SM-SETID-01").status == 200
    assert client.get("/rules/S_Conclusion/c70de4").status == 404


def test_the_adapters_of_other_contracts_count_the_kit_s_layers(with_kit, documents):
    assert with_kit.post("/validate?format=tar", documents.good).text.count("FAILURE") == 1
    outcome = with_kit.post("/fhir/$validate", documents.good, content_type="application/xml")
    assert "S_Conclusion/c70de4" in outcome.text
    assert with_kit.post(f"/{quote('cr.xml')}", documents.good).status == 406
