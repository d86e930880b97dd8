"""Options that several commands share."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from cda_tools.model.editions import EDITIONS, NEWEST
from cda_tools.validation import LAYERS, PROFILES, Options

text_or_json = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Texte ou JSON.",
)
"""Add the option --format to a command that prints a text or one JSON value."""


def validation_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of a validation, which give the command its ``options``."""

    @click.option(
        "--profile",
        type=click.Choice(PROFILES),
        default="1.16",
        show_default=True,
        help="Révision appliquée ; « auto » : celle d'avant 1.16 avant le 25/09/2024.",
    )
    @click.option(
        "--edition",
        type=click.Choice(EDITIONS),
        default=NEWEST,
        show_default=True,
        help="Édition du profil officiel d'en-tête, nommée par le mois de son dernier changement.",
    )
    @click.option(
        "--strict",
        is_flag=True,
        help="Fait des avertissements de text-1.16 des erreurs, et compte pour le code de retour "
        "les erreurs de text-1.16 et de versions.",
    )
    @click.option(
        "--layer",
        "layers",
        type=click.Choice(LAYERS),
        multiple=True,
        help="N'exécute que cette couche (répétable) ; « xml » l'est toujours.",
    )
    @click.option(
        "--schema",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Autre schéma XML que celui de l'outil (CDA_extended.xsd du kit, par exemple).",
    )
    @wraps(command)
    def with_options(
        *args: Any,
        profile: str,
        edition: str,
        strict: bool,
        layers: tuple[str, ...],
        schema: Path | None,
        **others: Any,
    ) -> None:
        chosen = Options(
            profile, strict=strict, layers=layers or LAYERS, schema=schema, edition=edition
        )
        command(*args, options=chosen, **others)

    return with_options
