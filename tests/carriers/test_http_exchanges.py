"""A registry's answer that a test tool kept with the headers of HTTP is read."""

import pytest
from make_metadata import answer, entry

from cases.makers.carriers import V1
from cda_tools.carriers import kind_of, open_bytes
from cda_tools.carriers.xds import read_answer

LIST = answer(entry(V1, uuid="urn:uuid:1"))
MIME = (
    b"--b\r\nContent-Type: application/xop+xml\r\nContent-ID: <root>\r\n\r\n" + LIST + b"\r\n--b--"
)


@pytest.mark.parametrize(
    "data",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\n\r\n" + LIST,
        b"HTTP/1.1 200 OK\r\nServer: x\r\nDate: y\r\n"
        b'Content-Type: multipart/related; boundary="b"\r\n\r\n' + MIME,
        b"POST /Registry HTTP/1.1\r\nHost: x\r\nContent-Type: application/soap+xml\r\n\r\n" + LIST,
    ],
)
def test_an_answer_behind_the_headers_of_http_is_read(data: bytes) -> None:
    assert kind_of(data) == "xds"
    (carried,) = open_bytes(data, "a.http")
    assert carried.header is not None
    assert carried.header.id is not None
    assert carried.header.id.root == V1.id
    assert read_answer(data).complete


def test_another_exchange_is_no_answer() -> None:
    assert kind_of(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html/>") is None
