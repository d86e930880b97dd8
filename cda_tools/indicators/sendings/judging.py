"""The documents of a period, judged from the rows of their sendings and of the answers."""

import os
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from cda_tools.indicators.remarks import Remarks
from cda_tools.indicators.sendings import matching
from cda_tools.indicators.sendings.gathering import Gathering
from cda_tools.indicators.sendings.historical import Days, historical
from cda_tools.indicators.sendings.sent import Left, SentDocument
from cda_tools.indicators.sendings.states import Decision, Reply, State, Try, decide
from cda_tools.indicators.store import Store
from cda_tools.model.messages import AnswerKind
from cda_tools.text import without_ins


def find_answers(store: Store, remarks: Remarks) -> int:
    """Fill the table of replies; return the number of answers to nothing known."""
    orphans = 0
    # Where nothing was sent, all answers are orphans: one thing to say, and the count says it.
    anything_sent = any(store.rows("SELECT 1 FROM sending WHERE tracked LIMIT 1"))
    for by_sender in (True, False):
        for one in matching.match(_sendings(store, by_sender), _answers(store, by_sender)):
            kind, value, last, code, about = one.content
            if isinstance(one, matching.Orphan):
                orphans += 1
                if anything_sent:
                    remarks.say("HIS-01", about or "?")
            elif kind not in _COUNTING:
                continue
            elif isinstance(one, matching.Ambiguous):
                remarks.say("HIS-02", about)
            else:
                business = kind == AnswerKind.DMP.value
                store.add("reply", (one.row, business, value, last, code, one.doubtful))
    store.run(
        "CREATE INDEX reply_sent ON reply (sent)",
        "CREATE TABLE paired AS SELECT digest FROM sending WHERE digest <> ''"
        " GROUP BY digest HAVING count(DISTINCT doc) > 1",
        "CREATE UNIQUE INDEX paired_digest ON paired (digest)",
    )
    return orphans


_COUNTING = frozenset({AnswerKind.TECHNICAL.value, AnswerKind.DMP.value})


def _sendings(store: Store, by_sender: bool) -> Iterator[matching.Sent]:
    columns = "control, app, facility" if by_sender else "control"
    query = (
        f"SELECT {columns}, first, digest, doc, row FROM sending WHERE tracked"
        f" ORDER BY {columns}, first, digest, doc"
    )
    for *named, first, digest, document, row in store.rows(query):
        yield matching.Sent(tuple(named), first, digest, document, row)


def _answers(store: Store, by_sender: bool) -> Iterator[matching.Said]:
    columns = "about, app, facility" if by_sender else "about"
    addressed = "" if by_sender else "NOT "
    query = (
        f"SELECT DISTINCT {columns}, last, kind, value, code, digest FROM answer"
        f" WHERE {addressed}(app <> '' OR facility <> '')"
        f" ORDER BY {columns}, last, kind, value, code, digest"
    )
    for *named, last, kind, value, code, _ in store.rows(query):
        content = (kind, value, last, code, named[0])
        yield matching.Said(tuple(named), last, (kind, value == "Y"), content)


_JUDGING = """
SELECT doc, row, id, control, sending.code, asked, deletion, day, a, b, c, d, path, masking,
    tracked, paired.digest IS NOT NULL, business, reply.value, reply.last, reply.code, doubtful
FROM sending LEFT JOIN paired ON paired.digest = sending.digest
    LEFT JOIN reply ON reply.sent = sending.row
ORDER BY doc, first, control, sending.digest, path, asked, deletion, masking, sending.code, id,
    a, b, c, d, row, last, business, reply.value, reply.code"""


class _Sending(NamedTuple):
    """One row of the store, with the answers to it."""

    id: str | None
    control: str
    code: str | None
    asked: int | None
    deletion: int
    day: int | None
    dates: tuple[Days, ...]
    path: str
    masking: int
    tracked: int
    paired: int
    replies: tuple[Reply, ...]

    @property
    def succeeded(self) -> bool:
        """Tell whether the DMP is known to have said yes to it."""
        return any(one.business and one.value == "Y" and not one.doubtful for one in self.replies)


def judged(
    store: Store, since: date | None, until: date | None, gathering: Gathering
) -> Iterator[SentDocument]:
    """Yield the documents that count in the period; ``gathering`` notes the others."""
    for _, rows in groupby(store.rows(_JUDGING), key=lambda row: row[0]):
        yield from _document(list(_with_replies(rows)), since, until, gathering)


