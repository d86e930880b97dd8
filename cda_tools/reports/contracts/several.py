"""A file of results, written piece by piece: what stands around the documents, and in each."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TypeVar

from lxml import etree

T = TypeVar("T")


def only(results: Iterable[T]) -> tuple[T | None, Iterator[T]]:
    """Return the only result, or None where there are none or several; and all of them."""
    coming = iter(results)
    first = list(islice(coming, 2))
    return (first[0] if len(first) == 1 else None), chain(first, coming)


def inside(element: etree._Element) -> str:
    """Return an element as text for a place where its root's prefixes are declared already."""
    text = etree.tostring(element, encoding="unicode")
    for prefix, uri in element.nsmap.items():
        # An attribute's value cannot hold these quotes as they are.
        text = text.replace(f' xmlns:{prefix}="{uri}"', "", 1)
    return text
