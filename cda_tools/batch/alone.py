"""A few files, without starting a process: a thread works, so that the time limit holds."""

import queue
import threading
from collections.abc import Callable, Generator

from cda_tools.batch.assignment import Assignment
from cda_tools.batch.messages import Message, Refused, Task
from cda_tools.batch.order import Order
from cda_tools.batch.work import Result, Settings
from cda_tools.batch.worker import perform
from cda_tools.errors import CdaToolsError

_BREATH = 0.1  # seconds between two looks at the clock and at Ctrl-C


def results(
    tasks: list[Task],
    settings: Settings,
    order: Order,
    stopped: Callable[[], bool],
) -> Generator[Result, None, list[Task]]:
    """Yield the results of ``tasks``; return those left over where one document hangs.

    The thread that hangs is left behind: it may hold a lock that others need, so what is left
    is for a process to do.
    """
    messages: queue.SimpleQueue[Message] = queue.SimpleQueue()
    assignment = Assignment(order)
    assignment.give(tasks)
    threading.Thread(target=perform, args=(tasks, settings, messages.put), daemon=True).start()
    while not assignment.over and not stopped():
        try:
            message = messages.get(timeout=min(_BREATH, settings.timeout))
        except queue.Empty:
            if assignment.seconds > settings.timeout:
                left = assignment.fail(settings, seconds=settings.timeout)
                yield from order.ready()
                return left
            continue
        if isinstance(message, Refused):
            raise CdaToolsError(message.message)
        assignment.hear(message)
        yield from order.ready()
    return []
