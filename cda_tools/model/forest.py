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
