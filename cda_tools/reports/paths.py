"""Paths as reports write them: relative, printable."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

# Controls, separators of lines, changes of direction, halves of characters.
_NOT_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def shown(path: str) -> str:
    """Return a path that any output can hold, on one line."""
    return _NOT_SHOWN.sub("\ufffd", path)


def relative(path: str) -> str:
    """Return a path as seen from the current folder, with ``/``; absolute where not below it."""
    absolute = os.path.abspath(path)  # noqa: PTH100  a link stays what it is
    here = Path.cwd()
    chosen = Path(absolute)
    if chosen.is_relative_to(here):
        chosen = chosen.relative_to(here)
    return chosen.as_posix()


def below(path: str, roots: Iterable[str]) -> str:
    """Return a path as seen from the folder that was given, which keeps its own name.

    ``/srv/essais/kit/a.xml`` of the root ``/srv/essais/kit`` is ``kit/a.xml``: folders above are
    nobody's business in a report that is handed on.
    """
    for root in roots:
        folder = os.path.normpath(root)
        if path in {root, folder}:
            return os.path.basename(folder) or path  # noqa: PTH119  a path's text, no file
        if path.startswith((folder + os.sep, root + os.sep)):
            rest = path[len(folder) + 1 :] if path.startswith(folder + os.sep) else path
            name = os.path.basename(folder)  # noqa: PTH119
            return f"{name}/{rest}".replace(os.sep, "/") if name not in {"", ".", ".."} else rest
    return path
