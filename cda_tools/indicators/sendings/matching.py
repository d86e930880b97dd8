"""Which sending an answer means: by control id and sender, never by the file it lies in.

Neither an ACK nor a ZAM says which document it is about: only MSH-10 of the message (MSA-2, OBX-4),
which senders may use twice. An answer means the latest message not later than itself; where
messages of different documents bear the same number, it may mean each of them.
"""

from array import array
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

NEVER = -1
"""The moment of a message that does not say when it was sent: it may be before any answer."""


class Sent(NamedTuple):
    """A document's sending, as much of it as matching needs; sorted by the first four fields.

    ``key``: what an answer names (sender and control id). ``first``: the first second of MSH-7.
    ``row``: its number in the store.
    """

    key: tuple[str, ...]
    first: int
    digest: str
    document: str
    row: int


class Said(NamedTuple):
    """An answer; sorted by ``key`` and ``last``, the last second of its MSH-7.

    ``sort``: answers of one sort are alike for the table of decisions. ``content``: what it says,
    whatever the caller keeps of it.
    """

    key: tuple[str, ...]
    last: int
    sort: tuple[str, bool]
    content: tuple[Any, ...]


class Match(NamedTuple):
    """An answer that means a sending; ``doubtful`` where it may mean another."""

    row: int
    content: tuple[Any, ...]
    doubtful: bool


class Orphan(NamedTuple):
    """An answer to nothing that is known."""

    content: tuple[Any, ...]


class Ambiguous(NamedTuple):
    """An answer that may mean messages of different documents."""

    content: tuple[Any, ...]


Meaning = Match | Orphan | Ambiguous


def match(sent: Iterable[Sent], said: Iterable[Said]) -> Iterator[Meaning]:
    """Yield what each answer means; both inputs are sorted. Nothing is sent, nothing is read."""
    sendings = groupby(sent, key=lambda one: one.key)
    at: tuple[str, ...] = ()  # before any key
    group: Iterator[Sent] = iter(())
    for wanted, answers in groupby(said, key=lambda one: one.key):
        while at < wanted:
            at, group = next(sendings, (_AFTER_ALL, iter(())))
        if at == wanted:
            yield from _of_one_key(group, answers)
        else:
            yield from (Orphan(answer.content) for answer in answers)


_AFTER_ALL = (chr(0x10FFFF),)


def _of_one_key(sendings: Iterator[Sent], answers: Iterator[Said]) -> Iterator[Meaning]:
    before = _Before()
    following = next(sendings, None)
    doubts: dict[tuple[str, bool], tuple[int, Said]] = {}
    for answer in answers:
        while following is not None and following.first <= answer.last:
            before.add(following)
            following = next(sendings, None)
        if not before.rows:
            yield Orphan(answer.content)
        elif before.several:
            yield Ambiguous(answer.content)
            doubts[answer.sort] = (len(before.rows), answer)
        else:
            yield from (Match(row, answer.content, doubtful=False) for row in before.latest)
    for count, answer in doubts.values():
        yield from (Match(row, answer.content, doubtful=True) for row in before.rows[:count])


class _Before:
    """The messages of one key sent before an answer: the latest, and whether they agree."""

    def __init__(self) -> None:
        self.rows = array("q")
        self.latest: list[int] = []
        self._message: tuple[int, str] | None = None
        self._documents: set[str] = set()
        self._first_documents: set[str] | None = None
        self._disagree = False

    @property
    def several(self) -> bool:
        """Tell whether the messages are not all retransmissions of the same documents."""
        return self._disagree or (
            self._first_documents is not None and self._documents != self._first_documents
        )

    def add(self, sent: Sent) -> None:
        """Take the next document in; those of one message follow one another."""
        if self._message != (sent.first, sent.digest):
            if self._message is not None:
                self._disagree = self.several
                if self._first_documents is None:
                    self._first_documents = self._documents
            self._message = (sent.first, sent.digest)
            self._documents, self.latest = set(), []
        self._documents.add(sent.document)
        self.latest.append(sent.row)
        self.rows.append(sent.row)
