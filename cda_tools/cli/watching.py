"""Validate again what changes: by looking at times and sizes, which works on any file system."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

import click

from cda_tools.carriers.sources import STANDARD_INPUT, Choice, sources
from cda_tools.errors import InputError

_PAUSE = 1.0
"""Seconds between two looks."""
_State = dict[str, tuple[int, int] | None]


def watch(
    paths: Sequence[str], choice: Choice, once: Callable[[tuple[str, ...]], None], *, whole: bool
) -> None:
    """Validate the paths, then what changed, until Ctrl-C ends it with the last code of return.

    ``once``: validates some paths and leaves with their code. ``whole``: validate all paths again
    after a change, because a report is about them all.
    """
    if STANDARD_INPUT in paths:
        raise click.UsageError("--watch suit des fichiers : pas l'entrée standard")
    code = 2  # until a first run is over
    try:
        code = _code(once, tuple(paths))
        for changed in changes(paths, choice):
            click.echo(f"--- {datetime.now().astimezone():%H:%M:%S}", err=True)
            code = _code(once, tuple(paths) if whole else changed)
    except KeyboardInterrupt:
        sys.exit(code)


def _code(once: Callable[[tuple[str, ...]], None], paths: tuple[str, ...]) -> int:
    """Return the code of one run; what could not be done is said, and waits for a change."""
    try:
        once(paths)
    except SystemExit as ended:
        sys.stdout.flush()
        return int(ended.code or 0)
    except InputError as error:
        click.echo(f"cda-tools : {error}", err=True)
        return 2
    sys.stdout.flush()
    return 0


def changes(
    paths: Sequence[str], choice: Choice, pause: Callable[[float], None] = time.sleep
) -> Iterator[tuple[str, ...]]:
    """Yield the files that came or changed since the last look; those that went are no news."""
    before = _state(paths, choice)
    while True:
        pause(_PAUSE)
        now = _state(paths, choice)
        changed = tuple(
            path
            for path, state in now.items()
            if state is not None and (path not in before or before[path] != state)
        )
        before = now
        if changed:
            yield changed


def _state(paths: Sequence[str], choice: Choice) -> _State:
    return {one.path: _stamp(one.path) for one in sources(paths, choice)}


def _stamp(path: str) -> tuple[int, int] | None:
    """Return a file's time and size; None while an editor replaces it."""
    try:
        found = os.stat(path)  # noqa: PTH116  a path as text
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size
