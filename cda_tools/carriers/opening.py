"""Tells the kinds of carriers apart by content, never by name."""

import os
import stat
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path

from cda_tools.carriers import sniffing
from cda_tools.carriers.base import Carried
from cda_tools.carriers.kinds import kind_named
from cda_tools.carriers.sniffing import kind_of
from cda_tools.reading.safexml import DEFAULT, Limits

__all__ = ["is_xdm_folder", "kind_of", "kind_of_file", "open_bytes", "open_path", "open_stream"]

_BLOCK = 1024 * 1024


def open_path(path: Path, limits: Limits = DEFAULT, *, checks: bool = True) -> Iterator[Carried]:
    """Yield the documents that a file, or an unpacked XDM folder, carries.

    A document that is no carrier is not read here: only its first bytes are. A file that
    cannot be read is yielded as a document, whose reading says so. ``checks``: check a
    message against its documents and the field rules of its guide.
    """
    try:
        with path.open("rb", buffering=0) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                # A pipe is read once, from end to end; a device may have none.
                yield from open_stream(file.read, str(path), limits, checks=checks)
                return
            name, start = sniffing.told(file.read)
            kind = kind_named(name)
            source: Path | bytes = path
            if kind and not kind.from_file:
                file.seek(0)
                source = read_stream(file.read, limits)
    except (OSError, ValueError):  # a name with a null character is a ValueError
        yield from _open_unreadable(path, limits)
        return
    if kind:
        yield from kind.opener(checks=checks)(source, str(path), limits)
    else:
        yield Carried(str(path), source=path, start=start, length=status.st_size)


def _open_unreadable(path: Path, limits: Limits) -> Iterator[Carried]:
    """Yield what an XDM folder holds, or a document whose reading says what stands in the way."""
    if os.path.isdir(path) and is_xdm_folder(path):  # noqa: PTH112  False where pathlib raises
        from cda_tools.carriers import xdm  # noqa: PLC0415  imported only where used

        yield from xdm.open_folder(path, limits)
    else:
        yield Carried(str(path), source=path)


def open_stream(
    read: Callable[[int], bytes | None],
    path: str,
    limits: Limits = DEFAULT,
    *,
    checks: bool = True,
) -> Iterator[Carried]:
    """Yield the documents that a stream carries, which is read to a bound (:func:`read_stream`).

    What can be read in blocks has none: one thing in it is in memory at a time.
    """
    start = _read(read, b"", sniffing.ENOUGH)
    kind = kind_named(kind_of(start))
    if kind and kind.in_blocks:
        rest = iter(lambda: read(_BLOCK) or b"", b"")
        yield from kind.opener(checks=checks)(chain((start,), rest), path, limits)
        return
    begun = [start]
    data = read_stream(lambda size: begun.pop() if begun else read(size), limits)
    kind = kind_named(kind_of(data[: sniffing.ENOUGH]))
    if kind and kind.from_file and len(data) > 2 * limits.size:
        # The end of an archive says what is in it: reading it as a document says it is too big.
        yield Carried(path, source=data)
    else:
        yield from open_bytes(data, path, limits, checks=checks)


def read_stream(read: Callable[[int], bytes | None], limits: Limits) -> bytes:
    """Return what a stream holds, or a little more of it than anything of its kind may have.

    ``read``: as a binary file's. A carrier may be twice as big as a document.
    """
    start = _read(read, b"", min(sniffing.ENOUGH, limits.size + 1))
    kind = kind_of(start)
    factor = 1 if kind in (None, sniffing.CDA) else 2
    return _read(read, start, factor * limits.size + 1)


def _read(read: Callable[[int], bytes | None], start: bytes, size: int) -> bytes:
    blocks, length = [start], len(start)
    while length < size and (block := read(min(_BLOCK, size - length))):
        blocks.append(block)
        length += len(block)
    return b"".join(blocks)


def open_bytes(
    data: bytes, path: str, limits: Limits = DEFAULT, *, checks: bool = True
) -> Iterator[Carried]:
    """Yield the documents that ``data`` carries; ``path`` names them in findings."""
    name, _ = sniffing.told(BytesIO(data).read)
    kind = kind_named(name)
    if kind:
        yield from kind.opener(checks=checks)(data, path, limits)
    else:
        yield Carried(path, source=data)


def is_xdm_folder(path: Path) -> bool:
    """Tell whether a folder is an unpacked XDM archive: it holds a folder IHE_XDM."""
    try:
        return any(entry.name.upper() == "IHE_XDM" and entry.is_dir() for entry in path.iterdir())
    except OSError:
        return False


def kind_of_file(path: Path) -> str | None:
    """Return the kind of a file in a folder from as few bytes as tell it; None for no document.

    More is asked there than of a file that is given by name: XML must be a ClinicalDocument, and
    text that quotes a message is a page about messages. A file that cannot be read is ``cda``:
    reading it says why.
    """
    try:
        with path.open("rb", buffering=0) as file:
            kind, start = sniffing.told(file.read)
    except OSError:
        return sniffing.CDA
    if kind == sniffing.HL7V2 and sniffing.is_logged(start):
        return None
    return None if kind == sniffing.CDA and not sniffing.is_clinical(start) else kind
