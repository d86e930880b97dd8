"""Where documents are: files, folders, lists of paths, standard input."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from cda_tools.carriers import Carried, kind_of, open_path
from cda_tools.carriers.opening import open_stream, read_stream
from cda_tools.carriers.walking import LeftOut, files
from cda_tools.errors import InputError
from cda_tools.reading.safexml import DEFAULT, Limits

STANDARD_INPUT = "-"
_ENOUGH = 4096
_BLOCK = 1024 * 1024
_LONGEST = 64 * 1024  # of a path, with room to spare
_SQLITE, _PARQUET = b"SQLite format 3\0", b"PAR1"


@dataclass(frozen=True, slots=True)
class Source:
    """One file, whatever it carries; ``data``: its bytes where it is no file.

    They are all there is, or a little more than ``limits`` let anything have. ``stream``: reads
    on, as a binary file does, where what is carried need not be in memory at once; it is read
    once, in this process.
    """

    path: str
    data: bytes | None = field(default=None, repr=False)
    stream: Callable[[int], bytes] | None = field(default=None, repr=False)

    def open(self, limits: Limits = DEFAULT, *, checks: bool = True) -> Iterator[Carried]:
        """Yield the documents; raise InputError where the file cannot be read.

        ``checks``: as :func:`cda_tools.carriers.open_path` takes it.
        """
        if self.stream is not None:
            yield from open_stream(self.stream, self.path, limits, checks=checks)
        elif self.data is not None:
            yield from open_stream(BytesIO(self.data).read, self.path, limits, checks=checks)
        else:
            yield from open_path(Path(self.path), limits, checks=checks)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which files to take: those that an ``include`` matches, if any, and no ``exclude``.

    Patterns are those of a shell (``*`` also matches ``/``), and match the whole path as it was
    given, or what follows the folder that was given. ``but``: files that the run itself writes,
    which are neither taken nor counted.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    but: tuple[Path, ...] = ()

    def takes(self, path: Path, folder: Path) -> bool:
        """Tell whether to take the file ``path``, found in ``folder`` or below."""
        if not self.include and not self.exclude:
            return True
        names = {path.as_posix()}
        if path.is_relative_to(folder):
            names.add(path.relative_to(folder).as_posix())
        if self.include and not _matches(names, self.include):
            return False
        return not _matches(names, self.exclude)


ALL = Choice()


def sources(
    paths: Iterable[str], choice: Choice = ALL, left_out: LeftOut | None = None
) -> Iterator[Source]:
    """Yield the files under ``paths``, in a stable order; a path that does not exist is yielded.

    Names are read folder by folder: a folder of 100,000 files costs the memory of its names.
    ``left_out`` counts what is not taken.
    """
    left_out = LeftOut() if left_out is None else left_out
    for path in paths:
        for file in files(Path(path), left_out, choice.but):
            if choice.takes(file, Path(path)):
                yield Source(str(file))
            else:
                left_out.note_choice()


def standard_input(
    stream: BinaryIO,
    choice: Choice = ALL,
    limits: Limits = DEFAULT,
    left_out: LeftOut | None = None,
    *,
    once: bool = False,
) -> Iterator[Source]:
    """Yield the document that ``stream`` holds; or, where it is a list, the paths of it.

    ``once``: the source is opened once and here, so that it need not hold all bytes.

    A list has one path a line, or each ends with a NUL (``find -print0``), in the system's
    encoding; empty ones do not count. Nothing at all is a document that is empty. Raise
    InputError for what is neither.
    """
    start = stream.read(_ENOUGH)
    if kind_of(start) is not None or not start.strip():
        rest = chain((start,), iter(lambda: stream.read(_BLOCK), b""))
        if once:
            yield Source(STANDARD_INPUT, stream=lambda _: next(rest, b""))
            return
        yield Source(STANDARD_INPUT, read_stream(lambda _: next(rest, b""), limits))
        return
    if _is_list_of_names(start):
        yield from sources(_names(start, stream), choice, left_out)
        return
    if b"\0" in start or start.startswith(b"%PDF"):
        raise InputError("entrée standard : ni document, ni liste de chemins")
    yield from sources(_lines(start, stream), choice, left_out)


def is_index(path: Path) -> bool:
    """Tell whether a file is an index (SQLite, or Parquet), by its first bytes."""
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)).startswith((_SQLITE, _PARQUET))
    except OSError:
        return False


def _is_list_of_names(start: bytes) -> bool:
    """Tell whether bytes begin with the path of something that is there, and a NUL."""
    first, nul, _ = start.partition(b"\0")
    return bool(first and nul) and os.path.lexists(os.fsdecode(first))


def _names(start: bytes, stream: BinaryIO) -> Iterator[str]:
    rest = b""
    for block in chain((start,), iter(lambda: stream.read(_BLOCK), b"")):
        *names, rest = (rest + block).split(b"\0")
        if len(rest) >= _LONGEST:
            raise InputError("entrée standard : ni document, ni liste de chemins")
        yield from (os.fsdecode(name) for name in names if name)
    if name := rest.strip(b"\r\n"):
        yield os.fsdecode(name)


def named(some: Iterable[Source], name: str | None) -> Iterator[Source]:
    """Yield sources, what came on standard input under a name of its own."""
    for one in some:
        yield replace(one, path=name) if name and one.path == STANDARD_INPUT else one


def _lines(start: bytes, stream: BinaryIO) -> Iterator[str]:
    whole = start.removeprefix(b"\xef\xbb\xbf") + stream.readline(_LONGEST)
    for lines in (whole.splitlines(), iter(lambda: stream.readline(_LONGEST), b"")):
        for line in lines:
            if len(line) >= _LONGEST:
                raise InputError("entrée standard : ni document, ni liste de chemins")
            if name := line.strip(b"\r\n"):
                yield os.fsdecode(name)


def _matches(names: Iterable[str], patterns: Iterable[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns for name in names)
