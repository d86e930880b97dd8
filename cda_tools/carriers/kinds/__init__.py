"""The kinds of carriers, one small module each, found by name in this folder.

Adding a carrier is adding a file here, which has a ``KIND``, a folder beside this one that reads
it, and its rules (``schemas/rules/``). All files of this folder are imported to tell what a file
is, so they are light: what reads a carrier is imported where one is opened.
"""

import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from cda_tools.carriers.base import Carried
from cda_tools.carriers.starts import Start
from cda_tools.reading.safexml import Limits

Content: TypeAlias = Path | bytes | Iterator[bytes]
"""What a carrier is read from: all its bytes, or its file, or blocks of it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of carrier.

    ``name``: as ``Document.carrier`` has it. ``order``: the lowest is asked first. ``matches``:
    tells a carrier from how a file starts. ``open``: yields the documents of a file's bytes, whose
    path the findings name. ``from_file``: it may be given the path of a regular file in the place
    of bytes, and reads what it needs of it. ``in_blocks``: it may be given blocks of bytes in the
    place of all bytes, and has no bound but that of each thing in it. ``open_unchecked``: as
    ``open``, without the checks of what it says of its documents, where they cost much.
    """

    name: str
    order: int
    matches: Callable[[Start], bool]
    open: Callable[[Content, str, Limits], Iterator[Carried]]
    from_file: bool = False
    in_blocks: bool = False
    open_unchecked: Callable[[Content, str, Limits], Iterator[Carried]] | None = None

    def opener(self, *, checks: bool) -> Callable[[Content, str, Limits], Iterator[Carried]]:
        """Return what opens one, with or without the checks of what it says of its documents."""
        return self.open if checks or self.open_unchecked is None else self.open_unchecked


@cache
def kinds() -> tuple[Kind, ...]:
    """Return every kind, in the order in which they are asked."""
    names = (module.name for module in pkgutil.iter_modules(__path__))
    found: list[Kind] = [import_module(f"{__name__}.{name}").KIND for name in names]
    return tuple(sorted(found, key=lambda kind: kind.order))


def kind_named(name: str | None) -> Kind | None:
    """Return the kind of that name; None for a document that is no carrier."""
    return next((kind for kind in kinds() if kind.name == name), None)
