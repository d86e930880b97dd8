"""A file of results whose form depends on whether there is one document or more."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TypeVar

T = TypeVar("T")


def only(results: Iterable[T]) -> tuple[T | None, Iterator[T]]:
    """Return the only result, or None where there are none or several; and all of them."""
    coming = iter(results)
    first = list(islice(coming, 2))
    return (first[0] if len(first) == 1 else None), chain(first, coming)
