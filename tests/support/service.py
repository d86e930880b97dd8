"""A service in this process: its own application, with workers that work at once."""

import asyncio
import base64
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from lxml import etree

from cda_tools.batch.work import Settings
from cda_tools.serve.app import Application
from cda_tools.serve.guard import Rules
from cda_tools.serve.service import Service
from cda_tools.serve.tools import Working
from cda_tools.serve.worker import Lost, answer
from cda_tools.serve.workers import Busy

HANGS = b"<!--hangs-->"
DIES = b"<!--dies-->"
MARKS = {HANGS: Lost(seconds=30.0), DIES: Lost(code=-9)}


def _decoded(body: bytes):
    """Yield what stands in a body in base64."""
    for run in re.findall(rb"[A-Za-z0-9+/=\s]{64,}", body.replace(b"\\n", b"\n")):
        compact = b"".join(run.split())
        yield base64.b64decode(compact[: len(compact) // 4 * 4])


class AtOnce:
    """Workers without processes; a document marked HANGS or DIES loses its worker."""

    def __init__(self, settings: Settings) -> None:
        self.busy = False
        self.failure: Exception | None = None
        self._tools = Working(settings, lambda _: None)

    async def start(self) -> None:
        if self.failure:
            raise self.failure

    async def run(self, job):
        if self.busy:
            raise Busy
        if self.failure:
            raise self.failure
        for mark, lost in MARKS.items():
            if job.lost:
                break
            if mark in job.ask.body or any(mark in one for one in _decoded(job.ask.body)):
                return lost
        return answer(job, self._tools)

    def end(self) -> None:
        """End nothing."""


@dataclass(frozen=True)
class Reply:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def __getitem__(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def xml(self) -> etree._Element:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        return etree.fromstring(self.body, parser)

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


class Client:
    """Asks an application as a client on this machine does."""

    def __init__(self, settings: Settings | None = None, rules: Rules | None = None) -> None:
        self.settings = settings or Settings()
        self.workers = AtOnce(self.settings)
        self.service = Service(self.settings, ready=True)
        self.application = Application(self.service, self.workers, rules or Rules())
        self._asgi = self.application.asgi()

    def get(self, path: str, **headers: str) -> Reply:
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: bytes | str | object = b"", **headers: str) -> Reply:
        """Post bytes, a text, or a value as JSON."""
        if not isinstance(body, (bytes, str)):
            body = json.dumps(body)
            headers = {"content_type": "application/json", **headers}
        return self.ask("POST", path, body.encode() if isinstance(body, str) else body, **headers)

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Reply:
        """Ask; a header's name has _ for -, and None leaves a usual one out."""
        given = {"host": "127.0.0.1:8080", **headers}
        raw = [
            (name.replace("_", "-").encode(), value.encode())
            for name, value in given.items()
            if value is not None
        ]
        return asyncio.run(self._ask(method, path, raw, body))

    async def _ask(self, method, path, headers, body, chunk=65536) -> Reply:
        path, _, query = path.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": headers,
        }
        parts = [body[at : at + chunk] for at in range(0, len(body), chunk)] or [b""]
        coming = iter(enumerate(parts, 1))
        sent: list[dict[str, Any]] = []

        async def receive():
            number, part = next(coming, (0, None))
            if part is None:
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": part, "more_body": number < len(parts)}

        async def send(message):
            sent.append(message)

        await self._asgi(scope, receive, send)
        start = sent[0]
        found = [
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in start["headers"]
        ]
        return Reply(start["status"], found, b"".join(one.get("body", b"") for one in sent[1:]))
