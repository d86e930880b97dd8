"""Chains as text: a tree a chain, one line a document, the current version marked."""

from collections import defaultdict
from collections.abc import Iterator

from cda_tools.chains import Chain, ChainFinding, Chains, Status, Version
from cda_tools.reports.words import SEVERITIES
from cda_tools.rules.finding import Severity
from cda_tools.text import clean, without_ins

STATUS = {
    Status.CURRENT: "en vigueur",
    Status.SUPERSEDED: "remplacé",
    Status.WITHDRAWN: "supprimé",
}
_BY = {
    "relatedDocument": "par relatedDocument",
    "setId": "par setId",
    "both": "par setId et relatedDocument",
}


def lines(chains: Chains) -> Iterator[str]:
    """Yield the lines of every chain, then what concerns several chains."""
    for chain in chains.chains:
        yield from _chain(chain)
        yield ""
    if chains.findings:
        yield "Constats qui ne sont pas d'une seule chaîne"
        for finding in chains.findings:
            yield from _finding(finding)
        yield ""
    yield summary(chains)


def _chain(chain: Chain) -> Iterator[str]:
    yield f"Chaîne {clean(without_ins(chain.key))} · {size(chain)}"
    if chain.current is None:
        yield f"  {why_none(chain)}"
    yield from _tree(chain)
    for finding in chain.findings:
        yield from _finding(finding)


def size(chain: Chain) -> str:
    """Say how many documents a chain has, and what ties several together."""
    count = len(chain.documents)
    return "1 document" if count == 1 else f"{count} documents · {_BY[chain.by]}"


def why_none(chain: Chain) -> str:
    """Say why a chain has no current version."""
    statuses = {version.status for version in chain.documents}
    if Status.CURRENT in statuses:
        return "plusieurs versions peuvent être en vigueur"
    if Status.WITHDRAWN in statuses:
        return "aucune version en vigueur : le document est supprimé"
    return "aucune version en vigueur ne peut être désignée"


def _tree(chain: Chain) -> Iterator[str]:
    """Draw what replaces what, oldest first: only branches are indented."""
    newer: dict[int, list[int]] = defaultdict(list)
    linked = set()
    for link in chain.links:
        if link.newer not in linked:  # a document that replaces several stands under the first
            newer[link.older].append(link.newer)
            linked.add(link.newer)
    first_of = _first_copies(chain)
    roots = [n for n, first in enumerate(first_of) if n == first and n not in linked]
    copies: dict[int, list[int]] = defaultdict(list)
    for number, first in enumerate(first_of):
        if number != first:
            copies[first].append(number)
    shown: set[int] = set()
    # What only a loop reaches is shown too, at the end.
    for root in [*roots, *range(len(chain.documents))]:
        waiting = [(root, "", "")]
        while waiting:
            number, head, indent = waiting.pop()
            if number in shown:
                continue
            for copy in (number, *copies[number]):
                if copy not in shown:
                    shown.add(copy)
                    own = head if copy == number else indent
                    yield _document(chain.documents[copy], own, sure=chain.current is not None)
            following = newer[number]
            if len(following) == 1:
                waiting.append((following[0], indent, indent))
            else:
                last = following[-1:]
                for branch in reversed(following):
                    mark, rest = ("└─ ", "   ") if [branch] == last else ("├─ ", "│  ")
                    waiting.append((branch, indent + mark, indent + rest))


def _first_copies(chain: Chain) -> list[int]:
    """Return, for each document, the place of the first one of its id."""
    places: list[int] = []
    for number, version in enumerate(chain.documents):
        before = chain.documents[number - 1] if number else None
        same = before is not None and version.id is not None and before.id == version.id
        places.append(places[-1] if same else number)
    return places


def _document(version: Version, head: str, *, sure: bool) -> str:
    mark, status = " ", STATUS[version.status]
    if version.status is Status.CURRENT:
        mark, status = ("→", status) if sure else ("?", f"{status} ?")
    number = "v?" if version.version is None else f"v{version.version}"
    parts = [number, status]
    if version.line:
        parts.append(version.line)
    return f"{mark} {head}{' · '.join(parts)} [{clean(version.path)}]"


def _finding(found: ChainFinding) -> Iterator[str]:
    finding = found.finding
    yield f"    {SEVERITIES[finding.severity]} {finding.rule} : {clean(finding.message)}"
    yield from (f"      {clean(path)}" for path in found.paths)


def summary(chains: Chains) -> str:
    """Return the numbers of documents, chains, errors and warnings on one line."""
    documents = sum(len(chain.documents) for chain in chains.chains)
    findings = [one.finding.severity for one in chains.all_findings]
    counts = [
        _count(documents, "document"),
        _count(len(chains.chains), "chaîne"),
        _count(findings.count(Severity.ERROR), "erreur"),
        _count(findings.count(Severity.WARNING), "avertissement"),
    ]
    return " · ".join(counts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number > 1 else ''}"
