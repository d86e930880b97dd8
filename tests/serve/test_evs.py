"""The contract of EVSClient: each of its clients, header by header."""

from base64 import b64encode

import pytest

from cda_tools.reports.contracts.evs import GVR

VALIDATIONS = "/evs/rest/validations"
NAME = ".Structuration minimale des documents de santé v"
XML = (
    '<validation{namespace}><validationService name="Schematron Based CDA Validator" '
    'validator=".Structuration minimale des documents de sant&#233; v{version}"/>'
    '<object originalFileName="DUPONT.xml"><content>{content}</content></object></validation>'
)
RESULTS = {
    "good": ("DONE_PASSED", "PASSED", "PASSED"),
    "bad": ("DONE_FAILED", "FAILED", "FAILED"),
    "undefined": ("DONE_UNDEFINED", "UNDEFINED", "ABORTED"),
}


def lines(data):
    text = b64encode(data).decode()
    return "\n   ".join(text[at : at + 76] for at in range(0, len(text), 76))


def posted(client, data, version="1.16", namespace=' xmlns="http://evsobjects.gazelle.ihe.net/"'):
    body = XML.format(namespace=namespace, version=version, content=lines(data))
    return client.post(VALIDATIONS, body.encode("ascii"), content_type="application/xml")


def path(reply, header):
    """Return a header's address without its host; the header's name with its case."""
    value = dict(reply.headers)[header]
    assert value.startswith("http://127.0.0.1:8080/")
    assert "?" not in value
    return value.removeprefix("http://127.0.0.1:8080")


@pytest.mark.parametrize("name", RESULTS)
def test_the_script_of_ans_reads_its_report_by_the_header(client, documents, name):
    reply = posted(client, documents.named(name))
    assert (reply.status, reply.body) == (201, b"")
    report = path(reply, "X-Validation-Report-Redirect") + "?severityThreshold=WARNING"
    root = client.get(report, accept="application/xml").xml
    assert (root.tag, root.get("result")) == (f"{{{GVR}}}validationReport", RESULTS[name][1])
    names = [one.tag.removeprefix(f"{{{GVR}}}") for one in root]
    assert names[:2] == ["validationOverview", "counters"]
    assert set(names[2:]) == {"subReport"}
    for sub in root.findall(f"{{{GVR}}}subReport"):
        assert not sub.findall(f"{{{GVR}}}subReport")
        assert not sub.findall(f"{{{GVR}}}counters")
    overview = root[0]
    assert overview.get("validationOverallResult") == RESULTS[name][1]
    assert overview.findtext(f"{{{GVR}}}validatorID") == f"{NAME}1.16"


def test_java_compares_header_names_with_their_case(client, documents):
    reply = posted(client, documents.bad)
    place = path(reply, "Content-Location")
    found = client.get(f"{place}/report?severityThreshold=WARNING", accept="application/xml")
    assert found.status == 200
    assert path(reply, "Location") == place


@pytest.mark.parametrize("name", RESULTS)
def test_the_state_is_read_at_the_last_segment_of_location(client, documents, name):
    oid = path(posted(client, documents.named(name)), "Location").rpartition("/")[2]
    root = client.get(f"{VALIDATIONS}/{oid}?privacyKey=x", accept="application/xml").xml
    assert root.findtext("{*}status") == RESULTS[name][0]
    state = client.get(f"{VALIDATIONS}/{oid}", accept="application/json").json
    assert state["status"] == RESULTS[name][0]
    assert state["validationReportRef"]["location"].endswith(f"/{oid}/report")
    assert client.get(f"/evs/rest/GetValidationStatus?oid={oid}").text == RESULTS[name][2]
    assert client.get(f"/evs/rest/GetValidationDate?oid={oid}").text == state["date"]
    assert client.get(f"/evs/rest/GetValidationPermanentLink?oid={oid}").text.endswith(oid)


