"""One parent whose content model is broken: what is wrong with its children, one after another.

The parent is validated in a small document of its own: the elements around it, and its children
without what they contain. Of a run of twins two stand for all: a third is refused where the second
is.
"""

from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree
from lxml.etree import _Element

from cda_tools.validation.xsd import libxml2

_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_CHAIN = 4  # elements that may be missing, or passed by one that is too early, in a row
_TWINS = 2
_MOST = 2000  # children, twins aside, that are looked at


@dataclass(slots=True)
class Break:
    """One break. ``refused``: the children that libxml2 refuses there, the first and its twins.

    ``child`` is the first of them; None where the content ends too early. ``missing``: the tags of
    what was put in, all of them or one (``choice``), or moved there (``later``). ``namespace``: a
    wrong namespace is all that is wrong. ``explained``: another break of the parent says it
    already.
    """

    error: etree._LogEntry
    child: "_Child | None"
    missing: list[str] = field(default_factory=list)
    later: bool = False
    choice: bool = False
    namespace: bool = False
    explained: bool = False

    @property
    def refused(self) -> list[_Element]:
        """Return the elements of the document that are refused."""
        return self.child.elements if self.child else []


@dataclass(slots=True, eq=False)
class _Child:
    """A run of twins among the children; no element at all for what was put in."""

    tag: str
    elements: list[_Element]
    stands: list[_Element] = field(default_factory=list)
    """What stands for them in the small document."""


