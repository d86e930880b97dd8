"""What chaining gives: plain immutable values, in an order that inputs' order does not change.

Versions and links are named tuples, which are made faster than dataclasses: there may be a
million of them.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from cda_tools.model.header import Identifier
from cda_tools.model.timestamp import Timestamp
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding

LAYER = "chains"


class Status(StrEnum):
    """What a document is worth in its chain."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Evidence(StrEnum):
    """What says that one document replaces another."""

    RELATED_DOCUMENT = "relatedDocument"
    SET_ID = "setId"
    CARRIER = "carrier"


@dataclass(frozen=True, slots=True)
class ChainFinding:
    """A finding with the documents concerned: their paths, sorted, and their ids beside them."""

    finding: Finding
    paths: tuple[str, ...]
    ids: tuple[Identifier | None, ...]


class Version(NamedTuple):
    """One document of a chain; ``line`` is its one-line description, where one was asked for.

    ``transforms``: ids of the documents that this one is a transformation of (XFRM).
    """

    path: str
    id: Identifier | None
    set_id: Identifier | None
    version: int | None
    raw_date: str | None
    status: Status
    line: str | None = None
    transforms: tuple[Identifier, ...] = ()

    @property
    def date(self) -> Timestamp | None:
        """Return effectiveTime; kept as written, because there may be a million of them."""
        return Timestamp(self.raw_date) if self.raw_date else None


class Link(NamedTuple):
    """``documents[newer]`` of a chain replaces ``documents[older]``."""

    newer: int
    older: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Chain:
    """The versions of one document, oldest first; copies of one document follow each other.

    ``key``: the chain's setId, else the id of its first document, else that one's path; with
    ``#2`` and so on behind it where several chains have the same (other patients).
    ``by``: ``relatedDocument``, ``setId`` or ``both``: what holds the chain together; of a
    chain of one, what its document bears.
    ``current``: None where no single version is current (fork, loop, withdrawn document).
    """

    key: str
    by: str
    current: Identifier | None
    documents: tuple[Version, ...]
    links: tuple[Link, ...] = ()
    findings: tuple[ChainFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class Chains:
    """All chains, in the order of the path of their first document.

    ``findings``: what concerns several chains, such as a setId that two patients share.
    """

    chains: tuple[Chain, ...]
    findings: tuple[ChainFinding, ...] = ()

    @property
    def all_findings(self) -> tuple[ChainFinding, ...]:
        """Return the findings of every chain, then those that concern several."""
        inside = (finding for chain in self.chains for finding in chain.findings)
        return (*inside, *self.findings)


def found(
    rule: str,
    documents: list[tuple[str, Identifier | None]],
    **fields: str | int | None,
) -> ChainFinding:
    """Return a finding of a rule of ``schemas/rules/chains.toml`` on (path, id) pairs."""
    finding = texts.finding(rule, layer=LAYER, location=None, line=None, **fields)
    ordered = sorted(documents, key=lambda document: (document[0], str(document[1])))
    return ChainFinding(
        finding,
        paths=tuple(path for path, _ in ordered),
        ids=tuple(one for _, one in ordered),
    )
