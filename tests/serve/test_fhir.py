"""The contract of matchbox: $validate with a CDA document, an OperationOutcome back."""

import pytest

from cda_tools.reports.contracts.fhir import FHIR

VALIDATE = "/fhir/$validate"
SEVERITIES = {"good": "information", "bad": "error", "truncated": "error", "undefined": "fatal"}
ORDER = ["extension", "severity", "code", "details", "diagnostics", "location", "expression"]


@pytest.mark.parametrize("path", [VALIDATE, "/fhir/%24validate"])
@pytest.mark.parametrize("name", SEVERITIES)
def test_a_document_that_was_looked_at_is_a_200(client, documents, path, name):
    reply = client.post(path, documents.named(name), content_type="application/fhir+xml")
    assert (reply.status, reply["Content-Type"]) == (200, "application/fhir+json; charset=utf-8")
    issues = reply.json["issue"]
    found = {one["severity"] for one in issues}
    assert SEVERITIES[name] in found
    assert bool(found & {"error", "fatal"}) == (name != "good")
    assert issues[0]["severity"] == "information"
    assert "profil 1.16" in issues[0]["diagnostics"]


@pytest.mark.parametrize("kind", ["application/json", "application/xml", "text/xml", None])
def test_the_body_is_looked_at_whatever_its_type(client, documents, kind):
    headers = {} if kind is None else {"content_type": kind}
    found = client.post(f"{VALIDATE}?profile=1.16&other=1", documents.bad, **headers).json
    assert "error" in {one["severity"] for one in found["issue"]}


def test_an_issue_has_its_place_rule_and_layer(client, documents):
    issues = client.post(VALIDATE, documents.bad).json["issue"]
    issue = next(one for one in issues if one["severity"] == "error")
    values = {one["url"].rpartition("-")[2]: one for one in issue["extension"]}
    assert values["line"]["valueInteger"] == 2
    assert values["id"]["valueString"] == "SM-SETID-01"
    assert values["source"]["valueString"] == "structuration-minimale"
    assert issue["location"] == ["/ClinicalDocument"]
    assert issue["expression"] == ["ClinicalDocument"]
    assert issue["code"] == "invariant"


def test_what_was_not_checked_says_why(client, documents):
    issues = client.post(VALIDATE, documents.undefined).json["issue"]
    assert [one["code"] for one in issues if one["severity"] == "fatal"] == ["timeout"]


@pytest.mark.parametrize(
    ("query", "accept", "xml"),
    [
        ("", "application/fhir+xml", True),
        ("", "application/xml;q=0.9, application/fhir+json;q=0.1", True),
        ("", "*/*", False),
        ("?_format=xml", "application/fhir+json", True),
        ("?_format=application/fhir+json", "application/fhir+xml", False),
        ("?_format=application/fhir%2Bxml", "", True),
    ],
)
def test_the_form_is_that_of_format_then_accept_then_json(client, documents, query, accept, xml):
    reply = client.post(VALIDATE + query, documents.bad, accept=accept)
    assert reply["Content-Type"].startswith(f"application/fhir+{'xml' if xml else 'json'}")
    if xml:
        root = reply.xml
        assert root.tag == f"{{{FHIR}}}OperationOutcome"
        for issue in root:
            names = [one.tag.removeprefix(f"{{{FHIR}}}") for one in issue]
            places = [ORDER.index(name) for name in names]
            assert places == sorted(places)
            assert issue.find(f"{{{FHIR}}}severity").get("value")


def test_an_empty_body_and_an_unknown_profile_are_errors_of_the_outcome(client, documents):
    for path, body in ((VALIDATE, b" "), (f"{VALIDATE}?profile=http://x/2.0", documents.good)):
        reply = client.post(path, body)
        assert reply.status == 200
        assert [one["code"] for one in reply.json["issue"]] == ["exception"]


def test_a_canonical_that_ends_in_our_profile_is_ours(client, documents):
    path = f"{VALIDATE}?profile=https://example.org/cda/pre-1.16|1"
    assert "error" not in {
        one["severity"] for one in client.post(path, documents.bad).json["issue"]
    }


def test_metadata_names_the_operation(client):
    found = client.get("/fhir/metadata").json
    assert found["resourceType"] == "CapabilityStatement"
    assert found["rest"][0]["operation"][0]["name"] == "validate"
    assert client.get("/fhir/metadata", accept="application/fhir+xml").xml is not None
