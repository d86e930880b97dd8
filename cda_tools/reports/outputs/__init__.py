"""The outputs of ``validate``, one file each: a module's name is the name of its format
(a hyphen in the name is an underscore there).

Adding an output is adding a file here, which has

- ``render(results, run)``: yields the output piece by piece, as results come;
- ``ESCAPE``: how a character is written where the output's encoding lacks it
  (:mod:`cda_tools.reports.escapes`).
"""

import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from cda_tools.batch import Result
from cda_tools.reports.escapes import Escape
from cda_tools.reports.run import Run

DEFAULT = "text"


class Output(Protocol):
    """What a module of this folder has."""

    ESCAPE: Escape

    def render(self, results: Iterable[Result], run: Run) -> Iterator[str]:
        """Yield the output, each piece as soon as it can be; together they are one file."""
        ...


@cache
def names() -> tuple[str, ...]:
    """Return the names of all formats, the default one first."""
    others = sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__))
    others.remove(DEFAULT)
    return (DEFAULT, *others)


def output(name: str) -> Output:
    """Return the output of one of ``names()``; what it needs is imported only now."""
    return cast("Output", import_module(f"{__name__}.{name.replace('-', '_')}"))
