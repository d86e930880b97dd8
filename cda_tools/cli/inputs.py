"""PATH arguments to documents: files, folders (recursive), ``-`` for standard input.

Standard input is a document or a carrier, told by its content; else a list of paths.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import click

from cda_tools.carriers import Carried
from cda_tools.carriers.sources import ALL, STANDARD_INPUT, Choice, Source, sources, standard_input
from cda_tools.errors import InputError
from cda_tools.reading.safexml import DEFAULT, Limits

_MIB = 1024 * 1024


def _limits(_: click.Context, __: click.Parameter, size: int) -> Limits:
    return Limits(size=size * _MIB)


def max_size(command: Any) -> Any:
    """Add the option --max-size, which gives the command its ``limits``."""
    return click.option(
        "--max-size",
        "limits",
        type=click.IntRange(min=1),
        default=DEFAULT.size // _MIB,
        show_default=True,
        callback=_limits,
        metavar="MIO",
        help="Taille maximale d'un document, en Mio.",
    )(command)


def require(paths: tuple[str, ...]) -> None:
    """Raise a usage error (exit code 2) where no path is given."""
    if not paths:
        raise click.UsageError("il manque un CHEMIN : fichier, dossier ou « - »")


def carried(paths: Iterable[str]) -> Iterator[Carried]:
    """Yield every document under ``paths``, in a stable order; errors are those of ``found``."""
    for source in found(paths):
        yield from source.open()


def found(paths: Iterable[str], choice: Choice = ALL) -> Iterator[Source]:
    """Yield the files under ``paths`` that ``choice`` takes, in a stable order.

    Raise InputError for a path that does not exist, before anything is read, and where
    nothing at all is found.
    """
    paths = list(paths)
    for path in paths:
        if path != STANDARD_INPUT and not os.path.lexists(path):
            raise InputError(f"{path} : fichier introuvable")
    nothing = True
    for path in paths:
        for source in _under(path, choice):
            nothing = False
            yield source
    if nothing:
        raise InputError("aucun document trouvé")


def count(paths: Iterable[str], choice: Choice = ALL) -> int | None:
    """Return how many files ``found`` yields; None where standard input would have to be read."""
    paths = list(paths)
    if STANDARD_INPUT in paths:
        return None
    return sum(1 for path in paths for _ in _under(path, choice))


def _under(path: str, choice: Choice) -> Iterator[Source]:
    if path == STANDARD_INPUT:
        return standard_input(sys.stdin.buffer, choice)
    return sources([path], choice)
