"""The scenario of ../shared/samples/dmp-2026, state by state, in any order, with other prefixes."""

import json
import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cda_tools.carriers import open_path
from cda_tools.carriers.xds import read_message
from cda_tools.dmp import Comparison, Memory, compare, pair
from cda_tools.dmp.memory import from_json, read_memory, to_json
from cda_tools.dmp.queries import Asking, Query, next_queries
from cda_tools.document import read_carried_header
from cda_tools.model.document import Document
from cda_tools.model.header import Identifier
from cda_tools.model.registry import RegistryAnswer, Request, Role

VISITS = ("visit-1", "visit-2", "visit-2-degraded")
_ROOT = "1.2.250.1.213.1.4.10"
_OBJECT = re.compile(r"<rim:(ExtrinsicObject|RegistryPackage|Association)\b.*?</rim:\1>", re.DOTALL)


@pytest.fixture
def folder(shared: Path) -> Path:
    return shared / "samples" / "dmp-2026"


@pytest.fixture
def expected(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "expected.json").read_text("utf-8"))
    return told


def visit_of(expected: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in expected["visits"] if one["name"] == name)


def received(paths: list[Path]) -> list[Document]:
    found = []
    for path in paths:
        for carried in open_path(path):
            found.append(read_carried_header(carried))
    return found


def shuffled(text: str, seed: int) -> str:
    """Return the answer with its objects in another order, and other namespace prefixes."""
    start, opening, rest = text.partition("<rim:RegistryObjectList>")
    body, closing, end = rest.partition("</rim:RegistryObjectList>")
    objects = [one.group(0) for one in _OBJECT.finditer(body)]
    random.Random(seed).shuffle(objects)
    text = start + opening + "".join(objects) + closing + end
    for prefix, other in (("rim", "ns7"), ("query", "q")):
        text = re.sub(rf"(?<=[</]){prefix}:", f"{other}:", text)
        text = text.replace(f"xmlns:{prefix}=", f"xmlns:{other}=")
    return text


def messages(
    folder: Path, visit: dict[str, Any], steps: int | None, seed: int | None
) -> Iterator[RegistryAnswer | Request]:
    for query in visit["queries"][:steps]:
        answer = folder / query["answer"]
        text = answer.read_text("utf-8")
        yield read_message((text if seed is None else shuffled(text, seed)).encode(), str(answer))
        request = answer.with_suffix(".request.xml")
        if request.exists():
            yield read_message(request.read_bytes(), str(request))


def now_of(visit: dict[str, Any]) -> datetime:
    return datetime.strptime(visit["now"], "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def run(
    folder: Path,
    expected: dict[str, Any],
    name: str,
    *,
    steps: int | None = None,
    seed: int | None = None,
) -> tuple[Comparison, tuple[Query, ...], dict[str, Any]]:
    visit = visit_of(expected, name)
    local = received([folder / path for path in visit["local"]])
    found = list(messages(folder, visit, steps, seed))
    if seed is not None:
        random.Random(seed).shuffle(found)
        random.Random(seed).shuffle(local)
    memory = read_memory(folder / visit["index_before"]) if visit["index_before"] else Memory()
    now = now_of(visit)
    comparison = compare(
        local,
        pair(
            [one for one in found if isinstance(one, RegistryAnswer)],
            [one for one in found if isinstance(one, Request)],
        ),
        own_structures=expected["our_structures"],
        memory=memory,
        now=now,
    )
    patient = Identifier(_ROOT, expected["patient_ins"])
    asking = Asking(now, patient, show_patient=True)
    queries = next_queries(comparison.progress, comparison.documents, asking)
    return comparison, queries, visit


def unique_ids(versions: Any) -> set[str]:
    return {one.unique_id for one in versions}


@pytest.mark.parametrize("name", VISITS)
@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_states(folder: Path, expected: dict[str, Any], name: str, seed: int | None) -> None:
    comparison, _, visit = run(folder, expected, name, seed=seed)
    assert comparison.complete is visit["complete"]
    compared = {str(one.document.header.id): one for one in comparison.documents}
    assert compared.keys() == {one["unique_id"] for one in visit["documents"]}
    for told in visit["documents"]:
        one = compared[told["unique_id"]]
        assert one.state == told["state"], told["path"]
        if "reason" in told:
            assert one.reason == told["reason"], told["path"]
        if "newer" in told:
            assert one.newer is not None
            assert str(one.newer.header.id) == told["newer"]["unique_id"]
            assert list(one.chain) == told["newer"]["chain"]
        assert one.by == told.get("by")
        assert list(one.added) == told.get("added", [])
        assert list(one.removed) == told.get("removed", [])
        assert list(one.choices) == told.get("choices", [])
        assert one.duplicate_of == told.get("duplicate_of")


