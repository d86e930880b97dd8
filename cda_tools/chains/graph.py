"""One chain while it is put together: its documents, who replaces whom, in which order."""

from collections import defaultdict
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import NamedTuple

from cda_tools.chains.entry import Claim, Entry
from cda_tools.chains.linking import Known
from cda_tools.chains.loops import loops
from cda_tools.chains.result import Evidence

# How far back a link is looked for that another already says: a version names the last ones.
_FAR = 1000


class Node:
    """The received copies of one id. ``first`` speaks for them; ``claims`` are all of theirs."""

    __slots__ = ("claims", "entries", "first", "newer", "older", "place", "withdrawn")

    def __init__(self, entries: list[Entry]) -> None:
        """Choose who speaks: rather a document than metadata, one that says more, then by path."""
        if len(entries) > 1:
            entries.sort(key=_rank)
        self.entries = entries
        self.first = entries[0]
        self.withdrawn = any(entry.remark.withdrawn for entry in entries)
        self.claims: tuple[Claim, ...] = self.first.claims
        if len(entries) > 1 or len(self.claims) > 1:
            by_key = {claim.key: claim for entry in reversed(entries) for claim in entry.claims}
            self.claims = tuple(by_key[key] for key in sorted(by_key))
        self.older: list[Edge] = []
        self.newer: list[Edge] = []
        version = self.first.version
        self.place = (
            version is None,
            version or 0,
            self.first.date or "",
            self.first.key or "",
            self.first.path,
        )


class Edge(NamedTuple):
    """``newer`` replaces ``older``; ``claim`` is None where setId and versionNumber say so."""

    newer: Node
    older: Node
    evidence: Evidence
    claim: Claim | None = None


def _rank(entry: Entry) -> tuple[bool, bool, int, str, str]:
    version = -1 if entry.version is None else entry.version
    content = str(entry.content) if isinstance(entry.content, bytes | str) else ""
    return not entry.comparable, not entry.parents, -version, entry.path, content


class Graph:
    """The documents of one chain and their links.

    ``open_claims``: a node and a parent that it names and that is not in this chain.
    ``selves``: nodes that name themselves. ``loops``: groups of nodes that replace one another.
    """

    def __init__(self, entries: list[Entry], known: Known) -> None:
        """Link the documents; ``nodes`` are then in the order of versions, oldest first."""
        self.nodes = _nodes(entries)
        self.open_claims: list[tuple[Node, Claim]] = []
        self.selves: list[tuple[Node, Claim]] = []
        self.loops: list[list[Node]] = []
        self._sets = {entry.set_key for entry in entries}
        self._begun = {entry.set_key for entry in entries if entry.version == 1}
        self._by_key = {node.first.key: node for node in self.nodes}
        for node in self.nodes:
            for claim in node.claims:
                self._link_claim(node, claim)
        for node in self.nodes:
            if len(node.claims) > 1:
                _drop_redundant(node)
        if len(self.nodes) > 1:
            self._link_sets(known)
            self._order()

    @property
    def edges(self) -> list[Edge]:
        """Return every link, the newer documents in order."""
        return [edge for node in self.nodes for edge in node.older]

    def names_set(self, node: Node, claim: Claim, known: Known) -> bool:
        """Tell whether a parent's id is no document's, but a setId of this chain.

        It may be both: a first version can have one id for itself and its set. Where version 2
        names its set and version 1 is not there, it is taken to be so.
        """
        first = node.first
        of_first = (first.version, first.set_key) == (2, claim.key)
        if claim.key in known.ids or (of_first and claim.key not in self._begun):
            return False
        return claim.key in self._sets

    def _link_claim(self, node: Node, claim: Claim) -> None:
        if claim.key == node.first.key:
            self.selves.append((node, claim))
            return
        parent = self._by_key.get(claim.key)
        if parent is None:
            self.open_claims.append((node, claim))
            return
        evidence = Evidence.CARRIER if claim.by_carrier else Evidence.RELATED_DOCUMENT
        _add(Edge(node, parent, evidence, claim))

    def _link_sets(self, known: Known) -> None:
        """Complete, with setId and versionNumber, what relatedDocument leaves open."""
        for nodes in self.of_set().values():
            by_version: dict[int, list[Node]] = defaultdict(list)
            for node in nodes:
                if node.first.version is not None:
                    by_version[node.first.version].append(node)
            versions = sorted(by_version)
            for below, version in pairwise(versions):
                if len(by_version[below]) > 1:
                    continue  # which of them is replaced would be a guess
                for node in by_version[version]:
                    if not node.older:
                        _add(Edge(node, by_version[below][0], Evidence.SET_ID))
            if len(nodes) == 2:
                self._link_pair(nodes, known)

    def _link_pair(self, nodes: list[Node], known: Known) -> None:
        """Follow a parent that is in fact the setId, without versions, where one is left."""
        for node, other in (nodes, nodes[::-1]):
            named = any(self.names_set(node, claim, known) for claim in node.claims)
            if named and not node.older and not other.older:
                _add(Edge(node, other, Evidence.SET_ID))

    def of_set(self) -> dict[str, list[Node]]:
        """Return the nodes of each setId that several of them have."""
        sets: dict[str, list[Node]] = defaultdict(list)
        for node in self.nodes:
            if node.first.set_key is not None:
                sets[node.first.set_key].append(node)
        return {key: nodes for key, nodes in sets.items() if len(nodes) > 1}

    def _order(self) -> None:
        if _sort(self.nodes):
            return
        # A loop that only setId and versionNumber close is none: they complete, and no more.
        for loop in loops(self.nodes):
            inside = set(loop)
            for node in loop:
                node.older = [e for e in node.older if e.claim or e.older not in inside]
                node.newer = [e for e in node.newer if e.claim or e.newer not in inside]
        self.loops = loops(self.nodes)
        _sort(self.nodes)


