"""``cda-tools rules``: the catalogue, a rule's page, a value set, what differs between editions."""

import click

from cda_tools.cli.options import to_file
from cda_tools.cli.output import say
from cda_tools.lookup.search import Found, everything, find, matching
from cda_tools.reports import rules as pages
from cda_tools.rules.catalogue import Rule, rules

SUMMARY = "le catalogue des règles et des jeux de valeurs"
EXAMPLE = "cda-tools rules SM-SETID-01"

_DIFF = "diff"


def _ids(_: click.Context, __: click.Parameter, start: str) -> list[str]:
    return [rule.id for rule in rules() if rule.id.startswith(start.upper())]


@click.command(short_help=SUMMARY)
@click.argument("names", metavar="[NOM]...", nargs=-1, shell_complete=_ids)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="Texte, JSON ou Markdown.",
)
@click.option(
    "--layer",
    type=click.Choice(list(dict.fromkeys(rule.layer for rule in rules()))),
    help="Seulement les règles de cette couche ou de ce sujet.",
)
@click.option(
    "--search",
    metavar="MOTS",
    help="Seulement ce qui contient ces mots : règles, jeux de valeurs, codes et libellés.",
)
@click.option(
    "--kit",
    metavar="DOSSIER|NOM",
    help="Kit officiel : montre ses propres règles (« motif/3f2a1c »), avec test et fichier.",
)
@to_file
def command(
    names: tuple[str, ...], form: str, layer: str | None, search: str | None, kit: str | None
) -> None:
    """Montre le catalogue, ou ce que chaque NOM désigne.

    NOM est une règle (SM-SETID-01), un début de règle (SM-SETID), ou un jeu de valeurs : son nom
    (J47), son OID ou son nom officiel.

    « rules diff ANCIENNE NOUVELLE » dit ce qui diffère entre deux éditions du profil d'en-tête
    (2025-02, 2025-06), ou entre une édition et un kit officiel (dossier ou nom).
    """
    if names and names[0] == _DIFF:
        if layer or search or kit:
            raise click.UsageError("« diff » ne va pas avec --layer, --search ni --kit")
        say(_differences(names[1:], form), end="")
    elif kit:
        from cda_tools.reports import kit_rules  # noqa: PLC0415  only where a kit is given

        if layer or search:
            raise click.UsageError("--kit ne va pas avec --layer ni --search")
        say(kit_rules.pages(kit, names, form), end="")
    else:
        found = _found(names, layer, search)
        if not found:
            click.echo("aucune règle ni aucun jeu de valeurs ne répond à ce choix", err=True)
        say(pages.text(found, search or "") if form == "text" else _FORMATS[form](found), end="")


def _found(names: tuple[str, ...], layer: str | None, search: str | None) -> list[Found]:
    found: list[Found] = list(rules())
    if names:
        found = find(names)
    elif search:
        found = everything()
    if layer:
        found = [one for one in found if isinstance(one, Rule) and one.layer == layer]
    return matching(search, found) if search else found


def _differences(sides: tuple[str, ...], form: str) -> str:
    from cda_tools.lookup.differences import differences  # noqa: PLC0415
    from cda_tools.reports import differences as report  # noqa: PLC0415  only for diff

    if len(sides) != 2:
        raise click.UsageError("« rules diff » compare deux éditions, ou une édition et un kit")
    forms = {"text": report.text, "json": report.json, "markdown": report.markdown}
    return forms[form](differences(*sides))


_FORMATS = {"json": pages.json, "markdown": pages.markdown}
