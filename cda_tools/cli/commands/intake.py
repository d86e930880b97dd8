"""``cda-tools intake``: what a consumer does with each document that arrives."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import click

from cda_tools.carriers.walking import files
from cda_tools.chains.intake import Decision, IntakeAction, decide
from cda_tools.chains.storing import MemoryStore
from cda_tools.cli import inputs
from cda_tools.cli.exits import Outcome, fail_on
from cda_tools.cli.inputs import Inputs
from cda_tools.cli.options import page_and_css, to_file
from cda_tools.cli.output import say, say_json, say_markup
from cda_tools.document import split_indexes
from cda_tools.index import Index
from cda_tools.model.document import Known
from cda_tools.reading.safexml import Limits
from cda_tools.reports import intake as report
from cda_tools.reports.chains import finding_to_json, unread_findings
from cda_tools.rules.finding import Severity
from cda_tools.text import clean

SUMMARY = "ce qu'un consommateur fait de chaque document reçu, et pourquoi"
EXAMPLE = "cda-tools intake depot/ recu.xml"

_STORED = (IntakeAction.ACCEPT, IntakeAction.STORE)


@click.command(short_help=SUMMARY)
@click.argument("store", metavar="DEPOT")
@click.argument("incoming", metavar="RECU...", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="Texte, JSON ou fragment HTML.",
)
@page_and_css
@fail_on
@inputs.max_size
@to_file
def command(
    store: str,
    incoming: tuple[str, ...],
    form: str,
    page: bool,
    fail_on: Severity,
    limits: Limits,
) -> None:
    """Dit, pour chaque document RECU, ce qu'un consommateur en fait, et pourquoi.

    DEPOT est un dossier de documents, ou un index fait par « cda-tools index ». Les documents
    sont pris dans l'ordre : un document accepté compte pour les suivants. Rien n'est écrit.
    Un rejet n'est pas une erreur : le code de retour suit les constats (voir --fail-on).
    """
    if page and form == "json":
        raise click.UsageError("--page donne du HTML : pas avec --format json")
    outcome = Outcome(fail_on)
    sources = Inputs(limits, outcome, digests=True)
    with ExitStack() as opened:
        _, indexes = split_indexes([store])
        if indexes:
            index = opened.enter_context(Index(Path(store)))
            sources.door.pseudonymiser = index.pseudonymiser
            memory = MemoryStore(beside=index)
        else:
            empty = _is_empty(Path(store))
            memory = MemoryStore() if empty else MemoryStore(sources.known([store]))
        sources.say_unread()
        results = _decided(memory, sources, incoming, outcome)
        if page or form == "html":
            from cda_tools.reports import intake_html  # noqa: PLC0415  Jinja2 only for HTML

            say_markup(intake_html.html(results, page=page))
            sources.say_unread()
        elif form == "json":
            rows = [report.to_json(*result) for result in results]
            rows += [
                {"path": one.paths[0], "action": None, "findings": [finding_to_json(one)]}
                for one in unread_findings(sources.unread)
            ]
            say_json(rows)
        else:
            for result in results:
                for line in report.lines(*result):
                    say(line)
            sources.say_unread()
    outcome.exit()


def _is_empty(store: Path) -> bool:
    """Tell whether the store is a folder without documents: where everyone starts."""
    return store.is_dir() and next(files(store), None) is None


def _decided(
    memory: MemoryStore, sources: Inputs, incoming: tuple[str, ...], outcome: Outcome
) -> Iterator[tuple[Known, Decision]]:
    for one in sources.known(incoming):
        if _only_announced(one):
            reason = "connu par ses seules métadonnées, il n'est pas reçu : rien à décider"
            click.echo(f"{clean(one.path)} : {reason}", err=True)
            continue
        decision = decide(memory, one, digest=sources.door.digest)
        outcome.count(found.finding for found in decision.findings)
        if decision.action in _STORED:
            memory.add(one)
        yield one, decision


def _only_announced(one: Known) -> bool:
    """Tell whether a registry or a METADATA.XML names a document that did not come with it."""
    return one.context is not None and one.context.registry is not None and one.digest is None
