"""The ASGI application: a guarded request goes to the adapter whose route it is, and back.

What is logged: time, method, the route's template, status, size, duration, verdict. Never a
path, a query, a header, a name or a content: clients put file names and keys there.
"""

import asyncio
import contextlib
import logging
import secrets
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

from starlette.applications import Starlette
from starlette.routing import Route

from cda_tools.errors import CdaToolsError
from cda_tools.serve import guard
from cda_tools.serve.asking import Answer, Ask, Refused
from cda_tools.serve.guard import Held, Receive, Rules, Scope, Send, Stopped
from cda_tools.serve.routes import ANYTHING, Endpoint, Told, adapter, paths
from cda_tools.serve.service import Service
from cda_tools.serve.worker import Job, Lost, Unforeseen
from cda_tools.serve.workers import Busy, Workers

LOG = logging.getLogger("cda_tools.serve")
_RETRY = "2"  # seconds
_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
# Nothing that answers about a document is shown as a page with rights of its own.
_POLICY = ("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'self'")


class Application:
    """The service: its state, its workers and its rules."""

    def __init__(
        self, service: Service, workers: Workers, rules: Rules, public_url: str | None = None
    ) -> None:
        """Start nothing yet: the workers start with the server."""
        self.service = service
        self.workers = workers
        self.rules = rules
        self.held = Held(2 * rules.size)
        self._public_url = public_url
        self.failure: CdaToolsError | None = None
        self.on_failure: Callable[[], None] = lambda: None

    def asgi(self) -> Starlette:
        """Return the ASGI application."""
        endpoints = {path: _Endpoint(self, path, methods) for path, methods in paths().items()}
        routes = [
            Route(path, endpoint, include_in_schema=False) for path, endpoint in endpoints.items()
        ]
        found = Starlette(routes=routes, lifespan=self._lifespan)
        # What is no path to Starlette ("*", a whole URL, a line break in it) is guarded too.
        found.router.default = endpoints[ANYTHING]
        return found

    @contextlib.asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        started = asyncio.create_task(self._start())
        try:
            yield
        finally:
            started.cancel()
            await asyncio.get_running_loop().run_in_executor(None, self.workers.end)

    async def _start(self) -> None:
        """Start the workers; where nothing can be validated, the service ends with the reason."""
        try:
            await self.workers.start()
        except CdaToolsError as error:
            self.failure = error
            self.on_failure()
        else:
            self.service.ready = True
            LOG.info("prêt")


class _Endpoint:
    """One path: an ASGI application of its own, so that answers keep their headers' case."""

    def __init__(self, application: Application, path: str, methods: dict[str, Endpoint]) -> None:
        self._application = application
        self._path = path
        self._methods = methods

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = time.monotonic()
        try:
            found = await self._answer(scope, receive)
        except ConnectionError:
            return  # the client left before it had asked
        LOG.info(
            "%s %s %d %d octets %.0f ms%s",
            scope["method"] if scope["method"] in guard.METHODS else "?",
            self._path,
            found.status,
            len(found.body),
            1000 * (time.monotonic() - began),
            f" {found.verdict}" if found.verdict else "",
        )
        await _send(found, scope["method"], send)

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        application = self._application
        headers = guard.Headers(scope["headers"])
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        endpoint = self._methods.get(method)
        ask = Ask(
            method=method,
            path=scope["path"],
            parameters={key: str(value) for key, value in scope.get("path_params", {}).items()},
            query=scope["query_string"].decode("latin-1"),
            content_type=headers.get("content-type"),
            accept=headers.get("accept"),
            base=self._base(scope, headers),
            headers={name: headers.get(name) for name in ("if-none-match",)},
        )
        try:
            guard.check(scope, headers, application.rules)
            if endpoint is None:
                raise Stopped(405, "méthode refusée")
            async with guard.body(receive, application.rules, application.held) as body:
                return await self._asked(endpoint, replace(ask, body=body))
        except Stopped as stopped:
            return self._stopped(ask, endpoint, stopped)

    def _stopped(self, ask: Ask, endpoint: Endpoint | None, stopped: Stopped) -> Answer:
        """Return what stopped a request, in its contract's form and with its own status."""
        endpoint = endpoint or next(iter(self._methods.values()))
        found = adapter(endpoint.adapter).refusal(ask, stopped.reason, stopped.status)
        found = replace(found, status=stopped.status)
        if stopped.status == 405:
            return _with(found, ("Allow", ", ".join(sorted(self._methods))))
        if stopped.status == 503:
            found = _later(found)
        if stopped.status in {408, 413, 503}:  # what is left of the body is not read
            found = _with(found, ("Connection", "close"))
        return found

    def _base(self, scope: Scope, headers: guard.Headers) -> str:
        if self._application._public_url:
            return self._application._public_url.rstrip("/")
        root = scope.get("root_path", "").rstrip("/")
        return f"{scope.get('scheme', 'http')}://{headers.get('host')}{root}"

    async def _asked(self, endpoint: Endpoint, ask: Ask) -> Answer:
        application, contract = self._application, adapter(endpoint.adapter)
        route = endpoint.route
        try:
            if isinstance(route, Told):
                found = route.answer(ask, application.service)
            elif application.service.ready:
                found = await self._worked(Job(endpoint, ask))
            else:
                return _later(contract.refusal(ask, "le service démarre", 503))
        except Refused as refusal:
            return contract.refusal(ask, refusal.reason, refusal.status)
        except Busy:
            return _later(contract.refusal(ask, "trop de requêtes à la fois", 503))
        except CdaToolsError as error:
            return contract.refusal(ask, str(error), 503)
        except Exception as error:
            return self._unforeseen(endpoint, ask, type(error).__name__)
        if found.kept is not None:
            application.service.store.add(found.kept)
        return found

    async def _worked(self, job: Job) -> Answer:
        """Return a worker's answer, or what its contract says where the worker was lost.

        Another worker says it: reading the request may be what the first one died of.
        """
        workers, contract = self._application.workers, adapter(job.endpoint.adapter)
        found = await workers.run(job)
        if isinstance(found, Lost):
            found = await workers.run(replace(job, lost=found))
        if isinstance(found, Lost):
            return contract.refusal(job.ask, "le traitement a échoué", 503)
        if isinstance(found, Unforeseen):
            return self._unforeseen(job.endpoint, job.ask, found.kind)
        return found

    def _unforeseen(self, endpoint: Endpoint, ask: Ask, kind: str) -> Answer:
        """Return a 500. Neither client nor log is told more: the error may quote the document."""
        reference = secrets.token_hex(4)
        LOG.error("erreur interne %s : %s", reference, kind)
        reason = f"erreur interne (référence {reference})"
        return adapter(endpoint.adapter).refusal(ask, reason, 500)


def _later(found: Answer) -> Answer:
    return _with(found, ("Retry-After", _RETRY))


def _with(found: Answer, header: tuple[str, str]) -> Answer:
    return replace(found, headers=(*found.headers, header))


async def _send(found: Answer, method: str, send: Send) -> None:
    given = {name.lower() for name, _ in found.headers}
    headers = [*found.headers, *(one for one in _ALWAYS if one[0].lower() not in given)]
    if "content-security-policy" not in given:
        headers.append(_POLICY)
    if "cache-control" not in given:
        headers.append(("Cache-Control", "no-store"))
    if found.media_type:
        headers.append(("Content-Type", found.media_type))
    if found.status != 304:
        headers.append(("Content-Length", str(len(found.body))))
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": found.status, "headers": raw})
    content = b"" if method == "HEAD" else found.body
    await send({"type": "http.response.body", "body": content})
