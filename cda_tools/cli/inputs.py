"""PATH arguments to documents: files, folders (recursive), ``-`` for standard input.

Standard input is a document or a carrier, told by its content; else a list of paths.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from cda_tools.carriers import (
    Carried,
    is_xdm_folder,
    kind_of,
    kind_of_file,
    open_bytes,
    open_path,
)
from cda_tools.carriers.base import unreadable
from cda_tools.errors import InputError
from cda_tools.safexml import DEFAULT, Limits

STANDARD_INPUT = "-"
_SUFFIXES = frozenset({".xml", ".cda", ".hl7", ".er7", ".zip"})
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
    if path != STANDARD_INPUT:
        for file in files(Path(path)):
            yield from open_path(file)
        return
    data = sys.stdin.buffer.read()
    if kind_of(data) or not data.strip():
        yield from open_bytes(data, STANDARD_INPUT)
        return
    # No document begins so: it is a list of paths, one a line.
    yield from carried(os.fsdecode(line).strip() for line in data.splitlines() if line.strip())


def files(path: Path) -> Iterator[Path]:
    """Yield a file itself, or the documents and carriers in a folder and below, sorted.

    In a folder, hidden files are left out, and those whose name and beginning are of no
    document (a README, a PDF). An unpacked XDM archive is one thing: its folder is yielded.
    """
    if not path.is_dir() or is_xdm_folder(path):
        yield path
        return
    try:
        entries = sorted(path.iterdir())
    except OSError as error:
        click.echo(f"cda-tools : {unreadable(path, error)}", err=True)
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            # A link to a folder may lead back here.
            yield from () if entry.is_symlink() else files(entry)
        elif entry.suffix.lower() in _SUFFIXES or kind_of_file(entry):
            yield entry
