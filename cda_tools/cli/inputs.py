"""PATH arguments to documents: files, folders (recursive), ``-`` for standard input."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from cda_tools.carriers import Carried, is_xdm_folder, open_bytes, open_path
from cda_tools.errors import InputError
from cda_tools.safexml import DEFAULT, Limits

STANDARD_INPUT = "-"
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
    """Yield every document under ``paths``, in a stable order.

    Raise InputError for a path that does not exist, before anything is read, and where
    nothing at all is found.
    """
    paths = list(paths)
    for path in paths:
        if path != STANDARD_INPUT and not Path(path).exists():
            raise InputError(f"{path} : fichier introuvable")
    found = False
    for path in paths:
        for document in _documents(path):
            found = True
            yield document
    if not found:
        raise InputError("aucun document trouvé")


def _documents(path: str) -> Iterator[Carried]:
    if path == STANDARD_INPUT:
        yield from open_bytes(sys.stdin.buffer.read(), STANDARD_INPUT)
        return
    for file in files(Path(path)):
        yield from open_path(file)


def files(path: Path) -> Iterator[Path]:
    """Yield a file itself, or the files of a folder and below, sorted, hidden ones left out.

    An unpacked XDM archive is one thing, and is yielded as its folder.
    """
    if not path.is_dir() or is_xdm_folder(path):
        yield path
        return
    for entry in sorted(path.iterdir()):
        if not entry.name.startswith("."):
            yield from files(entry)
