"""What one worker was given, how far it is, and what is left where it fails."""

import time
from collections import deque
from collections.abc import Iterable

from cda_tools.batch.messages import Begun, Done, Found, Message, Task
from cda_tools.batch.order import Order
from cda_tools.batch.work import Result, Settings, lost
from cda_tools.model.document import INSIDE, Document


class Assignment:
    """Follows a worker through its tasks."""

    def __init__(self, order: Order) -> None:
        """Put results into ``order``."""
        self._order = order
        self._tasks: deque[Task] = deque()
        self._inside: str | None = None
        self._begun = 0
        self._since = time.monotonic()

    def give(self, tasks: Iterable[Task]) -> None:
        """Note the tasks that the worker was given; the clock starts."""
        self._tasks.extend(tasks)
        self._since = time.monotonic()

    @property
    def over(self) -> bool:
        """Return True where nothing is left to do."""
        return not self._tasks

    @property
    def seconds(self) -> float:
        """Return how long the worker has said nothing."""
        return time.monotonic() - self._since

    def hear(self, message: Message) -> None:
        """Take what the worker says of its first task; the clock starts again."""
        self._since = time.monotonic()
        match message:
            case Begun(path):
                self._inside = path
                self._begun += 1
            case Found(result, last):
                self._order.add(self._tasks[0].index, result)
                self._inside = None
                if last:
                    self._end()
            case Done():
                self._end()
            case _:
                pass

    def _end(self) -> None:
        self._order.close(self._tasks.popleft().index)
        self._begun = 0

    def fail(
        self, settings: Settings, *, seconds: float | None = None, code: int | None = None
    ) -> list[Task]:
        """Report the document that the worker was at as lost, and return what is left to do.

        A carrier that was being read is left to be read from its next document on; one that
        could not be opened is lost as a whole.
        """
        if self.over:
            return []
        task = self._tasks.popleft()
        self._order.add(task.index, self._lost(task, settings, seconds, code))
        left = list(self._tasks)
        if self._inside is None:
            self._order.close(task.index)
        else:
            left.insert(0, Task(task.index, task.source, task.skip + self._begun))
        self._tasks.clear()
        self._inside, self._begun = None, 0
        return left

    def _lost(
        self, task: Task, settings: Settings, seconds: float | None, code: int | None
    ) -> Result:
        file = task.source.path
        inside = self._inside.removeprefix(file + INSIDE) if self._inside else None
        return lost(Document(file, inside=inside), settings, seconds, code)
