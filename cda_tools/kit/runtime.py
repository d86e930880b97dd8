"""The functions that a sheet calls: what XPath 1.0 lacks, the kit's lists, places, messages.

Namespace ``urn:cda-tools:kit``, prefix ``k``. Each takes lxml's context first. Where XPath 2.0
would stop with an error, the function notes it under the number of the check (a *stop*) and
answers something, so that the other checks still run.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from math import nan
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from lxml.etree import _Element

from cda_tools.kit.lists import Lists, together
from cda_tools.kit.privacy import shown, shown_text
from cda_tools.reading.location import Positions

# Lexical form of xs:double (XML Schema Part 2 § 3.2.5), blanks at both ends aside.
_DOUBLE = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|-?INF|NaN", re.ASCII)
_XML_BLANKS = " \t\r\n"
_COMPARED = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
MANY = "plusieurs valeurs là où une seule est admise"
NO_NUMBER = "texte là où un nombre est attendu"
NO_FILE = "fichier du kit absent ou illisible"


@dataclass(slots=True)
class Run:
    """What one run of a sheet notes. ``stops``: number of the check, place, reason.

    ``unavailable``: the files that were looked for and cannot be read.
    """

    stops: list[tuple[int, str, str]] = field(default_factory=list)
    unavailable: dict[str, None] = field(default_factory=dict)
    positions: Positions = field(default_factory=Positions)


class Functions:
    """The functions of one sheet; ``run`` is set anew for each document."""

    def __init__(self, lists: Lists) -> None:
        """Look up codes in ``lists``."""
        self.run = Run()
        self._lists = lists

    def extensions(self, namespace: str) -> Any:
        """Return the functions by namespace and name, as lxml takes them."""
        functions: dict[str, Callable[..., object]] = {
            "one": self.one,
            "only": self.only,
            "where": _where,
            "compare": self.compare,
            "number": _number,
            "replace": _replace,
            "matches": _matches,
            "ends-with": _ends_with,
            "listed": self.listed,
            "available": self.available,
            "place": self.place,
            "show": _show,
            "say": _say,
        }
        return {(namespace, name): function for name, function in functions.items()}

    def one(self, context: Any, nodes: list[Any], source: float) -> list[Any]:
        """Return the nodes where there is one at most; several are a stop."""
        if len(nodes) > 1:
            self._stop(context, source, MANY)
        return nodes[:1]

    def only(self, context: Any, nodes: list[Any], source: float) -> list[Any]:
        """Return the nodes; several are a stop (effective boolean value of several values)."""
        if len(nodes) > 1:
            self._stop(context, source, MANY)
        return nodes

    def compare(
        self, context: Any, nodes: list[Any], operator: str, number: float, source: float
    ) -> bool:
        """Compare each node with a number, in their order; one that is no number is a stop."""
        for node in nodes:
            value = _double(_text(node))
            if value is None:
                self._stop(context, source, NO_NUMBER)
                return False
            if _COMPARED[operator](value, number):
                return True
        return False

    def listed(self, context: Any, beside: str, file: str, question: str, *values: Any) -> bool:
        """Return whether a file of the kit has an element with these values.

        ``question``: what :func:`cda_tools.kit.xpath.documents.question` writes. A missing file
        is a stop where it was asked for with doc(); with document() its list is empty, as the
        official tool takes it.
        """
        strict, source, name, keys = question.split(maxsplit=3)
        entries = self._lists.entries(beside, file, name, keys)
        if entries is None:
            if strict == "doc":
                self._stop(context, int(source), NO_FILE)
            return False
        texts = [[value] if isinstance(value, str) else _texts(value) for value in values]
        return any(found in entries for found in together(texts))

    def available(self, _context: Any, beside: str, file: str) -> bool:
        """Return whether the kit has that file and it can be read; note it where it has not."""
        if self._lists.readable(beside, file):
            return True
        self.run.unavailable.setdefault(file)
        return False

    def place(self, _context: Any, elements: list[_Element]) -> str:
        """Return the positions of an element on the way down from the root (0-based)."""
        return " ".join(map(str, self.run.positions.of(elements[0])))

    def _stop(self, context: Any, source: float, reason: str) -> None:
        try:
            place = self.place(context, [context.context_node])
        except AssertionError:  # lxml has no value for a text node: the place is not known
            place = ""
        self.run.stops.append((int(source), place, reason))


def _text(node: Any) -> str:
    return "".join(node.itertext()) if isinstance(node, _Element) else str(node)


def _texts(nodes: list[Any]) -> list[str]:
    return [_text(node) for node in nodes]


def _double(text: str) -> float | None:
    """Return an xs:double, None where the text is none."""
    text = text.strip(_XML_BLANKS)
    return float(text) if _DOUBLE.fullmatch(text) else None


def _where(_context: Any, when: bool, nodes: list[Any]) -> list[Any]:
    """Return the nodes where ``when`` is true, there is any p: the value of ``p/$v``."""
    return nodes if when else []


def _number(_context: Any, text: str) -> float:
    value = _double(text)
    return nan if value is None else value


@lru_cache(maxsize=1024)
def _compiled(regex: str) -> re.Pattern[str]:
    return re.compile(regex)


def _replace(_context: Any, text: str, regex: str, by: str) -> str:
    return _compiled(regex).sub(lambda _: by, text)


def _matches(_context: Any, text: str, regex: str) -> bool:
    return _compiled(regex).search(text) is not None


def _ends_with(_context: Any, text: str, end: str) -> bool:
    return text.endswith(end)


def _show(_context: Any, nodes: list[Any]) -> str:
    return shown(nodes)


def _say(_context: Any, elements: list[_Element], text: str, names: str) -> str:
    return shown_text(elements[0], text, names.split())
