"""``cda-tools pack``: many small files into few Parquet files, for a cluster to read."""

import sys
from pathlib import Path

import click

from cda_tools.cli.extras import needs
from cda_tools.cli.inputs import max_size, say_left_out
from cda_tools.reading.safexml import Limits

SUMMARY = "beaucoup de petits fichiers en quelques fichiers Parquet, pour une grappe"
EXAMPLE = "cda-tools pack documents/ --into paquets"
_MIB = 1024 * 1024


@click.command(short_help=SUMMARY)
@click.argument("paths", metavar="CHEMIN...", nargs=-1, required=True)
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DOSSIER",
    help="Dossier des fichiers Parquet (créé ; il doit être vide).",
)
@click.option(
    "--row-group",
    type=click.IntRange(min=1, max=1024),
    default=16,
    show_default=True,
    metavar="MIO",
    help="Taille d'un groupe de lignes : ce qu'une tâche tient à la fois.",
)
@click.option(
    "--file-size",
    type=click.IntRange(min=1),
    default=256,
    show_default=True,
    metavar="MIO",
    help="Taille à partir de laquelle un autre fichier est commencé.",
)
@max_size
def command(
    paths: tuple[str, ...], into: Path, row_group: int, file_size: int, limits: Limits
) -> None:
    """Range chaque fichier dans une ligne : son chemin (path) et ses octets (content).

    CHEMIN est un fichier ou un dossier (parcouru en entier). Les fichiers sont pris tels quels,
    documents, messages et archives ; ceux qui ne peuvent être lus, ou dépassent --max-size, sont
    nommés et comptés.
    """
    needs("pyarrow", "arrow", "pack")
    from cda_tools.arrow.packing import pack  # noqa: PLC0415  the extra's library

    packed = pack(paths, into, row_group * _MIB, file_size * _MIB, limits)
    for path, reason in packed.left_out:
        click.echo(f"{path} : {reason}", err=True)
    say_left_out(packed.passed_by)
    click.echo(
        f"{into} : fichiers rangés {packed.documents}, fichiers Parquet {packed.files}, "
        f"{packed.size / _MIB:.1f} Mio ; laissés de côté {len(packed.left_out)}"
    )
    if packed.left_out:
        sys.exit(1)
