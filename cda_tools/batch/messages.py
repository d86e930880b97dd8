"""What a worker says to the one that gave it work, and what it is given."""

from dataclasses import dataclass

from cda_tools.batch.work import Result
from cda_tools.carriers.sources import Source


@dataclass(frozen=True, slots=True)
class Task:
    """One file at its place in the batch; ``skip``: its first documents already dealt with."""

    index: int
    source: Source
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Ready:
    """The schemas are compiled: work may come."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A document inside a carrier is about to be read."""

    path: str


@dataclass(frozen=True, slots=True)
class Found:
    """One document is validated; ``last``: the file has no more, and is done."""

    result: Result
    last: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """The file has no more documents."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing can be validated at all: ``message`` is one French line."""

    message: str


Message = Ready | Begun | Found | Done | Refused
