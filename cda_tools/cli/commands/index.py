"""``cda-tools index``: headers kept in an SQLite file, brought up to date."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from cda_tools.carriers.sources import Source
from cda_tools.carriers.walking import LeftOut, files
from cda_tools.cli import inputs
from cda_tools.cli.extras import needs
from cda_tools.cli.output import say
from cda_tools.document import Door
from cda_tools.errors import InputError
from cda_tools.index import Index, Progress, update
from cda_tools.index.database import is_kept
from cda_tools.reading.safexml import Limits

SUMMARY = "un index des en-têtes, que chain, line et intake lisent à la place des documents"
EXAMPLE = "cda-tools index documents/ --into index.sqlite"


@click.command(short_help=SUMMARY)
@click.argument("paths", metavar="CHEMIN...", nargs=-1, required=True)
@click.option(
    "--into",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="Fichier de l'index (SQLite) ; il est créé s'il n'existe pas. Un nom en .parquet donne "
    "les mêmes en-têtes en Parquet, refaits en entier.",
)
@click.option(
    "--progress/--no-progress",
    default=None,
    help="Montre l'avancement sur la sortie d'erreur (par défaut : sur un terminal).",
)
@inputs.max_size
def command(paths: tuple[str, ...], into: Path, progress: bool | None, limits: Limits) -> None:
    """Tient un index des en-têtes, pour « chain », « line » et « intake ».

    CHEMIN est un fichier ou un dossier (parcouru en entier). Seuls les fichiers nouveaux ou
    changés sont relus ; ceux qui ont disparu des CHEMIN donnés sont oubliés. L'index peut être
    interrompu à tout moment : ce qui est annoncé est acquis, et la fois suivante reprend là.

    L'index est une donnée de santé : types, titres, dates et auteurs des documents y sont en
    clair ; du patient, il n'a que des identifiants hachés.
    """
    roots = [Path(path) for path in paths]
    for root in roots:
        if not root.exists():
            raise InputError(f"{root} : fichier introuvable")
    if not into.absolute().parent.is_dir():
        raise InputError(f"{into} : dossier introuvable")
    _require_documents(roots, into)
    shown = sys.stderr.isatty() if progress is None else progress
    if into.suffix == ".parquet":
        _parquet(roots, into, limits)
        return
    with Index(into, create=True) as index:
        left_out = LeftOut()
        done = update(
            index,
            _files(roots, left_out),
            roots=roots,
            limits=limits,
            report=_report if shown else None,
        )
    inputs.say_left_out(left_out)
    say(f"{into} : {_summary(done)}")


def _require_documents(roots: list[Path], into: Path) -> None:
    """Raise InputError where a new index would be empty; one that exists may become so."""
    left_out = LeftOut()
    if not into.exists() and next(_files(roots, left_out), None) is None:
        told = f" : {left_out}" if left_out.total else ""
        raise InputError(f"{', '.join(map(str, roots))} : aucun document trouvé{told}")


def _parquet(roots: list[Path], into: Path, limits: Limits) -> None:
    """Write the index anew as one Parquet file."""
    needs("pyarrow", "arrow", "index --into FICHIER.parquet")
    from cda_tools.arrow import headers_file  # noqa: PLC0415  the extra's library

    left_out = LeftOut()
    sources = (Source(str(path)) for path in _files(roots, left_out))
    door = Door(limits, digests=True)
    read = filter(is_kept, door.read(sources))
    number = headers_file.write(into, map(door.with_digest, read))
    inputs.say_left_out(left_out)
    say(f"{into} : documents {number}")


def _files(roots: list[Path], left_out: LeftOut) -> Iterator[Path]:
    for root in roots:
        yield from files(root, left_out)


def _report(done: Progress) -> None:
    click.echo(_summary(done), err=True)


def _summary(done: Progress) -> str:
    return (
        f"nouveaux {done.new}, changés {done.changed}, inchangés {done.same},"
        f" disparus {done.gone} ; documents lus {done.documents}"
    )
