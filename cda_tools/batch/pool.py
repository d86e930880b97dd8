"""Worker processes, each with its pipe; one that hangs or dies is replaced.

Processes are spawned, never forked: the same on Windows and Linux. A worker is given a chunk of
files at once and answers document by document; it is given more only once it has answered
everything, so that neither end of a pipe ever waits for the other while it writes.
"""

import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from multiprocessing.connection import Connection, wait

from cda_tools.batch.assignment import Assignment
from cda_tools.batch.messages import Message, Ready, Refused, Task
from cda_tools.batch.order import Order
from cda_tools.batch.work import Result, Settings
from cda_tools.batch.worker import main
from cda_tools.errors import CdaToolsError

_CHUNK = 8  # files that a worker is given at once
_WINDOW = 64  # chunks a worker beyond the first file that is not finished
_BREATH = 0.1  # seconds between two looks at the clock and at Ctrl-C
_START = 120.0  # seconds that a worker may take to be ready
_STARTS = 3  # workers in a row that may fail to start

_spawn = multiprocessing.get_context("spawn")


class _Worker:
    """One process, the pipe to it, and what it was given."""

    def __init__(self, settings: Settings, order: Order) -> None:
        self.connection: Connection[list[Task], Message]
        self.connection, theirs = _spawn.Pipe()
        self.process = _spawn.Process(target=main, args=(theirs, settings), daemon=True)
        with _deaf_to_ctrl_c():
            self.process.start()
        theirs.close()  # else the pipe would not end with the process
        self.assignment = Assignment(order)
        self.ready = False
        self.chunk = 1

    def give(self, tasks: list[Task]) -> bool:
        """Send tasks; False where the worker is dead, and has taken none."""
        try:
            self.connection.send(tasks)
        except OSError:
            return False
        self.assignment.give(tasks)
        return True

    def message(self) -> Message | None:
        """Return what the worker says, which is there to be heard, or None where it is dead."""
        try:
            return self.connection.recv()
        except (EOFError, OSError):
            return None

    def end(self) -> int | None:
        """Stop the process whatever it is doing, and return its exit code."""
        self.process.kill()
        self.process.join()
        self.connection.close()
        return self.process.exitcode


class Pool:
    """As many workers as ``jobs``, started as there is work for them."""

    def __init__(self, settings: Settings, jobs: int, order: Order) -> None:
        """Start nobody yet; results go into ``order``."""
        self._settings = settings
        self._jobs = jobs
        self._timeout = settings.timeout
        self._order = order
        self._window = _WINDOW * _CHUNK * jobs
        self._workers: list[_Worker] = []
        self._left: deque[Task] = deque()
        self._failed_starts = 0

    def results(self, tasks: Iterable[Task], stopped: Callable[[], bool]) -> Iterator[Result]:
        """Yield the results of ``tasks`` in order; ``stopped``: True to give up at once.

        Raise CdaToolsError where workers cannot start, or say that nothing can be validated.
        """
        coming = iter(tasks)
        try:
            while not stopped():
                self._hand_out(coming)
                if not self._workers or not (self._left or self._busy()):
                    break
                self._listen()
                self._watch_the_clock()
                yield from self._order.ready()
        finally:
            for worker in self._workers:
                worker.end()

    def _busy(self) -> bool:
        return any(not worker.assignment.over for worker in self._workers)

    def _hand_out(self, coming: Iterator[Task]) -> None:
        """Give every idle worker its next chunk, and start the workers that are missing."""
        for worker in list(self._workers):
            if worker.ready and worker.assignment.over:
                chunk = self._next_chunk(coming, worker.chunk)
                # The first chunks are small, so that a small batch is shared evenly.
                worker.chunk = min(2 * worker.chunk, _CHUNK)
                if chunk and not worker.give(chunk):
                    self._left.extendleft(reversed(chunk))
                    self._replace(worker)
        starting = sum(1 for worker in self._workers if not worker.ready)
        while len(self._workers) < self._jobs and self._more_than(starting, coming):
            self._workers.append(_Worker(self._settings, self._order))
            starting += 1

    def _more_than(self, number: int, coming: Iterator[Task]) -> bool:
        """Tell whether there is work for one more than ``number`` workers that start."""
        self._left.extend(islice(coming, max(0, number + 1 - len(self._left))))
        return len(self._left) > number

    def _next_chunk(self, coming: Iterator[Task], size: int) -> list[Task]:
        chunk: list[Task] = []
        while len(chunk) < size:
            if not self._left:
                self._left.extend(islice(coming, 1))
            if not self._left or self._left[0].index >= self._order.next + self._window:
                break
            chunk.append(self._left.popleft())
        return chunk

    def _listen(self) -> None:
        said = wait(
            [worker.connection for worker in self._workers], timeout=min(_BREATH, self._timeout)
        )
        for worker in [worker for worker in self._workers if worker.connection in said]:
            message = worker.message()
            if message is None:
                self._replace(worker)
            elif isinstance(message, Refused):
                raise CdaToolsError(message.message)
            elif isinstance(message, Ready):
                worker.ready = True
                self._failed_starts = 0
            else:
                worker.assignment.hear(message)

    def _watch_the_clock(self) -> None:
        for worker in list(self._workers):
            if worker.ready and worker.assignment.over:
                continue
            limit = self._timeout if worker.ready else _START
            # What it has said and was not heard yet shows that it works.
            if worker.assignment.seconds > limit and not worker.connection.poll():
                self._replace(worker, seconds=limit)

    def _replace(self, worker: _Worker, seconds: float | None = None) -> None:
        """Drop a worker that is dead, or hangs for ``seconds``; another starts when needed."""
        code = worker.end()
        self._workers.remove(worker)
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= _STARTS:
                raise CdaToolsError(f"les processus de travail ne démarrent pas (code {code})")
        left = worker.assignment.fail(self._settings, seconds=seconds, code=code)
        self._left.extendleft(reversed(left))


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Start a process that does not hear Ctrl-C even before it says so itself."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
