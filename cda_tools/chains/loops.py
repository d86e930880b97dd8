"""Documents that replace one another in a circle (strongly connected components, Tarjan)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cda_tools.chains.graph import Node


def loops(nodes: list["Node"]) -> list[list["Node"]]:
    """Return each group of nodes that replace one another, directly or not.

    Without recursion: a chain may be longer than Python's stack.
    """
    search = _Search()
    for node in nodes:
        if node not in search.index:
            search.visit(node)
    return search.found


class _Search:
    def __init__(self) -> None:
        self.index: dict[Node, int] = {}
        self.found: list[list[Node]] = []
        self._low: dict[Node, int] = {}
        self._stack: list[Node] = []
        self._on_stack: set[Node] = set()

    def visit(self, start: "Node") -> None:
        path = [(start, self._enter(start))]
        while path:
            node, replaced = path[-1]
            for older in replaced:
                if older not in self.index:
                    path.append((older, self._enter(older)))
                    break
                if older in self._on_stack:
                    self._low[node] = min(self._low[node], self.index[older])
            else:
                path.pop()
                if path:
                    above = path[-1][0]
                    self._low[above] = min(self._low[above], self._low[node])
                if self._low[node] == self.index[node]:
                    self._leave(node)

    def _enter(self, node: "Node") -> Iterator["Node"]:
        self.index[node] = self._low[node] = len(self.index)
        self._stack.append(node)
        self._on_stack.add(node)
        return iter([edge.older for edge in node.older])

    def _leave(self, node: "Node") -> None:
        group = []
        while True:
            member = self._stack.pop()
            self._on_stack.discard(member)
            group.append(member)
            if member is node:
                break
        if len(group) > 1:
            self.found.append(sorted(group, key=lambda one: one.place))
