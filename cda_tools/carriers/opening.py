"""Tells the kinds of carriers apart by content, never by name."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from cda_tools.carriers import sniffing
from cda_tools.carriers.base import Carried
from cda_tools.carriers.sniffing import kind_of
from cda_tools.reading.safexml import DEFAULT, Limits

__all__ = ["is_xdm_folder", "kind_of", "kind_of_file", "open_bytes", "open_path"]

_READ_WHOLE = frozenset({sniffing.HL7V2, sniffing.XDS})


def open_path(path: Path, limits: Limits = DEFAULT) -> Iterator[Carried]:
    """Yield the documents that a file, or an unpacked XDM folder, carries.

    A document that is no carrier is not read here: only its first bytes are. A file that
    cannot be read is yielded as a document, whose reading says so.
    """
    try:
        with path.open("rb", buffering=0) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                # A pipe is read once, from end to end.
                yield from open_bytes(file.readall() or b"", str(path), limits)
                return
            start = file.read(sniffing.ENOUGH) or b""
            kind, certain = sniffing.sniff(start)
            if not certain:
                kind, _ = sniffing.sniff(start + (file.read(sniffing.AT_MOST) or b""))
            data = start + (file.readall() or b"") if kind in _READ_WHOLE else None
    except (OSError, ValueError):  # a name with a null character is a ValueError
        yield from _open_unreadable(path, limits)
        return
    if kind == sniffing.XDM:
        from cda_tools.carriers import xdm  # noqa: PLC0415  imported only where used

        yield from xdm.open_archive(path, str(path), limits)
    elif data is not None:
        yield from _open(kind, data, str(path), limits)
    else:
        yield Carried(str(path), source=path, start=start)


def _open_unreadable(path: Path, limits: Limits) -> Iterator[Carried]:
    """Yield what a folder holds, or a document whose reading will say what stands in the way."""
    if path.is_dir():
        from cda_tools.carriers import xdm  # noqa: PLC0415  imported only where used

        yield from xdm.open_folder(path, limits)
    else:
        yield Carried(str(path), source=path)


def open_bytes(data: bytes, path: str, limits: Limits = DEFAULT) -> Iterator[Carried]:
    """Yield the documents that ``data`` carries; ``path`` names them in findings."""
    kind, certain = sniffing.sniff(data[: sniffing.ENOUGH])
    if not certain:
        kind, _ = sniffing.sniff(data[: sniffing.AT_MOST])
    yield from _open(kind, data, path, limits)


def is_xdm_folder(path: Path) -> bool:
    """Tell whether a folder is an unpacked XDM archive: it holds a folder IHE_XDM."""
    try:
        return any(entry.name.upper() == "IHE_XDM" and entry.is_dir() for entry in path.iterdir())
    except OSError:
        return False


def kind_of_file(path: Path) -> str | None:
    """Return a file's kind, as :func:`kind_of`, from as few bytes as tell it; None on failure.

    None also for text that quotes a message: in a folder, it may be a page about messages.
    """
    try:
        with path.open("rb", buffering=0) as file:
            start = file.read(sniffing.ENOUGH) or b""
            kind, certain = sniffing.sniff(start)
            if not certain:
                kind, _ = sniffing.sniff(start + (file.read(sniffing.AT_MOST) or b""))
    except OSError:
        return None
    return None if kind == sniffing.HL7V2 and sniffing.is_logged(start) else kind


def _open(kind: str | None, data: bytes, path: str, limits: Limits) -> Iterator[Carried]:
    # A carrier's module, and the library it stands on, is imported only where it is used.
    if kind == sniffing.HL7V2:
        from cda_tools.carriers import hl7v2  # noqa: PLC0415

        yield from hl7v2.open_messages(data, path, limits)
    elif kind == sniffing.XDS:
        from cda_tools.carriers import xds  # noqa: PLC0415

        yield from xds.open_answer(data, path, limits)
    elif kind == sniffing.XDM:
        from cda_tools.carriers import xdm  # noqa: PLC0415

        yield from xdm.open_archive(data, path, limits)
    else:
        yield Carried(path, source=data)
