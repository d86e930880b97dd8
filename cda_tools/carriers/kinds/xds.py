"""XDS: what a registry or a repository is asked, and answers; SOAP or bare, in MIME or not."""

import re
from collections.abc import Iterator

from cda_tools.carriers.base import Carried
from cda_tools.carriers.kinds import Content, Kind
from cda_tools.carriers.starts import Start
from cda_tools.reading.safexml import Limits

_MIME = re.compile(
    rb"--[^\r\n]{1,200}\r?\nContent-|(?:MIME-Version|Content-[A-Za-z-]+):", re.IGNORECASE
)
_HTTP = re.compile(rb"HTTP/\d|(?:POST|GET) \S+ HTTP/\d")
_ENVELOPE = re.compile(
    rb"^Content-Type:\s*(?:multipart/related|application/(?:soap|xop)\+xml)",
    re.IGNORECASE | re.MULTILINE,
)
_SOAP = ("http://www.w3.org/2003/05/soap-envelope", "http://schemas.xmlsoap.org/soap/envelope/")
_EBXML = "urn:oasis:names:tc:ebxml-regrep:xsd:"
ROOTS = frozenset(
    {
        *(f"{{{namespace}}}Envelope" for namespace in _SOAP),
        f"{{{_EBXML}query:3.0}}AdhocQueryResponse",
        f"{{{_EBXML}query:3.0}}AdhocQueryRequest",
        f"{{{_EBXML}lcm:3.0}}SubmitObjectsRequest",
        f"{{{_EBXML}rs:3.0}}RegistryResponse",
        "{urn:ihe:iti:xds-b:2007}ProvideAndRegisterDocumentSetRequest",
        "{urn:ihe:iti:xds-b:2007}RetrieveDocumentSetRequest",
        "{urn:ihe:iti:xds-b:2007}RetrieveDocumentSetResponse",
    }
)


def _matches(start: Start) -> bool:
    # An exchange that a test tool kept, with its status line and its headers.
    http = _HTTP.match(start.text) and _ENVELOPE.search(start.text)
    return bool(_MIME.match(start.text) or http) or start.root in ROOTS


def _open(source: Content, path: str, limits: Limits) -> Iterator[Carried]:
    from cda_tools.carriers import xds  # noqa: PLC0415  imported only where used

    assert isinstance(source, bytes)
    return xds.open_answer(source, path, limits)


KIND = Kind("xds", 20, _matches, _open)
