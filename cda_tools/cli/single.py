"""A PATH argument to one document: where it carries several, a number chooses."""

from typing import Any

import click

from cda_tools.carriers import Carried
from cda_tools.document import found, read_carried
from cda_tools.errors import InputError
from cda_tools.model.document import Document
from cda_tools.reading.safexml import Limits
from cda_tools.reports.paths import shown

_MOST_LISTED = 20


def number(command: Any) -> Any:
    """Add the option --number, which chooses among several."""
    return click.option(
        "--number",
        type=click.IntRange(min=1),
        metavar="N",
        help="Lequel, par son rang, là où CHEMIN en porte plusieurs.",
    )(command)


def document(path: str, number: int | None, limits: Limits) -> Document:
    """Return the one document of a path, read whole.

    Raise InputError where there is none, or several and no ``number`` among them.
    """
    sources = found([path], limits=limits)
    carried = [one for source in sources for one in source.open(limits)]
    return read_carried(_chosen(carried, path, number), limits)


def _chosen(carried: list[Carried], path: str, number: int | None) -> Carried:
    # What came without its content (an archive's PDF, an entry of a list) cannot be shown.
    readable = [one for one in carried if one.source is not None] or carried
    names = [shown(one.path) for one in readable]
    return readable[choice(names, path, number, "documents")]


def choice(names: list[str], path: str, number: int | None, what: str) -> int:
    """Return the index of the one to take; raise InputError, which lists them, in doubt."""
    if number is None and len(names) == 1:
        return 0
    if number is not None and number <= len(names):
        return number - 1
    listed = [f"  {rank}  {name}" for rank, name in enumerate(names[:_MOST_LISTED], start=1)]
    if len(names) > _MOST_LISTED:
        listed.append(f"  … et {len(names) - _MOST_LISTED} autres")
    said = f"{shown(path)} : {len(names)} {what}, choisir avec --number :"
    raise InputError("\n".join([said, *listed]))