class Parent:
    """The children of one element, as they are repaired."""

    def __init__(self, schema: etree.XMLSchema, element: _Element, around: "Surroundings") -> None:
        """Take an element of a document; ``around`` is the document's."""
        self.element = element
        self._schema = schema
        self._children = _runs(element)
        self._aside: list[tuple[_Child, list[str], _Child | None]] = []
        self.too_large = len(self._children) > _MOST
        """It has more children than are looked at: it is not to be repaired."""
        if not self.too_large:
            for child in self._children:
                child.stands = [_stand_for(one) for one in child.elements[:_TWINS]]
            self._root, self._stand, self._depth = around.of(element)

    def first_break(self) -> Break | None:
        """Return the first break that is left, repaired; None where there is none."""
        broken = self._break()
        if broken is None:
            return None
        tags = libxml2.expected_in(broken.error.message)
        child = broken.child
        if child is not None and (tag := _same_name(child.tag, tags)):
            broken.namespace = True
            self._rename(child, tag)
        elif child is None:
            self._complete(broken)
        elif self._is_repeated(child) or not (self._repair(broken, child) or self._put_off(child)):
            self._set_aside(child, tags)
        return broken

    def _repair(self, broken: Break, child: _Child) -> bool:
        """Put in or move what is missing before a child, unless more fits without that child.

        Where the child comes too early, moving one after another before it helps for one only.
        """
        before = self._kept()
        if not self._complete(broken):
            return False
        if not broken.later or (reached := self._reach()) is None:
            return True
        after = self._kept()
        self._restore(before)
        self._children.remove(child)
        further = self._reach()
        if further is not None and further < reached:
            self._restore(after)
            return True
        self._restore(before)
        broken.missing, broken.later = [], False
        return False

    def _reach(self) -> int | None:
        """Return how many children stand before the next break that one of them makes."""
        current = self._break()
        if current is None or current.child is None:
            return None
        return self._children.index(current.child)

    def apply(self) -> None:
        """Repair the element itself in the same way."""
        kept: list[_Element] = []
        for child in self._children:
            kept += child.elements or [etree.Element(child.tag)]
        aside = (one for child, _, _ in self._aside for one in child.elements)
        text = "".join([self.element.text or "", *(one.tail or "" for one in aside)])
        self.element[:] = kept
        self.element.text = text or None

    def _break(self) -> Break | None:
        """Validate, and return the first break as libxml2 says it."""
        self._stand[:] = [one for child in self._children for one in child.stands]
        errors = [
            error
            for error in libxml2.errors_of(self._schema, self._root)
            if libxml2.is_content(error)
            and libxml2.depth(error) == self._depth + (not libxml2.is_incomplete(error))
        ]
        for error, place in zip(errors, libxml2.places(self._root, errors), strict=True):
            if libxml2.is_incomplete(error):
                if place is self._stand:
                    return Break(error, None)
            elif place.getparent() is self._stand:
                return Break(error, self._split(place))
        return None

    def _split(self, stand: _Element) -> _Child:
        """Return the run that starts at the refused element: its first twins may be admitted."""
        for number, child in enumerate(self._children):
            if stand not in child.stands:
                continue
            if child.stands[0] is stand:
                return child
            rest = _Child(child.tag, child.elements[1:], child.stands[1:])
            child.elements, child.stands = child.elements[:1], child.stands[:1]
            self._children.insert(number + 1, rest)
            return rest
        raise AssertionError("libxml2 names an element that is not there")

    def _is_repeated(self, child: _Child) -> bool:
        place = self._children.index(child)
        return place > 0 and self._children[place - 1].tag == child.tag

    def _set_aside(self, child: _Child, tags: list[str]) -> None:
        place = self._children.index(child)
        before = self._children[place - 1] if place else None
        self._aside.append((child, tags, before))
        self._children.remove(child)

    def _rename(self, child: _Child, tag: str) -> None:
        for element in child.elements:
            rename(element, tag)
        child.tag = tag
        child.stands = [_stand_for(element) for element in child.elements[:_TWINS]]

    def _complete(self, broken: Break) -> bool:
        """Put in what is missing before the refused child, or at the end; False where that fails.

        What is expected last is what the model cannot do without: all before it can be left out.
        """
        before = self._kept()
        place = len(before) if broken.child is None else self._children.index(broken.child)
        start = place
        current: Break | None = broken
        while current is not None and len(broken.missing) < _CHAIN:
            tag = next(reversed(libxml2.expected_in(current.error.message)), "")
            if not tag or tag.endswith("*") or (broken.child and tag == broken.child.tag):
                break
            there = next((one for one in self._children[place:] if one.tag == tag), None)
            if there is not None:
                self._children.remove(there)
                broken.later = True
            self._children.insert(place, there or _put_in(tag))
            broken.missing.append(tag)
            place += 1
            current = self._break()
            if current is None or not self._is_at(current, broken, place):
                self._tell_choice(broken, place - 1)
                broken.explained = self._is_explained(broken, start)
                return True
        broken.missing, broken.later = [], False
        self._restore(before)
        return False

    def _put_off(self, child: _Child) -> bool:
        """Move what stands before the refused child behind it, and further; False where it fails.

        An element that comes too early has all that should precede it refused, one by one.
        """
        before = self._kept()
        place = self._children.index(child)
        for number in range(place, min(place + _CHAIN, len(self._children)) if place else 0):
            early = self._children.pop(number - 1)
            self._children.insert(number, early)
            current = self._break()
            if current is None or current.child is None:
                return True
            following = self._children.index(current.child)
            if following > number + 1:
                return True
            if following <= number:
                break
        self._restore(before)
        return place > 0 and self._put_last(place)

    def _put_last(self, place: int) -> bool:
        """Move what stands before a child behind all others; False where that fails.

        It may be refused there too, where it lets two of the others or more stand as they are.
        """
        before = self._kept()
        self._children.append(self._children.pop(place - 1))
        reached, last = self._reach(), len(self._children) - 1
        if reached is None or (reached == last and last - place > 0):
            return True
        self._restore(before)
        return False

    def _kept(self) -> list[tuple[_Child, list[_Element], list[_Element]]]:
        return [(child, child.elements, child.stands) for child in self._children]

    def _restore(self, kept: list[tuple[_Child, list[_Element], list[_Element]]]) -> None:
        self._children = [child for child, _, _ in kept]
        for child, elements, stands in kept:
            child.elements, child.stands = elements, stands

    def _is_at(self, current: Break, broken: Break, place: int) -> bool:
        """Tell whether the break is still the same one, or an earlier one."""
        if current.child is None:
            return broken.child is None
        return self._children.index(current.child) <= place

    def _tell_choice(self, broken: Break, place: int) -> None:
        """Name every element of a choice, where another would have done as well."""
        tags = [tag for tag in libxml2.expected_in(broken.error.message) if not tag.endswith("*")]
        if len(broken.missing) != 1 or broken.later:
            return
        chosen = self._children[place]
        good = []
        for tag in tags[:-1]:
            self._children[place] = _put_in(tag)
            other = self._break()
            if other is None or not self._is_at(other, broken, place + 1):
                good.append(tag)
        self._children[place] = chosen
        if good:
            broken.missing, broken.choice = [*good, tags[-1]], True

    def _is_explained(self, broken: Break, place: int) -> bool:
        """Tell whether what is missing was set aside, or has something wrong in its place."""
        before = self._children[place - 1] if place else None
        if broken.later or broken.choice:
            return False
        return all(
            any(
                aside.tag == tag or (tag in tags and at is before)
                for aside, tags, at in self._aside
            )
            for tag in broken.missing
        )


