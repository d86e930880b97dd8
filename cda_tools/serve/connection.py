"""One connection: uvicorn's, with the time limit that it has not, on the head of a request."""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

_HEAD = 10.0
"""Seconds in which a request's line and headers must arrive, after the connection or the last one.

The body has a limit of its own (``guard.body``), an idle connection uvicorn's.
"""


class Connection(H11Protocol):
    """Closed where a request does not begin in time: else many such hold every place there is."""

    def __init__(self, *args: Any, seconds: float = _HEAD, **kwargs: Any) -> None:
        """Wait ``seconds`` for the head of each request."""
        super().__init__(*args, **kwargs)
        self._seconds = seconds
        self._late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the time of the first request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Stop the time where the head is whole."""
        super().data_received(data)
        if self._under_way:
            self._stop()

    def on_response_complete(self) -> None:
        """Start the time of the next request."""
        super().on_response_complete()
        if not self._under_way:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the time."""
        self._stop()
        super().connection_lost(exc)

    @property
    def _under_way(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait(self) -> None:
        self._stop()
        self._late = self.loop.call_later(self._seconds, self.transport.close)

    def _stop(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None
