"""What is printed, wherever it goes: a console in cp1252, a pipe in ASCII, a file."""

import codecs
import contextlib
import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from cda_tools.cli.replacing import replacing
from cda_tools.errors import InputError, os_reason
from cda_tools.reports.escapes import Escape


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


@contextlib.contextmanager
def opened(path: Path | None, escape: Escape) -> Iterator[Callable[[str], object]]:
    """Give the function that writes a piece of the report to a file, or to standard output.

    A file is UTF-8, and is there only once it is whole. Raise InputError where it cannot be
    written.
    """
    if path is None:
        _use(escape)
        yield lambda text: say(text, end="")
        return
    try:
        if path.exists() and not path.is_file():  # a pipe or a device is written in place
            with path.open("w", encoding="utf-8", errors=escape, newline="\n") as file:
                yield file.write
            return
        with (
            replacing(path) as unfinished,
            unfinished.open("w", encoding="utf-8", errors=escape, newline="\n") as file,
        ):
            yield file.write
    except OSError as error:
        raise _unwritable(path, error) from None


@contextlib.contextmanager
def redirected(path: Path | None) -> Iterator[None]:
    """Have what is printed go to a file, UTF-8 and there only once it is whole.

    What ends with findings (exit code 1) is whole; what could not be done (2) leaves no file.
    Raise InputError where the file cannot be written.
    """
    if path is None:
        yield
        return
    left: SystemExit | None = None
    with contextlib.ExitStack() as stack:
        try:
            whole = not path.exists() or path.is_file()  # a pipe or a device is written in place
            target = stack.enter_context(replacing(path)) if whole else path
            file = stack.enter_context(target.open("w", encoding="utf-8", newline="\n"))
        except OSError as error:
            raise _unwritable(path, error) from None
        with contextlib.redirect_stdout(file):
            try:
                yield
            except SystemExit as ended:
                if ended.code not in {None, 0, 1}:
                    raise
                left = ended
    if left:
        raise left


def _unwritable(path: Path, error: OSError) -> InputError:
    """Return why a file cannot be written: what is missing is its folder, and not the file."""
    missing = isinstance(error, FileNotFoundError) and not path.parent.exists()
    return InputError(f"{path} : {'dossier introuvable' if missing else os_reason(error)}")


def write_bytes(path: Path | None, data: bytes) -> None:
    """Write bytes as they are to a file, there only once it is whole, or to standard output.

    Raise InputError where the file cannot be written.
    """
    if path is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        with replacing(path) as unfinished:
            unfinished.write_bytes(data)
    except OSError as error:
        raise _unwritable(path, error) from None


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
