from datetime import UTC, datetime

from cda_tools.reports.contracts.verdict import Judged, Outcome
from cda_tools.serve.store import Kept, Store, new_oid


def kept(oid):
    verdict = Judged("a", "1.16", "2025-06", Outcome.PASSED, ())
    return Kept(oid, verdict, datetime.now(UTC), "u", "s", "v")


def test_a_result_is_forgotten_after_its_time():
    now = 0.0
    store = Store(seconds=10, clock=lambda: now)
    store.add(kept("a"))
    now = 9.0
    assert store.get("a").oid == "a"
    now = 10.0
    assert store.get("a") is None


def test_the_oldest_result_leaves_first():
    store = Store(most=2)
    for oid in "abc":
        store.add(kept(oid))
    assert [store.get(oid) is not None for oid in "abc"] == [False, True, True]


def test_an_oid_cannot_be_guessed():
    oids = {new_oid() for _ in range(100)}
    assert len(oids) == 100
    assert all(int(oid.removeprefix("2.25.")) < 2**128 for oid in oids)
