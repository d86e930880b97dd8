"""Atomic replace: a file is there only once it is whole, and keeps its mode and its links."""

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from cda_tools.carriers.walking import UNFINISHED

_LONGEST = 100
"""Characters of a file's name that its sibling's name has too."""


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a sibling to write to, which takes the place of ``path`` where nothing went wrong.

    The sibling has a name of its own and mode 0600 until then, so that nothing unfinished is
    read, and what a killed run left is in nobody's way. A link stays a link; a file that exists
    keeps its mode; a pipe or a device is written in place. Raise OSError where that cannot be.
    """
    if path.exists() and not path.is_file():
        yield path
        return
    import tempfile  # noqa: PLC0415  only a run that writes a file needs it

    target = path.resolve() if path.is_symlink() else path
    handle, name = tempfile.mkstemp(UNFINISHED, f".{target.name[:_LONGEST]}.", target.parent)
    os.close(handle)
    unfinished = Path(name)
    try:
        yield unfinished
        _take_place(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)


def _take_place(unfinished: Path, target: Path) -> None:
    try:
        before = target.stat()
    except FileNotFoundError:
        unfinished.chmod(0o666 & ~_umask())
        unfinished.replace(target)
        return
    if before.st_nlink > 1:  # another name of the same file would be left with the old content
        import shutil  # noqa: PLC0415  rare

        shutil.copyfile(unfinished, target)
        return
    unfinished.chmod(stat.S_IMODE(before.st_mode))
    with contextlib.suppress(OSError, AttributeError):
        os.chown(unfinished, before.st_uid, before.st_gid)
    unfinished.replace(target)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
