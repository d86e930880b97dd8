"""Chains from batches of headers are those of ``chain``, in any partitioning."""

import random

import pyarrow as pa
import pytest
from tables import as_chains, batches, chained, rows

from cda_tools.arrow import HEADERS, Work, chain_batches, header_batches, keys_batches
from cda_tools.arrow.batches import hashed
from conftest import ROOT

WORK = Work(secret=b"a key of the tests, of 32 bytes.")


@pytest.fixture(scope="module")
def files():
    folder = ROOT / "fixtures" / "gazelle"
    unread = ("faux-xml-tronque.xml", "faux-doctype.xml", "faux-famille-sp.xml")
    return [path for path in sorted(folder.glob("*.xml")) if path.name not in unread]


@pytest.fixture(scope="module")
def headers(files):
    return list(header_batches(batches(files), WORK))


def grouped(headers):
    """Return the headers by group, as a cluster does it: documents that share a key."""
    found = rows(headers)
    groups = {}
    for edge in rows(keys_batches(headers)):
        groups.setdefault(edge["key"], set()).add(edge["node"])
    above = {}

    def top(node):
        while above.get(node, node) != node:
            node = above[node]
        return node

    for nodes in groups.values():
        first, *others = nodes
        for other in others:
            above[top(other)] = top(first)
    nodes = {edge["node"] for edge in rows(keys_batches(headers))}
    order = {row["path"]: row for row in found}
    by_path = {}
    for path in order:
        by_path[path] = top(hashed(path)) if hashed(path) in nodes else hashed(path)
    return [order[path] | {"group": by_path[path]} for path in order]


def test_all_rows_together_are_the_chains_of_the_command(files, headers):
    assert as_chains(rows(chain_batches(headers))) == chained(files)


@pytest.mark.parametrize("seed", range(3))
def test_group_by_group_in_any_order_is_the_same(files, headers, seed):
    found = grouped(headers)
    groups = list({row["group"] for row in found})
    assert len(groups) > 5
    random.Random(seed).shuffle(groups)
    ordered = [row for group in groups for row in found if row["group"] == group]
    schema = pa.schema([*HEADERS, ("group", pa.int64())])
    given = [
        pa.RecordBatch.from_pylist(ordered[at : at + 4], schema) for at in range(0, len(ordered), 4)
    ]
    assert as_chains(rows(chain_batches(given))) == chained(files)


def test_what_has_no_header_is_in_no_chain(gazelle):
    files = [gazelle / "faux-doctype.xml", gazelle / "imagerie-v1.xml"]
    found = rows(header_batches(batches(files)))
    chains = rows(chain_batches(header_batches(batches(files))))
    assert sum(len(row["documents"]) for row in chains) == sum(
        row["document"] is not None for row in found
    )
