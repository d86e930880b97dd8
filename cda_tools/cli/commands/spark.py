"""``cda-tools spark``: the same rows over a folder, Parquet or a Hive table, on a cluster."""

from pathlib import Path

import click

from cda_tools.cli.extras import needs
from cda_tools.cli.inputs import max_size, say_left_out
from cda_tools.cli.output import say
from cda_tools.cli.validating import validation_options
from cda_tools.errors import InputError
from cda_tools.reading.safexml import Limits
from cda_tools.validation import Options

SUMMARY = "verdicts, en-têtes, lignes et chaînes sur une grappe Spark, en Parquet"
EXAMPLE = "cda-tools spark validate paquets --into verdicts"
JOBS = ("validate", "header", "line", "chain")
_SHORTEST, _LONGEST = 16, 64  # bytes of a secret


@click.command(short_help=SUMMARY)
@click.argument("job", metavar="TRAVAIL", type=click.Choice(JOBS))
@click.argument("source", metavar="SOURCE")
@click.option("--into", required=True, metavar="URI", help="Dossier Parquet de la sortie.")
@click.option(
    "--path-column",
    default="path",
    show_default=True,
    metavar="COLONNE",
    help="Colonne de SOURCE qui nomme le document.",
)
@click.option(
    "--content-column",
    default="content",
    show_default=True,
    metavar="COLONNE",
    help="Colonne de SOURCE qui a le document : des octets, ou un texte.",
)
@click.option(
    "--secret",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FICHIER",
    help="Clé (16 à 64 octets) du hachage des patients, pour header.",
)
@click.option("--partitions", type=click.IntRange(min=1), help="Partitions de la sortie de chain.")
@click.option("--overwrite", is_flag=True, help="Remplace ce que le dossier de sortie contient.")
@validation_options
@max_size
def command(
    job: str,
    source: str,
    into: str,
    path_column: str,
    content_column: str,
    secret: Path | None,
    partitions: int | None,
    overwrite: bool,
    options: Options,
    limits: Limits,
) -> None:
    """Fait un TRAVAIL (validate, header, line, chain) sur une SOURCE, et écrit du Parquet.

    SOURCE est un dossier de fichiers, un dossier ou fichier Parquet (« cda-tools pack »), ou
    « table:NOM » (Hive). chain lit ce que header a écrit. À lancer par spark-submit sur une
    grappe, ou tel quel sur cette machine.

    Une colonne de SOURCE du nom d'une colonne de la sortie devient source_NOM. Le code de retour
    est 0 dès que la sortie est écrite, quels que soient les verdicts.
    """
    if job == "chain" and secret:
        raise click.UsageError("--secret sert à header ; chain lit ce que header a écrit")
    needs("pyspark", "spark", "spark")
    needs("pyarrow", "arrow", "spark")
    from cda_tools.arrow import Work  # noqa: PLC0415  the extra's libraries
    from cda_tools.spark.running import Source, run  # noqa: PLC0415

    work = Work(options, limits, _secret(secret))
    documents = Source(source, path_column, content_column)
    counts = run(
        job,
        documents,
        into,
        work,
        partitions=partitions,
        overwrite=overwrite,
    )
    say_left_out(documents.left_out)
    told = ", ".join(f"{name} {number}" for name, number in counts.items())
    say(f"{into} : {told}")


def _secret(path: Path | None) -> bytes | None:
    if path is None:
        return None
    key = path.read_bytes().strip()
    if not _SHORTEST <= len(key) <= _LONGEST:
        raise InputError(f"{path} : une clé de {_SHORTEST} à {_LONGEST} octets est attendue")
    return key
