"""What is printed, wherever it goes: a console in cp1252, a pipe in ASCII, a file."""

import io
import sys


def use_replacement_characters() -> None:
    """Show ``?`` for what the output's encoding lacks, rather than stop the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def say(text: str, end: str = "\n") -> None:
    """Print to standard output in its own encoding (click.echo takes ASCII for UTF-8)."""
    sys.stdout.write(text + end)
