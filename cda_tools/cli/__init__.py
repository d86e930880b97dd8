"""The command line: a thin skin over the API, one file a command.

A command's module is imported only when it is used, so that ``line`` starts fast.
"""

import contextlib
import os
import sys
from importlib import import_module

import click

from cda_tools.cli.output import use_replacement_characters
from cda_tools.errors import CdaToolsError

_COMMANDS = {
    "inspect": "un écran par document : ligne, identifiants, auteurs, verdict de chaque couche",
    "validate": "le verdict sur de nombreux documents, couche par couche",
    "line": "une ligne par document : type, date, titre, auteur",
    "render": "un document en page HTML : en-tête, copie PDF, texte de chaque section",
    "pdf": "le PDF d'un document : son corps, sa copie PDF, ou celui que porte son message",
    "chain": "les chaînes de versions : qui remplace qui, et quelle version est en vigueur",
    "intake": "ce qu'un consommateur fait de chaque document reçu, et pourquoi",
    "index": "un index des en-têtes, que chain, line et intake lisent à la place des documents",
    "dmp": "les documents d'un patient et la liste du DMP : à jour, remplacés, absents",
    "history": "l'indicateur des documents envoyés au DMP, historiques et autres, avec leur sort",
    "consent": "l'indicateur des consentements : ce que les venues savent de l'avis du patient",
    "serve": "la validation comme service sur cette machine (HTTP)",
    "kit": "le kit officiel de l'utilisateur (TestContenuCDA) : ajouter, lister, contrôler",
    "rules": "le catalogue des règles, ou la page d'une règle",
}


class _Commands(click.Group):
    """Finds a command in the module of its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(f"cda_tools.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except CdaToolsError as error:
            click.echo(f"cda-tools : {error}", err=True)
            ctx.exit(2)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        # The summaries stand here, so that the help need not import every command.
        with formatter.section("Commandes"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cda-tools", prog_name="cda-tools")
def cli() -> None:
    """Valide et lit les documents cliniques français (HL7 CDA R2).

    Codes de retour : 0 rien à signaler, 1 des constats, 2 la commande n'a pas pu travailler.
    """


def main() -> None:
    """Run the command line; an error of ours is one line on stderr and exit code 2."""
    use_replacement_characters()
    try:
        cli(prog_name="cda-tools")
    except OSError as error:
        _end(error)
    except SystemExit:
        try:
            sys.stdout.flush()
        except OSError as error:
            _end(error)
        raise


def _end(error: OSError) -> None:
    """Say that the output cannot be written, and leave; nothing is left to flush at exit."""
    with contextlib.suppress(OSError):
        sys.stderr.write(f"cda-tools : écriture impossible ({error.strerror})\n")
        sys.stderr.flush()
    os._exit(2)
