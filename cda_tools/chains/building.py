"""Known documents to chains: the whole way, in one function."""

import gc
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import cast

from cda_tools.chains.between import between
from cda_tools.chains.checks import check
from cda_tools.chains.entry import Describe, DigestOf, Entry, short
from cda_tools.chains.gathering import Gathering
from cda_tools.chains.graph import Graph, Node
from cda_tools.chains.linking import Known, by_patient
from cda_tools.chains.result import Chain, ChainFinding, Chains, Evidence, Link, Status, Version
from cda_tools.chains.straight import straight
from cda_tools.collector import collector_paused
from cda_tools.model.document import Document
from cda_tools.model.document import Known as Headed

_RELATED = Evidence.RELATED_DOCUMENT
_TIDY = 128  # documents between two looks at what they left behind


def build(
    documents: Iterable[Document],
    *,
    describe: Describe | None = None,
    digest: DigestOf | None = None,
) -> Chains:
    """Chain documents: every document that has a header is in exactly one chain.

    The result does not depend on the order of ``documents``, which are read once and not kept.
    ``describe`` turns a header into the ``line`` of its :class:`Version`. ``digest`` is asked for
    the digest of a file whose document came without one, where another has its id.

    Documents are linked by relatedDocument RPLC, by setId with versionNumber, and by what an HL7v2
    message says where its document says nothing; never by title, date or type, and never across
    patients.

    >>> from cda_tools.model.document import Document
    >>> from cda_tools.model.header import Header, Identifier, ParentDocument
    >>> first = Header(id=Identifier("1.2.250.1.999.1"))
    >>> second = Header(
    ...     id=Identifier("1.2.250.1.999.2"),
    ...     related=(ParentDocument("RPLC", Identifier("1.2.250.1.999.1")),),
    ... )
    >>> chains = build([Document("b.xml", header=second), Document("a.xml", header=first)])
    >>> [version.path for version in chains.chains[0].documents]
    ['a.xml', 'b.xml']
    """
    with collector_paused(kept=True):
        return _build(documents, describe, digest)


def _build(
    documents: Iterable[Document], describe: Describe | None, digest: DigestOf | None
) -> Chains:
    gathering = Gathering(_entries(documents, describe, digest_later=digest is not None))
    chains: list[Chain] = []
    findings: list[ChainFinding] = []
    for group, together in gathering.groups():
        line = straight(group) if together else None
        if line:
            chains.append(_straight_chain(line))
            continue
        if digest is not None:
            _compare_contents(group, digest)
        more, found = _untangled(group, together)
        chains += more
        findings += found
    # One text, which sorts several times faster than a tuple.
    chains.sort(key=lambda chain: f"{chain.documents[0].path}\0{chain.key}")
    findings.sort(key=lambda one: (one.finding.rule, one.paths, one.finding.message))
    return Chains(tuple(_told_apart(chains)), tuple(findings))


def _untangled(group: list[Entry], together: bool) -> tuple[list[Chain], list[ChainFinding]]:
    known = Known(group)
    if together:
        return [_chain(group, known, frozenset())], []
    parts = by_patient(group, known)
    findings, shared = between(parts)
    return [_chain(part, known, shared) for part in parts], findings


def _entries(
    documents: Iterable[Document], describe: Describe | None, *, digest_later: bool
) -> Iterator[Entry]:
    """Yield what is kept of each document that has a header.

    What reading it leaves in cycles (a parser's tree) is collected on the way: each object is
    looked at once, which costs what making it does.
    """
    for number, document in enumerate(documents, start=1):
        if document.header is not None:
            yield Entry(cast(Headed, document), describe, digest_later=digest_later)
        if number % _TIDY == 0:
            gc.collect(0)


def _compare_contents(group: list[Entry], digest: DigestOf) -> None:
    """Have the digest of each document that has the id of another."""
    times = Counter(entry.key for entry in group)
    for entry in group:
        if entry.content is None and times[entry.key] > 1:
            entry.content = short(digest(entry.path))


def _chain(entries: list[Entry], known: Known, shared: frozenset[str]) -> Chain:
    graph = Graph(entries, known)
    current = _current(graph.nodes)
    last = set(current)
    documents: list[Version] = []
    place: dict[Node, int] = {}
    for node in graph.nodes:
        place[node] = len(documents)
        status = _status(node, last)
        documents.extend(_version(entry, status) for entry in node.entries)
    alive = [node for node in current if not node.withdrawn]
    links = [Link(place[e.newer], place[e.older], e.evidence) for e in graph.edges]
    return Chain(
        key=_key(graph.nodes),
        by=_by(graph),
        current=alive[0].first.id if len(alive) == 1 else None,
        documents=tuple(documents),
        links=tuple(links),
        findings=tuple(check(graph, known, shared)),
    )


def _straight_chain(line: list[Entry]) -> Chain:
    first, last = line[0], line[-1]
    documents = [_version(entry, Status.SUPERSEDED) for entry in line[:-1]]
    documents.append(_version(last, Status.CURRENT))
    links = [Link(newer, newer - 1, _RELATED) for newer in range(1, len(line))]
    return Chain(
        key=str(first.set_id or first.id),
        by=_evidence(related=bool(links), in_set=first.set_id is not None),
        current=last.id,
        documents=tuple(documents),
        links=tuple(links),
    )


def _current(nodes: list[Node]) -> list[Node]:
    """Return the last version; several of them, or none, where there is no single one.

    The highest versionNumber (§ 3.5.5.10) where every document has one; among several of that
    number, those that nothing replaces. Else the ends of the chain.
    """
    if len(nodes) == 1:
        return nodes
    versions = [node.first.version for node in nodes]
    top = nodes
    if None not in versions:
        highest = max(version for version in versions if version is not None)
        top = [node for node in nodes if node.first.version == highest]
    if len(top) == 1:
        return top
    return [node for node in top if not node.newer]


def _status(node: Node, last: set[Node]) -> Status:
    if node.withdrawn:
        return Status.WITHDRAWN
    return Status.CURRENT if node in last else Status.SUPERSEDED


def _version(entry: Entry, status: Status) -> Version:
    return Version(
        entry.path,
        entry.id,
        entry.set_id,
        entry.version,
        entry.date,
        status,
        entry.line,
        entry.remark.transforms,
    )


def _by(graph: Graph) -> str:
    nodes = graph.nodes
    if len(nodes) == 1:
        related, in_set = bool(nodes[0].claims), nodes[0].first.set_key is not None
    else:
        related = any(edge.claim for edge in graph.edges) or not graph.of_set()
        in_set = bool(graph.of_set())
    return _evidence(related=related, in_set=in_set)


def _evidence(*, related: bool, in_set: bool) -> str:
    if related and in_set:
        return "both"
    return str(Evidence.SET_ID if in_set else Evidence.RELATED_DOCUMENT)


def _key(nodes: list[Node]) -> str:
    for node in nodes:
        if node.first.set_id is not None:
            return str(node.first.set_id)
    first = nodes[0].first
    return str(first.id) if first.id else first.path


def _told_apart(chains: list[Chain]) -> Iterable[Chain]:
    """Number the chains that have the same key: one setId, several patients."""
    count: dict[str, int] = {}
    for chain in chains:
        number = count[chain.key] = count.get(chain.key, 0) + 1
        if number > 1:
            yield Chain(
                f"{chain.key}#{number}",
                chain.by,
                chain.current,
                chain.documents,
                chain.links,
                chain.findings,
            )
        else:
            yield chain
