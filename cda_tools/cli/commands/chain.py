"""``cda-tools chain``: which documents are versions of one another, and which one is current."""

from dataclasses import replace

import click

from cda_tools.chains import build
from cda_tools.chains.choosing import chosen
from cda_tools.cli import inputs
from cda_tools.cli.exits import Outcome, fail_on
from cda_tools.cli.options import page_and_css, to_file
from cda_tools.cli.output import say, say_json, say_markup
from cda_tools.line import one_line
from cda_tools.reading.safexml import Limits
from cda_tools.reports import chain_graphs, chain_tree
from cda_tools.reports.chains import to_json, unread_findings
from cda_tools.rules.finding import Severity

SUMMARY = "les chaînes de versions : qui remplace qui, et quelle version est en vigueur"
EXAMPLE = "cda-tools chain --format mermaid documents/"


@click.command(short_help=SUMMARY)
@click.argument("paths", metavar="CHEMIN...", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html", *chain_graphs.FORMATS]),
    default="text",
    show_default=True,
    help="Arbre en texte, JSON, fragment HTML, ou dessin (Mermaid, Graphviz DOT).",
)
@click.option(
    "--chain",
    "keys",
    multiple=True,
    metavar="CLÉ",
    help="Seulement cette chaîne : sa clé, l'id ou le chemin d'un de ses documents (répétable).",
)
@click.option(
    "--min-versions",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="Seulement les chaînes d'au moins N documents.",
)
@page_and_css
@fail_on
@inputs.max_size
@to_file
def command(
    paths: tuple[str, ...],
    form: str,
    keys: tuple[str, ...],
    min_versions: int,
    page: bool,
    fail_on: Severity,
    limits: Limits,
) -> None:
    """Montre les chaînes de versions : qui remplace qui, et quelle version est en vigueur.

    CHEMIN est un fichier, un dossier (parcouru en entier), « - » (entrée standard) ou un index
    fait par « cda-tools index ». Seuls les en-têtes sont lus ; un document n'est lu en entier
    que si un autre a le même id, pour les comparer.
    """
    inputs.require(paths)
    if page and form not in ("text", "html"):
        raise click.UsageError(f"--page donne du HTML : pas avec --format {form}")
    outcome = Outcome(fail_on)
    documents = inputs.Inputs(limits, outcome, digests=True)
    as_html = page or form == "html"
    describe = None if form == "json" or as_html else one_line
    found = documents.known(paths)
    kept = list(found) if as_html else []
    chains = build(kept or found, describe=describe, digest=documents.door.digest)
    chains = replace(chains, findings=(*unread_findings(documents.unread), *chains.findings))
    chains = chosen(chains, keys, min_versions)
    outcome.count(one.finding for one in chains.all_findings)
    if as_html:
        from cda_tools.reports import chain_html  # noqa: PLC0415  Jinja2 is loaded only for HTML

        say_markup(chain_html.html(chains, kept, page=page))
    elif form == "json":
        say_json(to_json(chains))
    else:
        lines = chain_tree.lines if form == "text" else chain_graphs.FORMATS[form]
        for line in lines(chains):
            say(line)
            if line.startswith(chain_graphs.CUT):
                click.echo(line.removeprefix(chain_graphs.CUT), err=True)
    outcome.exit()
