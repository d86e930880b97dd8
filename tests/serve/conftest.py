"""What the tests of the service share: a client, and documents of each verdict."""

from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

import pytest
from service import HANGS, Client


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


def base64(data: bytes) -> str:
    return b64encode(data).decode("ascii")


@pytest.fixture(scope="session")
def documents() -> Documents:
    folder = Path(__file__).resolve().parents[2] / "fixtures" / "gazelle"
    good = (folder / "imagerie-v2.xml").read_bytes()
    bad = (folder / "sans-setid.xml").read_bytes()
    return Documents(good, bad, good + HANGS, good[: len(good) // 2])


@pytest.fixture
def client() -> Client:
    return Client()