@pytest.mark.parametrize("key", ["objects", "object"])
def test_json_is_taken_with_any_authorization(client, documents, key):
    one = {"originalFileName": "a.xml", "content": b64encode(documents.bad).decode()}
    service = {"name": "Schematron Based CDA Validator", "validator": f"{NAME}1.12"}
    body = {"validationService": service, key: [one] if key == "objects" else one}
    reply = client.post(VALIDATIONS, body, authorization="GazelleAPIKey 0000")
    report = client.get(path(reply, "Location") + "/report", accept="application/json").json
    overview = report["validationOverview"]
    assert overview["validationOverallResult"] == "PASSED", "an older name asks for no setId"
    assert overview["validatorID"] == f"{NAME}1.12"
    told = {one["name"]: one["value"] for one in overview["additionalMetadata"]}
    assert told["profile"] == "pre-1.16"


def test_the_threshold_drops_constraints_and_no_counts(client, documents):
    place = path(posted(client, documents.bad), "Location") + "/report"

    def read(threshold):
        root = client.get(f"{place}?severityThreshold={threshold}", accept="application/xml").xml
        levels = {one.get("severity") for one in root.iter(f"{{{GVR}}}constraint")}
        return levels, dict(root.find(f"{{{GVR}}}counters").attrib)

    every, counts = read("INFO")
    assert every == {"INFO", "ERROR"}
    assert read("ERROR") == ({"ERROR"}, counts)
    assert read("OTHER") == (every, counts)


def test_without_namespace_the_request_is_read(client, documents):
    assert posted(client, documents.good, namespace="").status == 201


def test_nothing_of_the_documents_name_or_content_is_kept(client, documents):
    reply = posted(client, documents.good)
    place = path(reply, "Location")
    for accept in ("application/json", "application/xml"):
        for end in ("", "/report"):
            found = client.get(place + end, accept=accept)
            assert b"DUPONT" not in found.body
            assert found["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (XML.format(namespace="", version="9", content="YQ=="), "application/xml", 400),
        (XML.format(namespace="", version="1.16", content="***"), "application/xml", 400),
        ("<validation><object/></validation>", "application/xml", 400),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "text/xml", 400),
        ("<a", "application/xml", 400),
        ("{", "application/json", 400),
        ("{}", "application/json", 400),
        (
            '{"validationService": {"name": "a", "validator": "b"}, "objects": []}',
            "application/json",
            400,
        ),
        ("x", "text/plain", 415),
    ],
)
def test_a_wrong_request_is_refused_in_plain_text(client, body, kind, status):
    reply = client.post(VALIDATIONS, body, content_type=kind)
    assert (reply.status, reply["Content-Type"]) == (status, "text/plain; charset=utf-8")


def test_what_is_unknown_expired_or_of_another_form_is_refused(client, documents):
    place = path(posted(client, documents.good), "Location")
    assert client.get(f"{VALIDATIONS}/2.25.1").status == 404
    assert client.get(f"{VALIDATIONS}/2.25.1/report").status == 404
    assert client.get("/evs/rest/GetValidationStatus?oid=2.25.1").text == "NOT_PERFORMED"
    assert client.get(place, accept="text/csv").status == 406
    assert client.get(f"{place}/report", accept="application/junit+xml").status == 501
    assert client.get(f"{place}/report", accept="text/xml")["Content-Type"] == "application/xml"
    assert client.get(VALIDATIONS).status == 405


def test_the_validators_are_listed(client):
    found = client.get(f"{VALIDATIONS}/profiles").json
    assert f"{NAME}1.16" in {one["validator"]["name"] for one in found}
    assert client.get(f"{VALIDATIONS}/profiles?serviceName=Other").json == []


@pytest.mark.parametrize(
    "one",
    [
        {"content": None},
        {"content": 1234},
        {"originalFileName": 7, "content": "PGEvPg=="},
        {"originalFileName": ["a"], "content": "PGEvPg=="},
    ],
)
def test_what_is_no_text_in_json_is_refused_and_not_validated(client, one):
    service = {"name": "Schematron Based CDA Validator", "validator": f"{NAME}1.16"}
    reply = client.post(VALIDATIONS, {"objects": [one], "validationService": service})
    assert (reply.status, "textes" in reply.text) == (400, True)
