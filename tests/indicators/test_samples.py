"""The counts that were worked out by hand for the samples beside a developer's checkout."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cda_tools import read_all
from cda_tools.indicators import consent, history
from cda_tools.indicators.consent import Decided, Episode
from cda_tools.model.document import Document

SEPTEMBER = {"since": date(2026, 9, 1), "until": date(2026, 9, 30)}
OCTOBER = {"since": date(2026, 10, 1), "until": date(2026, 10, 31)}


def messages(shared: Path, names: str, without: str = "nothing") -> Iterator[Document]:
    for path in sorted((shared / "samples" / "messages-2026").glob(names)):
        if without not in path.name:
            yield from read_all(path, headers=True)


@pytest.mark.parametrize(
    ("without", "expected"),
    [
        ("nothing", (1, 2, 1, 0, 0)),
        ("ack-03", (0, 2, 1, 1, 0)),
        ("ack-06", (1, 2, 0, 1, 0)),
    ],
)
def test_documents_sent(shared: Path, without: str, expected: tuple[int, ...]) -> None:
    result = history(messages(shared, "ack-*.hl7", without), **SEPTEMBER)
    for counts in (result.historical, result.all):
        told = counts.to_dict()
        assert tuple(told[name] for name in list(told)[:5]) == expected
        assert told["success_by_type"] == ({"11488-4": 1} if expected[0] else {})
    assert result.orphans == 0


def told(one: Decided) -> str:
    both = ((one.feeding.value, one.feeding), (one.consultation.value, one.consultation))
    return "/".join(f"{value or 'unknown'}{'*' if of.inherited else ''}" for value, of in both)


@pytest.mark.parametrize("name", ["venue", "dossier", "unit", "patient"])
def test_consents(shared: Path, name: str) -> None:
    file = shared / "samples" / "messages-2026" / "consent-expected.json"
    expected = json.loads(file.read_text("utf-8"))["expected"][name]
    episode = Episode("visit" if name == "venue" else name)
    result = consent(messages(shared, "consent-*.hl7"), episode=episode, **OCTOBER)
    feeding, use = result.result.feeding, result.result.consultation
    assert {
        "visits": result.visits,
        **{f"feed_{code}": count for code, count in feeding.values.items()},
        **{f"use_{code}": count for code, count in use.values.items()},
        "feed_inherited": feeding.inherited,
        "use_inherited": use.inherited,
        "detail": {one.visit: told(one) for one in result.list},
    } == expected


@pytest.mark.parametrize(
    ("without", "visits", "visit", "decided"),
    [
        ("consent-12", 6, "V26-0007", "INO/unknown"),
        ("consent-08", 6, "V26-0006", "IO/unknown"),
        ("consent-06", 7, "V26-0005", "INO/IC"),
    ],
)
def test_consents_without_one_of_the_messages(
    shared: Path, without: str, visits: int, visit: str, decided: str
) -> None:
    items = messages(shared, "consent-*.hl7", without)
    result = consent(items, episode=Episode.PATIENT, **OCTOBER)
    assert result.visits == visits
    assert {one.visit: told(one) for one in result.list}[visit] == decided


def test_a_document_and_its_message_count_once_in_either_order(shared: Path) -> None:
    folder = shared / "cases" / "corpora" / "history-order"
    files = [folder / "a-document.xml", folder / "b-message.hl7"]
    for paths in (files, files[::-1], files[1:]):
        items = (document for path in paths for document in read_all(path, headers=True))
        result = history(items)
        assert (result.historical.sent, len(result.documents)) == (1, 1)
