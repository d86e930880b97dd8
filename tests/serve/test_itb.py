"""The contract of the ITB xml-validator: what its clients send, and what they read back."""

import json
from base64 import b64decode, b64encode

import pytest
from lxml import etree

from cda_tools.reports.contracts.gitb import TR, XSI

PATHS = ("/rest/cda/api/validate", "/cda/api/validate")
RESULTS = {"good": "SUCCESS", "bad": "FAILURE", "undefined": "UNDEFINED", "truncated": "FAILURE"}
ORDER = ["date", "result", "overview", "counters", "context", "reports"]


def encoded(data):
    return b64encode(data).decode("ascii")


def children(element):
    return [etree.QName(one).localname for one in element]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("name", RESULTS)
def test_a_document_in_base64_has_its_verdict_in_json(client, documents, path, name):
    body = {
        "contentToValidate": encoded(documents.named(name)),
        "embeddingMethod": "BASE64",
        "validationType": "1.16",
        "locale": "de",
        "externalSchemas": [],
        "contextFiles": None,
        "unknown": 1,
    }
    reply = client.post(path, body, accept="application/json")
    assert reply.status == 200
    assert reply["Content-Type"] == "application/json"
    found = reply.json
    assert found["result"] == RESULTS[name]
    reports = found["reports"]
    assert all(reports.values()), "lists that are empty are left out"
    assert found["counters"] == {
        "nrOfAssertions": len(reports.get("info", ())),
        "nrOfErrors": len(reports.get("error", ())),
        "nrOfWarnings": len(reports.get("warning", ())),
    }
    assert (found["counters"]["nrOfErrors"] == 0) == (name == "good")


@pytest.mark.parametrize("accept", ["", "*/*", "application/xml", "text/xml"])
def test_the_answer_is_xml_unless_json_is_asked_for(client, documents, accept):
    body = {"contentToValidate": documents.bad.decode()}
    reply = client.post(PATHS[0], body, accept=accept)
    assert reply["Content-Type"] == "application/xml"
    root = reply.xml
    assert root.tag == f"{{{TR}}}TestStepReport"
    prefix, _, kind = root.get(f"{{{XSI}}}type").partition(":")
    assert (root.nsmap[prefix], kind) == (TR, "TAR")
    names = children(root)
    assert names == [name for name in ORDER if name in names]
    assert root.findtext(f"{{{TR}}}result") == "FAILURE"
    items = root.findall(f"{{{TR}}}reports/{{{TR}}}error")
    assert {one.findtext(f"{{{TR}}}assertionID") for one in items} == {
        "SM-SETID-01",
        "SM-VERSION-01",
    }
    assert {one.get(f"{{{XSI}}}type") for one in items} == {"tr:BAR"}


def test_a_clean_document_has_no_empty_reports_in_xml(client, documents):
    root = client.post(PATHS[0], {"contentToValidate": documents.good.decode()}).xml
    assert root.findtext(f"{{{TR}}}result") == "SUCCESS"
    assert root.find(f"{{{TR}}}reports") is None


@pytest.mark.parametrize("method", [None, "STRING", "BASE64", ""])
def test_a_content_is_guessed_or_read_as_it_is_said_to_be(client, documents, method):
    text = documents.bad.decode()
    content = encoded(documents.bad) if method == "BASE64" else text
    body = {"contentToValidate": content} | ({} if method is None else {"embeddingMethod": method})
    assert client.post(PATHS[0], body, accept="application/json").json["result"] == "FAILURE"


def test_base64_in_lines_or_in_the_alphabet_of_urls_is_read(client, documents):
    lines = encoded(documents.good)
    lines = "\r\n".join(lines[at : at + 76] for at in range(0, len(lines), 76))
    urls = lines.replace("+", "-").replace("/", "_")
    for content in (lines, urls):
        body = {"contentToValidate": content}
        assert client.post(PATHS[0], body, accept="application/json").json["result"] == "SUCCESS"


def test_a_place_is_a_path_a_line_or_both(client, documents):
    def places(**options):
        body = {"contentToValidate": documents.bad.decode(), **options}
        found = client.post(PATHS[0], body, accept="application/json").json
        return {one["location"] for one in found["reports"]["error"]}

    assert places() == {"/ClinicalDocument"}
    assert places(locationAsPath=False) == {"xml:2:0"}
    assert places(showLocationPaths=True) == {"xml:2:0|/ClinicalDocument"}


