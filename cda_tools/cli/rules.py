"""``cda-tools rules``: the catalogue, or one rule's page."""

import click

from cda_tools.cli.output import say
from cda_tools.reports import rules as pages
from cda_tools.rules import catalogue


@click.command(short_help="le catalogue des règles")
@click.argument("rule_ids", metavar="[RÈGLE]...", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="Texte, JSON ou Markdown.",
)
def command(rule_ids: tuple[str, ...], form: str) -> None:
    """Montre le catalogue des règles, ou les RÈGLES nommées (SM-SETID-01, par exemple).

    Chaque règle a son texte, sa gravité, sa source, la révision qui l'a introduite, et un
    exemple juste et un faux.
    """
    found = [catalogue.rule(rule_id) for rule_id in rule_ids] or list(catalogue.rules())
    say(_FORMATS[form](found), end="")


_FORMATS = {"text": pages.text, "json": pages.json, "markdown": pages.markdown}
