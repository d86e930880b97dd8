"""The contract of HL7's validator-wrapper, at POST /validate with JSON."""

import re
from uuid import UUID

import pytest

LEVELS = {"good": set(), "bad": {"ERROR"}, "undefined": {"FATAL"}, "truncated": {"ERROR"}}


def request(*documents, context="cliContext", **others):
    files = [
        {"fileName": f"{number}.xml", "fileContent": one.decode(), "fileType": "xml"}
        for number, one in enumerate(documents)
    ]
    return {context: {"sv": "5.0.0", "profiles": []}, "filesToValidate": files, **others}


@pytest.mark.parametrize("context", ["cliContext", "validationContext"])
@pytest.mark.parametrize("name", LEVELS)
def test_issues_have_integers_and_levels_in_capitals(client, documents, context, name):
    reply = client.post("/validate", request(documents.named(name), context=context))
    assert reply.status == 200
    issues = reply.json["outcomes"][0]["issues"]
    assert issues, "an empty list reads as not run"
    assert {one["level"] for one in issues} & {"ERROR", "FATAL"} == LEVELS[name]
    for one in issues:
        assert isinstance(one["line"], int)
        assert one["col"] == -1
        assert re.fullmatch(r"[A-Z]+", one["level"] + one["type"])


def test_outcomes_are_in_the_order_of_the_files_and_hold_no_document(client, documents):
    reply = client.post("/validate", request(documents.good, documents.bad))
    outcomes = reply.json["outcomes"]
    assert [one["fileInfo"]["fileName"] for one in outcomes] == ["0.xml", "1.xml"]
    assert [one["fileInfo"]["fileContent"] for one in outcomes] == ["", ""]
    assert [any(i["level"] == "ERROR" for i in one["issues"]) for one in outcomes] == [False, True]


def test_a_session_is_given_back_or_made(client, documents):
    session = "0f8fad5b-d9cb-469f-a165-70867728950e"
    reply = client.post("/validate", request(documents.good, sessionId=session))
    assert reply.json["sessionId"] == session
    for given in (None, "", "<script>"):
        made = client.post("/validate", request(documents.good, sessionId=given)).json["sessionId"]
        assert str(UUID(made)) == made


def test_our_profile_among_those_of_the_context_is_taken(client, documents):
    body = request(documents.bad) | {"cliContext": {"profiles": ["http://x", "pre-1.16"]}}
    issues = client.post("/validate", body).json["outcomes"][0]["issues"]
    assert "ERROR" not in {one["level"] for one in issues}


def test_json_files_are_said_to_be_no_cda(client):
    file = {"fileName": "a.json", "fileContent": "{}", "fileType": "json"}
    reply = client.post("/validate", {"filesToValidate": [file]})
    assert [one["level"] for one in reply.json["outcomes"][0]["issues"]] == ["FATAL"]


@pytest.mark.parametrize(
    "body",
    [
        {"cliContext": {}, "filesToValidate": []},
        {"filesToValidate": [{"fileName": "", "fileContent": "<a/>"}]},
        {"filesToValidate": [{"fileName": "a", "fileContent": None}]},
        {"filesToValidate": [{"fileName": "a", "fileContent": "<a/>", "fileType": "pdf"}]},
        {"filesToValidate": ["a"]},
        {"filesToValidate": [{"fileName": "a", "fileContent": "<a/>"}] * 101},
        [],
        b"{",
    ],
)
def test_a_wrong_request_is_a_400_in_plain_text(client, body):
    reply = client.post("/validate", body, content_type="application/json")
    assert (reply.status, reply["Content-Type"]) == (400, "text/plain; charset=utf-8")


def test_the_version_is_told(client):
    assert client.get("/validator/version").json["validatorVersion"]
