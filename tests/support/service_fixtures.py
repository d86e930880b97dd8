"""What the tests of the service share: a client, and documents of each verdict."""

from dataclasses import dataclass
from pathlib import Path

import pytest

HANGS = b"<!--hangs-->"


@dataclass(frozen=True)
class Documents:
    """A document that conforms, one that does not, one that cannot be checked."""

    good: bytes
    bad: bytes
    undefined: bytes
    truncated: bytes
    foreign: bytes = b'<?xml version="1.0"?><Invoice xmlns="urn:example"/>'

    def named(self, name: str) -> bytes:
        return getattr(self, name)


@pytest.fixture(scope="session")
def documents() -> Documents:
    folder = Path(__file__).resolve().parents[2] / "fixtures" / "gazelle"
    good = (folder / "imagerie-v2.xml").read_bytes()
    bad = (folder / "sans-setid.xml").read_bytes()
    return Documents(good, bad, good + HANGS, good[: len(good) // 2])


@pytest.fixture
def client():
    from service import Client  # noqa: PLC0415  only the service's tests need its libraries

    return Client()
