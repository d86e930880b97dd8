"""The contract of the Gazelle validation service, whose readers compute the results again."""

from base64 import b64encode

import pytest

V1 = "/gazelle/validation/validate"
V2 = "/gazelle/validation/v2/validate"
RESULTS = {"good": "PASSED", "bad": "FAILED", "truncated": "FAILED", "undefined": "UNDEFINED"}
WEIGHTS = ("PASSED", "FAILED", "UNDEFINED")


def item(data, **others):
    return {"itemId": "1", "content": b64encode(data).decode(), "location": "http://x/", **others}


def v1(*items, profile="1.16"):
    return {"apiVersion": "0.1", "validationProfileId": profile, "validationItems": list(items)}


def v2(*items, profile="1.16"):
    return {"validationProfileId": profile, "inputs": list(items)}


def recomputed(report):
    """Return a sub-report's result and counters, as a reader computes them."""
    results, numbers = [], [0, 0, 0, 0]
    for one in report.get("assertionReports", ()):
        failed = one["result"] == "FAILED"
        results.append("FAILED" if failed and one["severity"] == "ERROR" else "PASSED")
        numbers[0] += 1
        numbers[1] += failed and one["severity"] == "WARNING"
        numbers[2] += failed and one["severity"] == "ERROR"
    if report.get("unexpectedErrors"):
        results.append("UNDEFINED")
        numbers[3] += len(report["unexpectedErrors"])
    for one in report.get("subReports", report.get("reports", ())):
        result, inner = recomputed(one)
        results.append(result)
        numbers = [a + b for a, b in zip(numbers, inner, strict=True)]
        assert (one["subReportResult"], counters(one["subCounters"])) == (result, inner)
    return max(results, key=WEIGHTS.index, default="UNDEFINED"), numbers


def counters(found):
    names = ("Assertions", "FailedWithWarnings", "FailedWithErrors", "UnexpectedErrors")
    return [found[f"numberOf{name}"] for name in names]


@pytest.mark.parametrize(("path", "make"), [(V1, v1), (V2, v2)])
@pytest.mark.parametrize("name", RESULTS)
def test_the_result_is_the_one_that_readers_compute(client, documents, path, make, name):
    reply = client.post(path, make(item(documents.named(name))))
    assert reply.status == 200
    found = reply.json
    assert found["overallResult"] == RESULTS[name]
    assert recomputed(found) == (RESULTS[name], counters(found["counters"]))


def test_the_two_models_differ_where_they_should(client, documents):
    one, two = (
        client.post(V1, v1(item(documents.bad))).json,
        client.post(V2, v2(item(documents.bad))).json,
    )
    assert (one["modelVersion"], two["modelVersion"]) == ("0.1", "2.0")
    assert "validationProfileName" in two["validationMethod"]
    assert "validationProfileName" not in one["validationMethod"]
    assert "numberOfUndefined" in two["counters"]
    assert "numberOfUndefined" not in one["counters"]
    assert one["validationItems"] == [{"itemId": "1"}]
    assert two["inputs"] == [{"itemId": "1"}]


def test_layers_that_an_error_stops_have_no_sub_report(client, documents):
    found = client.post(V2, v2(item(documents.truncated))).json
    assert [one["name"] for one in found["reports"]] == ["xml"]
    told = {one["name"]: one["value"] for one in found["additionalMetadata"]}
    assert "xsd" in told["layersNotRun"]


def test_several_items_are_sub_reports_and_the_worst_wins(client, documents):
    body = v2(item(documents.good, itemId="a"), item(documents.bad, itemId="b"))
    found = client.post(V2, body).json
    assert [(one["name"], one["subReportResult"]) for one in found["reports"]] == [
        ("a", "PASSED"),
        ("b", "FAILED"),
    ]
    assert recomputed(found)[0] == found["overallResult"] == "FAILED"


def test_the_report_type_is_answered_where_it_is_accepted(client, documents):
    kind = "application/gzl.validation.report+json"
    assert client.post(V1, v1(item(documents.good)), accept=kind)["Content-Type"] == kind
    assert client.post(V1, v1(item(documents.good)))["Content-Type"] == "application/json"


@pytest.mark.parametrize("key", ["validationProfileId", "validationProfileID"])
def test_both_spellings_of_the_profile_and_an_input_id_are_taken(client, documents, key):
    body = {key: "pre-1.16", "inputs": [item(documents.bad, id="contentToValidate")]}
    assert client.post(V2, body).json["overallResult"] == "PASSED"


def test_an_unknown_profile_is_undefined(client, documents):
    reply = client.post(V2, v2(item(documents.good), profile="2.0"))
    assert (reply.status, reply["Retry-After"]) == (200, None)
    assert recomputed(reply.json)[0] == reply.json["overallResult"] == "UNDEFINED"


@pytest.mark.parametrize(
    "body",
    [
        v2(),
        v2(item(b"<a/>"), profile=" "),
        {"inputs": [item(b"<a/>")]},
        v2({"content": ""}),
        v2({"content": "***"}),
        v2({"content": None}),
        v2("x"),
        v2(item(b"<a/>", id="other")),
        v2(*[item(b"<a/>")] * 101),
        [],
        b"{",
    ],
)
def test_a_wrong_request_is_a_400_with_its_error(client, body):
    reply = client.post(V2, body)
    assert reply.status == 400
    assert list(reply.json) == ["error"]


@pytest.mark.parametrize("path", [V1, V2])
def test_a_service_that_starts_or_is_busy_says_when_to_come_back(client, documents, path):
    make = v1 if path == V1 else v2
    client.workers.busy = True
    busy = client.post(path, make(item(documents.good)))
    client.service.ready = False
    starts = client.post(path, make(item(documents.good)))
    for reply in (busy, starts):
        assert (reply.status, reply["Retry-After"]) == (503, "2")
        assert recomputed(reply.json)[0] == reply.json["overallResult"] == "UNDEFINED"


def test_profiles_have_a_tag_that_a_client_may_give_back(client):
    replies = {
        path: client.get(f"/gazelle/validation/{path}") for path in ("profiles", "v2/profiles")
    }
    tags = {path: one["ETag"] for path, one in replies.items()}
    assert tags["profiles"] != tags["v2/profiles"]
    for path, tag in tags.items():
        for given in (tag, f'"0", W/{tag}', "*"):
            reply = client.get(f"/gazelle/validation/{path}", if_none_match=given)
            assert (reply.status, reply.body, reply["ETag"]) == (304, b"", tag)
        assert client.get(f"/gazelle/validation/{path}", if_none_match='"0"').status == 200
    names = [one["profileID"] for one in replies["profiles"].json]
    assert names == ["1.16", "pre-1.16", "auto"]
    assert set(replies["profiles"].json[0]) == {
        "profileID",
        "profileName",
        "domain",
        "coveredItems",
    }
    assert replies["v2/profiles"].json[0]["inputs"][0]["id"] == "contentToValidate"


def test_metadata_has_absolute_addresses(client):
    found = client.get("/gazelle/metadata").json["providedInterfaces"]
    urls = [one["bindings"][0]["serviceUrl"] for one in found]
    assert urls == [
        "http://127.0.0.1:8080/gazelle/validation/validate",
        "http://127.0.0.1:8080/gazelle",
    ]