def test_the_document_is_in_the_report_only_where_it_is_asked_for(client, documents):
    text = documents.good.decode()
    body = {"contentToValidate": text, "addInputToReport": True}
    found = client.post(PATHS[0], body, accept="application/json").json
    assert found["context"]["items"][0]["value"] == text
    root = client.post(PATHS[0], body).xml
    assert root.xpath("string(//*[local-name()='value'])") == text.replace("\r\n", "\n")
    assert b"recordTarget" not in client.post(PATHS[0], {"contentToValidate": text}).body


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ({"contentToValidate": "https://dossier.example/1.xml"}, "URL"),
        ({"contentToValidate": "x", "embeddingMethod": "URL"}, "URL"),
        ({"contentToValidate": "<a/>", "externalSchemas": [{"schema": "<x/>"}]}, "externalSchemas"),
        ({"contentToValidate": "<a/>", "contextFiles": [{"content": "x"}]}, "contextFiles"),
        ({"contentToValidate": "***", "embeddingMethod": "BASE64"}, "base64"),
        ({"contentToValidate": ""}, "vide"),
        ({"contentToValidate": "\ud800"}, "UTF-16"),
        ({"contentToValidate": "<a/>", "embeddingMethod": "X"}, "embeddingMethod"),
        ({"contentToValidate": "<a/>", "validationType": "2.0"}, "profil"),
        ({"contentToValidate": "<a/>", "validationType": 3}, "validationType"),
        ({}, "contentToValidate"),
        ([], "objet"),
        (b"{", "JSON"),
        (b"[" * 100_000, "JSON"),
    ],
)
def test_a_request_that_is_wrong_or_refused_has_the_validators_error(client, body, word):
    reply = client.post(PATHS[0], body)
    assert reply.status == 400
    assert set(reply.json) == {"message", "timestamp"}
    assert word in reply.json["message"]


def test_several_documents_are_answered_in_their_order(client, documents):
    body = [{"contentToValidate": encoded(one)} for one in (documents.good, documents.bad)]
    reply = client.post("/rest/cda/api/validateMultiple", body, accept="application/xml")
    reports = [etree.fromstring(b64decode(one["report"])) for one in reply.json]
    found = [one.findtext(f"{{{TR}}}result") for one in reports]
    assert found == ["SUCCESS", "FAILURE"]
    assert client.post("/rest/cda/api/validateMultiple", []).json == []


def test_one_wrong_entry_of_several_refuses_the_call(client, documents):
    good = {"contentToValidate": encoded(documents.good)}
    for body in ([good, {}], {"contentToValidate": "<a/>"}, [good] * 101):
        assert client.post("/rest/cda/api/validateMultiple", body).status == 400


def test_info_health_and_version(client):
    for path in ("/rest/cda/api/info", "/cda/api/info"):
        found = client.get(path).json
        assert found["domain"] == "cda"
        assert [one["type"] for one in found["validationTypes"]] == ["1.16", "pre-1.16", "auto"]
    assert client.get("/rest/api/info").json == [found]
    for path in ("/rest/api/healthcheck", "/rest/cda/api/healthcheck", "/cda/api/healthcheck"):
        reply = client.get(path)
        assert (reply.status, reply.body) == (200, b"")
    assert client.get("/rest/api/version").json["versionNumber"]


@pytest.mark.parametrize("end", ["validate", "info", "healthcheck"])
def test_another_domain_is_unknown(client, end):
    method = "POST" if end == "validate" else "GET"
    reply = client.ask(method, f"/rest/other/api/{end}", b"{}")
    assert reply.status == 404


def test_a_document_is_not_read_with_get(client):
    reply = client.get(PATHS[0])
    assert (reply.status, reply["Allow"]) == (405, "POST")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded"])
def test_what_another_sites_form_could_send_is_no_request(client, documents, kind):
    body = json.dumps({"contentToValidate": documents.good.decode()})
    reply = client.post(PATHS[0], body, content_type=kind)
    assert (reply.status, set(reply.json)) == (415, {"message", "timestamp"})
    charset = "application/json; charset=UTF-8"
    assert client.post(PATHS[0], body, content_type=charset).status == 200
