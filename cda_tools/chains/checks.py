"""What a chain has to answer for: the rules of ``schemas/rules/chains.toml``, one chain each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from cda_tools.chains.copies import check_copies
from cda_tools.chains.entry import Claim
from cda_tools.chains.graph import Edge, Graph, Node
from cda_tools.chains.linking import Known
from cda_tools.chains.result import ChainFinding, found
from cda_tools.model.dates import goes_back
from cda_tools.model.timestamp import Timestamp


def check(graph: Graph, known: Known, shared: frozenset[str]) -> list[ChainFinding]:
    """Return the findings on one chain, in a stable order.

    ``shared``: setIds that other patients' documents have too: what is missing here may be
    there, and is not asked for again.
    """
    findings = [*_of_nodes(graph, known, shared), *_of_open_claims(graph, known)]
    if len(graph.nodes) > 1:
        findings += [
            *_of_forks(graph),
            *_of_edges(graph, known),
            *_of_sets(graph),
            *_of_loops(graph),
        ]
    elif graph.open_claims:
        findings += _of_forks(graph)
    findings.sort(key=lambda one: (one.finding.rule, one.paths, one.finding.message))
    return findings


def _of_nodes(graph: Graph, known: Known, shared: frozenset[str]) -> Iterator[ChainFinding]:
    for node, claim in graph.selves:
        yield _on("CHN-04", [node], parent=str(claim.id))
    lowest = _lowest_versions(graph)
    for node in graph.nodes:
        first = node.first
        if first.key is None:
            yield _on("CHN-22", [node])
        if len(node.entries) > 1:
            yield from check_copies(node.entries)
        if len(node.claims) > 1:
            yield _on("CHN-19", [node], count=len(node.claims))
        named = any(not graph.names_set(node, claim, known) for claim in node.claims)
        if not node.older and not named and first.set_key not in shared:
            yield from _nothing_before(node, lowest)
        if node.withdrawn and any(not edge.newer.withdrawn for edge in node.newer):
            yield _on("CHN-17", [node])
        yield from _of_one(node)


def _lowest_versions(graph: Graph) -> dict[str | None, int]:
    lowest: dict[str | None, int] = {}
    for node in graph.nodes:
        version, set_key = node.first.version, node.first.set_key
        if version is not None and set_key is not None:
            lowest[set_key] = min(version, lowest.get(set_key, version))
    return lowest


def _nothing_before(node: Node, lowest: dict[str | None, int]) -> Iterator[ChainFinding]:
    """Say of a later version, which names no parent, that nothing before it is known."""
    version = node.first.version
    if version is not None and lowest.get(node.first.set_key, version) < version:
        return
    if node.first.remark.replacing:
        yield _on("CHN-25", [node])
    elif version is not None and version > 1:
        yield _on("CHN-24", [node], version=version)


def _of_one(node: Node) -> Iterator[ChainFinding]:
    for entry in node.entries:
        where = [(entry.path, entry.id)]
        for parent in entry.remark.transforms:
            yield found("CHN-18", where, parent=str(parent))
        for parent in entry.remark.completes:
            yield found("CHN-26", where, parent=str(parent))
        message = entry.remark.message_parent
        if message:
            own = str(entry.parents[0])
            yield found("CHN-20", where, message_parent=str(message), parent=own)


def _of_open_claims(graph: Graph, known: Known) -> Iterator[ChainFinding]:
    missing: dict[str, list[tuple[Node, Claim]]] = defaultdict(list)
    for node, claim in graph.open_claims:
        if graph.names_set(node, claim, known):
            yield _on("CHN-12", [node], parent=str(claim.id))
        elif claim.key not in known.ids:
            missing[claim.key].append((node, claim))
    for claims in missing.values():
        parent = min(str(claim.id) for _, claim in claims)
        yield _on("CHN-01", [node for node, _ in claims], parent=parent)


def _of_forks(graph: Graph) -> Iterator[ChainFinding]:
    """Two that replace one, whether that one is known or missing; loops are said apart."""
    replacing: dict[str, list[Node]] = defaultdict(list)
    names: dict[str, str] = {}
    looped = _looped(graph)
    for edge in graph.edges:
        if edge.claim and not _inside(edge, looped):
            replacing[edge.claim.key].append(edge.newer)
            names.setdefault(edge.claim.key, str(edge.older.first.id))
    for node, claim in graph.open_claims:
        replacing[claim.key].append(node)
        names.setdefault(claim.key, str(claim.id))
    for key, nodes in replacing.items():
        if len(nodes) > 1:
            yield _on("CHN-02", nodes, parent=names[key], count=len(nodes))


def _of_edges(graph: Graph, known: Known) -> Iterator[ChainFinding]:
    looped = _looped(graph)
    unresolved = {
        node for node, claim in graph.open_claims if not graph.names_set(node, claim, known)
    }
    for edge in graph.edges:
        pair = [edge.older, edge.newer]
        if edge.claim and str(edge.claim.id) not in _written(edge.older):
            known_as = str(edge.older.first.id)
            yield _on("CHN-11", pair, parent=str(edge.claim.id), id=known_as)
        if _inside(edge, looped):
            continue
        if edge.newer not in unresolved:
            yield from _version_step(edge)
        older, newer = edge.older.first, edge.newer.first
        if older.set_key and newer.set_key and older.set_key != newer.set_key:
            yield _on("CHN-07", pair, older=str(older.set_id), newer=str(newer.set_id))
        if goes_back(older.date, newer.date):
            yield _on("CHN-10", pair, older=_french(older.date), newer=_french(newer.date))


def _french(date: str | None) -> str | None:
    return Timestamp(date).french if date else None


def _version_step(edge: Edge) -> Iterator[ChainFinding]:
    older, newer = edge.older.first.version, edge.newer.first.version
    if older is None or newer is None or newer == older + 1:
        return
    rule = "CHN-05" if newer > older else "CHN-06"
    yield _on(rule, [edge.older, edge.newer], older=older, newer=newer)


def _of_sets(graph: Graph) -> Iterator[ChainFinding]:
    for nodes in graph.of_set().values():
        by_version: dict[int, list[Node]] = defaultdict(list)
        for node in nodes:
            if node.first.version is not None:
                by_version[node.first.version].append(node)
            elif not node.older and not node.newer:
                yield _on("CHN-16", [node], set_id=str(node.first.set_id))
        for version, same in by_version.items():
            if len(same) > 1 and not _explained(same):
                set_id = min(str(node.first.set_id) for node in same)
                yield _on("CHN-14", same, set_id=set_id, version=version, count=len(same))


def _explained(same: list[Node]) -> bool:
    """Tell whether a fork, or one replacing the other, already says why versions are equal."""
    parents = [{claim.key for claim in node.claims} for node in same]
    if set.intersection(*parents):
        return True
    among = set(same)
    alone = [node for node in same if not any(e.claim and e.older in among for e in node.older)]
    return len(alone) <= 1


def _of_loops(graph: Graph) -> Iterator[ChainFinding]:
    for loop in graph.loops:
        yield _on("CHN-03", loop, count=len(loop))


def _looped(graph: Graph) -> dict[Node, int]:
    return {node: number for number, loop in enumerate(graph.loops) for node in loop}


def _inside(edge: Edge, looped: dict[Node, int]) -> bool:
    return edge.newer in looped and looped[edge.newer] == looped.get(edge.older)


def _written(node: Node) -> set[str]:
    return {str(entry.id) for entry in node.entries}


def _on(rule: str, nodes: Iterable[Node], **fields: str | int | None) -> ChainFinding:
    documents = [(entry.path, entry.id) for node in nodes for entry in node.entries]
    return found(rule, documents, **fields)
