"""``cda-tools rules``: the catalogue, or one rule's page."""

import click

from cda_tools.cli.output import say
from cda_tools.reports import rules as pages
from cda_tools.rules import catalogue

SUMMARY = "le catalogue des règles, ou la page d'une règle"


@click.command(short_help=SUMMARY)
@click.argument("rule_ids", metavar="[RÈGLE]...", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="Texte, JSON ou Markdown.",
)
@click.option(
    "--kit",
    metavar="DOSSIER|NOM",
    help="Kit officiel : montre ses propres règles (« motif/3f2a1c »), avec test et fichier.",
)
def command(rule_ids: tuple[str, ...], form: str, kit: str | None) -> None:
    """Montre le catalogue des règles, ou les RÈGLES nommées (SM-SETID-01, par exemple).

    Chaque règle a son texte, sa gravité, sa source, la révision qui l'a introduite, et un
    exemple juste et un faux.
    """
    if kit:
        from cda_tools.reports import kit_rules  # noqa: PLC0415  only where a kit is given

        say(kit_rules.pages(kit, rule_ids, form), end="")
        return
    found = [catalogue.rule(rule_id) for rule_id in rule_ids] or list(catalogue.rules())
    say(_FORMATS[form](found), end="")


_FORMATS = {"text": pages.text, "json": pages.json, "markdown": pages.markdown}
