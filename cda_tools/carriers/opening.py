"""Tells the kinds of carriers apart by content, never by name."""

from collections.abc import Iterator
from pathlib import Path

from cda_tools.carriers.base import Carried


def open_path(path: Path) -> Iterator[Carried]:
    """Yield the documents that a file carries; raise InputError where it cannot be read."""
    yield Carried(path=str(path), carrier="cda", source=path)


def open_bytes(data: bytes, path: str) -> Iterator[Carried]:
    """Yield the documents that ``data`` carries; ``path`` names them in findings."""
    yield Carried(path=path, carrier="cda", source=data)
