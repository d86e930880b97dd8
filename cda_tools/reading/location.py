"""Where an element stands, as findings name it."""

from lxml.etree import _Element

ROOT = "ClinicalDocument"

Position = tuple[int, ...]
"""Where an element stands: 0-based numbers among elements, on the way down from the root."""


def local_name(element: _Element) -> str:
    """Return the element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def xpath(element: _Element) -> str:
    """Return e.g. ``/ClinicalDocument/author[2]/time``: no prefixes, ``[n]`` only among several.

    The path starts at ClinicalDocument, also where that lies inside a stylesheet.
    """
    return Locator().xpath(element)


def unnumbered(path: str) -> str:
    """Return the path without the last number in it, if that is where it ends.

    >>> unnumbered("/ClinicalDocument/author[2]")
    '/ClinicalDocument/author'
    """
    return path.rpartition("[")[0] if path.endswith("]") else path


class Locator:
    """Says where elements of one tree stand, which must not change meanwhile.

    The children of an element are numbered once, however many of them are asked for.
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        self._numbered: dict[_Element, _Twins] = {}

    def xpath(self, element: _Element) -> str:
        """Return what :func:`xpath` returns."""
        steps: list[str] = []
        current: _Element | None = element
        while current is not None:
            name = local_name(current)
            parent = current.getparent()
            if name == ROOT or parent is None:
                steps.append(name)
                break
            if parent not in self._numbered:
                self._numbered[parent] = _Twins(parent)
            steps.append(name + self._numbered[parent].number(current))
            current = parent
        return "/" + "/".join(reversed(steps))


class Positions:
    """Says at what positions elements of one tree stand, which must not change meanwhile.

    The children of an element are numbered once, however many of them are asked for.
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        self._numbered: dict[_Element, dict[_Element, int]] = {}

    def of(self, element: _Element) -> Position:
        """Return the position of an element."""
        position: list[int] = []
        while (parent := element.getparent()) is not None:
            if parent not in self._numbered:
                children = parent.iterchildren("*")
                self._numbered[parent] = {child: number for number, child in enumerate(children)}
            position.append(self._numbered[parent][element])
            element = parent
        return tuple(reversed(position))


class Tree:
    """Finds elements by their positions; the children of an element are listed once."""

    def __init__(self, root: _Element) -> None:
        """Start at ``root``."""
        self._root = root
        self._children: dict[_Element, list[_Element]] = {}

    def element(self, position: Position) -> _Element:
        """Return the element at a position."""
        element = self._root
        for number in position:
            if element not in self._children:
                self._children[element] = list(element.iterchildren("*"))
            element = self._children[element][number]
        return element


class _Twins:
    """The children of an element, each numbered among those of its name."""

    def __init__(self, parent: _Element) -> None:
        self._number: dict[_Element, int] = {}
        self._count: dict[str, int] = {}
        for child in parent.iterchildren("*"):
            tag = str(child.tag)
            self._number[child] = self._count[tag] = self._count.get(tag, 0) + 1

    def number(self, child: _Element) -> str:
        """Return ``[n]`` for a child that has siblings of its name, else nothing."""
        return f"[{self._number[child]}]" if self._count[str(child.tag)] > 1 else ""
