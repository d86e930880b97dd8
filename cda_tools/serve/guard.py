"""Who may ask, and how much: the outer ASGI layer, before any route.

The service has no authentication: it is for programs of this machine. A page of another site
must not reach it through the user's browser (DNS rebinding, cross-site posts), and no request
may hold it. Source: Fetch Metadata (W3C), RFC 9110; docs/serve.md, "Safety".
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
METHODS = frozenset(
    {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"}
)
"""Methods that the log may name: any other is a word of the client's own (RFC 9110, 5789)."""
_SAFE = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class Rules:
    """What is let through.

    ``hosts``: names that Host may have, whatever the port. ``origins``: other origins that may
    post, none by default. ``size``: bytes of a body. ``seconds``: for a body to arrive.
    """

    hosts: frozenset[str] = LOCAL_HOSTS
    origins: frozenset[str] = frozenset()
    size: int = 150 * 1024 * 1024
    seconds: float = 30.0


class Stopped(Exception):
    """A request that the guard stops, with its status and the French reason."""

    def __init__(self, status: int, reason: str) -> None:
        """Stop with ``status``."""
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Held:
    """The bytes of all bodies that are held at once: bodies that wait may not fill the memory."""

    def __init__(self, most: int) -> None:
        """Hold nothing yet, and ``most`` bytes at most."""
        self._most = most
        self._size = 0

    def take(self, size: int) -> None:
        """Count ``size`` bytes more; raise Stopped where they are too many."""
        if self._size + size > self._most:
            raise Stopped(503, "trop de données à la fois")
        self._size += size

    def give_back(self, size: int) -> None:
        """Count ``size`` bytes less."""
        self._size -= size


class Headers:
    """A request's headers, by name in lower case."""

    def __init__(self, raw: Iterable[tuple[bytes, bytes]]) -> None:
        """Take the headers of an ASGI scope."""
        self._values: dict[str, list[str]] = {}
        for name, value in raw:
            self._values.setdefault(name.decode("latin-1").lower(), []).append(
                value.decode("latin-1").strip()
            )

    def get(self, name: str, default: str = "") -> str:
        """Return the first value of a header."""
        return self._values.get(name, [default])[0]

    def all(self, name: str) -> list[str]:
        """Return every value of a header."""
        return self._values.get(name, [])


def check(scope: Scope, headers: Headers, rules: Rules) -> None:
    """Raise Stopped for a request that may not go on."""
    hosts = headers.all("host")
    if len(hosts) != 1 or _host_name(hosts[0]) not in rules.hosts:
        raise Stopped(400, "hôte refusé : ce service ne répond qu'à son propre nom")
    _check_origin(scope, headers, rules)
    if headers.all("content-encoding"):
        raise Stopped(415, "Content-Encoding refusé : envoyez le corps sans compression")
    length = headers.get("content-length")
    if length.isdigit() and int(length) > rules.size:
        raise Stopped(413, _too_large(rules))


def _check_origin(scope: Scope, headers: Headers, rules: Rules) -> None:
    method = scope["method"]
    navigates = method in _SAFE and headers.get("sec-fetch-mode") == "navigate"
    site = headers.get("sec-fetch-site")
    origin = headers.get("origin").lower()
    if origin and origin in rules.origins:
        return
    if site in {"cross-site", "same-site"} and not navigates:
        raise Stopped(403, "requête d'un autre site refusée")
    if method in _SAFE or not headers.all("origin"):
        return
    if origin != f"{scope.get('scheme', 'http')}://{headers.get('host').lower()}":
        raise Stopped(403, "requête d'un autre site refusée")


def _host_name(host: str) -> str:
    """Return a Host header's name without its port; IPv6 keeps its brackets."""
    host = host.lower()
    if host.startswith("["):
        name, bracket, port = host.partition("]")
        return name + bracket if not port or (port[0] == ":" and port[1:].isdigit()) else ""
    name, colon, port = host.partition(":")
    return name if not colon or port.isdigit() else ""


def _too_large(rules: Rules) -> str:
    return f"corps de plus de {rules.size // (1024 * 1024)} Mio"


@contextlib.asynccontextmanager
async def body(receive: Receive, rules: Rules, held: Held) -> AsyncIterator[bytes]:
    """Give a request's whole body, which is ``held`` while it is used.

    Raise Stopped where it is too large or too slow, or where others hold too much already, and
    ConnectionError where the client leaves.
    """
    size = 0

    def take(part: int) -> None:
        nonlocal size
        held.take(part)
        size += part

    try:
        yield await _read(receive, rules, take)
    finally:
        held.give_back(size)


async def _read(receive: Receive, rules: Rules, take: Callable[[int], None]) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(rules.seconds):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ConnectionError
                part = message.get("body", b"")
                size += len(part)
                if size > rules.size:
                    raise Stopped(413, _too_large(rules))
                take(len(part))
                parts.append(part)
                if not message.get("more_body", False):
                    return b"".join(parts)
    except TimeoutError:
        raise Stopped(408, "le corps de la requête n'est pas arrivé à temps") from None