def _nodes(entries: list[Entry]) -> list[Node]:
    if len(entries) == 1:
        return [Node(entries)]
    by_key: dict[object, list[Entry]] = {}
    for entry in entries:
        by_key.setdefault(entry if entry.key is None else entry.key, []).append(entry)
    return sorted((Node(copies) for copies in by_key.values()), key=lambda node: node.place)


def _add(edge: Edge) -> None:
    edge.newer.older.append(edge)
    edge.older.newer.append(edge)


def _drop_redundant(node: Node) -> None:
    """Drop the links to what another document that ``node`` replaces already replaces."""
    redundant = {edge.older for edge in node.older} & _before(node)
    if not redundant or node in redundant:
        return
    for edge in [one for one in node.older if one.older in redundant]:
        node.older.remove(edge)
        edge.older.newer.remove(edge)


def _before(node: Node) -> set[Node]:
    """Return what the documents that ``node`` replaces replace themselves, to a bound.

    Nothing where that comes back to ``node``: a loop is told by all its links.
    """
    found: set[Node] = set()
    waiting = [edge.older for parent in node.older for edge in parent.older.older]
    while waiting and len(found) < _FAR:
        one = waiting.pop()
        if one is node:
            return set()
        if one not in found:
            found.add(one)
            waiting += (edge.older for edge in one.older)
    return found


def _sort(nodes: list[Node]) -> bool:
    """Sort in place, replaced before replacing, then by version and date; False on a loop."""
    waiting = {id(node): len(node.older) for node in nodes}
    ready = [(node.place, id(node), node) for node in nodes if not node.older]
    heapify(ready)
    rest = sorted(nodes, key=lambda node: node.place, reverse=True)
    ordered: list[Node] = []
    done: set[int] = set()
    straight = True
    while len(ordered) < len(nodes):
        if ready:
            node = heappop(ready)[2]
        else:
            node, straight = rest.pop(), False
        if id(node) in done:
            continue
        done.add(id(node))
        ordered.append(node)
        for edge in node.newer:
            waiting[id(edge.newer)] -= 1
            if waiting[id(edge.newer)] == 0:
                heappush(ready, (edge.newer.place, id(edge.newer), edge.newer))
    nodes[:] = ordered
    return straight
