"""``cda-tools kit``: the user's own checkouts of the official kit."""

import contextlib
import sys
from pathlib import Path

import click

from cda_tools.cli.options import text_or_json
from cda_tools.cli.output import say, say_json
from cda_tools.errors import InputError
from cda_tools.kit import names
from cda_tools.kit.defects import counts, defects
from cda_tools.kit.folder import open_folder
from cda_tools.kit.kit import Kit, open_kit
from cda_tools.reports import kits
from cda_tools.rules.finding import Finding

SUMMARY = "le kit officiel de l'utilisateur (TestContenuCDA) : ajouter, lister, contrôler"
EXAMPLE = "cda-tools kit add TestContenuCDA/ --name kit"


@click.group("kit", short_help=SUMMARY, subcommand_metavar="COMMANDE [ARGUMENTS]...")
def command() -> None:
    """Ajoute, liste, contrôle et retire des kits officiels TestContenuCDA.

    Le kit n'est pas fourni avec l'outil : c'est un dossier que l'utilisateur a obtenu de l'ANS.
    """


@command.command("add", short_help="donne un nom à un kit et le compile")
@click.argument("folder", metavar="DOSSIER", type=click.Path(path_type=Path))
@click.option("--name", metavar="NOM", help="Nom du kit ; par défaut celui de son dossier.")
@text_or_json
def add(folder: Path, name: str | None, form: str) -> None:
    """Donne un nom à un kit, le compile, dit ce qu'il est et ce qui n'y va pas."""
    opened = open_folder(folder)
    chosen = name or opened.root.name
    names.check(chosen)
    kit = Kit(opened, chosen)
    names.add(chosen, opened.root)
    open_kit.cache_clear()
    _say(kit, form)


@command.command("list", short_help="liste les kits ajoutés")
@text_or_json
def show(form: str) -> None:
    """Liste les kits ajoutés."""
    known = names.names()
    if form == "json":
        say_json([{"name": name, "path": str(path)} for name, path in known.items()])
        return
    for name, path in known.items():
        say(f"{name} : {path}" + ("" if path.is_dir() else " (dossier absent)"))
    if not known:
        say("aucun kit ajouté (cda-tools kit add DOSSIER)")


@command.command("check", short_help="dit ce qui ne va pas dans un kit")
@click.argument("location", metavar="DOSSIER|NOM")
@text_or_json
def check(location: str, form: str) -> None:
    """Dit ce qui ne va pas dans un kit.

    Codes de retour : 0 aucun défaut (une simple information n'en est pas un), 1 des défauts.
    """
    if counts(_say(open_kit(location), form)):
        sys.exit(1)


@command.command("remove", short_help="oublie un kit ajouté")
@click.argument("name", metavar="NOM")
def remove(name: str) -> None:
    """Oublie un kit ajouté ; son dossier reste, ce qui en a été compilé est effacé."""
    path = names.names().get(name)
    names.remove(name)
    open_kit.cache_clear()
    if path is not None:
        _forget(path)
    say(f"{name} : oublié")


def _say(kit: Kit, form: str) -> list[Finding]:
    found = defects(kit)
    if form == "json":
        say_json(kits.to_json(kit, found))
    else:
        for line in kits.text(kit, found):
            say(line)
    return found


def _forget(path: Path) -> None:
    from cda_tools.kit import cache  # noqa: PLC0415  only here

    # Where the folder is gone, its entry can no longer be told from others.
    with contextlib.suppress(InputError):
        cache.forget(open_folder(path))
