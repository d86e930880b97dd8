"""What a chain says of itself: current version, evidence, order, lines."""

import gc
from dataclasses import replace

import pytest
from headers import doc, message, oid

from cda_tools.chains import Evidence, Status, build
from cda_tools.model.carriage import Action
from cda_tools.model.document import Document
from cda_tools.model.header import Header
from cda_tools.model.timestamp import Timestamp


def only(*documents):
    (chain,) = build(documents).chains
    return chain


def statuses(chain):
    return {one.path.removesuffix(".xml"): one.status.value for one in chain.documents}


def test_a_document_alone_is_a_chain_of_one():
    chain = only(doc("a"))
    assert (chain.by, chain.current, chain.links) == ("relatedDocument", oid("a"), ())


@pytest.mark.parametrize(
    ("documents", "by", "evidence"),
    [
        ([doc("a"), doc("b", replaces="a")], "relatedDocument", Evidence.RELATED_DOCUMENT),
        (
            [doc("a", set_id="s", version=1), doc("b", set_id="s", version=2)],
            "setId",
            Evidence.SET_ID,
        ),
        (
            [doc("a", set_id="s", version=1), doc("b", set_id="s", version=2, replaces="a")],
            "both",
            Evidence.RELATED_DOCUMENT,
        ),
        (
            [doc("a"), doc("b", context=message(Action.REPLACE, parent="a"))],
            "relatedDocument",
            Evidence.CARRIER,
        ),
        (
            [doc("a"), doc("b", set_id="s", version=1, replaces="a")],
            "relatedDocument",
            Evidence.RELATED_DOCUMENT,
        ),
    ],
)
def test_what_holds_a_chain_together(documents, by, evidence):
    chain = only(*documents)
    assert (chain.by, [link.evidence for link in chain.links]) == (by, [evidence])


@pytest.mark.parametrize(
    ("document", "by"),
    [
        (doc("a", set_id="s"), "setId"),
        (doc("a", replaces="z"), "relatedDocument"),
        (doc("a", set_id="s", version=2, replaces="z"), "both"),
    ],
)
def test_a_chain_of_one_is_by_what_its_document_bears(document, by):
    assert only(document).by == by


def test_the_highest_version_number_is_current():
    chain = only(
        doc("a", version=1), doc("b", version=2, replaces="a"), doc("c", version=3, replaces="a")
    )
    assert chain.current == oid("c")
    assert statuses(chain) == {"a": "superseded", "b": "superseded", "c": "current"}


def test_a_fork_of_equal_versions_has_no_single_current():
    chain = only(
        doc("a", version=1), doc("b", version=2, replaces="a"), doc("c", version=2, replaces="a")
    )
    assert chain.current is None
    assert statuses(chain) == {"a": "superseded", "b": "current", "c": "current"}


def test_a_fork_without_version_numbers_has_no_single_current():
    chain = only(doc("a"), doc("b", replaces="a"), doc("c", replaces="a"))
    assert chain.current is None
    assert [chain.findings[0].finding.rule] == ["CHN-02"]


def test_the_end_of_the_chain_is_current_where_a_version_number_is_missing():
    chain = only(doc("a", version=7), doc("b", replaces="a"))
    assert chain.current == oid("b")


def test_a_late_lower_version_is_not_current():
    chain = only(doc("c", version=3, set_id="s"), doc("b", version=2, set_id="s"))
    assert chain.current == oid("c")
    assert [one.path for one in chain.documents] == ["b.xml", "c.xml"]


def test_a_deleted_document_is_withdrawn_and_nothing_takes_its_place():
    deletion = doc("b", path="d.hl7", replaces="a", context=message(Action.DELETE, parent="b"))
    chain = only(doc("a"), doc("b", replaces="a"), deletion)
    assert chain.current is None
    assert statuses(chain) == {"a": "superseded", "b": "withdrawn", "d.hl7": "withdrawn"}
    assert chain.findings == ()


def test_one_branch_deleted_leaves_the_other():
    deletion = doc("c", path="d.hl7", replaces="a", context=message(Action.DELETE))
    chain = only(doc("a"), doc("b", replaces="a"), doc("c", replaces="a"), deletion)
    assert chain.current == oid("b")


def test_a_deletion_message_alone_is_a_withdrawn_chain():
    chain = only(doc("a", context=message(Action.DELETE)))
    assert (chain.current, chain.documents[0].status) == (None, Status.WITHDRAWN)


def test_a_loop_without_version_numbers_has_no_current():
    chain = only(doc("a", replaces="b"), doc("b", replaces="a"))
    assert chain.current is None
    assert set(statuses(chain).values()) == {"superseded"}


def test_a_reversed_link_is_no_loop_where_version_numbers_say_otherwise():
    # version 1 says that it replaces version 3: setId alone must not close the loop.
    chain = only(
        doc("c", version=3, set_id="s"),
        doc("a", version=1, set_id="s", replaces="c"),
        doc("b", version=2, set_id="s"),
    )
    assert [found.finding.rule for found in chain.findings] == ["CHN-06"]
    assert chain.current == oid("c")


def test_the_same_version_twice_leaves_the_next_one_unlinked():
    chain = only(
        doc("a", version=1, set_id="s"),
        doc("b", version=1, set_id="s"),
        doc("c", version=2, set_id="s"),
    )
    assert chain.links == ()
    assert chain.current == oid("c")
    assert [found.finding.rule for found in chain.findings] == ["CHN-14"]


def test_an_id_given_by_the_message_stands_in_for_the_document_s():
    without = replace(doc("a"), header=replace(doc("a").header, id=None))
    chain = only(replace(without, context=message(Action.NEW, own="a")), doc("b", replaces="a"))
    assert chain.current == oid("b")


def test_a_parent_without_id_and_other_relations_link_nothing():
    header = doc("b", replaces="a").header
    parents = (
        replace(header.related[0], id=None),
        replace(header.related[0], type_code="APND"),
        replace(header.related[0], type_code="XFRM"),
    )
    chains = build([doc("a"), Document("b.xml", header=replace(header, related=parents))])
    assert [len(chain.documents) for chain in chains.chains] == [1, 1]
    assert chains.chains[1].documents[0].transforms == (oid("a"),)


def test_lines_are_asked_for():
    chains = build([doc("a", title="Bilan")], describe=lambda header: f"« {header.title} »")
    assert chains.chains[0].documents[0].line == "« Bilan »"
    assert build([doc("a")]).chains[0].documents[0].line is None


def test_dates_keep_the_precision_they_came_with():
    (version,) = only(doc("a", date="202503")).documents
    assert version.date == Timestamp("202503")
    assert only(doc("a")).documents[0].date is None


def test_documents_without_id_are_chains_of_their_own():
    chains = build([Document(f"{n}.xml", header=Header(), digest=str(n)) for n in range(3)])
    assert [chain.key for chain in chains.chains] == ["0.xml", "1.xml", "2.xml"]
    assert {chain.current for chain in chains.chains} == {None}


def test_nothing_gives_nothing():
    assert build([]).chains == ()
    assert build([]).all_findings == ()


def test_the_collector_is_left_as_it_was():
    gc.disable()
    try:
        build([doc("a")])
        assert not gc.isenabled()
    finally:
        gc.enable()
    build([doc("a")])
    assert gc.isenabled()
