"""What works: a process that takes tasks from a pipe, or a thread for a few files."""

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from cda_tools.batch import memory
from cda_tools.batch.messages import Begun, Done, Found, Message, Ready, Refused, Task
from cda_tools.batch.work import Result, Settings, results
from cda_tools.carriers.sources import Source
from cda_tools.errors import CdaToolsError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_SMALLEST = Source("-", b'<ClinicalDocument xmlns="urn:hl7-org:v3"/>')


def perform(tasks: Iterable[Task], settings: Settings, say: Callable[[Message], None]) -> bool:
    """Validate the files of ``tasks`` and say how far it is; False where nothing works."""
    try:
        for task in tasks:
            _perform(task, settings, say)
    except CdaToolsError as error:
        say(Refused(str(error)))
        return False
    return True


def _perform(task: Task, settings: Settings, say: Callable[[Message], None]) -> None:
    inside = False
    held: Result | None = None

    def let_go() -> None:
        nonlocal held
        if held:
            say(Found(held))
        held = None

    def begin(path: str) -> None:
        nonlocal inside
        let_go()
        inside = True
        say(Begun(path))

    # A file that is itself the document is one message, not two. Inside a carrier a result is
    # said at once: what comes next may hang.
    for result in results(task.source, settings, begin, task.skip):
        let_go()
        held = result
        if inside:
            let_go()
    say(Found(held, last=True) if held else Done())


def main(connection: "Connection[Message, list[Task]]", settings: Settings) -> None:
    """Serve until the other end of the pipe closes: the body of a worker process."""
    import signal  # noqa: PLC0415  only processes need it

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to hear
    memory.limit(settings.memory or memory.default())
    try:
        _serve(connection, settings)
    except (EOFError, OSError):
        pass  # the parent is gone, or wants no more
    except Exception:
        sys.exit(70)  # without a traceback: it may quote the document


def _serve(connection: "Connection[Message, list[Task]]", settings: Settings) -> None:
    # A smallest document compiles schemas and rules before the clock starts for a real one.
    try:
        list(results(_SMALLEST, settings))
    except CdaToolsError as error:
        connection.send(Refused(str(error)))
        return
    connection.send(Ready())
    while perform(connection.recv(), settings, connection.send):
        pass
