"""libxml2's errors with their elements, at a cost that grows with the document.

lxml asks libxml2 for the path of each error's element, which counts the siblings before it: a
hundred thousand rows, each with an error, would take hours. A long run of twins is therefore
validated slice by slice, in a copy. A document with few errors is validated whole all the same:
what libxml2 says of the whole counts.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element

from cda_tools.validation.xsd import libxml2

_LONG = 2000  # twins in a run that is cut, and in a slice of it
_FEW = 1000  # errors of which the paths cost little
_COUNT = etree.XPath("count(//*)")

Placed = list[tuple[etree._LogEntry, _Element]]


def placed_errors(schema: etree.XMLSchema, root: _Element) -> Placed:
    """Return libxml2's errors for ``root``, each with its element; none where it is valid."""
    if _COUNT(root) > 2 * _LONG and any(True for _ in _long_runs(root)):
        found = _in_slices(schema, root)
        if len(found) > _FEW:
            return found
    errors = libxml2.errors_of(schema, root)
    return list(zip(errors, libxml2.places(root, errors), strict=True)) if errors else []


@dataclass(slots=True)
class _Run:
    """A long run of twins: where it starts in its parent, and its elements."""

    parent: _Element
    start: int
    elements: list[_Element]


def _long_runs(root: _Element) -> Iterator[_Run]:
    for parent in root.iter("*"):
        if len(parent) <= _LONG:
            continue
        run = _Run(parent, 0, [])
        for number, child in enumerate(parent):
            if run.elements and run.elements[0].tag != child.tag:
                if len(run.elements) > _LONG:
                    yield run
                run = _Run(parent, number, [])
            run.elements.append(child)
        if len(run.elements) > _LONG:
            yield run


def _in_slices(schema: etree.XMLSchema, root: _Element) -> Placed:
    whole = copy.deepcopy(root)
    original = dict(zip(whole.iter("*"), root.iter("*"), strict=True))
    runs = list(_long_runs(whole))
    for run in reversed(runs):
        del run.parent[run.start : run.start + len(run.elements)]
    found: Placed = []
    longest = max(len(run.elements) for run in runs)
    for first in range(0, longest, _LONG):
        inside = _put_in(runs, first)
        errors = libxml2.errors_of(schema, whole)
        for error, place in zip(errors, libxml2.places(whole, errors), strict=True):
            if first == 0 or _is_inside(place, inside):
                found.append((error, original[place]))
        for run in runs:
            for element in run.elements[first : first + _LONG]:
                run.parent.remove(element)
    return found


def _put_in(runs: list[_Run], first: int) -> set[_Element]:
    """Put a slice of each run in its place, and return the elements that are in it.

    A run that starts after another one of its parent goes in before it, from the end on.
    """
    inside: set[_Element] = set()
    for run in reversed(runs):
        elements = run.elements[first : first + _LONG]
        before = sum(
            len(other.elements)
            for other in runs
            if other.parent is run.parent and other.start < run.start
        )
        place = run.start - before
        run.parent[place:place] = elements
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
