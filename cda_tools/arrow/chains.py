"""Chains of documents from batches of headers: the same code, group by group.

Nothing links two documents that mention no identifier in common (id, setId, id replaced): chains,
and what is said between chains, are built inside groups of documents that such identifiers
connect, whichever patients they are of. So any partition that keeps these groups whole gives the
result of one process; a group that is larger than it need be changes nothing.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import pyarrow as pa

from cda_tools.arrow.batches import hashed
from cda_tools.arrow.schemas import CHAINS, KEYS, utf8, version_text
from cda_tools.chains import build
from cda_tools.index import codec
from cda_tools.reports.chains import to_json

_ROWS = 1024
GROUP = "group"

_Row = str | list[dict[str, Any]]
"""A document that has a header, as text; of another, its findings."""


def keys_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield, from rows of HEADERS, an edge a document and identifier that it mentions (KEYS)."""
    for batch in batches:
        nodes, keys = [], []
        paths = batch.column("path").to_pylist()
        for path, mentioned in zip(paths, batch.column("keys").to_pylist(), strict=True):
            node = hashed(path)
            for key in mentioned or ():
                nodes.append(node)
                keys.append(key)
        yield pa.RecordBatch.from_pydict({"node": nodes, "key": keys}, KEYS)


def chain_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the chains (CHAINS) of rows of HEADERS, in the order of groups, then of paths.

    With a column ``group``, rows of one group follow each other, and a group is whole: only one
    is held at a time. Without it, all rows are one group. Columns that are read beside it:
    ``path``, ``document``, ``statement`` and ``findings``.
    """
    made: list[dict[str, Any]] = []
    for _, rows in groupby(_rows(batches), key=lambda row: row[0]):
        made += _chained([row for _, row in rows])
        if len(made) >= _ROWS:
            yield pa.RecordBatch.from_pylist(made, CHAINS)
            made = []
    if made:
        yield pa.RecordBatch.from_pylist(made, CHAINS)


def _rows(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[Any, _Row]]:
    for batch in batches:
        texts = batch.column("document").to_pylist()
        grouped = GROUP in batch.schema.names
        groups = batch.column(GROUP).to_pylist() if grouped else [None] * len(texts)
        for number, (group, text) in enumerate(zip(groups, texts, strict=True)):
            if text is not None:
                yield group, text
            elif not batch.column("statement")[number].as_py():
                yield group, _unread(batch, number)


def _unread(batch: pa.RecordBatch, number: int) -> list[dict[str, Any]]:
    """Return what stood in the way of reading a document, as ``chain`` tells it."""
    about = [{"path": batch.column("path")[number].as_py(), "id": None}]
    findings = batch.column("findings")[number].as_py() or ()
    return [finding | {"documents": about} for finding in findings]


def _chained(rows: list[_Row]) -> Iterator[dict[str, Any]]:
    texts = (row for row in rows if isinstance(row, str))
    found = to_json(build(codec.document_from_text(text) for text in texts))
    for chain in found["chains"]:
        yield {
            "chain": chain["key"],
            "by": chain["by"],
            "current": chain["current"],
            "documents": [_version(one) for one in chain["documents"]],
            "findings": [_finding(one) for one in chain["findings"]],
        }
    unread = [finding for row in rows if not isinstance(row, str) for finding in row]
    if findings := [*unread, *map(_finding, found["findings"])]:
        yield {"chain": None, "documents": [], "findings": findings}


def _version(document: dict[str, Any]) -> dict[str, Any]:
    path = utf8(document["path"])
    return document | {"path": path, "version": version_text(document["version"])}


def _finding(found: dict[str, Any]) -> dict[str, Any]:
    documents = [one | {"path": utf8(one["path"])} for one in found["documents"]]
    return found | {"message": utf8(found["message"]), "documents": documents}
