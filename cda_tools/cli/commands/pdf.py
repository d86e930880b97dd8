"""``cda-tools pdf``: the PDF of a document, taken out of it."""

import sys
from pathlib import Path
from typing import NamedTuple

import click

from cda_tools.cli import inputs, options, single
from cda_tools.cli.output import write_bytes
from cda_tools.document import found, read_carried
from cda_tools.errors import InputError
from cda_tools.reading.safexml import Limits
from cda_tools.reports.paths import shown

SUMMARY = "le PDF d'un document : son corps, sa copie PDF, ou celui que porte son message"
EXAMPLE = "cda-tools pdf document.xml --output lettre.pdf"


@click.command(short_help=SUMMARY)
@click.argument("path", metavar="CHEMIN")
@single.number
@options.output
@inputs.max_size
def command(path: str, number: int | None, output: Path | None, limits: Limits) -> None:
    """Donne le PDF d'un document : son corps, sa copie PDF, ou celui que porte son message.

    CHEMIN est un fichier ou « - » (entrée standard), document ou message qui en porte. Là où il
    y en a plusieurs, ils sont listés, et --number en choisit un ; un seul, fichier joint, est
    donné et nommé.
    """
    if output is None and sys.stdout.isatty():
        raise click.UsageError("un PDF ne se lit pas dans un terminal : --output FICHIER")
    files, problems = _files(path, limits)
    if not files:
        why = " ; ".join(problems) or "aucun PDF : ni corps, ni copie PDF, ni fichier joint"
        raise InputError(f"{shown(path)} : {why}")
    names = [one.name for one in files]
    whole = [index for index, one in enumerate(files) if one.copy]
    if number is None and len(whole) == 1:
        index = whole[0]
        for rank, name in enumerate(names, start=1):
            if rank != index + 1:
                click.echo(f"autre PDF, --number {rank} : {name}", err=True)
    else:
        index = single.choice(names, path, number, "PDF")
        if number is None and files[index].attached:
            click.echo(f"aucun PDF n'est le document même ; donné : {names[index]}", err=True)
    write_bytes(output, files[index].data)


class _Pdf(NamedTuple):
    """A PDF of the path. ``copy``: the whole of a document; ``attached``: a file that one holds."""

    name: str
    data: bytes
    copy: bool = False
    attached: bool = False


def _files(path: str, limits: Limits) -> tuple[list[_Pdf], list[str]]:
    """Return every PDF of a path, and what stood in the way of reading others."""
    from cda_tools.rendering.beside import pdfs_beside  # noqa: PLC0415  only for this command
    from cda_tools.rendering.pdf import pdf_files  # noqa: PLC0415

    files: list[_Pdf] = []
    problems: list[str] = []
    for source in found([path], limits=limits):
        for carried in source.open(limits):
            document = read_carried(carried, limits)
            files += [
                _Pdf(f"{shown(document.path)} : {one.name}", one.data, one.copy, not one.copy)
                for one in pdf_files(document)
            ]
            if document.header is None:
                problems += [finding.message for finding in document.findings]
        content = source.data if source.data is not None else Path(source.path)
        files += [
            _Pdf(f"{shown(source.path)} : {name}", data)
            for name, data in pdfs_beside(content, limits)
        ]
    return files, problems
