"""Options that several commands share; those of a validation are in ``validating``."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from cda_tools.cli.output import redirected, say

text_or_json = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Texte ou JSON.",
)
"""Add the option --format to a command that prints a text or one JSON value."""


output = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FICHIER",
    help="Écrit dans ce fichier (un texte en UTF-8), remplacé une fois complet.",
)
"""Add -o/--output to a command that writes to its ``output`` itself."""


def to_file(command: Callable[..., None]) -> Callable[..., None]:
    """Add -o/--output, which writes what the command prints to a file."""

    @output
    @wraps(command)
    def with_output(*args: Any, output: Path | None, **others: Any) -> None:
        with redirected(output):
            command(*args, **others)

    return with_output


def _print_css(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        from cda_tools.reports import rows  # noqa: PLC0415  Jinja2 is loaded only for HTML

        say(rows.css(), end="")
        context.exit()


def page_and_css(command: Any) -> Any:
    """Add --page and --css to a command that prints rows as HTML; the first one is its ``page``."""
    page = click.option("--page", is_flag=True, help="Page HTML entière, avec son style.")
    css = click.option(
        "--css",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_print_css,
        help="Affiche la feuille de style des fragments HTML.",
    )
    return page(css(command))