@pytest.mark.parametrize("name", VISITS)
@pytest.mark.parametrize("seed", [None, 4])
def test_what_is_new(folder: Path, expected: dict[str, Any], name: str, seed: int | None) -> None:
    comparison, _, visit = run(folder, expected, name, seed=seed)
    for what in ("new", "replacing", "duplicates", "absent_here"):
        if what in visit:
            assert unique_ids(getattr(comparison, what)) == set(visit[what]), what
    if "asked_not_returned" in visit:
        assert list(comparison.not_returned) == visit["asked_not_returned"]
    if "ignored" in visit:
        assert unique_ids(comparison.ignored) == {one["unique_id"] for one in visit["ignored"]}


@pytest.mark.parametrize("name", VISITS)
@pytest.mark.parametrize("seed", [None, 5])
def test_counts(folder: Path, expected: dict[str, Any], name: str, seed: int | None) -> None:
    comparison, _, visit = run(folder, expected, name, seed=seed)
    counts, told = comparison.counts, dict(visit["counts"])
    since = told.pop("since_last_visit", None)
    if since:
        assert counts.since is not None
        assert {name: getattr(counts.since, name) for name in since} == since
        assert not counts.since.at_least
    for name_ in ("absent_here", "absent_here_third_party"):
        if name_ in told:
            assert getattr(counts, name_) == told.pop(name_)
    assert counts.listed.total == told.pop("listed")
    assert {name: getattr(counts.listed, name) for name in told} == told


@pytest.mark.parametrize("name", VISITS)
@pytest.mark.parametrize("seed", [None, 6])
def test_what_is_kept(folder: Path, expected: dict[str, Any], name: str, seed: int | None) -> None:
    comparison, _, visit = run(folder, expected, name, seed=seed)
    kept = to_json(comparison.memory)
    assert from_json(json.loads(json.dumps(kept))) == comparison.memory
    if "index_after" not in visit:
        assert kept["date_appel_dmp"] == visit["date_appel_dmp_after"]
        return
    assert kept["date_appel_dmp"] == visit["index_after"]["date_appel_dmp"]
    replaced = {one.unique_id for one in comparison.memory.documents if one.replaced_by}
    assert replaced == ({"1.2.250.1.999.42.2.21"} if name == "visit-2" else set())
    rows = {one.pop("unique_id"): one for one in kept["documents"]}
    for one in visit["index_after"]["documents"]:
        row = rows.pop(one.pop("unique_id"))
        assert row == one
    assert rows == {}


def as_told(queries: tuple[Query, ...]) -> list[dict[str, Any]]:
    return [{"query": str(one.role), "parameters": dict(one.parameters)} for one in queries]


@pytest.mark.parametrize("name", VISITS)
def test_next_queries(folder: Path, expected: dict[str, Any], name: str) -> None:
    steps = {"next_before": 0, "next_after_1": 1, "next_after_2": 2, "next_after": None}
    for step, number in steps.items():
        _, queries, visit = run(folder, expected, name, steps=number)
        if step not in visit:
            continue
        for one in visit[step]:
            one.pop("why", None)
        assert as_told(queries) == visit[step], step
        assert all(one.on_demand for one in queries) is (step == "next_after")


def single(
    expected: dict[str, Any], folder: Path, case: dict[str, Any], memory: Memory
) -> Comparison:
    path = folder / case["answer"]
    answer = read_message(path.read_bytes(), str(path))
    assert isinstance(answer, RegistryAnswer)
    return compare(
        received([folder / one for one in case["local"]]),
        pair([answer], default=Role(case["query"])),
        own_structures=expected["our_structures"],
        memory=memory,
        now=datetime(2026, 4, 14, 7, 30, tzinfo=UTC),
    )


def test_one_answer_alone(folder: Path, expected: dict[str, Any]) -> None:
    memory = read_memory(folder / "visit-2" / "index-before.json")
    for case in expected["single_answers"]:
        result = single(expected, folder, case, memory)
        states = {str(one.state) for one in result.documents}
        for rule in ("never", "never_any", "never_any_either"):
            assert case.get(rule) not in states, case
        if "state" in case:
            assert states == {case["state"]}, case
            result = single(expected, folder, case, Memory())
            assert {one.state for one in result.documents} == {case["state_without_index"]}
        if "state_all" in case:
            assert states == {case["state_all"]}, case
        if "ux15" in case:
            assert result.counts.listed.ux15 == case["ux15"]
        (exchange,) = result.progress.exchanges
        for what in ("documents", "sets", "associations"):
            if what in case:
                assert len(getattr(exchange.answer, what)) == case[what]
        if "truncated" in case:
            assert exchange.whole is not case["truncated"]


def test_what_is_no_list_lists_nothing(folder: Path, expected: dict[str, Any]) -> None:
    local = received([folder / "local" / "lettre-cardiologie.xml"])
    for name in expected["not_lists"]:
        path = folder / name
        answer = read_message(path.read_bytes(), str(path))
        assert isinstance(answer, RegistryAnswer)
        result = compare(local, pair([answer], told={str(path): Role.FIND_DOCUMENTS}))
        assert not result.complete
        assert [one.state for one in result.documents] == ["unknown"]
        rules = [one.rule for one in (*result.findings, *answer.findings)]
        assert rules == (["XDS-14"] if "fault" in name else ["XDS-02"])
