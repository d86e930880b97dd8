"""A limit to the memory of a process, where the system has one: a finding, not a dead machine."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MIB = 1024 * 1024
_MOST = 4096 * _MIB


def default() -> int:
    """Return the bytes that one process may use: 4 GiB, and three quarters of the machine's."""
    try:
        whole = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return _MOST
    return min(_MOST, whole * 3 // 4)


def limit(size: int) -> None:
    """Let this process use ``size`` bytes of address space at most; nothing where it cannot be.

    What asks for more is then refused (MemoryError). A lower limit that is there stays. A host
    that has mapped more than that already, as a virtual machine reserves it, is left alone: it
    could get nothing more at all.
    """
    _set(size)


@contextmanager
def limited(size: int) -> Iterator[None]:
    """Limit this process, and what it starts, inside ``with``."""
    before = _set(size)
    try:
        yield
    finally:
        if before is not None:
            _restore(before)


def _set(size: int) -> tuple[int, int] | None:
    """Set the limit and return what it was; None where nothing was changed."""
    try:
        import resource  # noqa: PLC0415  POSIX alone has it
    except ImportError:
        return None
    if _mapped() >= size:
        return None
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    lower = [one for one in (soft, hard) if one != resource.RLIM_INFINITY]
    try:
        resource.setrlimit(resource.RLIMIT_AS, (min([size, *lower]), hard))
    except (OSError, ValueError):
        return None
    return soft, hard


def _mapped() -> int:
    """Return the bytes of address space that this process has; 0 where the system does not say."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[0]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError, IndexError):
        return 0


def _restore(before: tuple[int, int]) -> None:
    import resource  # noqa: PLC0415  POSIX alone has it

    resource.setrlimit(resource.RLIMIT_AS, before)
