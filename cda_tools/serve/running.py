"""Starting and ending the service: uvicorn, with what it leaves open by default closed."""

import contextlib
import logging
import socket
import sys

import uvicorn

from cda_tools.batch.work import Settings
from cda_tools.errors import InputError, os_reason
from cda_tools.serve.app import LOG, Application
from cda_tools.serve.connection import Connection
from cda_tools.serve.guard import LOCAL_HOSTS, Rules
from cda_tools.serve.service import Service
from cda_tools.serve.workers import Workers

_GRACE = 8  # seconds that requests under way have when the service ends
_CONNECTIONS = 512


def application(
    settings: Settings,
    rules: Rules,
    *,
    workers: int,
    waiting: int | None = None,
    public_url: str | None = None,
) -> Application:
    """Return a service that is not started; ``waiting``: requests that may wait for a worker."""
    most = 16 * workers if waiting is None else waiting
    return Application(Service(settings), Workers(settings, workers, most), rules, public_url)


def run(application: Application, host: str, port: int) -> None:
    """Serve until SIGTERM or Ctrl-C; what is under way is answered first.

    Raise InputError where the address cannot be listened at, and CdaToolsError where nothing
    can be validated.
    """
    listening = _listen(host, port)
    config = uvicorn.Config(
        application.asgi(),
        http=Connection,  # on h11: it keeps the case of names, and refuses what is ambiguous
        ws="none",
        log_config=None,
        access_log=False,  # it writes paths and queries
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
        limit_concurrency=_CONNECTIONS,
        lifespan="on",
    )
    server = uvicorn.Server(config)
    application.on_failure = lambda: setattr(server, "should_exit", True)
    _log_to_stderr()
    LOG.info("à l'écoute sur http://%s:%d/", _in_urls(host), listening.getsockname()[1])
    # uvicorn raises the signal that ended it once more: a stop that was asked for is no failure.
    with listening, contextlib.suppress(KeyboardInterrupt):
        server.run([listening])
    if application.failure:
        raise application.failure


def local(host: str) -> bool:
    """Tell whether an address is this machine's own only."""
    return _in_urls(host) in LOCAL_HOSTS


def hosts(host: str, given: tuple[str, ...]) -> frozenset[str]:
    """Return the names that a request may give the service."""
    unspecified = {"0.0.0.0", "[::]"}
    return LOCAL_HOSTS | {one.lower() for one in given} | ({_in_urls(host).lower()} - unspecified)


def _in_urls(host: str) -> str:
    """Return an address as it stands in a URL and in Host: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found: socket.socket | None = None
    try:
        # The protocol is named: else asyncio leaves Nagle's algorithm on, which costs an answer
        # in two writes 40 ms.
        found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        if sys.platform != "win32":
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
        found.listen(2048)
        found.set_inheritable(False)
    except (OSError, OverflowError) as error:
        if found is not None:  # a system may have no IPv6
            found.close()
        raise InputError(f"{host}:{port} : {_refused(error)}") from None
    return found


def _refused(error: OSError | OverflowError) -> str:
    """Return in French why an address cannot be listened at."""
    if isinstance(error, socket.gaierror):  # its numbers are not the system's
        return "nom d'hôte inconnu"
    return os_reason(error) if isinstance(error, OSError) else "port impossible"


def _log_to_stderr() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    LOG.propagate = False
    # uvicorn's own loggers quote what clients send.
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
