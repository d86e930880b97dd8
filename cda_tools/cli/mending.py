"""What ``inspect --diff`` prints: a diff on standard output, what it is about on standard error."""

from collections.abc import Sequence

import click

from cda_tools.carriers import Carried
from cda_tools.carriers.reading import read_carried
from cda_tools.carriers.walking import LeftOut
from cda_tools.cli import inputs
from cda_tools.cli.exits import Outcome
from cda_tools.cli.output import say
from cda_tools.document import found
from cda_tools.errors import InputError
from cda_tools.mending import difference, mend
from cda_tools.reading.safexml import Limits
from cda_tools.reports.paths import shown
from cda_tools.validation import Options


def say_differences(
    paths: Sequence[str], options: Options, limits: Limits, outcome: Outcome, *, patient: bool
) -> None:
    """Print what can be set right in each document; no file is written."""
    left_out = LeftOut()
    for source in found(paths, limits=limits, left_out=left_out):
        for carried in source.open(limits):
            told = _told(carried, options, limits, outcome, patient=patient)
            click.echo(f"{shown(carried.path)} : {told}", err=True)
    inputs.say_left_out(left_out)


def _told(
    carried: Carried, options: Options, limits: Limits, outcome: Outcome, *, patient: bool
) -> str:
    """Print one document's diff, and return what is said of it."""
    if carried.inside is not None or carried.carrier != "cda" or carried.source is None:
        return "porté par un message, une archive ou une liste : rien n'est proposé"
    try:
        data = carried.data(limits.size + 1)
    except InputError as error:
        outcome.note(carried.findings)
        return str(error).removeprefix(f"{carried.path} : ")
    if len(data) > limits.size:
        return "plus gros que la limite (--max-size) : rien n'est proposé"
    mended = mend(data, options, limits)
    if mended is None:
        outcome.note(read_carried(carried, limits).findings)
        return "les octets ne sont pas dans l'encodage déclaré, ni en UTF-8 : rien n'est proposé"
    outcome.note(mended.findings)
    if not mended.done:
        asks = "constat demande" if mended.left == 1 else "constats demandent"
        left = f" ({mended.left} {asks} l'auteur)" if mended.left else ""
        return f"rien à corriger sans l'auteur{left}"
    shown_part = difference(mended, carried.path, patient=patient)
    for line in shown_part.lines:
        say(line)
    told = f"{' ; '.join(mended.done)} ; constats qui restent : {mended.left}"
    if shown_part.hidden:
        one = shown_part.hidden == 1
        told += (
            f" ; {shown_part.hidden} {'modification non montrée' if one else 'modifications non '}"
            f"{'' if one else 'montrées'}, où l'identité du patient peut figurer (--patient "
            f"{'la' if one else 'les'} montre)"
        )
    return told
