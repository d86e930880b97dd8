"""Who may ask, and how much."""

import asyncio
import contextlib

import pytest
import uvicorn
from service import Client
from uvicorn.server import ServerState

from cda_tools.errors import CdaToolsError
from cda_tools.serve import guard
from cda_tools.serve.connection import Connection
from cda_tools.serve.guard import Headers, Held, Rules, Stopped


async def read(receive, rules, held=None):
    async with guard.body(receive, rules, held or Held(rules.size)) as body:
        return body


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:1", "[::1]:8080", "LOCALHOST:8080"])
def test_the_services_own_names_are_answered_on_any_port(client, host):
    assert client.get("/healthcheck", host=host).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evil.example",
        "evil.example:8080",
        "",
        "127.0.0.1:x",
        "[::1]x",
        "[::2]",
        "localhost:80:80",
    ],
)
@pytest.mark.parametrize("path", ["/", "/healthcheck", "/unknown", "/evs/rest/validations/1"])
def test_another_name_is_refused_on_every_path(client, host, path):
    assert client.get(path, host=host).status == 400


def test_a_request_without_host_or_with_two_is_refused():
    for hosts in ([], [(b"host", b"localhost"), (b"host", b"localhost")]):
        with pytest.raises(Stopped) as stopped:
            guard.check({"method": "GET"}, Headers(hosts), Rules())
        assert stopped.value.status == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://127.0.0.1:9"},
        {"origin": "https://127.0.0.1:8080"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"},
    ],
)
def test_a_post_from_another_site_is_refused(client, documents, headers):
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        reply = client.post("/validate", documents.good, content_type=kind, **headers)
        assert reply.status == 403


def test_our_own_page_may_post_and_no_other_origin_is_told_so(client, documents):
    own = {"origin": "http://127.0.0.1:8080", "sec_fetch_site": "same-origin"}
    reply = client.post("/validate", documents.good, **own)
    assert reply.status == 200
    assert not [name for name, _ in reply.headers if name.lower().startswith("access-control")]
    reply = client.ask("OPTIONS", "/validate", origin="https://evil.example")
    assert reply.status == 403
    assert not [name for name, _ in reply.headers if name.lower().startswith("access-control")]


def test_a_link_from_another_site_opens_the_page_but_no_script_reads_it(client):
    site = {"sec_fetch_site": "cross-site"}
    assert client.get("/", sec_fetch_mode="navigate", **site).status == 200
    assert client.get("/version", sec_fetch_mode="no-cors", **site).status == 403


def test_an_origin_that_is_let_in_may_post(documents):
    client = Client(rules=Rules(origins=frozenset({"https://dpi.example"})))
    headers = {"origin": "https://dpi.example", "sec_fetch_site": "cross-site"}
    assert client.post("/validate", documents.good, **headers).status == 200


def test_a_compressed_body_is_refused(client, documents):
    assert client.post("/validate", documents.good, content_encoding="gzip").status == 415


def test_a_body_that_says_it_is_too_large_is_refused_before_it_is_read():
    headers = Headers([(b"host", b"localhost"), (b"content-length", b"1001")])
    with pytest.raises(Stopped) as stopped:
        guard.check({"method": "POST"}, headers, Rules(size=1000))
    assert stopped.value.status == 413


def test_a_body_that_says_nothing_is_counted_while_it_comes(documents):
    client = Client(rules=Rules(size=len(documents.good) - 1))
    reply = client.post("/validate", documents.good)
    assert (reply.status, reply["Connection"]) == (413, "close")


def test_a_body_that_trickles_in_is_given_up():
    async def receive():
        await asyncio.sleep(5)

    with pytest.raises(Stopped) as stopped:
        asyncio.run(read(receive, Rules(seconds=0.01)))
    assert stopped.value.status == 408


def test_bodies_that_are_held_at_once_do_not_fill_the_memory():
    held = Held(10)

    async def receive():
        return {"type": "http.request", "body": b"123456", "more_body": False}

    async def two():
        async with guard.body(receive, Rules(), held):
            with pytest.raises(Stopped) as stopped:
                await read(receive, Rules(), held)
        return stopped.value.status

    assert asyncio.run(two()) == 503
    assert asyncio.run(read(receive, Rules(), held)) == b"123456", "what was held is given back"


def test_a_request_beyond_the_bytes_that_are_held_is_told_to_come_again(client, documents):
    client.application.held = Held(10)
    reply = client.post("/gazelle/validation/v2/validate", documents.good)
    assert (reply.status, reply["Retry-After"], reply["Connection"]) == (503, "2", "close")
    assert reply.json["overallResult"] == "UNDEFINED"
    client.application.held = Held(10**7)
    for _ in range(20):
        assert client.post("/validate", documents.good).status == 200


@pytest.mark.parametrize("path", ["*", "health", "http://evil.example/health", "/a%0ab"])
def test_what_is_no_path_is_guarded_as_every_other(client, path):
    assert client.get(path, host="evil.example").status == 400
    reply = client.get(path)
    assert (reply.status, reply["X-Content-Type-Options"]) == (404, "nosniff")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/validate", "application/json"),
        ("/inspect", "application/json"),
        ("/cda/api/validate", "application/json"),
        ("/fhir/$validate", "application/fhir+json; charset=utf-8"),
        ("/gazelle/validation/validate", "application/json"),
        ("/evs/rest/validations", "text/plain; charset=utf-8"),
        ("/document.xml", "text/plain; charset=utf-8"),
    ],
)
def test_what_is_stopped_is_told_in_the_form_of_the_contract(documents, path, kind):
    client = Client(rules=Rules(size=100))
    for reply, status in (
        (client.post(path, documents.good), 413),
        (client.post(path, b"<a/>", content_encoding="gzip"), 415),
        (client.ask("PUT", path), 405),
    ):
        assert (reply.status, reply["Content-Type"]) == (status, kind)
    assert "POST" in reply["Allow"]


