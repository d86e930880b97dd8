"""Decided from the few documents that matter, a decision is what all of them give."""

from collections.abc import Iterable
from typing import Any, cast

import pytest
from headers import ALICE, BOB, LOCAL, NOBODY, doc, ins, local, message, oid
from hypothesis import event, given, settings
from hypothesis import strategies as st

from cda_tools.chains import Chains, building, intake
from cda_tools.chains.entry import mentioned
from cda_tools.chains.intake import IntakeAction, decide
from cda_tools.chains.storing import MemoryStore
from cda_tools.model.carriage import Action
from cda_tools.model.document import Document, Known
from cda_tools.model.header import Identifier, Patient

BOTH = Patient(ids=(*ALICE.ids, *local(1, LOCAL).ids))


class WholeStore(MemoryStore):
    """Looks at all that ids and setIds connect, as the text is understood most simply."""

    def of_id(self, document: Known) -> list[Known]:
        return [one for one in self.concerned(document) if same_id(one, document)]

    def concerned(self, incoming: Known) -> list[Known]:
        found: dict[int, Known] = {}
        asked: set[str] = set()
        keys = set(mentioned(incoming))
        while keys:
            asked |= keys
            found |= {id(one): one for one in self.mentioning(sorted(keys))}
            keys = {name for one in found.values() for name in mentioned(one)} - asked
        return list(found.values())


def same_id(one: Known, other: Known) -> bool:
    return one.header.id is not None and bool(
        {str(one.header.id).removeprefix("urn:oid:")}
        & {str(other.header.id).removeprefix("urn:oid:")}
    )


@st.composite
def histories(draw: st.DrawFn) -> list[Document]:
    """Versions of one document, numbered or not, in any order, with now and then a fault."""
    count = draw(st.integers(2, 28))
    numbered = draw(st.booleans())
    linked = draw(st.sampled_from(["all", "some", "none"] if numbered else ["all"]))
    odd = draw(st.sampled_from([0, 0, 0, 1, 3]))
    faulty = set(draw(st.lists(st.integers(0, count - 1), min_size=odd, max_size=odd)))
    arriving = []
    for number in range(count):
        parent = number - 1
        if linked == "some":
            parent = draw(st.sampled_from([number - 1, number - 1, -1, number - 4, 500 + number]))
        replaces = oid(f"d{parent}") if parent >= 0 and linked != "none" else None
        if replaces and draw(st.integers(0, 9)) == 0:
            replaces = Identifier(f"urn:oid:{replaces.root}")
        fields = {
            "replaces": replaces,
            "set_id": "s" if numbered else None,
            "version": number + draw(st.sampled_from([0, 0, 0, 40])) if numbered else None,
            "date": f"2025{draw(st.integers(1, 12)):02}10101010+0100",
            "patient": draw(st.sampled_from([ALICE, ALICE, ALICE, BOTH])),
        }
        if number in faulty:
            fields |= draw(st.sampled_from(FAULTS))
        arriving.append(doc(f"d{number}", **fields))
    how = draw(st.sampled_from(["as they come", "backwards", "shuffled", "shuffled"]))
    if how == "shuffled":
        return draw(st.permutations(arriving))
    return arriving[::-1] if how == "backwards" else arriving


FAULTS = (
    {"patient": BOB},
    {"patient": NOBODY},
    {"patient": ins(3)},
    {"version": None},
    {"version": 7},
    {"set_id": None},
    {"set_id": "t"},
    {"replaces": "d2"},
    {"replaces": oid("s")},
    {"replaces": oid("d9"), "version": 2},
    {"context": message(Action.DELETE)},
    {"context": message(Action.REPLACE)},
    {"context": message(Action.REPLACE, parent="d1")},
)


@settings(max_examples=40, deadline=None)
@given(arriving=histories(), stored=st.integers(0, 20), indexed=st.booleans())
def test_few_documents_give_the_decision_that_all_give(
    arriving: list[Document], stored: int, indexed: bool
) -> None:
    before, arriving = arriving[:stored], arriving[stored:]
    store = MemoryStore(beside=WholeStore(before)) if indexed else MemoryStore(before)
    whole = WholeStore(before)
    for one in arriving:
        decision = decide(store, one)
        assert decision == decide(whole, one)
        event(decision.action)
        if decision.action in (IntakeAction.ACCEPT, IntakeAction.STORE):
            store.add(one)
            whole.add(one)


def v(name: str, version: int, **fields: Any) -> Document:
    """A version of set ``s``, dated by its number unless told."""
    usual = {"set_id": "s", "version": version, "date": f"2025030{version}"}
    return doc(name, **usual | fields)


