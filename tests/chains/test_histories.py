"""Any true history is rebuilt, whatever the order; any corruption is told, and nothing else."""

from collections import Counter

import pytest
from histories import CORRUPTIONS, History, history
from hypothesis import given
from hypothesis import strategies as st

from cda_tools.chains import Chains, Status, build, building


def shuffled(data: st.DataObject, documents: list) -> list:
    return data.draw(st.permutations(documents))


def check_rebuilt(chains: Chains, true: History) -> None:
    """The history is one chain: versions in order, copies beside, the right one current."""
    wanted = {one.path for one in true.everything}
    (chain,) = [c for c in chains.chains if wanted & {one.path for one in c.documents}]
    assert {one.path for one in chain.documents} == wanted
    assert list(dict.fromkeys(one.id for one in chain.documents)) == true.ids
    statuses = {one.id: one.status for one in chain.documents}
    last = Status.WITHDRAWN if true.deletion else Status.CURRENT
    before = dict.fromkeys(true.ids[:-1], Status.SUPERSEDED)
    assert statuses == {**before, true.ids[-1]: last}
    assert chain.current == (None if true.deletion else true.ids[-1])
    links = [(chain.documents[n].id, chain.documents[o].id) for n, o, _ in chain.links]
    assert sorted(links, key=str) == sorted(zip(true.ids[1:], true.ids, strict=False), key=str)


@given(first=history("a"), second=history("b"), third=history("c"), data=st.data())
def test_true_histories_are_rebuilt_whatever_the_order_of_arrival(first, second, third, data):
    everything = [one for each in (first, second, third) for one in each.everything]
    chains = build(shuffled(data, everything))
    for true in (first, second, third):
        check_rebuilt(chains, true)
    assert len(chains.chains) == 3
    # A copy is told, and that is all there is to tell.
    times = Counter(one.header.id for one in everything if "delete" not in one.path)
    told = [one.finding.rule for one in chains.all_findings]
    assert told == ["CHN-09"] * sum(count > 1 for count in times.values())


@pytest.mark.parametrize("name", CORRUPTIONS)
@given(true=history("a", length=4, kinds="1.16"), other=history("b"), data=st.data())
def test_a_corruption_gives_its_finding_and_no_other(name, true, other, data):
    rule, corrupt = CORRUPTIONS[name]
    documents = [*corrupt(true.versions), *other.versions]
    chains = build(shuffled(data, documents))
    assert [one.finding.rule for one in chains.all_findings] == [rule]
    check_rebuilt(chains, History(other.versions))


corrupted = st.sampled_from(sorted(CORRUPTIONS)).flatmap(
    lambda name: history("a", length=4, kinds="1.16").map(
        lambda true: CORRUPTIONS[name][1](true.versions)
    )
)


@given(documents=st.one_of(corrupted, history("a").map(lambda one: one.everything)), data=st.data())
def test_the_result_does_not_depend_on_the_order(documents, data):
    assert build(shuffled(data, documents)) == build(documents)


@given(documents=corrupted)
def test_every_document_is_in_exactly_one_chain(documents):
    chains = build(documents)
    paths = [one.path for chain in chains.chains for one in chain.documents]
    assert sorted(paths) == sorted(one.path for one in documents)
    keys = [chain.key for chain in chains.chains]
    assert len(keys) == len(set(keys))


@given(true=history("a"), other=history("b"))
def test_the_quick_way_gives_what_the_long_way_gives(true, other):
    documents = [*true.everything, *other.everything]
    quick = build(documents)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "straight", lambda _: None)
        assert build(documents) == quick


@given(documents=corrupted)
def test_the_quick_way_is_taken_for_nothing_that_has_a_finding(documents):
    quick = build(documents)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "straight", lambda _: None)
        assert build(documents) == quick
