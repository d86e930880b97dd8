"""Version numbers have no bound, an unreadable one is said so, and links are not said twice."""

import pytest
from documents import document
from headers import doc, oid

from cda_tools import read
from cda_tools.chains import Status, build
from cda_tools.chains.intake import IntakeAction, decide
from cda_tools.chains.storing import MemoryStore
from cda_tools.model.header import ParentDocument

BIG = 20250513164500


@pytest.mark.parametrize("version", [7, 2025051301, BIG, 10**30, 10**200])
def test_a_version_of_any_size_is_read_and_orders_its_chain(version: int) -> None:
    header = read(document(version=f'<versionNumber value="{version}"/>')).header
    assert header is not None
    assert header.version == version
    older = doc("b", set_id="s", version=version)
    newer = doc("a", set_id="s", version=version + 1)
    (chain,) = build([newer, older]).chains
    assert [one.version for one in chain.documents] == [version, version + 1]
    assert [one.status for one in chain.documents] == [Status.SUPERSEDED, Status.CURRENT]


@pytest.mark.parametrize("value", ["", "V2", "1.0", "9" * 100_000, "²"])
def test_what_is_no_version_is_none(value: str) -> None:
    header = read(document(version=f'<versionNumber value="{value}"/>')).header
    assert header is not None
    assert header.version is None


def test_an_older_version_of_many_digits_does_not_become_current() -> None:
    store = MemoryStore([doc("a", set_id="s", version=BIG + 1_000_000)])
    decision = decide(store, doc("b", set_id="s", version=BIG))
    assert (decision.action, decision.becomes_current) == (IntakeAction.STORE, False)
    assert f"Version {BIG} d'un setId connu" in decision.reason
    same = decide(store, doc("c", set_id="s", version=BIG + 1_000_000))
    assert same.action is IntakeAction.REJECT


def test_a_version_that_cannot_be_read_is_never_shown_as_none() -> None:
    store = MemoryStore([doc("a", set_id="s", version=1)])
    decision = decide(store, doc("b", set_id="s", replaces="a"))
    assert "None" not in decision.reason
    assert "versionNumber absent ou illisible" in decision.reason


def test_a_version_that_keeps_its_predecessor_s_id_is_never_a_line_of_its_own() -> None:
    first = doc("a", set_id="s", version=1)
    for others in (
        [doc("a", path="b.xml", set_id="s", version=2, replaces="a", digest="x")],
        [
            doc("b", set_id="s", version=2, replaces="a"),
            doc("a", path="c.xml", set_id="s", version=3, replaces="b", digest="x"),
        ],
    ):
        found = {one.finding.rule for one in build([first, *others]).all_findings}
        assert "CHN-08" in found
        assert found & {"CHN-03", "CHN-04"}


def many(name: str, *parents: str) -> object:
    related = tuple(ParentDocument("RPLC", oid(one)) for one in parents)
    return doc(name, related=related)


def test_a_link_that_another_already_says_makes_no_fork() -> None:
    documents = [doc("a"), many("b", "a"), many("c", "b", "a"), many("d", "a", "b", "c")]
    (chain,) = build(documents).chains  # type: ignore[arg-type]
    assert {one.finding.rule for one in chain.findings} == {"CHN-19"}
    assert [(link.newer, link.older) for link in chain.links] == [(1, 0), (2, 1), (3, 2)]


def test_a_true_fork_and_a_loop_are_still_told() -> None:
    fork = [doc("a"), many("b", "a"), many("c", "a"), many("d", "b", "a")]
    assert "CHN-02" in {one.finding.rule for one in build(fork).all_findings}  # type: ignore[arg-type]
    loop = [many("a", "c"), many("b", "a"), many("c", "b", "a")]
    assert "CHN-03" in {one.finding.rule for one in build(loop).all_findings}  # type: ignore[arg-type]


def test_many_links_far_back_cost_no_time() -> None:
    documents = [doc("v0"), many("v1", "v0")]
    documents += [many(f"v{n}", f"v{n - 1}", "v0") for n in range(2, 3000)]  # type: ignore[misc]
    (chain,) = build(documents).chains  # type: ignore[arg-type]
    assert chain.current == oid("v2999")
