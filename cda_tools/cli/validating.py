"""The options of a validation: how, and within which limits.

Apart from ``options``: they load what validates, which ``line`` and others start without.
"""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from cda_tools.batch import TIMEOUT
from cda_tools.batch.memory import default as default_memory
from cda_tools.kit import AUTO, NONE
from cda_tools.model.editions import EDITIONS, NEWEST
from cda_tools.validation import LAYERS, PROFILES, Options

time_limit = click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=TIMEOUT,
    show_default=True,
    metavar="S",
    help="Secondes accordées à un document.",
)
"""Add the option --timeout, which gives the command its ``timeout``."""


def work_limits(command: Callable[..., None]) -> Callable[..., None]:
    """Add --timeout and --max-memory, which give the command ``timeout`` and ``memory``."""

    @time_limit
    @click.option(
        "--max-memory",
        "mebibytes",
        type=click.IntRange(min=256),
        metavar="MIO",
        help="Mémoire accordée à un processus, en Mio, là où le système peut la limiter ; par "
        "défaut 4096, et au plus les trois quarts de celle de la machine.",
    )
    @wraps(command)
    def with_limits(*args: Any, mebibytes: int | None, **others: Any) -> None:
        memory = default_memory() if mebibytes is None else mebibytes * 1024 * 1024
        command(*args, memory=memory, **others)

    return with_limits


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
        help="Édition du profil officiel d'en-tête, nommée par le mois de son dernier changement ; "
        f"par défaut celle du kit, sinon {NEWEST}.",
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
    @click.option(
        "--kit",
        metavar="DOSSIER|NOM",
        help="Kit officiel TestContenuCDA (son dossier, ou le nom donné à « kit add ») : ajoute "
        "les couches modeles-ihe, modeles-cda, modeles-ans, terminologies et volet.",
    )
    @click.option(
        "--volet",
        default=AUTO,
        show_default=True,
        metavar="NOM",
        help="Volet du kit à contrôler ; « auto » : celui que nomme le document, « none » : aucun.",
    )
    @wraps(command)
    def with_options(
        *args: Any,
        profile: str,
        edition: str | None,
        strict: bool,
        layers: tuple[str, ...],
        schema: Path | None,
        kit: str | None,
        volet: str,
        **others: Any,
    ) -> None:
        if volet not in {AUTO, NONE} and not kit:
            raise click.UsageError("--volet n'a de sens qu'avec --kit")
        chosen = Options(
            profile,
            strict=strict,
            layers=layers or LAYERS,
            schema=schema,
            edition=edition or "",
            kit=kit,
            volet=volet,
        )
        if chosen.kit:
            from cda_tools.cli.kit_defects import announce  # noqa: PLC0415  only with a kit

            announce(chosen.kit, strict=strict)
        command(*args, options=chosen, **others)

    return with_options
