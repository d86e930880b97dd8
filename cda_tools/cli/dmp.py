"""``cda-tools dmp``: a patient's documents against the DMP's list."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from cda_tools.carriers import kind_of, xds
from cda_tools.carriers.base import unreadable
from cda_tools.cli import inputs
from cda_tools.cli.exits import Outcome
from cda_tools.cli.options import text_or_json
from cda_tools.cli.output import say, say_json
from cda_tools.cli.reading import received
from cda_tools.dmp import Compared, Comparison, State, compare
from cda_tools.errors import InputError
from cda_tools.line import one_line
from cda_tools.model.document import Known
from cda_tools.model.localtime import for_display
from cda_tools.model.registry import RegistryAnswer
from cda_tools.reading.safexml import Limits
from cda_tools.reports.objects import identifier_to_json
from cda_tools.reports.paths import shown
from cda_tools.rules.finding import Severity

_STATES = {
    State.UP_TO_DATE: "à jour",
    State.NEWER_LISTED: "version plus récente",
    State.NO_LONGER_LISTED: "n'apparaît plus",
    State.NEVER_LISTED: "jamais dans le DMP",
    State.NOT_LISTED: "n'apparaît pas",
    State.WITHDRAWN: "retiré localement",
    State.UNKNOWN: "indéterminé",
}


@click.command(short_help="les documents du patient et la liste du DMP")
@click.argument("local", metavar="LOCAL...", nargs=-1, required=True)
@click.argument("answer", metavar="REPONSE.xml", type=click.Path(path_type=Path))
@text_or_json
@click.option(
    "--previous",
    type=click.Path(path_type=Path),
    help="Réponse d'une visite précédente : ce qui y figurait et n'y est plus « n'apparaît plus ».",
)
@click.option(
    "--known",
    multiple=True,
    help="Documents récupérés du DMP, qui disent ce qu'ils remplacent (répétable).",
)
@click.option(
    "--structure",
    "structures",
    multiple=True,
    metavar="ID",
    help="Identifiant (FINESS, SIRET…) d'une structure à soi : ses documents ne sont pas ceux "
    "d'autrui (répétable).",
)
@click.option(
    "--fail-on",
    type=click.Choice([one.value for one in Severity]),
    default=Severity.ERROR.value,
    show_default=True,
    help="Gravité à partir de laquelle le code de retour est 1.",
)
@inputs.max_size
def command(
    local: tuple[str, ...],
    answer: Path,
    form: str,
    previous: Path | None,
    known: tuple[str, ...],
    structures: tuple[str, ...],
    fail_on: str,
    limits: Limits,
) -> None:
    """Compare les documents LOCAL d'un patient avec la liste que le DMP a donnée (TD3.1).

    Dit de chaque document s'il est à jour, s'il en existe une version plus récente, ou s'il
    n'apparaît plus ; une réponse vide, partielle ou en erreur ne permet pas de le dire.
    """
    outcome = Outcome(Severity(fail_on))
    listed = _answer(answer, limits)
    outcome.note(listed.findings)
    here = list(received(local, limits, outcome))
    comparison = compare(
        here,
        listed,
        previous=_answer(previous, limits) if previous else None,
        known=list(received(known, limits, outcome)) if known else (),
        own_structures=structures,
    )
    for one in comparison.documents:
        outcome.note(one.findings)
    if form == "json":
        say_json(_to_json(comparison, listed))
    else:
        for line in _text(comparison, listed):
            say(line)
    outcome.exit()


def _answer(path: Path, limits: Limits) -> RegistryAnswer:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from None
    if kind_of(data) != "xds":
        raise InputError(f"{shown(str(path))} : ce n'est pas une réponse du DMP (TD3.1)")
    return xds.read_answer(data, str(path), limits)


def _line(one: Known) -> str:
    return one_line(for_display(one.header, one.context))


def _text(comparison: Comparison, listed: RegistryAnswer) -> Iterator[str]:
    yield f"Liste du DMP : {len(listed.documents)} document(s)"
    if comparison.by_others is not None:
        yield f"Documents déposés par d'autres : {comparison.by_others}"
    yield f"Documents absents du dossier local : {len(comparison.others)}"
    for finding in listed.findings:
        yield f"  {finding.message}"
    width = max(len(label) for label in _STATES.values())
    for one in comparison.documents:
        yield f"{_STATES[one.state]:<{width}}  {_line(one.document)}  [{shown(one.document.path)}]"
        yield from (f"{'':<{width}}  {finding.message}" for finding in one.findings)
        if one.newer:
            yield f"{'':<{width}}  → {_line(one.newer)}  [{_place(one)}]"
        yield from (f"{'':<{width}}  ? {_line(each)}  [DMP]" for each in one.candidates)
    for other in comparison.others:
        yield f"{'absent du dossier':<{width}}  {_line(other)}  [DMP]"


def _place(one: Compared) -> str:
    return "DMP et local" if one.newer_at_hand else "DMP"


def _to_json(comparison: Comparison, listed: RegistryAnswer) -> dict[str, Any]:
    return {
        "answer": {
            "path": listed.path,
            "status": listed.status,
            "complete": comparison.complete,
            "count": len(listed.documents),
            "findings": [one.to_dict() for one in listed.findings],
        },
        "documents": [_compared(one) for one in comparison.documents],
        "others": {
            "count": len(comparison.others),
            "listed": comparison.by_others,
            "documents": [_entry(one) for one in comparison.others],
        },
    }


def _compared(one: Compared) -> dict[str, Any]:
    return {
        "path": one.document.path,
        **_entry(one.document),
        "state": one.state,
        "choices": list(one.choices),
        "newer": {**_entry(one.newer), "local": one.newer_at_hand} if one.newer else None,
        "candidates": [_entry(each) for each in one.candidates],
        "findings": [finding.to_dict() for finding in one.findings],
    }


def _entry(one: Known) -> dict[str, Any]:
    return {"id": identifier_to_json(one.header.id), "line": _line(one)}
