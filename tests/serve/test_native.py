"""Our own routes: the outputs of the commands, over HTTP."""

import io
import json
import zipfile

import pytest
from click.testing import CliRunner
from lxml import etree

from cda_tools.cli import cli
from cda_tools.reports import outputs


def form(*files, boundary="x-limit"):
    parts = []
    for name, data in files:
        parts.append(
            f'--{boundary}\r\nContent-Disposition: form-data; name="document"; '
            f'filename="{name}"\r\nContent-Type: text/xml\r\n\r\n'.encode()
            + data
            + b"\r\n"
        )
    body = b"".join(parts) + f"--{boundary}--\r\n".encode()
    return body, f"multipart/form-data; boundary={boundary}"


def test_findings_are_those_of_the_command_none_lost_and_none_added(client, documents, tmp_path):
    path = tmp_path / "document.xml"
    path.write_bytes(documents.bad)
    printed = CliRunner().invoke(cli, ["validate", "--format", "jsonl", str(path)]).stdout
    reply = client.post("/validate?format=jsonl&name=document.xml", documents.bad)
    assert reply["Content-Type"] == "application/x-ndjson"
    assert reply.json | {"path": ""} == json.loads(printed) | {"path": ""}


@pytest.mark.parametrize("name", outputs.names())
def test_every_output_of_the_command_is_one_of_the_service(client, documents, name):
    reply = client.post(f"/validate?format={name}", documents.bad)
    assert reply.status == 200
    if reply["Content-Type"].startswith("application/xml"):
        etree.fromstring(reply.body)
    elif "json" in reply["Content-Type"] and name != "jsonl":
        json.loads(reply.body)
    assert "SM-SETID-01" in reply.text


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "application/json"),
        ("text/plain", "text/plain; charset=utf-8"),
        ("text/html, */*;q=0.1", "text/html; charset=utf-8"),
        ("application/fhir+json", "application/fhir+json"),
        ("application/xml;q=0, text/plain;q=0.2", "text/plain; charset=utf-8"),
        ("image/png", "application/json"),
        ("text/plain;q=x", "application/json"),
    ],
)
def test_the_form_is_the_one_that_the_client_accepts(client, documents, accept, kind):
    assert client.post("/validate", documents.good, accept=accept)["Content-Type"] == kind


def test_an_archive_is_every_document_that_it_holds(client, gazelle):
    archive = gazelle / "carriers" / "mssante.IHE_XDM.ZIP"
    found = client.post(f"/validate?name={archive.name}", archive.read_bytes()).json
    assert len(found["documents"]) >= 1
    assert all(one["path"].startswith(f"{archive.name}!") for one in found["documents"])


