"""When the DMP is asked: once on arrival at a patient's record, then on demand only."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock
from typing import Generic, Protocol, TypeVar


class _Answer(Protocol):
    @property
    def complete(self) -> bool:
        """Tell whether nothing is missing."""
        ...


Answer = TypeVar("Answer", bound=_Answer)


class Visit(Generic[Answer]):
    """What the DMP says of one patient for the time of a visit: asked once, and again on demand.

    Source: the rule on TD3.1, called when the user arrives on the patient's record and then
    only when the user asks; the same call serves CDA/DD.05 and DMP/UX.15. ``query`` makes the
    calls, and returns a list (RegistryAnswer) or what was made of all answers (Comparison); what
    it raises is raised, and does not lead to another call before :meth:`refresh`.
    """

    def __init__(self, query: Callable[[], Answer]) -> None:
        """Keep the query; nothing is called yet."""
        self._query = query
        self._lock = Lock()
        self._answer: Answer | None = None
        self._error: Exception | None = None
        self._previous: Answer | None = None
        self._asked: datetime | None = None

    @property
    def asked(self) -> datetime | None:
        """Return when the list was asked for last, in UTC."""
        return self._asked

    @property
    def previous(self) -> Answer | None:
        """Return the last whole answer before the present one, for ``compare(previous=...)``."""
        return self._previous

    def answer(self) -> Answer:
        """Return the list, asking for it the first time only, from whichever thread."""
        with self._lock:
            if self._asked is None:
                self._ask()
            return self._held()

    def refresh(self) -> Answer:
        """Ask again, because the user wants it, and return the new list."""
        with self._lock:
            self._ask()
            return self._held()

    def _ask(self) -> None:
        if self._answer and self._answer.complete:
            self._previous = self._answer
        self._asked = datetime.now(UTC)
        self._answer, self._error = None, None
        try:
            self._answer = self._query()
        except Exception as error:
            self._error = error

    def _held(self) -> Answer:
        if self._error:
            raise self._error
        assert self._answer is not None
        return self._answer
