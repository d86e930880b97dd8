"""The forms of one identifier are one."""

import pytest

from cda_tools.model.header import Identifier
from cda_tools.model.identifiers import abridges, from_unique_id, key, same

FULL = Identifier("1.2.250.1.999", "A7")


@pytest.mark.parametrize(
    "other",
    [
        FULL,
        Identifier("1.2.250.1.999.A7"),
        Identifier(" urn:oid:1.2.250.1.999", "a7 "),
        Identifier("1.2.250.1.999.a7"),
    ],
)
def test_forms_of_one_identifier_are_the_same(other: Identifier) -> None:
    assert same(FULL, other)
    assert same(other, FULL)


@pytest.mark.parametrize(
    "other",
    [None, Identifier("1.2.250.1.999"), Identifier(None, "A7"), Identifier("1.2.250.1.99.9", "A7")],
)
def test_others_are_not(other: Identifier | None) -> None:
    assert not same(FULL, other)
    assert not same(None, other)


def test_uuids_are_written_in_either_case() -> None:
    uuid = "0F7A2C1E-1111-4222-8333-444455556666"
    assert same(Identifier(uuid), Identifier(f"urn:uuid:{uuid.lower()}"))
    assert key(Identifier(uuid)) == uuid.lower()


@pytest.mark.parametrize(
    ("short", "matches"),
    [
        (Identifier(None, "A7"), True),
        (Identifier("1.2.250.1.999A7"), True),
        (Identifier(None, "7"), False),
        (Identifier("1.2.250.1.999", "A8"), False),
        (Identifier(None, None), False),
    ],
)
def test_what_a_hasty_sender_makes_of_it(short: Identifier, *, matches: bool) -> None:
    assert abridges(short, FULL) is matches


def test_unique_ids() -> None:
    assert from_unique_id("1.2.3^A7") == Identifier("1.2.3", "A7")
    assert from_unique_id(" 1.2.3 ") == Identifier("1.2.3")
    assert from_unique_id("  ") is None
