"""Keeps what is costly to read in a kit: digests, and the codes of its vocabularies.

A value is kept under the names, sizes and times of the files that it was read from, and under the
digest of our own code. Files that changed within the last seconds are read again: another change
might leave no other trace.
"""

import contextlib
import hashlib
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

FOLDER = "CDA_TOOLS_CACHE"
"""The environment variable that names another cache folder."""
_RECENT = 2.0


def folder() -> Path:
    """Return the folder of what is kept of kits."""
    chosen = os.environ.get(FOLDER)
    return (Path(chosen) if chosen else user_cache_path("cda-tools", appauthor=False)) / "kits"


def kept(what: str, files: Iterable[str], make: Callable[[], Any]) -> Any:
    """Return a JSON value read from files: the one that is kept, else what ``make`` gives.

    ``what``: what is read from them. Nothing is kept where nothing can be written.
    """
    key = _key(what, files)
    if key is None:
        return make()
    path = (
        folder() / "values" / f"{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()}.json"
    )
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        found = json.loads(path.read_bytes())
        if found["key"] == key:
            return found["value"]
    value = make()
    with contextlib.suppress(OSError):
        replace(path, json.dumps({"key": key, "value": value}).encode())
    return value


def _key(what: str, files: Iterable[str]) -> str | None:
    """Return what tells the files apart from others; None where they cannot be trusted."""
    digest = hashlib.sha256()
    newest = 0.0
    try:
        for path in files:
            stat = os.stat(path)  # noqa: PTH116  a Path for each of 1,700 files costs more
            newest = max(newest, stat.st_mtime)
            digest.update(
                f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode("utf-8", "replace")
            )
    except OSError:
        return None
    if newest > time.time() - _RECENT:
        return None
    return f"{of_our_code()} {what} {digest.hexdigest()}"


@cache
def of_our_code() -> str:
    """Return the SHA-256 of the code that reads and translates kits: another makes other things."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def replace(path: Path, data: bytes) -> None:
    """Write a file for its owner alone, at once: others see the old one or the new one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
