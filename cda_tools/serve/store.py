"""Results that a contract asks for later: few, for a while, in memory, behind a secret number.

The report only, never the document. Unknown and expired look alike.
"""

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cda_tools.reports.contracts.verdict import Judged

_MOST = 256
_SECONDS = 15 * 60.0


def new_oid() -> str:
    """Return an OID under 2.25 from 128 random bits: who knows it may read the result."""
    return f"2.25.{secrets.randbits(128)}"


@dataclass(frozen=True, slots=True)
class Kept:
    """One result, as a client asked for it."""

    oid: str
    verdict: Judged
    when: datetime
    uuid: str
    service: str
    validator: str


class Store:
    """Holds at most ``most`` results for ``seconds`` each; the oldest leave first."""

    def __init__(
        self,
        most: int = _MOST,
        seconds: float = _SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start empty."""
        self._most, self._seconds, self._clock = most, seconds, clock
        self._kept: OrderedDict[str, tuple[float, Kept]] = OrderedDict()

    def add(self, kept: Kept) -> None:
        """Remember a result."""
        self._forget()
        self._kept[kept.oid] = (self._clock(), kept)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def get(self, oid: str) -> Kept | None:
        """Return a result, or None where there is none any more."""
        self._forget()
        found = self._kept.get(oid)
        return found[1] if found else None

    def _forget(self) -> None:
        oldest = self._clock() - self._seconds
        while self._kept:
            since, _ = next(iter(self._kept.values()))
            if since > oldest:
                return
            self._kept.popitem(last=False)