def test_a_client_that_leaves_is_let_go(client):
    async def receive():
        return {"type": "http.disconnect"}

    with pytest.raises(ConnectionError):
        asyncio.run(read(receive, Rules()))

    async def ask():
        sent = []

        async def send(message):
            sent.append(message)

        scope = {
            "type": "http",
            "method": "POST",
            "path": "/validate",
            "query_string": b"",
            "headers": [(b"host", b"localhost")],
        }
        await client.application.asgi()(scope, receive, send)
        return sent

    assert asyncio.run(ask()) == []


def test_every_answer_forbids_storing_sniffing_and_framing(client, documents):
    for reply in (
        client.post("/validate?format=html", documents.bad),
        client.post("/", documents.bad),
        client.get("/rules/SM-SETID-01"),
        client.get("/nothing"),
    ):
        assert reply["Cache-Control"] == "no-store"
        assert reply["X-Content-Type-Options"] == "nosniff"
        assert reply["Referrer-Policy"] == "no-referrer"
        assert reply["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "default-src 'none'" in reply["Content-Security-Policy"]


def test_the_page_runs_our_script_and_nothing_else(client):
    reply = client.get("/")
    policy = reply["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert '<html lang="fr">' in reply.text
    assert "http://" not in reply.text + client.get("/page/app.js").text
    assert client.get("/page/style.css")["Content-Type"].startswith("text/css")
    assert client.get("/page/secrets").status == 404


def test_the_log_says_the_route_and_never_a_path_a_name_or_a_query(client, documents, caplog):
    caplog.set_level("INFO", logger="cda_tools.serve")
    client.post("/DUPONT-Jeanne.xml?name=DUPONT", documents.bad)
    client.post("/validate?name=DUPONT.xml", documents.bad)
    client.get("/evs/rest/validations/2.25.123456?privacyKey=DUPONT")
    client.ask("DUPONT", "/")
    lines = [record.getMessage() for record in caplog.records]
    assert lines[0].startswith("POST /{name:path} 406 ")
    assert lines[0].endswith(" FAILED")
    assert lines[1].startswith("POST /validate 200 ")
    assert lines[2].startswith("GET /evs/rest/validations/{oid} 404 ")
    assert "DUPONT" not in "".join(lines)
    assert "123456" not in "".join(lines)


def test_an_unforeseen_error_says_neither_its_text_nor_the_documents(client, documents, caplog):
    client.workers.failure = ValueError("DUPONT")
    for path, kind in (("/validate", None), ("/", None), ("/fhir/$validate", None)):
        reply = client.post(path, documents.good)
        assert reply.status == 500, kind
        assert b"DUPONT" not in reply.body
        assert "référence" in reply.text
    assert "DUPONT" not in caplog.text


def test_where_nothing_can_be_validated_the_reason_is_told(client, documents):
    client.workers.failure = CdaToolsError("installation incomplète")
    reply = client.post("/validate", documents.good)
    assert (reply.status, reply.json) == (503, {"error": "installation incomplète"})


@pytest.mark.parametrize("path", ["/validate", "/", "/fhir/$validate", "/cda/api/validate"])
def test_a_busy_service_says_when_to_come_back(client, documents, path):
    client.workers.busy = True
    reply = client.post(path, documents.good)
    assert (reply.status, reply["Retry-After"]) == (503, "2")


def test_head_is_get_without_its_body(client):
    head, get = client.ask("HEAD", "/version"), client.get("/version")
    assert (head.status, head.body) == (200, b"")
    assert head["Content-Length"] == get["Content-Length"]


def test_the_service_says_its_versions_and_state(client):
    told = client.get("/version").json
    assert set(told) == {"name", "version", "profile", "edition", "kit", "kit_defects"}
    assert (told["kit"], told["kit_defects"]) == (None, [])
    assert client.get("/health").json["status"] == "UP"
    client.service.ready = False
    assert client.get("/health").status == client.get("/healthcheck").status == 503


def test_the_description_has_every_route(client):
    found = client.get("/openapi.json").json
    assert found["openapi"].startswith("3.1")
    assert {"/validate", "/inspect", "/fhir/$validate", "/{name}"} <= set(found["paths"])
    operations = [one for path in found["paths"].values() for one in path.values()]
    ids = [one["operationId"] for one in operations]
    assert len(ids) == len(set(ids))
    assert all(one["summary"] for one in operations)


async def _closed(head, seconds):
    """Return the seconds after which a connection is closed that sends ``head`` byte by byte."""

    async def nothing(scope, receive, send):
        await asyncio.sleep(3600)

    config = uvicorn.Config(nothing, lifespan="off", log_config=None)
    config.load()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Connection(config, ServerState(), {}, seconds=seconds), "127.0.0.1", 0
    )
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        began = loop.time()
        for byte in head:
            writer.write(bytes([byte]))
            await asyncio.sleep(0.02)
            if reader.at_eof():
                break
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(reader.read(), 1)
        took = loop.time() - began
        writer.close()
    return took


@pytest.mark.parametrize("head", [b"", b"POST / HTTP/1.1\r\nX: " + b"y" * 40])
def test_a_request_whose_head_does_not_arrive_is_given_up(head):
    assert asyncio.run(_closed(head, 0.2)) < 0.9


def test_a_request_whose_head_has_arrived_has_its_own_time():
    head = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    assert asyncio.run(_closed(head, 0.9)) > 1
