"""The contract of the KoSIT daemon: clients read its VARL with parsers and regular expressions."""

import hashlib
import re
from base64 import b64encode

import pytest

from cda_tools.reports.contracts.varl import REP, SCENARIOS

XHTML = "{http://www.w3.org/1999/xhtml}"
LEVEL_THEN_CODE = re.compile(r'<rep:message[^>]*level="(\w+)"[^>]*code="([\w-]+)"')


def rep(name):
    return f"{{{REP}}}{name}"


@pytest.mark.parametrize(
    ("name", "status"),
    [("good", 200), ("bad", 406), ("truncated", 406), ("foreign", 406), ("undefined", 422)],
)
def test_the_status_tells_the_verdict(client, documents, name, status):
    reply = client.post("/", documents.named(name), content_type="application/xml")
    assert reply.status == status
    if status == 422:
        assert reply["Content-Type"].startswith("text/plain")
        assert b"rep:" not in reply.body
        assert "CHK-01" in reply.text
    else:
        assert reply["Content-Type"] == "application/xml"
        kind = "accept" if status == 200 else "reject"
        assert [one.tag for one in reply.xml.find(rep("assessment"))] == [rep(kind)]
        assert reply.xml.find(rep("assessment"))[0][0][0].tag == f"{XHTML}p"


def test_the_report_has_its_parts_in_order_and_its_prefix(client, documents):
    reply = client.post("/dossier/essai.xml?type=xml", documents.bad)
    root = reply.xml
    assert b"<rep:report " in reply.body
    assert [one.tag for one in root] == [
        rep("engine"),
        rep("timestamp"),
        rep("documentIdentification"),
        rep("scenarioMatched"),
        rep("assessment"),
    ]
    about = root.find(rep("documentIdentification"))
    assert about.findtext(rep("documentReference")) == "essai.xml"
    digest = b64encode(hashlib.sha256(documents.bad).digest()).decode()
    assert about.findtext(f"{rep('documentHash')}/{rep('hashValue')}") == digest
    matched = root.find(rep("scenarioMatched"))
    assert matched.find(f"{{{SCENARIOS}}}scenario/{{{SCENARIOS}}}name").text.startswith("CDA")
    steps = matched.findall(rep("validationStepResult"))
    assert [one.get("id") for one in steps[:3]] == ["val-xml", "val-xsd", "val-sch.1"]
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))


def test_a_step_is_valid_without_error_and_warning_and_the_report_when_all_are(client, documents):
    for document in (documents.good, documents.bad):
        root = client.post("/", document).xml
        steps = list(root.iter(rep("validationStepResult")))
        for step in steps:
            levels = {one.get("level") for one in step.iter(rep("message"))}
            assert (step.get("valid") == "true") == (not levels & {"error", "warning"})
        every = all(step.get("valid") == "true" for step in steps)
        assert (root.get("valid") == "true") == every


def test_a_message_has_its_level_before_its_code(client, documents):
    text = client.post("/", documents.bad).text
    assert ("error", "SM-SETID-01") in LEVEL_THEN_CODE.findall(text)
    assert 'lineNumber="2"' in text


def test_what_is_no_cda_matches_no_scenario(client, documents):
    for name, valid in (("foreign", "true"), ("truncated", "false")):
        root = client.post("/facture.xml", documents.named(name)).xml
        steps = root.findall(f"{rep('noScenarioMatched')}/{rep('validationStepResult')}")
        assert [one.get("id") for one in steps] == ["val-xml"]
        if name == "truncated":
            assert steps[0].get("valid") == valid
        assert root.find(rep("scenarioMatched")) is None


@pytest.mark.parametrize("kind", [None, "text/plain", "application/octet-stream", "text/xml"])
def test_any_content_type_and_any_path_will_do(client, documents, kind):
    headers = {} if kind is None else {"content_type": kind}
    assert client.post("/a/b/c", documents.good, **headers).status == 200


def test_a_document_without_name_is_numbered(client, documents):
    first, second = (client.post("/", documents.good).xml for _ in range(2))
    names = [one.findtext(f".//{rep('documentReference')}") for one in (first, second)]
    assert names[0] != names[1]
    assert all(re.fullmatch(r"supplied_instance_\d+", name) for name in names)


def test_nothing_and_multipart_are_refused_in_plain_text(client, documents):
    for body, kind in (
        (b"", "application/xml"),
        (documents.good, "multipart/form-data; boundary=x"),
    ):
        reply = client.post("/", body, content_type=kind)
        assert (reply.status, reply["Content-Type"]) == (400, "text/plain; charset=utf-8")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(client, method):
    assert client.ask(method, "/essai.xml", b"<a/>").status == 405


def test_health_is_down_until_the_workers_are_ready(client):
    assert client.get("/server/health").xml[0].text == "UP"
    client.service.ready = False
    reply = client.get("/server/health")
    assert (reply.status, reply.xml[0].text) == (503, "DOWN")
    assert client.get("/server/config").status == 404
    assert client.get("/somewhere").status == 404


@pytest.mark.parametrize(
    "path", ["/evs/rest/unknown", "/rest/cda/api/other", "/gazelle/x", "/fhir", "/validator/x"]
)
def test_a_path_of_another_contract_that_is_not_there_is_no_document(client, documents, path):
    reply = client.post(path, documents.good)
    assert (reply.status, reply["Content-Type"]) == (404, "text/plain; charset=utf-8")


@pytest.mark.parametrize("name", ["%EF%BF%BE.xml", "a%00%01b.xml", "%ff.xml", "%E2%80%A8"])
def test_a_name_that_xml_cannot_hold_is_a_label_that_it_can(client, documents, name):
    reply = client.post(f"/{name}", documents.good)
    assert reply.status == 200
    assert reply.xml.findtext(f".//{rep('documentReference')}")


def test_the_declaration_has_the_quotes_of_the_real_one(client, documents):
    assert client.post("/", documents.good).body.startswith(
        b'<?xml version="1.0" encoding="UTF-8"?>'
    )
