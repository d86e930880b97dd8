"""The consumer's decision: § 3.5.5.10 step by step, then what the text does not foresee."""

import pytest
from headers import ALICE, BOB, NOBODY, doc, message, oid
from histories import history
from hypothesis import given
from hypothesis import strategies as st

from cda_tools.chains import build
from cda_tools.chains.intake import IntakeAction, decide
from cda_tools.chains.storing import MemoryStore
from cda_tools.model.carriage import Action
from cda_tools.model.document import Document
from cda_tools.model.header import Header

ACCEPT, STORE, REJECT = IntakeAction.ACCEPT, IntakeAction.STORE, IntakeAction.REJECT
NEW = (True, [])
V1 = doc("a", set_id="s", version=1)
V2 = doc("b", set_id="s", version=2, replaces="a")
V3 = doc("c", set_id="s", version=3, replaces="b")
OLD1, OLD2 = doc("a"), doc("b", replaces="a")


def decided(store, incoming):
    return decide(MemoryStore(store), incoming)


@pytest.mark.parametrize(
    ("store", "incoming", "action", "outcome", "reason"),
    [
        # 1. the same id is stored
        ([V1], V1, REJECT, (False, []), "même id"),
        ([V1], doc("a", digest="other"), REJECT, (False, []), "autre contenu"),
        ([V1], doc("a", patient=BOB), REJECT, (False, []), "autre patient"),
        # 2. no such setId
        ([], V1, ACCEPT, NEW, "setId inconnu"),
        ([V1], doc("z", set_id="t", version=1), ACCEPT, NEW, "setId inconnu"),
        # 3. the same setId and versionNumber
        ([V1], doc("z", set_id="s", version=1), REJECT, (False, []), "déjà la version 1"),
        ([V1, V2], doc("z", set_id="s", version=2), REJECT, (False, []), "déjà la version 2"),
        # 4. another version
        ([V1], V2, STORE, (True, ["a"]), "version 2"),
        ([V1, V2], V3, STORE, (True, ["b"]), "version 3"),
        ([V1], V3, STORE, (True, ["a"]), "version 3"),
        ([V2], V1, STORE, (False, []), "plus élevée"),
        ([V1, V3], V2, STORE, (False, []), "plus élevée"),
        # without setId
        ([], OLD1, ACCEPT, NEW, "sans setId"),
        ([OLD1], OLD2, STORE, (True, ["a"]), "il le remplace"),
        ([OLD2], OLD1, STORE, (False, []), "plus récente"),
        ([], OLD2, ACCEPT, NEW, "n'est pas dans le dépôt"),
        ([OLD1, OLD2], doc("c", replaces="a"), STORE, (False, []), "aucune version en vigueur"),
        ([OLD1], doc("b", context=message(Action.REPLACE, parent="a")), STORE, (True, ["a"]), ""),
        ([OLD1], doc("b", set_id="s", version=1, replaces="a"), STORE, (True, ["a"]), ""),
        # collisions
        ([V1], doc("z", set_id="s", version=1, patient=BOB), ACCEPT, NEW, "autre patient"),
        (
            [V1],
            doc("z", set_id="s", version=2, patient=NOBODY),
            ACCEPT,
            (True, []),
            "rien n'établit",
        ),
        ([OLD1], doc("b", replaces="a", patient=BOB), ACCEPT, NEW, "pour ce patient"),
        # deletions
        ([V1], doc("a", context=message(Action.DELETE)), IntakeAction.WITHDRAW, (False, []), ""),
        ([], doc("a", context=message(Action.DELETE)), REJECT, (False, []), "n'est pas dans"),
        ([V1], doc("a", patient=BOB, context=message(Action.DELETE)), REJECT, (False, []), "autre"),
        # no id
        ([], Document("a.xml", header=Header()), REJECT, (False, []), "sans id"),
    ],
)
def test_decisions(store, incoming, action, outcome, reason):
    becomes_current, supersedes = outcome
    decision = decided(store, incoming)
    assert decision.action is action, decision.reason
    assert decision.becomes_current is becomes_current
    assert decision.supersedes == tuple(map(oid, supersedes))
    assert reason in decision.reason
    assert decided(store[::-1], incoming) == decision


def test_collisions_are_reported():
    rules = [f.finding.rule for f in decided([V1], doc("z", set_id="s", patient=BOB)).findings]
    assert rules == ["CHN-13"]
    rules = [f.finding.rule for f in decided([OLD1, OLD2], doc("c", replaces="a")).findings]
    assert rules == ["CHN-02"]


def test_what_was_wrong_in_the_store_is_not_said_again():
    assert decided([OLD1, OLD2, doc("c", replaces="a")], doc("d", replaces="b")).findings == ()


def test_the_reason_tells_no_identifier_of_a_patient():
    for incoming in (doc("a", patient=BOB), doc("z", set_id="s", patient=BOB)):
        reason = decided([V1], incoming).reason
        assert not any(one.extension in reason for one in (*ALICE.ids, *BOB.ids))


@given(true=history("a"), data=st.data())
def test_a_history_taken_in_one_by_one_gives_the_chain_s_current_version(true, data):
    """Whatever the order: what becomes current last is what the whole chain says is."""
    arriving = data.draw(st.permutations(true.versions))
    store, current = MemoryStore(), set()
    for one in arriving:
        decision = decide(store, one)
        assert decision.action is not REJECT
        store.add(one)
        current -= set(decision.supersedes)
        if decision.becomes_current:
            current.add(one.header.id)
    (chain,) = build(true.versions).chains
    assert chain.current in current
    if len({one.header.set_id for one in true.versions} - {None}) == 1:
        assert current == {chain.current}
    for copy in true.copies:
        assert decide(store, copy).action is REJECT


def test_a_store_beside_another_answers_for_both():
    store = MemoryStore([V2], beside=MemoryStore([V1]))
    assert decide(store, V1).action is REJECT
    assert decide(store, V3).supersedes == (oid("b"),)