def _with_replies(rows: Iterable[tuple[Any, ...]]) -> Iterator[_Sending]:
    for _, group in groupby(rows, key=lambda row: row[1]):
        same = list(group)
        replies = tuple(
            Reply(bool(business), value, last, code, bool(doubtful))
            for *_, business, value, last, code, doubtful in same
            if business is not None
        )
        identifier, control, code, asked, deletion, day, a, b, c, d = same[0][2:12]
        path, masking, tracked, paired = same[0][12:16]
        dates = tuple(
            (date.fromordinal(first), date.fromordinal(last))
            for first, last in ((a, b), (c, d))
            if first is not None
        )
        yield _Sending(
            identifier,
            control,
            code,
            asked,
            deletion,
            day,
            dates,
            os.fsdecode(path),
            masking,
            tracked,
            paired,
            replies,
        )


def _document(
    rows: list[_Sending], since: date | None, until: date | None, gathering: Gathering
) -> Iterator[SentDocument]:
    """Yield the document that these are the sendings of, if it counts in the period."""
    remarks = gathering.remarks
    # A file of the document itself adds nothing to the messages that carried it.
    rows = [row for row in rows if row.tracked] or rows[:1]
    tries = [row for row in rows if not row.deletion and row.asked != 0]
    for row in rows:
        if row.asked == 0 and not row.deletion and row.succeeded:
            remarks.say("HIS-03", row.control)
    if not tries:
        if any(_within(row.day, since, until) for row in rows):
            left = Left.NOT_FOR_DMP if any(not row.deletion for row in rows) else Left.DELETION
            gathering.left[left] += 1
        return
    decision = (
        decide([Try(row.asked == 1 or None, row.replies) for row in tries])
        if tries[0].tracked
        else Decision(State.UNDETERMINED, 0)
    )
    chosen = tries[decision.decided_by]
    if not _within(chosen.day, since, until):
        return
    success = decision.state is State.SUCCESS
    if success:
        gathering.paired += chosen.paired
        gathering.masking += chosen.masking
        _say_odd_answers(chosen, remarks)
    sent = _day(chosen.day) if chosen.day else None
    dates = chosen.dates or next((row.dates for row in rows if row.dates), ())
    if sent is None:
        remarks.say("HIS-04", chosen.path)
    elif not dates:
        remarks.say("HIS-05", chosen.path)
    if chosen.tracked and chosen.asked is None and not success:
        remarks.say("HIS-06", chosen.control or chosen.path)
    yield SentDocument(
        id=_shown(chosen.id or next((row.id for row in rows if row.id), None)),
        type=_shared(chosen.code or next((row.code for row in rows if row.code), None)),
        state=decision.state,
        sent=sent,
        code=_shared(decision.code),
        historical=historical(dates, sent) if sent else None,
        message=None if success else _shown(chosen.control) or None,
        path=None if success else chosen.path,
    )


@cache
def _day(ordinal: int) -> date:
    """Return a day; a million documents are sent on few."""
    return date.fromordinal(ordinal)


def _shared(code: str | None) -> str | None:
    """Return a code as one object, however many documents have it."""
    return None if code is None else sys.intern(code)


def _shown(identifier: str | None) -> str | None:
    """Return an identifier as it may be shown: some hold the patient's own."""
    return None if identifier is None else without_ins(identifier)


def _within(day: int | None, since: date | None, until: date | None) -> bool:
    """Tell whether a day is in the period; one that is not known may be."""
    if day is None:
        return True
    return (since is None or day >= since.toordinal()) and (
        until is None or day <= until.toordinal()
    )


def _say_odd_answers(chosen: _Sending, remarks: Remarks) -> None:
    """Say that a success has a code of error, or was followed by a failure.

    A failure afterwards is of the same document, sent again, as a rule.
    """
    business = [one for one in chosen.replies if one.business]
    first = next((number for number, one in enumerate(business) if one.value == "Y"), None)
    if first is not None and any(one.value == "N" for one in business[first:]):
        remarks.say("HIS-07", chosen.control)
    if any(one.value == "Y" and one.code for one in business):
        remarks.say("HIS-08", chosen.control)
