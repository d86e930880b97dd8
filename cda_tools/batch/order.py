"""Results in the order of the files, whichever came first."""

from collections.abc import Callable, Iterator

from cda_tools.batch.work import Result


class Order:
    """Holds results back until those before them are there.

    ``done`` is called for each file whose last result was yielded.
    """

    def __init__(self, done: Callable[[], None]) -> None:
        """Start at file 0."""
        self.next = 0
        self._done = done
        self._waiting: dict[int, list[Result]] = {}
        self._closed: set[int] = set()

    def add(self, index: int, result: Result) -> None:
        """Keep a result of file ``index``."""
        self._waiting.setdefault(index, []).append(result)

    def close(self, index: int) -> None:
        """Note that file ``index`` has no more results."""
        self._closed.add(index)

    def ready(self) -> Iterator[Result]:
        """Yield what may be shown now."""
        while True:
            yield from self._waiting.pop(self.next, ())
            if self.next not in self._closed:
                return
            self._closed.remove(self.next)
            self.next += 1
            self._done()

    def rest(self) -> Iterator[Result]:
        """Yield what is there, in order, although something before it never came."""
        for index in sorted(self._waiting):
            yield from self._waiting.pop(index)
