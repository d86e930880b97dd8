"""Runs a sheet on a document, and reads the outcome."""

import threading
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element

from cda_tools.kit.compiled import FUNCTIONS
from cda_tools.kit.lists import Lists
from cda_tools.kit.runtime import Functions, Run
from cda_tools.reading.location import Position, Positions


@dataclass(frozen=True, slots=True)
class Failed:
    """A check that speaks. ``number``: which one of the sheet. ``at``: the element, as positions.

    ``values``: what the message interpolates.
    """

    number: int
    at: Position
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stopped:
    """A check on which the official tool stops; ``reason`` in French."""

    number: int
    at: Position
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one layer of a sheet says. ``fired``: how many elements its rules took."""

    fired: int
    failed: tuple[Failed, ...]


@dataclass(frozen=True, slots=True)
class SheetOutcome:
    """What a sheet says, by number of the layer. ``unavailable``: files asked for and not there."""

    layers: dict[int, Outcome]
    stopped: tuple[Stopped, ...]
    unavailable: tuple[str, ...]


class Runner:
    """A compiled sheet."""

    def __init__(self, sheet: _Element, lists: Lists) -> None:
        """Compile ``sheet``; nothing that it does may open a file or a connection."""
        self._functions = Functions(lists)
        self._transform = etree.XSLT(
            sheet,
            extensions=self._functions.extensions(FUNCTIONS),
            access_control=etree.XSLTAccessControl.DENY_ALL,
        )
        self._one_at_a_time = threading.Lock()

    def run(self, root: _Element, volet: int = -1) -> SheetOutcome:
        """Run on the whole document that ``root`` stands in, from its very root.

        ``volet``: the number of the optional layer that runs too.
        """
        with self._one_at_a_time:
            self._functions.run = run = Run()
            result = self._transform(root.getroottree(), volet=str(volet))
            run.positions = Positions()  # the outcome is kept, not the document
        layers = {int(node.get("n", "0")): _layer(node) for node in result.getroot()}
        stopped = tuple(
            Stopped(n, _place(at), reason) for n, at, reason in dict.fromkeys(run.stops)
        )
        return SheetOutcome(layers, stopped, tuple(run.unavailable))


def _layer(node: _Element) -> Outcome:
    fired = len(node.text or "")
    failed = []
    for failure in node:
        fired += len(failure.tail or "")
        values = tuple(value.text or "" for value in failure)
        failed.append(Failed(int(failure.get("c", "0")), _place(failure.get("at", "")), values))
    return Outcome(fired, tuple(failed))


def _place(text: str) -> Position:
    return tuple(int(position) for position in text.split())