def rename(element: _Element, tag: str) -> None:
    """Put an element, and what is in the same namespace below it, into the namespace of ``tag``."""
    wrong, right = etree.QName(element).namespace, etree.QName(tag).namespace
    for one in element.iter("*"):
        name = etree.QName(one)
        prefix, _, kind = one.get(_XSI_TYPE, "").strip().rpartition(":")
        renamed_type = kind and (one.nsmap.get(prefix or None) or None) == wrong
        if name.namespace == wrong:
            one.tag = etree.QName(right, name.localname).text
            if renamed_type:
                one.set(_XSI_TYPE, f"{one.prefix}:{kind}" if one.prefix else kind)


def _same_name(tag: str, tags: list[str]) -> str:
    """Return the expected tag that differs from ``tag`` by its namespace alone, or ""."""
    local = tag.rpartition("}")[2]
    same = (one for one in tags if one != tag and one.rpartition("}")[2] == local)
    return next(same, "")


def _runs(element: _Element) -> list[_Child]:
    runs: list[_Child] = []
    for child in element.iterchildren("*"):
        if not runs or runs[-1].tag != child.tag:
            runs.append(_Child(str(child.tag), []))
        runs[-1].elements.append(child)
    return runs


def _put_in(tag: str) -> _Child:
    return _Child(tag, [], [etree.Element(tag)])


def _stand_for(element: _Element) -> _Element:
    """Return the element without what it contains: its type may hang on its attributes."""
    return etree.Element(element.tag, element.attrib, nsmap=element.nsmap)


class Surroundings:
    """What a small document needs of a document around one element.

    The children of an element are walked once: a document may be broken in many places.
    """

    def __init__(self, root: _Element) -> None:
        """``root``: of the document."""
        self._root = root
        self._runs: dict[_Element, tuple[list[_Element], dict[_Element, int]]] = {}

    def of(self, element: _Element) -> tuple[_Element, _Element, int]:
        """Return a small document's root, what stands for the element in it, and how deep.

        Of what stands before the element and those around it, each run of twins is there once.
        """
        way = [element]
        while way[-1] is not self._root:
            parent = way[-1].getparent()
            assert parent is not None
            way.append(parent)
        way.reverse()
        small = stand = _stand_for(self._root)
        for parent, child in pairwise(way):
            firsts, numbers = self._runs_of(parent)
            before = firsts[: numbers[child]]
            stand.extend(_stand_for(one) for one in before)
            stand = etree.SubElement(stand, child.tag, child.attrib, nsmap=child.nsmap)
        return small, stand, len(way) - 1

    def _runs_of(self, parent: _Element) -> tuple[list[_Element], dict[_Element, int]]:
        """Return the first child of each run of twins, and the number of each child's run."""
        if parent not in self._runs:
            firsts: list[_Element] = []
            numbers: dict[_Element, int] = {}
            for child in parent.iterchildren("*"):
                if not firsts or firsts[-1].tag != child.tag:
                    firsts.append(child)
                numbers[child] = len(firsts) - 1
            self._runs[parent] = firsts, numbers
        return self._runs[parent]