ONE, OTHER = local(1), local(2)
ONE_TWO_THREE = [v("a", 1), v("b", 2), v("c", 3)]
# What a decision depends on, beside the documents of the same number or link; by what it is.
MATTERS: dict[str, tuple[list[Document], Document]] = {
    "the next lower number": (ONE_TWO_THREE, v("d", 4)),
    "the next higher number": (ONE_TWO_THREE[1:], v("z", 1)),
    "what the next higher number replaces": (
        [v("a", 1), v("b", 2), v("e", 5, replaces="a", date="20250301")],
        v("d", 4),
    ),
    "what it replaces": (ONE_TWO_THREE, v("e", 5, replaces="a", date="2024")),
    "what replaces it": ([*ONE_TWO_THREE, v("e", 5, replaces="z", date="2024")], v("z", 0)),
    "an unknown patient": (
        [v("a", 1, patient=NOBODY), v("b", 2, patient=NOBODY)],
        v("c", 3, patient=NOBODY, replaces="b"),
    ),
    "another local identifier": (
        [v("a", 1, patient=ONE), v("b", 2, patient=ONE)],
        v("c", 3, patient=OTHER),
    ),
    "another INS": (ONE_TWO_THREE, v("d", 4, patient=BOB)),
    "another patient of the same number": (ONE_TWO_THREE, v("d", 3, patient=BOB)),
    "a patient of that number among others": ([v("a", 1), v("b", 2, patient=BOB)], v("c", 2)),
    "another setId": ([v("a", 1), v("b", 2, set_id="t", replaces="a")], v("c", 3)),
    "a number without setId": ([v("a", 1, set_id=None), v("b", 2, set_id=None)], v("c", 3)),
    "a setId without number": ([v("a", 1), doc("b", set_id="s")], v("c", 2)),
    "two of one number": ([v("a", 1), v("b", 1)], v("c", 2)),
    "copies of one id": (
        [doc("b", replaces="a", date="2024"), doc("b", path="copy.xml", date="2024")],
        doc("a", date="2025"),
    ),
    "a fork": ([doc("a"), doc("b", replaces="a"), doc("c", replaces="a")], doc("d", replaces="b")),
    "two that replace it": ([doc("b", replaces="a"), doc("c", replaces="a")], doc("a")),
    "a number that goes down": (
        [v("i", 9), v("a", 1, replaces="i"), v("d", 4), v("g", 7)],
        v("f", 6, date="2024"),
    ),
    "a number that goes down, heard of late": (
        [v("a", 1, replaces="i"), v("i", 9), v("d", 4), v("g", 7)],
        v("f", 6, date="2024"),
    ),
    "a circle": (
        [doc(f"d{n}", replaces=f"d{n - 1}") for n in range(1, 9)],
        doc("d0", replaces="d8"),
    ),
    "what a message says": (
        [v("a", 1), v("b", 2), v("c", 3, context=message(Action.DELETE))],
        v("z", 0),
    ),
}


@pytest.mark.parametrize(("stored", "incoming"), MATTERS.values(), ids=MATTERS)
def test_what_a_decision_depends_on_is_looked_at(
    stored: list[Document], incoming: Document
) -> None:
    expected = decide(WholeStore(stored), incoming)
    assert decide(MemoryStore(stored), incoming) == expected
    assert decide(MemoryStore(beside=WholeStore(stored)), incoming) == expected


def test_a_number_that_is_taken_is_known_from_one_document() -> None:
    store = MemoryStore(ONE_TWO_THREE)
    (twin,) = store.concerned(cast(Known, v("e", 2)))
    assert twin.header.id == oid("b")
    assert decide(store, v("e", 2)).action is IntakeAction.REJECT


def test_many_versions_cost_as_many_looks_at_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = 0

    def counted(documents: Iterable[Document], **options: Any) -> Chains:
        nonlocal looked
        documents = list(documents)
        looked += len(documents)
        return building.build(documents, **options)

    monkeypatch.setattr(intake, "build", counted)
    numbered = [doc(f"n{n}", set_id="s", version=n + 1) for n in range(300)]
    linked = [doc("l0"), *(doc(f"l{n}", replaces=f"l{n - 1}") for n in range(1, 300))]
    for arriving in (numbered, linked, numbered[::-1], linked[::-1]):
        looked, store = 0, MemoryStore()
        for one in arriving:
            assert decide(store, one).action in (IntakeAction.ACCEPT, IntakeAction.STORE)
            store.add(one)
        assert looked < 10 * len(arriving)
