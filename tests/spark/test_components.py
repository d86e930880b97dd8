"""Connected components, against union-find, on graphs made to be hard."""

import random

import pytest
from with_spark import MARKS, session  # noqa: F401

from cda_tools.spark.components import components

pytestmark = MARKS


def wanted(edges):
    above = {}

    def top(one):
        while above.setdefault(one, one) != one:
            one = above[one]
        return one

    for node, key in edges:
        above[top(("n", node))] = top(("k", key))
    groups = {}
    for node, _ in edges:
        groups.setdefault(top(("n", node)), set()).add(node)
    return {frozenset(group) for group in groups.values() if len(group) > 1}


def long_chain():
    """Each document replaces the one before: as far apart as documents can be."""
    numbers = list(range(300))
    random.Random(1).shuffle(numbers)
    return [edge for at, node in enumerate(numbers) for edge in ((node, at), (node, at + 1))]


def star():
    """One identifier that all documents bear."""
    return [(node, 0) for node in range(500)] + [(node, node) for node in range(500)]


def scattered():
    """Many small groups, and documents alone."""
    dice = random.Random(2)
    return [(dice.randrange(10**18), dice.randrange(400)) for _ in range(500)]


@pytest.mark.parametrize("edges", [long_chain(), star(), scattered(), []], ids=len)
def test_groups_are_those_of_union_find(session, edges):
    frame = session.createDataFrame(edges, "node long, key long")
    groups = {}
    for row in components(frame).collect():
        groups.setdefault(row["group"], set()).add(row["node"])
    found = {frozenset(group) for group in groups.values()}
    assert found == wanted(edges)
    assert all(least == min(group) for least, group in groups.items())
