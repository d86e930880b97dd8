"""XPath functions that compare an element with its siblings, in linear time.

XPath can do it too, at the price of looking at every sibling for every element: quadratic where a
header repeats one element ten thousand times. Here the children of a parent are counted once a
run; what was counted is kept in lxml's ``eval_context``, which lives as long as the run.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from lxml import etree
from lxml.etree import _Element

Functions = dict[str, Callable[..., object]]


def twin_id(context: Any, elements: list[_Element]) -> bool:
    """Return whether a sibling of the same name has the same root and extension.

    To an identifier without extension, one of the same root is a twin.
    """
    element = elements[0]
    extension = element.get("extension")
    key: tuple[Any, ...] = (element.tag, element.get("root"))
    if extension is not None:
        key = (*key, extension)
    return _counts(context, element, _ids)[key] > 1


def twin_telecom(context: Any, elements: list[_Element]) -> bool:
    """Return whether a sibling of the same name has the same use and value."""
    element = elements[0]
    return _counts(context, element, _telecoms)[next(_telecoms(element))] > 1


def twin_text(context: Any, elements: list[_Element]) -> bool:
    """Return whether a sibling of the same name holds the same texts and ``use`` attributes."""
    element = elements[0]
    return _counts(context, element, _texts)[next(_texts(element))] > 1


def filled_sibling(context: Any, elements: list[_Element]) -> bool:
    """Return whether a sibling of the same name, beside this null one, has no nullFlavor."""
    element = elements[0]
    return _counts(context, element, _filled)[element.tag] > 0


def alone(context: Any, elements: list[_Element], name: str) -> bool:
    """Return whether no sibling of any name has the same value in the attribute ``name``."""
    element = elements[0]
    return _counts(context, element, _valued(name))[element.get(name)] < 2


def _counts(
    context: Any, element: _Element, keys: Callable[[_Element], Iterator[Any]]
) -> Counter[Any]:
    """Return how often each key occurs among an element and its siblings."""
    parent = element.getparent()
    known = context.eval_context.setdefault("siblings", {})
    if (parent, keys) not in known:
        children = [element] if parent is None else parent.iterchildren("*")
        known[parent, keys] = Counter(key for child in children for key in keys(child))
    found: Counter[Any] = known[parent, keys]
    return found


def _ids(element: _Element) -> Iterator[Any]:
    root, extension = element.get("root"), element.get("extension")
    if root is not None:
        yield element.tag, root
        if extension is not None:
            yield element.tag, root, extension


def _telecoms(element: _Element) -> Iterator[Any]:
    yield element.tag, element.get("use"), element.get("value")


_USES_AND_TEXTS = etree.XPath(".//@use | .//text()", smart_strings=False)


def _texts(element: _Element) -> Iterator[Any]:
    yield element.tag, "".join(_USES_AND_TEXTS(element))


def _filled(element: _Element) -> Iterator[Any]:
    if element.get("nullFlavor") is None:
        yield element.tag


@cache
def _valued(name: str) -> Callable[[_Element], Iterator[Any]]:
    def values(element: _Element) -> Iterator[Any]:
        yield element.get(name)

    return values


def lacks(functions: Functions, namespaces: dict[str, str]) -> Callable[..., bool]:
    """Return the function that tells whether an element lacks what an XPath expression selects.

    The expression is evaluated once for each element and run.
    """
    space = namespaces["f"]

    @cache
    def compiled(expression: str) -> etree.XPath:
        extensions: Any = {(space, name): function for name, function in functions.items()}
        return etree.XPath(f"boolean({expression})", namespaces=namespaces, extensions=extensions)

    def lacks(context: Any, elements: list[_Element], expression: str) -> bool:
        known: dict[tuple[_Element, str], bool] = context.eval_context.setdefault("lacks", {})
        key = (elements[0], expression)
        if key not in known:
            known[key] = not compiled(expression)(elements[0])
        return known[key]

    return lacks
