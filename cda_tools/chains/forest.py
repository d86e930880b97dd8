"""Union-find: what belongs together, whatever the order in which one learns it."""

from collections.abc import Hashable
from typing import Generic, TypeVar

Thing = TypeVar("Thing", bound=Hashable)


class Forest(Generic[Thing]):
    """Disjoint sets of hashable things, near linear."""

    def __init__(self) -> None:
        """Start with nothing in it."""
        self._above: dict[Thing, Thing] = {}

    def find(self, thing: Thing) -> Thing:
        """Return the representative of the thing's set; a new thing is a set of its own."""
        above = self._above
        if thing not in above:
            above[thing] = thing
        while above[thing] != thing:
            above[thing] = above[above[thing]]
            thing = above[thing]
        return thing

    def join(self, *things: Thing) -> None:
        """Make one set of the sets of all these things."""
        if not things:
            return
        first = self.find(things[0])
        for thing in things[1:]:
            self._above[self.find(thing)] = first

    def count(self) -> int:
        """Return the number of sets."""
        return sum(1 for thing, above in self._above.items() if thing == above)


class NumberForest:
    """Disjoint sets of the numbers from 0 to ``size`` - 1: the same, small and fast."""

    def __init__(self, size: int) -> None:
        """Start with every number alone."""
        self._above = list(range(size))

    def find(self, number: int) -> int:
        """Return the representative of the number's set."""
        above = self._above
        while above[number] != number:
            above[number] = above[above[number]]
            number = above[number]
        return number

    def join(self, one: int, other: int) -> None:
        """Make one set of two. The smaller number stands for it, which keeps paths short."""
        one, other = self.find(one), self.find(other)
        if one < other:
            self._above[other] = one
        elif other < one:
            self._above[one] = other