def test_a_form_of_several_files_is_validated_in_order(client, documents):
    body, kind = form(("a.xml", documents.good), ("dossier/b.xml", documents.bad))
    found = client.post("/validate", body, content_type=kind).json["documents"]
    assert [(one["path"], one["valid"]) for one in found] == [("a.xml", True), ("b.xml", False)]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/xml"),
        (form(("a.xml", b"<a/>"))[0][:-30], "multipart/form-data; boundary=x-limit"),
        (form()[0], "multipart/form-data; boundary=x-limit"),
        (b"nothing", "multipart/form-data; boundary=x-limit"),
        (b"nothing", "multipart/form-data"),
        (form(("n" * 20000, b"<a/>"))[0], "multipart/form-data; boundary=x-limit"),
        (form(*[("a.xml", b"<a/>")] * 1001)[0], "multipart/form-data; boundary=x-limit"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_with_its_reason(client, body, kind):
    reply = client.post("/validate", body, content_type=kind)
    assert reply.status == 400
    assert reply.json["error"]


@pytest.mark.parametrize("query", ["format=pdf", "profile=2.0"])
def test_an_unknown_format_or_profile_is_refused_with_the_list(client, documents, query):
    reply = client.post(f"/validate?{query}", documents.good)
    assert reply.status == 400
    assert "1.16" in reply.json["error"] or "json" in reply.json["error"]


def test_an_empty_archive_holds_no_document(client):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.txt", "x")
    reply = client.post("/validate?name=a.zip", data.getvalue())
    assert reply.status in {200, 400}
    assert b"Traceback" not in reply.body
    if reply.status == 200:
        assert {one["valid"] for one in reply.json["documents"]} <= {False, None}


def test_a_document_that_was_not_checked_is_not_valid(client, documents):
    found = client.post("/validate", documents.undefined).json["documents"][0]
    assert found["valid"] is None
    assert [one["issues"][0]["rule"] for one in found["layers"] if one["issues"]] == ["CHK-01"]


def test_inspect_shows_the_line_the_verdict_and_no_patient(client, documents):
    found = client.post("/inspect?name=a.xml", documents.bad).json
    assert [one["path"] for one in found] == ["a.xml"]
    assert found[0]["line"].startswith("CR ou fiche de consultation")
    assert found[0]["validation"]["valid"] is False
    assert "patient" not in found[0]
    text = client.post("/inspect", documents.bad, accept="text/plain").text
    assert "SM-SETID-01" in text
    assert client.post("/inspect?profile=pre-1.16", documents.bad).json[0]["validation"]["valid"]


def test_lines_are_those_of_the_command_in_each_form(client, gazelle):
    names = ("imagerie-v2.xml", "biologie-deux-auteurs.xml")
    body, kind = form(*((name, (gazelle / name).read_bytes()) for name in names))
    printed = CliRunner().invoke(cli, ["line", *(str(gazelle / name) for name in names)]).stdout
    assert client.post("/line?format=text", body, content_type=kind).text == printed
    found = client.post("/line?sort=type", body, content_type=kind).json
    assert [one["path"] for one in found] == ["biologie-deux-auteurs.xml", "imagerie-v2.xml"]
    reply = client.post("/line", body, content_type=kind, accept="text/html")
    assert reply["Content-Type"].startswith("text/html")
    assert reply.text.count("<time ") == 2
    short = client.post("/line?format=text&width=60", body, content_type=kind).text
    assert max(map(len, short.splitlines())) <= 60


def test_a_document_is_shown_as_one_page_that_runs_nothing(client, documents, gazelle):
    reply = client.post("/render", documents.good)
    assert reply["Content-Type"] == "text/html; charset=utf-8"
    assert "script-src" not in reply["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in reply["Content-Security-Policy"]
    assert "<script" not in reply.text
    assert "Radiographie" in reply.text
    assert "SM-SETID-01" in client.post("/render?findings=1", documents.bad).text
    archive = (gazelle / "carriers" / "oru-deux-documents.hl7").read_bytes()
    assert client.post("/render", archive).status == 400
    assert client.post("/render?document=1", archive).status == 200
    assert client.post("/render?document=9", archive).status == 400


@pytest.mark.parametrize("query", ["sort=size", "width=x", "width=3", "format=pdf"])
def test_a_line_that_cannot_be_made_so_is_refused(client, documents, query):
    assert client.post(f"/line?{query}", documents.good).status == 400


def test_chains_are_built_from_what_was_sent(client, gazelle):
    names = ("imagerie-v1.xml", "imagerie-v2.xml")
    sent = [(name, (gazelle / name).read_bytes()) for name in names]
    body, kind = form(*sent, ("facture.xml", b"<Invoice/>"))
    found = client.post("/chain", body, content_type=kind).json
    assert [len(chain["documents"]) for chain in found["chains"]] == [2]
    assert [one["documents"][0]["path"] for one in found["findings"]] == ["facture.xml"]
    for form_ in ("text", "mermaid", "dot"):
        reply = client.post(f"/chain?format={form_}", body, content_type=kind)
        assert reply.status == 200
        assert "Radiographie" in reply.text


@pytest.mark.parametrize("path", ["/inspect", "/chain"])
def test_where_the_worker_was_lost_nothing_is_shown(client, documents, path):
    reply = client.post(path, documents.undefined)
    assert reply.status == 503
    assert "délai" in reply.json["error"]


def test_a_rule_has_its_page(client):
    assert "setId" in client.get("/rules/SM-SETID-01").text
    assert client.get("/rules/SM-SETID-01", accept="application/json").json["id"] == "SM-SETID-01"
    assert client.get("/rules/NONE-1").status == 404
    printed = CliRunner().invoke(cli, ["rules", "--format", "json", "SM-CONF-02"]).stdout
    shown = client.get("/rules/SM-CONF-02", accept="application/json").json
    assert [shown] == json.loads(printed)


def test_a_form_that_is_cut_loses_no_file_in_silence(client, documents):
    body, kind = form(("a.xml", documents.good), ("b.xml", documents.bad))
    for cut in (10, len(documents.bad) // 2, len(documents.bad) + 200):
        reply = client.post("/validate", body[:-cut], content_type=kind)
        assert (reply.status, "coupé" in reply.json["error"]) == (400, True), cut


def test_a_form_s_fields_and_its_boundary_are_bounded(client):
    body = b"".join(
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' for _ in range(2001)
    )
    reply = client.post(
        "/validate", body + b"--x--\r\n", content_type="multipart/form-data; boundary=x"
    )
    assert (reply.status, "plus de 2000" in reply.json["error"]) == (400, True)
    reply = client.post(
        "/validate", b"--x", content_type=f"multipart/form-data; boundary={'x' * 300}"
    )
    assert (reply.status, "boundary" in reply.json["error"]) == (400, True)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/xml", "application/xml"),
        (
            "application/gzl.validation.report+json",
            "application/gzl.validation.report+json",
        ),
    ],
)
def test_what_is_accepted_is_what_is_sent(client, documents, accept, kind):
    assert client.post("/validate", documents.good, accept=accept)["Content-Type"] == kind
