"""How a run ends when it does not end by itself: closed streams, signals, errors of our own.

Exit code 1 means findings, and nothing else: what stops the program is 2.
"""

import contextlib
import errno
import io
import os
import signal
import sys
import threading
from pathlib import Path
from typing import NoReturn

from cda_tools.errors import os_reason

_TRACE = "CDA_TOOLS_TRACE"
READER_IS_GONE = 141  # as a shell tells of a program that SIGPIPE ended
_PACKAGE = Path(__file__).parents[1]


class _Closed(io.TextIOBase):
    """Standard output where there is none: what is to be written is lost, and that is said."""

    encoding = "utf-8"

    def write(self, _: str) -> int:
        raise OSError(errno.EBADF, "closed")


def take_closed_streams() -> None:
    """Put something in place of standard streams that were closed before the program began.

    The numbers are taken too: else the next file opened has one, and what a library writes to
    standard error goes into it.
    """
    if sys.stdin is not None and sys.stdout is not None and sys.stderr is not None:
        return
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(number)
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115  for the whole run
    if sys.stdout is None:
        sys.stdout = _Closed()
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def hear_terminate() -> None:
    """Have SIGTERM end the run as Ctrl-C does."""
    if threading.current_thread() is threading.main_thread() and hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def end(error: BaseException) -> NoReturn:
    """Leave with the code that an error stands for, after one line; nothing is left to flush."""
    if isinstance(error, SystemExit):
        _flush(error)
    if isinstance(error, KeyboardInterrupt):
        _leave("interrompu", 2)
    if isinstance(error, OSError):
        _leave_unwritable(error)
    if isinstance(error, MemoryError):
        _leave("mémoire insuffisante", 2)
    _leave(_of_ours(error), 2)


def _flush(leaving: SystemExit) -> NoReturn:
    try:
        sys.stdout.flush()
    except OSError as error:
        _leave_unwritable(error)
    raise leaving


def _leave_unwritable(error: OSError) -> NoReturn:
    if error.errno == errno.EPIPE:
        _leave(None, READER_IS_GONE)
    _leave(f"écriture impossible ({os_reason(error)})", 2)


def _of_ours(error: BaseException) -> str:
    """Return where an error that is a fault of ours was raised; never its text, which may name."""
    import traceback  # noqa: PLC0415  only a fault of ours needs it

    if os.environ.get(_TRACE):
        traceback.print_exception(error)
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)]
    place = ""
    if ours:
        file = Path(ours[-1].filename).relative_to(_PACKAGE.parent).as_posix()
        place = f" ({type(error).__name__}, {file}:{ours[-1].lineno})"
    return (
        f"erreur interne{place} : à signaler avec cette ligne et la version (CONTRIBUTING.md) ; "
        f"{_TRACE}=1 donne le détail"
    )


def _leave(message: str | None, code: int) -> NoReturn:
    if message is not None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(f"cda-tools : {message}\n")
            sys.stderr.flush()
    os._exit(code)
