"""Worker processes, one a request at a time; one that hangs or dies costs its request alone.

Each worker has its own pipe and is replaced when lost. Requests wait in a short queue; beyond
it the service is busy. Nothing here blocks the event loop: the wait for a worker's answer is in
a thread of its own.
"""

import asyncio
import multiprocessing
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from typing import TypeVar

from cda_tools.batch.work import Settings
from cda_tools.errors import CdaToolsError
from cda_tools.serve.asking import Answer
from cda_tools.serve.worker import (
    Begun,
    Broken,
    Job,
    Lost,
    Message,
    Ready,
    Unforeseen,
    main,
)

_START = 120.0  # seconds that a worker may take to be ready
_STARTS = 3  # times in a row that a worker may fail to start
_BREATH = 0.2  # seconds between two looks at whether the service ends
_LAST = 2.0  # seconds in which a worker that closed its pipe has ended

T = TypeVar("T")
_spawn = multiprocessing.get_context("spawn")


class Busy(Exception):
    """As many requests wait as may."""


class _Process:
    """A worker's process and the pipe to it."""

    def __init__(self, settings: Settings) -> None:
        self.connection: Connection[Job, Message]
        self.connection, theirs = _spawn.Pipe()
        self.process = _spawn.Process(target=main, args=(theirs, settings), daemon=True)
        self.process.start()
        theirs.close()  # else the pipe would not end with the process

    def end(self) -> int | None:
        """Stop the process whatever it is doing, and return its exit code."""
        self.process.kill()
        self.process.join()
        self.connection.close()
        return self.process.exitcode


class _Slot:
    """A place for one worker, which is replaced in it."""

    def __init__(self, settings: Settings, over: threading.Event) -> None:
        self._settings = settings
        self._over = over
        self._worker: _Process | None = None

    def start(self) -> None:
        """Start the worker and wait until it is ready; raise CdaToolsError where it never is."""
        for _ in range(_STARTS):
            self._worker = _Process(self._settings)
            try:
                message = self._hear(_START)
            except EOFError:
                message = None
            if isinstance(message, Ready):
                return
            self.end()
            if isinstance(message, Broken):
                raise CdaToolsError(message.reason)
            if self._over.is_set():
                return
        raise CdaToolsError("les processus de travail ne démarrent pas")

    def run(self, job: Job) -> Answer | Unforeseen | Lost:
        """Have the worker answer. One found dead, with nothing begun, is replaced once."""
        found = self._tried(job)
        return self._tried(job) if isinstance(found, Lost) and not found.begun else found

    def _tried(self, job: Job) -> Answer | Unforeseen | Lost:
        if self._worker is None:
            self.start()
        if self._worker is None:
            return Lost()  # the service ends
        try:
            self._worker.connection.send(job)
        except OSError:
            return Lost(code=self.end(), begun=False)
        begun = False
        try:
            while isinstance(message := self._hear(self._settings.timeout), Begun):
                begun = True
        except EOFError:
            self._worker.process.join(_LAST)  # else its exit code would be that of our kill
            return Lost(code=self.end(), begun=begun)
        if isinstance(message, Answer | Unforeseen):
            return message
        self.end()
        return Lost(seconds=self._settings.timeout)

    def _hear(self, seconds: float) -> Message | None:
        """Return what the worker says within ``seconds``, None where it says nothing.

        Raise EOFError where it has ended.
        """
        assert self._worker is not None
        end = time.monotonic() + seconds
        connection = self._worker.connection
        try:
            while not connection.poll(max(0.0, min(_BREATH, end - time.monotonic()))):
                if time.monotonic() >= end or self._over.is_set():
                    return None
            return connection.recv()
        except OSError:
            raise EOFError from None

    def end(self) -> int | None:
        """Stop the worker, if there is one."""
        worker, self._worker = self._worker, None
        return worker.end() if worker else None

    @property
    def empty(self) -> bool:
        """Return True where the worker was lost and not replaced yet."""
        return self._worker is None


class Workers:
    """As many workers as ``number``, and a queue of at most ``waiting`` requests before them."""

    def __init__(self, settings: Settings, number: int, waiting: int) -> None:
        """Start nobody yet."""
        self._over = threading.Event()
        self._slots = [_Slot(settings, self._over) for _ in range(number)]
        self._threads = ThreadPoolExecutor(number, thread_name_prefix="worker")
        self._idle: asyncio.Queue[_Slot] = asyncio.Queue()
        self._most = number + waiting
        self._under_way = 0
        self._repairs: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start all workers and wait until they are ready; raise CdaToolsError where one is not."""
        await asyncio.gather(*(self._in_thread(slot.start) for slot in self._slots))
        for slot in self._slots:
            self._idle.put_nowait(slot)

    async def run(self, job: Job) -> Answer | Unforeseen | Lost:
        """Have a worker answer; raise Busy where too many requests wait already."""
        if self._under_way >= self._most:
            raise Busy
        self._under_way += 1
        try:
            slot = await self._idle.get()
        except BaseException:
            self._under_way -= 1
            raise
        # The request is seen to its end even where the client leaves: a worker answers one at
        # a time, and is given back only then.
        return await asyncio.shield(self._answered(slot, job))

    async def _answered(self, slot: _Slot, job: Job) -> Answer | Unforeseen | Lost:
        try:
            return await self._in_thread(lambda: slot.run(job))
        finally:
            self._under_way -= 1
            if slot.empty:
                self._repairs.add(repair := asyncio.create_task(self._repaired(slot)))
                repair.add_done_callback(self._repairs.discard)
            else:
                self._idle.put_nowait(slot)

    async def _repaired(self, slot: _Slot) -> None:
        """Replace a lost worker; where that fails, the next request tries again."""
        try:
            await self._in_thread(slot.start)
        except CdaToolsError:
            pass
        finally:
            self._idle.put_nowait(slot)

    async def _in_thread(self, function: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, function)

    def end(self) -> None:
        """Stop all workers, whatever they are doing."""
        self._over.set()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for slot in self._slots:
            slot.end()
