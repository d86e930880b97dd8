"""The collector of cycles, paused while what makes many objects is at work.

A hundred thousand findings or a million versions are in no cycle: it would walk through all of
them, again and again. Memory is still freed as it falls out of use; only cycles wait.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused(*, kept: bool = False) -> Iterator[None]:
    """Pause the collector, if it is on, and put it on again.

    ``kept``: what was made lives on: counted as old, it is not walked through at once either.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            if kept:
                gc.freeze()
                gc.unfreeze()
            gc.enable()
