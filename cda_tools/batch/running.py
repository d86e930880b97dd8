"""Runs a batch: a few files in this process, many in workers."""

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from cda_tools.batch import alone
from cda_tools.batch.messages import Task
from cda_tools.batch.order import Order
from cda_tools.batch.work import FEW, Result, Settings
from cda_tools.carriers.sources import Source

_MOST = 60  # Windows waits for no more pipes at once


def _never() -> bool:
    return False


def _nothing() -> None:
    """Do nothing."""


def run(
    sources: Iterable[Source],
    settings: Settings | None = None,
    *,
    stopped: Callable[[], bool] = _never,
    done: Callable[[], None] = _nothing,
) -> Iterator[Result]:
    """Validate files and yield the results in their order, whatever ``settings.jobs``.

    ``sources`` may be endless: only a window of them is held. A document that takes longer than
    ``settings.timeout``, or ends its process, is lost alone: its report says so. ``stopped``:
    asked often; once True, what is finished is yielded and the rest given up. ``done``: called
    after each file. Raise CdaToolsError where nothing can be validated at all.

    A script that calls this with many files needs ``if __name__ == "__main__":``, as workers
    import it.

    >>> from cda_tools.batch import run
    >>> from cda_tools.carriers.sources import Source
    >>> [result.report.valid for result in run([Source("fixtures/gazelle/imagerie-v2.xml")])]
    [True]
    """
    settings = settings or Settings()
    order = Order(done)
    tasks = (Task(index, source) for index, source in enumerate(sources))
    few = list(islice(tasks, FEW + 1)) if settings.jobs is None else []
    if settings.jobs is None and len(few) <= FEW:
        left = yield from alone.results(few, settings, order, stopped)
        yield from _in_processes(left, settings, order, stopped)
    else:
        yield from _in_processes(chain(few, tasks), settings, order, stopped)
    yield from order.rest()


def _in_processes(
    tasks: Iterable[Task], settings: Settings, order: Order, stopped: Callable[[], bool]
) -> Iterator[Result]:
    if tasks:
        from cda_tools.batch.pool import Pool  # noqa: PLC0415  a few files need no process

        jobs = min(settings.jobs or cores(), _MOST)
        yield from Pool(settings, jobs, order).results(tasks, stopped)


def cores() -> int:
    """Return the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
