"""What is wrong in the kit of a run, said once, before its documents."""

import sys

import click

from cda_tools.kit.defects import counts, defects, stops
from cda_tools.kit.kit import open_kit
from cda_tools.reports.kits import defect_lines
from cda_tools.rules.finding import Severity
from cda_tools.text import clean

_MOST = 5


def announce(location: str, *, strict: bool) -> None:
    """Say the defects of a kit on stderr, the first ones in full.

    With ``strict``, a Schematron that is not run because of its expressions ends the command with
    2: its verdict cannot be had.
    """
    kit = open_kit(location)
    found = [one for one in defects(kit) if one.severity > Severity.INFORMATION]
    if not counts(found):
        return
    count = f"{len(found)} défaut{'s' if len(found) > 1 else ''}"
    click.echo(f"kit {clean(kit.name)} : {count}", err=True)
    for line in defect_lines(found[:_MOST]):
        click.echo(line, err=True)
    if len(found) > _MOST:
        more = len(found) - _MOST
        click.echo(f"  et {more} autres (cda-tools kit check {clean(location)})", err=True)
    if strict and stops(found):
        click.echo("cda-tools : un Schematron du kit n'est pas exécutable (--strict)", err=True)
        sys.exit(2)
