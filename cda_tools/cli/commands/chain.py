"""``cda-tools chain``: which documents are versions of one another, and which one is current."""

from dataclasses import replace

import click

from cda_tools.chains import build
from cda_tools.cli import inputs
from cda_tools.cli.exits import Outcome, fail_on
from cda_tools.cli.output import say, say_json
from cda_tools.line import one_line
from cda_tools.reading.safexml import Limits
from cda_tools.reports import chain_graphs, chain_tree
from cda_tools.reports.chains import to_json, unread_findings
from cda_tools.rules.finding import Severity

SUMMARY = "les chaînes de versions : qui remplace qui, et quelle version est en vigueur"


@click.command(short_help=SUMMARY)
@click.argument("paths", metavar="CHEMIN...", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", *chain_graphs.FORMATS]),
    default="text",
    show_default=True,
    help="Arbre en texte, JSON, ou dessin (Mermaid, Graphviz DOT).",
)
@fail_on
@inputs.max_size
def command(paths: tuple[str, ...], form: str, fail_on: Severity, limits: Limits) -> None:
    """Montre les chaînes de versions : qui remplace qui, et quelle version est en vigueur.

    CHEMIN est un fichier, un dossier (parcouru en entier), « - » (entrée standard) ou un index
    fait par « cda-tools index ». Seuls les en-têtes sont lus ; un document n'est lu en entier
    que si un autre a le même id, pour les comparer.
    """
    inputs.require(paths)
    outcome = Outcome(fail_on)
    documents = inputs.Inputs(limits, outcome, digests=True)
    describe = None if form == "json" else one_line
    chains = build(documents.known(paths), describe=describe, digest=documents.door.digest)
    chains = replace(chains, findings=(*unread_findings(documents.unread), *chains.findings))
    outcome.note(one.finding for one in chains.all_findings if one.finding.layer == "chains")
    if form == "json":
        say_json(to_json(chains))
    else:
        lines = chain_tree.lines if form == "text" else chain_graphs.FORMATS[form]
        for line in lines(chains):
            say(line)
    outcome.exit()
