"""A real service: its processes, its sockets, its signals."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from live import DIES, FAILS, HANGS, LINGERS, SLOW, Live, serving

TIMEOUT = 2.0


@pytest.fixture(scope="module")
def live():
    with serving("--workers", "2", "--timeout", str(TIMEOUT)) as service:
        yield service


def test_a_document_is_validated(live, documents):
    status, headers, body = live.ask("POST", "/validate", documents.bad)
    assert status == 200
    assert json.loads(body)["summary"]["invalid"] == 1
    assert "server" not in {name.lower() for name in headers}


def test_header_names_keep_their_case_on_the_wire(live, documents):
    from base64 import b64encode  # noqa: PLC0415

    body = {
        "validationService": {
            "name": "Schematron Based CDA Validator",
            "validator": ".Structuration minimale des documents de santé v1.16",
        },
        "objects": [{"content": b64encode(documents.good).decode()}],
    }
    path, kind = "/evs/rest/validations", {"Content-Type": "application/json"}
    status, headers, _ = live.ask("POST", path, json.dumps(body).encode(), **kind)
    assert status == 201
    assert {"Location", "Content-Location", "X-Validation-Report-Redirect"} <= set(headers)
    place = headers["X-Validation-Report-Redirect"].removeprefix(f"http://127.0.0.1:{live.port}")
    assert live.ask("GET", place, Accept="application/xml")[0] == 200


@pytest.mark.parametrize(
    ("mark", "rule"), [(HANGS, "CHK-01"), (DIES, "CHK-02"), (LINGERS, "CHK-02")]
)
def test_a_document_that_loses_its_worker_costs_itself_alone(live, documents, mark, rule):
    found = {}

    def ask(name, data):
        found[name] = json.loads(live.ask("POST", "/validate?format=jsonl", data)[2])

    asking = [threading.Thread(target=ask, args=("lost", documents.good + mark))]
    asking += [
        threading.Thread(target=ask, args=(number, documents.good + SLOW)) for number in range(3)
    ]
    for one in asking:
        one.start()
    for one in asking:
        one.join(30)
    lost = found.pop("lost")
    assert lost["valid"] is None
    assert [one["rule"] for layer in lost["layers"] for one in layer["issues"]] == [rule]
    assert [one["valid"] for one in found.values()] == [True, True, True]


def test_while_workers_are_busy_health_is_quick(live, documents):
    asking = [
        threading.Thread(target=live.ask, args=("POST", "/validate", documents.good + SLOW))
        for _ in range(4)
    ]
    for one in asking:
        one.start()
    answers = [live.ask("GET", "/health")[0] for _ in range(10)]
    busy = [one.is_alive() for one in asking]
    for one in asking:
        one.join(30)
    assert answers == [200] * 10
    assert any(busy), "health was answered before the documents were"


@pytest.mark.skipif(sys.platform == "win32", reason="workers are found with ps")
def test_workers_killed_under_load_lose_no_request_and_mix_no_answer(live, documents):
    wanted = {"good": True, "bad": False}
    answers: list[tuple[str, bool | None, list[str]]] = []

    def ask():
        for number in range(20):
            name = ("good", "bad")[number % 2]
            body = live.ask("POST", "/validate?format=jsonl", documents.named(name))[2]
            found = json.loads(body)
            rules = [one["rule"] for layer in found["layers"] for one in layer["issues"]]
            answers.append((name, found["valid"], rules))

    asking = [threading.Thread(target=ask) for _ in range(3)]
    for one in asking:
        one.start()
    killed = 0
    while killed < 4 and any(one.is_alive() for one in asking):
        time.sleep(0.1)
        for process in live.workers():
            os.kill(process, signal.SIGKILL)
            killed += 1
    for one in asking:
        one.join(60)
    assert len(answers) == 60
    for name, valid, rules in answers:
        assert valid == wanted[name] or (valid is None and rules == ["CHK-02"])
    assert killed >= 4
    assert [valid for _, valid, _ in answers].count(None) <= killed, "one a kill at most"


@pytest.mark.skipif(sys.platform == "win32", reason="workers are found with ps")
def test_a_worker_that_died_while_it_had_nothing_to_do_costs_no_request(documents):
    with serving("--workers", "1") as service:
        (idle,) = service.workers()
        os.kill(idle, signal.SIGKILL)
        body = service.ask("POST", "/validate?format=jsonl", documents.good)[2]
    assert json.loads(body)["valid"] is True


def test_an_error_that_nothing_foresaw_costs_its_request_and_no_worker(live, documents):
    for _ in range(4):  # with the last test, no worker is being replaced any more
        assert live.ask("POST", "/validate", documents.good)[0] == 200
    before = live.workers()
    status, _, body = live.ask("POST", "/validate", documents.good + FAILS)
    assert (status, "référence" in json.loads(body)["error"]) == (500, True)
    assert live.workers() == before
    time.sleep(0.2)
    text = "".join(live.log)
    assert "ValueError" in text
    assert "DUPONT" not in text


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="limits are read in /proc")
def test_the_memory_of_a_worker_is_limited(live):
    for worker in live.workers():
        limits = Path(f"/proc/{worker}/limits").read_text("ascii").splitlines()
        (line,) = (one for one in limits if one.startswith("Max address space"))
        assert line.split()[3].isdigit(), line


def test_a_slow_or_cut_request_holds_nobody(live, documents):
    slow = socket.create_connection(("127.0.0.1", live.port))
    slow.sendall(b"POST /validate HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n<a")
    cut = socket.create_connection(("127.0.0.1", live.port))
    cut.sendall(b"POST /validate HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n<a")
    cut.close()
    assert live.ask("POST", "/validate", documents.good)[0] == 200
    slow.settimeout(10)
    assert b" 408 " in slow.recv(1000)
    slow.close()


def test_a_body_of_unknown_length_is_read_and_a_doubled_length_is_not(live, documents):
    def chunks():
        for at in range(0, len(documents.good), 1000):
            yield documents.good[at : at + 1000]

    connection = http.client.HTTPConnection("127.0.0.1", live.port, timeout=30)
    connection.request("POST", "/", chunks(), {"Transfer-Encoding": "chunked"}, encode_chunked=True)
    assert connection.getresponse().status == 200
    connection.close()
    raw = socket.create_connection(("127.0.0.1", live.port))
    lengths = b"Content-Length: 1\r\nContent-Length: 2\r\n"
    raw.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\n" + lengths + b"\r\n<a")
    assert b" 400 " in raw.recv(1000)
    raw.close()


def test_nothing_that_a_request_names_is_fetched(live):
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.5)
    url = f"http://127.0.0.1:{listening.getsockname()[1]}/x"
    document = (
        f'<?xml-stylesheet href="{url}"?><!DOCTYPE a SYSTEM "{url}"><ClinicalDocument '
        f'xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:schemaLocation="urn:hl7-org:v3 {url}"/>'
    )
    live.ask("POST", "/validate", document.encode())
    live.ask("POST", f"/fhir/$validate?profile={url}", document.encode())
    body = json.dumps({"contentToValidate": url}).encode()
    live.ask("POST", "/cda/api/validate", body, **{"Content-Type": "application/json"})
    with pytest.raises(TimeoutError):
        listening.accept()
    listening.close()


def test_nothing_of_a_document_or_its_name_is_in_the_log(live, documents):
    live.ask("POST", "/DUPONT.xml", documents.bad)
    live.ask("POST", "/validate?name=DUPONT.xml", documents.bad)
    time.sleep(0.2)
    text = "".join(live.log)
    assert "POST /validate 200" in text
    assert "DUPONT" not in text
    assert "BREZOLLES" not in text


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_what_is_under_way_end_and_leaves_no_process(documents, number):
    live = Live("--workers", "1")
    found = []
    asking = threading.Thread(
        target=lambda: found.append(live.ask("POST", "/validate", documents.good + SLOW)[0])
    )
    asking.start()
    time.sleep(0.3)
    workers = live.workers()
    assert len(workers) == 1
    live.end(number)
    asking.join(10)
    assert found == [200]
    assert not Path(f"/proc/{workers[0]}").exists()
    assert live.process.returncode == 0


def test_behind_a_proxy_the_public_address_is_let_in_and_given_back(documents):
    with serving("--workers", "1", "--public-url", "https://cda.example/v/") as service:
        own = {"Host": "cda.example", "Origin": "https://cda.example"}
        assert service.ask("POST", "/validate", documents.good, **own)[0] == 200
        other = own | {"Origin": "https://dpi.example"}
        assert service.ask("POST", "/validate", documents.good, **other)[0] == 403
        found = json.loads(service.ask("GET", "/gazelle/metadata", **own)[2])
        url = found["providedInterfaces"][1]["bindings"][0]["serviceUrl"]
        assert url == "https://cda.example/v/gazelle"


def test_a_public_address_that_is_none_is_a_usage_error():
    command = [sys.executable, "-m", "cda_tools", "serve", "--public-url", "cda.example"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    assert (ended.returncode, "--public-url" in ended.stderr) == (2, True)


def test_a_port_that_is_taken_and_an_address_that_is_nobodys_are_one_line(live):
    for options, reason in (
        (["--port", str(live.port)], "adresse et port déjà pris"),
        (["--host", "192.0.2.1", "--port", "0"], "cette adresse n'est pas celle de la machine"),
        (["--host", "::inconnue", "--port", "0"], "nom d'hôte inconnu"),
    ):
        command = [sys.executable, "-m", "cda_tools", "serve", *options]
        ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
        assert ended.returncode == 2
        lines = [one for one in ended.stderr.splitlines() if "attention" not in one]
        assert len(lines) == 1
        assert lines[0].endswith(reason)


def test_a_schema_that_does_not_load_ends_the_service_with_its_reason(tmp_path):
    schema = tmp_path / "none.xsd"
    schema.write_text("<a/>", encoding="utf-8")
    command = [sys.executable, "-m", "cda_tools", "serve", "--port", "0", "--schema", str(schema)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    assert "schéma" in ended.stderr
