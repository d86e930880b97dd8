"""What is printed, wherever it goes: a console in cp1252, a pipe in ASCII, a file."""

import codecs
import contextlib
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from cda_tools.cli.replacing import replacing
from cda_tools.errors import InputError, os_reason
from cda_tools.reports.escapes import Escape
from cda_tools.reports.paths import shown


def use_replacement_characters() -> None:
    """Show ``?`` for what the output's encoding lacks, rather than stop the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def say(text: str, end: str = "\n") -> None:
    """Print to standard output in its own encoding (click.echo takes ASCII for UTF-8)."""
    sys.stdout.write(text + end)


def say_json(value: object) -> None:
    """Print a value as JSON; what the output's encoding lacks is escaped, so nothing is lost."""
    _use(Escape.JSON)
    say(json.dumps(value, ensure_ascii=False, indent=2))


def say_markup(text: str) -> None:
    """Print HTML; what the output's encoding lacks is a character reference."""
    _use(Escape.MARKUP)
    say(text, end="")


def say_pieces(pieces: Iterable[str], escape: Escape) -> None:
    """Print a report piece by piece; what the output's encoding lacks is written as ``escape``."""
    _use(escape)
    for piece in pieces:
        say(piece, end="")


@contextlib.contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give where to write a file, which is there only once it is whole.

    Raise InputError where it cannot be written.
    """
    try:
        with replacing(path) as unfinished:
            yield unfinished
    except OSError as error:
        # What is missing is its folder, and not the file.
        missing = isinstance(error, FileNotFoundError) and not path.parent.exists()
        reason = "dossier introuvable" if missing else os_reason(error)
        raise InputError(f"{shown(str(path))} : {reason}") from None


@contextlib.contextmanager
def opened(path: Path | None, escape: Escape) -> Iterator[Callable[[str], object]]:
    """Give the function that writes a piece of the report to a file, or to standard output.

    A file is UTF-8, and written as :func:`whole` has it.
    """
    if path is None:
        _use(escape)
        yield lambda text: say(text, end="")
        return
    with (
        whole(path) as unfinished,
        unfinished.open("w", encoding="utf-8", errors=escape, newline="\n") as file,
    ):
        yield file.write


@contextlib.contextmanager
def redirected(path: Path | None) -> Iterator[None]:
    """Have what is printed go to a file, UTF-8 and written as :func:`whole` has it.

    What ends with findings (exit code 1) is whole; what could not be done (2) leaves no file.
    """
    if path is None:
        yield
        return
    left: SystemExit | None = None
    with (
        whole(path) as unfinished,
        unfinished.open("w", encoding="utf-8", newline="\n") as file,
        contextlib.redirect_stdout(file),
    ):
        try:
            yield
        except SystemExit as ended:
            if ended.code not in {None, 0, 1}:
                raise
            left = ended
    if left:
        raise left


def write_bytes(path: Path | None, data: bytes) -> None:
    """Write bytes as they are to standard output, or to a file as :func:`whole` has it."""
    if path is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    with whole(path) as unfinished:
        unfinished.write_bytes(data)


def _use(escape: Escape) -> None:
    """Make standard output write what its encoding lacks as ``escape`` says.

    JSON and XML say nothing outside ASCII where it is not UTF-8: they are read as UTF-8.
    """
    stream = sys.stdout
    if not isinstance(stream, io.TextIOWrapper):
        return
    if escape is Escape.REPLACED or codecs.lookup(stream.encoding).name == "utf-8":
        stream.reconfigure(errors=escape)
    else:
        stream.reconfigure(encoding="ascii", errors=escape)
