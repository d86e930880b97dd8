"""Whatever the answers: their order means nothing, and less of them is never more certain."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from visits import LOTS, NOW, OURS, THEIRS, exchange, listed, local, member, replaces

from cda_tools.dmp import Comparison, Exchange, Memory, Remembered, State, compare
from cda_tools.dmp.memory import from_json, to_json
from cda_tools.dmp.queries import Asking, next_queries
from cda_tools.model.carriage import Availability
from cda_tools.model.document import Document
from cda_tools.model.registry import ResponseStatus, Role

NAMES = [str(number) for number in range(1, 8)]
names = st.sampled_from(NAMES)
entries = st.builds(
    listed,
    names,
    st.integers(1, 3),
    st.sampled_from([None, *Availability]),
    st.sampled_from([("N",), ("N", "MASQUE_PS"), ("N", "INVISIBLE_PATIENT")]),
    st.sampled_from([(OURS,), (THEIRS,), (OURS, THEIRS), ()]),
)
ids = st.builds(lambda name, version: f"{name}-{version}", names, st.integers(1, 3))
links = st.one_of(
    st.builds(replaces, ids, ids, st.sampled_from(["RPLC", "XFRM_RPLC", "XFRM", "APND"])),
    st.builds(member, ids, st.sampled_from(LOTS), original=st.booleans()),
)
statuses = st.sampled_from(list(ResponseStatus))


def unique(found: list[Any]) -> list[Any]:
    """Return entries of different ids: a registry has one for each."""
    seen: dict[str, Any] = {}
    for one in found:
        seen.setdefault(one.context.registry.entry_uuid, one)
    return list(seen.values())


@st.composite
def visits(draw: st.DrawFn) -> list[Exchange]:
    """Draw answers of all roles over one state of the registry."""
    registry = unique(draw(st.lists(entries, max_size=9)))
    some = st.lists(st.sampled_from(registry), unique_by=id) if registry else st.just([])
    relations = draw(st.lists(links, max_size=7))
    found = []
    for role in draw(st.lists(st.sampled_from([None, *Role]), max_size=5)):
        documents = draw(some) if role not in (Role.FIND_SUBMISSION_SETS,) else []
        kept = [one for one in relations if draw(st.booleans())]
        found.append(
            exchange(
                role,
                *documents,
                sets=LOTS if role is Role.FIND_SUBMISSION_SETS else (),
                links=kept if role is not Role.FIND_DOCUMENTS else (),
                status=draw(statuses),
            )
        )
    return found


remembered = st.builds(
    lambda name, codes, by: Remembered(
        f"1.2.250.1.999.{name}", f"{name}-1", f"{name}-1", "1", "Approved", codes, by
    ),
    names,
    st.sampled_from([(), ("N",), ("N", "MASQUE_PS")]),
    st.lists(names.map(lambda name: f"1.2.250.1.999.{name}"), max_size=2).map(tuple),
)
memories = st.builds(
    Memory,
    st.sampled_from([None, "20260302081500"]),
    st.lists(remembered, unique_by=lambda one: one.unique_id, max_size=4).map(tuple),
)
RECORD: list[Document] = [local(name) for name in NAMES[:5]]


def run(exchanges: list[Exchange], memory: Memory, record: list[Document] = RECORD) -> Comparison:
    return compare(record, exchanges, own_structures=[OURS], memory=memory, now=NOW)


def told(result: Comparison) -> dict[str, Any]:
    """Return what the user sees, by document."""
    return {
        "documents": {
            one.document.path: (
                one.state, one.reason, one.hint, one.chain, one.by, one.added, one.removed,
                one.newer and one.newer.header.id, one.choices,
            )
            for one in result.documents
        },
        "new": [one.unique_id for one in result.new],
        "replacing": [one.unique_id for one in result.replacing],
        "absent": [one.unique_id for one in result.absent_here],
        "counts": result.counts,
        "not_returned": result.not_returned,
        "complete": result.complete,
        "kept": sorted(result.memory.documents, key=lambda one: one.unique_id),
        "date": result.memory.date,
    }  # fmt: skip


@settings(max_examples=60)
@given(visits(), memories, st.randoms(use_true_random=False))
def test_order_means_nothing(exchanges: list[Exchange], memory: Memory, random: Any) -> None:
    shuffled = []
    for one in exchanges:
        answer = one.answer
        documents, associations = list(answer.documents), list(answer.associations)
        sets = list(answer.sets)
        for each in (documents, associations, sets):
            random.shuffle(each)
        answer = replace(answer, documents=tuple(documents), associations=tuple(associations),
                         sets=tuple(sets))  # fmt: skip
        shuffled.append(replace(one, answer=answer))
    record = list(RECORD)
    random.shuffle(shuffled)
    random.shuffle(record)
    rows = list(memory.documents)
    random.shuffle(rows)
    other = Memory(memory.date, tuple(rows))
    assert told(run(shuffled, other, record)) == told(run(exchanges, memory))


CERTAIN = frozenset({State.NO_LONGER_LISTED, State.NOT_LISTED, State.NEVER_LISTED})


@settings(max_examples=60)
@given(visits(), memories)
def test_removal_is_offered_only_on_a_whole_list_that_has_documents(
    exchanges: list[Exchange], memory: Memory
) -> None:
    result = run(exchanges, memory)
    whole = [one for one in exchanges if one.role is Role.FIND_DOCUMENTS and one.whole]
    lists = [one for one in whole if one.documents]
    for one in result.documents:
        if one.state in CERTAIN:
            assert lists
            assert one.document.header.id not in {entry.header.id for entry in _there(exchanges)}


def _there(exchanges: list[Exchange]) -> list[Document]:
    """Return the entries that say that their document is there and that none of a later number
    of the same lid follows: what an older version of the metadata said gives way."""
    entries = [entry for each in exchanges for entry in each.documents]
    last: dict[str, int] = {}
    for entry in entries:
        registry = entry.context.registry  # type: ignore[union-attr]
        last[registry.logical_id] = max(last.get(registry.logical_id, 0), int(registry.version))
    return [
        entry
        for entry in entries
        if (registry := entry.context.registry).availability  # type: ignore[union-attr]
        not in (Availability.DELETED, Availability.DEPRECATED)
        and int(registry.version) == last[registry.logical_id]
    ]


@settings(max_examples=60)
@given(visits(), memories, st.data())
def test_a_failed_answer_only_lowers_certainty(
    exchanges: list[Exchange], memory: Memory, data: st.DataObject
) -> None:
    before = run(exchanges, memory)
    role = data.draw(st.sampled_from([None, *Role]))
    failed = exchange(role, status=ResponseStatus.FAILURE)
    after = run([*exchanges, failed], memory)
    for old, new in zip(before.documents, after.documents, strict=True):
        assert new.state in (old.state, State.UNKNOWN)
    assert not (after.complete and not before.complete)
    assert after.memory.date in (before.memory.date, memory.date)
    for old_count, new_count in ((before.counts.listed, after.counts.listed),):
        assert new_count.ux15 in (old_count.ux15, None)


@settings(max_examples=60)
@given(visits(), memories, st.data())
def test_failing_an_answer_of_a_visit_makes_no_new_absence(
    exchanges: list[Exchange], memory: Memory, data: st.DataObject
) -> None:
    if not exchanges:
        return
    number = data.draw(st.integers(0, len(exchanges) - 1))
    one = exchanges[number]
    answer = replace(
        one.answer, status=ResponseStatus.FAILURE, documents=(), associations=(), sets=(),
        complete=False,
    )  # fmt: skip
    failed = [*exchanges[:number], replace(one, answer=answer), *exchanges[number + 1 :]]
    before, after = run(exchanges, memory), run(failed, memory)
    for old, new in zip(before.documents, after.documents, strict=True):
        if new.state in CERTAIN and old.state is State.UNKNOWN:
            assert one.role not in (Role.FIND_DOCUMENTS,), (old, new)


@settings(max_examples=60)
@given(visits(), memories)
def test_what_is_kept_comes_back_and_queries_can_be_told(
    exchanges: list[Exchange], memory: Memory
) -> None:
    result = run(exchanges, memory)
    assert from_json(to_json(result.memory)) == result.memory
    assert result.memory.date in (memory.date, "20260414073000")
    for query in next_queries(result.progress, result.documents, Asking(NOW)):
        assert "{INS}" in dict(query.parameters).get("$XDSDocumentEntryPatientId", "{INS}")
        assert all(value for _, value in query.parameters)
