"""A request and its answer, as plain values that go to a worker process and come back."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from lxml import etree

JSON = "application/json"
XML = "application/xml"
TEXT = "text/plain; charset=utf-8"
HTML = "text/html; charset=utf-8"
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True)
class Ask:
    """A request whose body was read whole.

    ``parameters``: what the route's path holds. ``query``: as sent, without ``?``. ``base``:
    scheme, host and root path of this service, for absolute URLs; the host was checked.
    """

    method: str
    path: str
    parameters: dict[str, str] = field(default_factory=dict)
    query: str = ""
    content_type: str = ""
    accept: str = ""
    body: bytes = field(default=b"", repr=False)
    base: str = ""
    headers: dict[str, str] = field(default_factory=dict, repr=False)

    def asked(self, name: str) -> str | None:
        """Return a query parameter: its first value."""
        for key, value in parse_qsl(self.query, keep_blank_values=True):
            if key == name:
                return value
        return None

    @property
    def kind(self) -> str:
        """Return the media type of the body, without parameters, in lower case."""
        return self.content_type.partition(";")[0].strip().lower()

    def prefers(self, *kinds: str) -> str | None:
        """Return the first of ``kinds`` that Accept names, by its weights; None where none is.

        ``*/*`` and no Accept at all prefer nothing. Source: RFC 9110 § 12.5.1.
        """
        best: tuple[float, int, str] | None = None
        for part in self.accept.lower().split(","):
            name, *parameters = (one.strip() for one in part.split(";"))
            if name not in kinds:
                continue
            weight = _weight(parameters)
            ranked = (weight, -kinds.index(name), name)
            if weight > 0 and (best is None or ranked > best):
                best = ranked
        return best[2] if best else None


def _weight(parameters: list[str]) -> float:
    for one in parameters:
        name, _, value = one.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back. ``verdict``: said in the log. ``kept``: for the service to remember.

    ``headers`` keep their case: two clients compare it.
    """

    status: int
    body: bytes = b""
    media_type: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    verdict: str | None = None
    kept: Any = None


class Refused(Exception):
    """A request that a contract refuses; ``status`` and the French reason go to the client."""

    def __init__(self, reason: str, status: int = 400) -> None:
        """Refuse with ``status``."""
        super().__init__(reason)
        self.reason = reason
        self.status = status


def json_answer(
    value: object, status: int = 200, media_type: str = JSON, verdict: str | None = None
) -> Answer:
    """Return a JSON answer, in UTF-8."""
    body = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    return Answer(status, body, media_type, verdict=verdict)


def xml_answer(
    root: etree._Element, status: int = 200, media_type: str = XML, verdict: str | None = None
) -> Answer:
    """Return an XML answer, in UTF-8 with a declaration and without DOCTYPE."""
    return Answer(status, xml_bytes(root), media_type, verdict=verdict)


def xml_bytes(root: etree._Element) -> bytes:
    """Return an XML document in UTF-8; the declaration has the quotes that clients look for."""
    return _DECLARATION + etree.tostring(root, encoding="UTF-8")


def text_answer(text: str, status: int = 200) -> Answer:
    """Return a plain text."""
    return Answer(status, text.encode("utf-8", "replace"), TEXT)


def json_body(ask: Ask) -> Any:
    """Return the body's JSON value; raise Refused where it is none, or nested too deep.

    A Content-Type, where there is one, must be JSON's: no form of another site can send that.
    """
    if ask.kind not in {"", JSON} and not ask.kind.endswith("+json"):
        raise Refused("Content-Type attendu : application/json", 415)
    try:
        return json.loads(ask.body)
    except (ValueError, RecursionError):
        raise Refused("le corps de la requête n'est pas du JSON lisible") from None
