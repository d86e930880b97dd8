"""The progress bar of ``validate``: on a terminal, on standard error."""

import contextlib
import sys
import time
from collections.abc import Callable, Iterator


def _nothing() -> None:
    """Show nothing."""


@contextlib.contextmanager
def bar(
    wanted: bool | None, count: Callable[[], int | None], *, printing: bool
) -> Iterator[Callable[[], None]]:
    """Give the function to call after each file.

    ``count``: counts the files, where that can be known. ``wanted``: None is where standard
    error is a terminal. ``printing``: the report goes to standard output meanwhile.
    """
    if not (sys.stderr.isatty() if wanted is None else wanted):
        yield _nothing
        return
    from rich import progress  # noqa: PLC0415  rich is loaded for terminals only
    from rich.console import Console  # noqa: PLC0415

    shown = progress.Progress(
        progress.TextColumn("Validation"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TextColumn("fichiers{task.fields[rate]}, reste"),
        progress.TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        # What is printed on the same terminal goes above the bar.
        redirect_stdout=printing and sys.stdout.isatty(),
        redirect_stderr=False,
    )
    with shown:
        task = shown.add_task("", total=count(), rate="")
        started = time.monotonic()

        def advance() -> None:
            done = shown.tasks[0].completed + 1
            rate = done / max(time.monotonic() - started, 0.001)
            shown.update(task, advance=1, rate=f", {rate:.0f}/s")

        yield advance
