"""PATH arguments to documents: what a command does with the one door of ``document``."""

import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import click

from cda_tools.carriers import Carried
from cda_tools.carriers.sources import STANDARD_INPUT
from cda_tools.carriers.walking import LeftOut
from cda_tools.cli.exits import Outcome
from cda_tools.document import Door, read_carried_header
from cda_tools.model.document import Document, Known, known
from cda_tools.reading.safexml import DEFAULT, Limits
from cda_tools.reports.paths import shown

_MIB = 1024 * 1024


def _limits(_: click.Context, __: click.Parameter, size: int) -> Limits:
    return Limits(size=size * _MIB)


def max_size(command: Any) -> Any:
    """Add the option --max-size, which gives the command its ``limits``."""
    return click.option(
        "--max-size",
        "limits",
        type=click.IntRange(min=1),
        default=DEFAULT.size // _MIB,
        show_default=True,
        callback=_limits,
        metavar="MIO",
        help="Taille maximale d'un document, en Mio.",
    )(command)


def require(paths: tuple[str, ...]) -> None:
    """Raise a usage error (exit code 2) where no path is given."""
    if not paths:
        raise click.UsageError("il manque un CHEMIN : fichier, dossier ou « - »")


def say_waiting(paths: Iterable[str]) -> None:
    """Say on standard error that standard input is read, where it is a terminal."""
    if STANDARD_INPUT in paths and sys.stdin.isatty():
        end = "Ctrl-Z puis Entrée" if os.name == "nt" else "Ctrl-D"
        told = (
            f"lecture de l'entrée standard : un document ou une liste de chemins ({end} à la fin)"
        )
        click.echo(told, err=True)


def stdin_name(command: Any) -> Any:
    """Add --stdin-name, which gives the command its ``stdin_name``."""
    return click.option(
        "--stdin-name",
        metavar="NOM",
        help="Nom que portent les rapports pour un document de l'entrée standard.",
    )(command)


def say_left_out(left_out: LeftOut) -> None:
    """Say on standard error what folders held that is no document, and forget it."""
    if left_out.total:
        click.echo(shown(str(left_out)), err=True)
    left_out.counts.clear()


class Inputs:
    """The documents of a command's paths; their findings count for the exit code.

    ``unread``: the documents without header that went by, for the command to name.
    """

    def __init__(
        self,
        limits: Limits,
        outcome: Outcome,
        *,
        whole: bool = False,
        digests: bool = False,
        checks: bool = True,
    ) -> None:
        """Take what :class:`Door` takes."""
        self.door = Door(limits, whole=whole, digests=digests, checks=checks)
        self.unread: list[Document] = []
        self._outcome = outcome

    def documents(self, paths: Iterable[str]) -> Iterator[Document]:
        """Yield every document, read or not."""
        yield from self._outcome.watch(self.unwatched(paths))

    def known(self, paths: Iterable[str]) -> Iterator[Known]:
        """Yield the documents that have a header, and keep the others in ``unread``."""
        yield from self.watched(self.unwatched(paths))

    def unwatched(self, paths: Iterable[str]) -> Iterator[Document]:
        """Yield every document, read or not; what counts for the exit code is the command's say."""
        paths = list(paths)
        say_waiting(paths)
        yield from self.door.documents(paths)
        say_left_out(self.door.left_out)

    def watched(self, documents: Iterable[Document]) -> Iterator[Known]:
        """Yield those of some documents that have a header, and keep the others in ``unread``."""
        for one in self._outcome.watch(documents):
            if one.header is None and not one.is_statement:
                self.unread.append(one)
            yield from known([one])

    def say_unread(self) -> None:
        """Name on standard error what could not be read, and forget it."""
        for one in self.unread:
            reasons = " ".join(finding.message for finding in one.findings)
            click.echo(f"{shown(one.path)} : {reasons}", err=True)
        self.unread.clear()


def received(paths: Iterable[str], limits: Limits, outcome: Outcome) -> Iterator[Known]:
    """Yield every document that has a header; the others are named on stderr, with the reason."""
    inputs = Inputs(limits, outcome)
    yield from inputs.known(paths)
    inputs.say_unread()


def headers(found: Iterable[Carried], limits: Limits, outcome: Outcome) -> Iterator[Known]:
    """Yield the carried documents that have a header, as :func:`received` does."""
    inputs = Inputs(limits, outcome)
    yield from inputs.watched(read_carried_header(one, limits) for one in found)
    inputs.say_unread()
