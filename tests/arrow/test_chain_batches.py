"""Chains from batches of headers are those of ``chain``, in any partitioning."""

import random
from dataclasses import replace

import pyarrow as pa
import pytest
from tables import as_chains, batches, chained, rows

from cda_tools import read_all
from cda_tools.arrow import HEADERS, Work, chain_batches, header_batches, keys_batches
from cda_tools.arrow.batches import hashed, header_row
from conftest import ROOT

WORK = Work(secret=b"a key of the tests, of 32 bytes.")


@pytest.fixture(scope="module")
def files():
    folder = ROOT / "fixtures" / "gazelle"
    carriers = ("mdm-t02.hl7", "reponses-juin-2025.hl7", "mssante.IHE_XDM.ZIP")
    return [*sorted(folder.glob("*.xml")), *(folder / "carriers" / name for name in carriers)]


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
    return [row | {"group": top(hashed(row["path"]))} for row in found]


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


def test_what_has_no_header_is_in_no_chain_and_says_why(gazelle):
    answers = gazelle / "carriers" / "reponses-juin-2025.hl7"
    files = [gazelle / "faux-doctype.xml", gazelle / "imagerie-v1.xml", answers]
    headers = list(header_batches(batches(files)))
    chain, apart = rows(chain_batches(headers))
    assert [one["path"] for one in chain["documents"]] == [str(files[1])]
    (finding,) = apart["findings"]
    assert (apart["chain"], finding["documents"]) == (None, [{"path": str(files[0]), "id": None}])
    assert finding["line"] == 2
    assert [row["statement"] for row in rows(headers)] == [False, False, True, True, True, True]


def test_a_name_of_another_encoding_is_in_a_row(gazelle):
    data = (gazelle / "imagerie-v1.xml").read_bytes()
    other = data.replace(b"<title>", b"<title>Autre ")
    contents = {"caf\udce9.xml": data, "caf\udce9-autre.xml": other}
    read = [
        replace(next(read_all(content)), file=name, digest=name)
        for name, content in contents.items()
    ]
    table = pa.RecordBatch.from_pylist([header_row(one, None) for one in read], HEADERS)
    found = rows(chain_batches([table]))
    paths = [one["path"] for row in found for one in row["documents"]]
    told = [one["path"] for row in found for f in row["findings"] for one in f["documents"]]
    assert "caf\\udce9.xml" in paths
    assert "caf\\udce9.xml" in told
