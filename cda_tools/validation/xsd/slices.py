"""libxml2's errors with their elements, at a cost that grows with the document.

lxml asks libxml2 for the path of each error's element, which counts the siblings before it: a
hundred thousand rows, each with an error, would take hours. A long run of twins is therefore
validated slice by slice, in a copy. A document with few errors is validated whole all the same:
what libxml2 says of the whole counts.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from lxml import etree
from lxml.etree import _Element

from cda_tools.validation.xsd import libxml2

_LONG = 2000  # twins in a run that is cut, and in a slice of it
_FEW = 1000  # errors of which the paths cost little

Placed = list[tuple[etree._LogEntry, _Element]]


def placed_errors(schema: etree.XMLSchema, root: _Element) -> Placed:
    """Return libxml2's errors for ``root``, each with its element; none where it is valid."""
    if _has_more_than(2 * _LONG)(root) and any(True for _ in _long_runs(root)):
        found = _in_slices(schema, root)
        if len(found) > _FEW:
            return found
    errors = libxml2.errors_of(schema, root)
    return list(zip(errors, libxml2.places(root, errors), strict=True)) if errors else []


@cache
def _has_more_than(elements: int) -> etree.XPath:
    """Return what tells whether so many elements are below one: libxml2 then keeps none of them."""
    return etree.XPath(f"boolean(descendant::*[{elements + 1}])")


@dataclass(slots=True, eq=False)
class _Run:
    """A long run of twins: its elements, and how many children stand before it, runs aside."""

    parent: _Element
    place: int
    elements: list[_Element]


def _long_runs(root: _Element) -> Iterator[_Run]:
    for parent in root.iter("*"):
        if len(parent) <= _LONG:
            continue
        place = 0
        for _, twins in groupby(parent, key=lambda child: child.tag):
            run = _Run(parent, place, list(twins))
            if len(run.elements) > _LONG:
                yield run
            else:
                place += len(run.elements)


def _in_slices(schema: etree.XMLSchema, root: _Element) -> Placed:
    whole = copy.deepcopy(root)
    original = dict(zip(whole.iter("*"), root.iter("*"), strict=True))
    runs = list(_long_runs(whole))
    for run in runs:
        del run.parent[run.place : run.place + len(run.elements)]
    found: Placed = []
    first = 0
    while runs:
        inside = _put_in(runs, first)
        errors = libxml2.errors_of(schema, whole)
        placed = list(zip(errors, libxml2.places(whole, errors), strict=True))
        for error, place in placed:
            if first == 0 or _is_inside(place, inside):
                found.append((error, original[place]))
        skipped = _skipped(runs, placed) if first == 0 else []
        for run in runs:
            for element in run.elements[first : first + _LONG]:
                run.parent.remove(element)
        first += _LONG
        runs = [run for run in runs if len(run.elements) > first and run not in skipped]
    return found


def _skipped(runs: list[_Run], placed: Placed) -> list[_Run]:
    """Return the runs that libxml2 does not look at: the content is broken at or before them."""
    refused = [
        place
        for error, place in placed
        if libxml2.is_content(error) and not libxml2.is_incomplete(error)
    ]
    broken = {place.getparent(): place for place in refused}
    return [
        run
        for run in runs
        if run.parent in broken
        and run.parent.index(broken[run.parent]) <= run.parent.index(run.elements[:_LONG][-1])
    ]


def _put_in(runs: list[_Run], first: int) -> set[_Element]:
    """Put a slice of each run in its place, and return the elements that are in it.

    They go in from the last on: what stands before each is as it was without any.
    """
    inside: set[_Element] = set()
    for run in reversed(runs):
        elements = run.elements[first : first + _LONG]
        run.parent[run.place : run.place] = elements
        inside.update(elements)
    return inside


def _is_inside(place: _Element, elements: set[_Element]) -> bool:
    """Tell whether an element is in one of these, or one of them: but for its own place there."""
    current: _Element | None = place
    while current is not None:
        if current in elements:
            return True
        current = current.getparent()
    return False
