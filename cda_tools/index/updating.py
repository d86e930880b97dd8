"""Bringing an index up to date with folders: what is new, changed or gone, and no more."""

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cda_tools.carriers import is_xdm_folder, open_path
from cda_tools.carriers.reading import read_carried_header
from cda_tools.carriers.sources import is_index
from cda_tools.errors import InputError
from cda_tools.index.database import Index, is_kept
from cda_tools.model.document import Document
from cda_tools.reading.digest import content_digest
from cda_tools.reading.safexml import DEFAULT, Limits

_UNREADABLE = "illisible"
_BATCH_SECONDS = 1.0
_BATCH_FILES = 500


@dataclass(frozen=True, slots=True)
class Progress:
    """How many files were new, changed, the same, gone; how many documents were read."""

    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0
    documents: int = 0


def update(
    index: Index,
    files: Iterable[Path],
    *,
    roots: Iterable[Path] = (),
    limits: Limits = DEFAULT,
    report: Callable[[Progress], None] | None = None,
) -> Progress:
    """Read the files that are not in the index as they are now, and forget those that are gone.

    A file is the same where its size and its time of change are. ``roots``: where ``files``
    come from; what the index has below them and ``files`` no longer lists is forgotten, unless it
    is in a folder that cannot be read at the moment.
    ``report`` is called with what is safely in the index, and only then: a program that dies
    loses nothing that was reported, and the next run starts from there.
    """
    known = index.signatures()
    seen: set[str] = set()
    closed: list[str] = []
    done = Progress()
    waiting: list[tuple[str, str, list[Document]]] = []
    started = time.monotonic()
    for file in files:
        path = os.path.abspath(file)  # noqa: PTH100  resolve() would follow links
        if path in seen or _is_ours(file, index):
            continue
        seen.add(path)
        if _is_closed(file):
            closed.append(path)
        signature = _signature(file)
        before = known.get(path)
        # What could be read once, and cannot be at the moment, is not forgotten for that.
        if before and signature in (before[1], _UNREADABLE):
            done = replace(done, same=done.same + 1)
            continue
        documents = [one for one in _read(path, limits) if is_kept(one)]
        waiting.append((path, signature, documents))
        done = _counted(done, is_new=before is None, documents=len(documents))
        if len(waiting) >= _BATCH_FILES or time.monotonic() - started > _BATCH_SECONDS:
            _store(index, waiting)
            waiting, started = [], time.monotonic()
            if report:
                report(done)
    _store(index, waiting)
    gone = [number for path, (number, _) in known.items() if path not in seen]
    if gone:
        gone = list(_below(known, seen, roots, closed))
        with index.writing():
            index.forget(gone)
    done = replace(done, gone=len(gone))
    if report:
        report(done)
    return done


def _counted(done: Progress, *, is_new: bool, documents: int) -> Progress:
    return replace(
        done,
        new=done.new + is_new,
        changed=done.changed + (not is_new),
        documents=done.documents + documents,
    )


def _store(index: Index, waiting: list[tuple[str, str, list[Document]]]) -> None:
    if not waiting:
        return
    with index.writing():
        for path, signature, documents in waiting:
            index.put(path, signature, documents)


def _is_closed(file: Path) -> bool:
    """Tell whether a folder is there and cannot be read: what it holds is not known to be gone."""
    return file.is_dir() and not is_xdm_folder(file)


def _below(
    known: dict[str, tuple[int, str]],
    seen: set[str],
    roots: Iterable[Path],
    closed: Iterable[str],
) -> Iterator[int]:
    kept = tuple(os.path.join(folder, "") for folder in closed)  # noqa: PTH118
    tops = [os.path.abspath(root) for root in roots]  # noqa: PTH100
    below = tuple(os.path.join(top, "") for top in tops)  # noqa: PTH118
    for path, (number, _) in known.items():
        if path.startswith(kept):
            continue
        if path not in seen and (path in tops or path.startswith(below)):
            yield number


def _is_ours(file: Path, index: Index) -> bool:
    """Tell whether a file is the index itself, its journal, or another index."""
    name = index.path.name
    if file.name.startswith(name) and file.parent.resolve() == index.path.parent.resolve():
        return file.name[len(name) :] in ("", "-journal", "-wal", "-shm")
    return file.suffix.lower() in (".sqlite", ".sqlite3", ".db") and is_index(file)


def _signature(file: Path) -> str:
    """Return what changes with a file: its size and time; of an XDM folder, those inside."""
    try:
        status = file.stat()
        if not file.is_dir():
            return f"{status.st_mtime_ns}:{status.st_size}"
        inside = sorted(
            path for path in file.glob("[Ii][Hh][Ee]_[Xx][Dd][Mm]/**/*") if path.is_file()
        )
        parts = [(str(p), p.stat().st_mtime_ns, p.stat().st_size) for p in inside]
        return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()
    except OSError:
        return _UNREADABLE


def _read(path: str, limits: Limits) -> Iterator[Document]:
    for carried in open_path(Path(path), limits):
        document = read_carried_header(carried, limits)
        digest = None
        if document.header is not None and carried.source is not None:
            try:
                digest = content_digest(carried.data())
            except InputError:
                digest = None  # gone since its header was read: the next run will tell
        yield replace(document, digest=digest)
