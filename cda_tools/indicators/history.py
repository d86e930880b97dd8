"""The indicator of historical documents sent to the DMP over a period.

A document is historical where the day of its creation (effectiveTime) or of its signature
(legalAuthenticator/time) is before the day it was sent, and at most five years before it. Days
are those written in the document, in local time; the day five years before is counted in; five
years before 29 February is 28 February. Source: indicators of Ségur vague 2 (15/01/2021 sent on
10/06/2025 counts).
"""

import calendar
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cda_tools.model.carriage import Action, Place
from cda_tools.model.document import Document, Known, known
from cda_tools.model.identifiers import key
from cda_tools.model.localtime import in_local_time
from cda_tools.model.timestamp import Precision, Timestamp

YEARS = 5
_SENT_TO_DMP = "DESTDMP"
_UTC = "+0000"


class Verdict(StrEnum):
    """What a document is for the indicator; UNDETERMINED asks someone to look."""

    HISTORICAL = "historical"
    RECENT = "recent"
    UNDETERMINED = "undetermined"
    NOT_SENT = "not-sent"


class Reason(StrEnum):
    """Why a document is undetermined, or was not sent to the DMP."""

    NO_SENDING_DATE = "no-sending-date"
    NO_DATE = "no-date"
    PARTIAL_DATE = "partial-date"
    DELETION = "deletion"
    NOT_FOR_DMP = "not-for-dmp"
    RECEIVED = "received"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Judged:
    """A document of the period; ``sent``: the day it was sent, None where that is not known."""

    document: Known
    verdict: Verdict
    reason: Reason | None = None
    sent: date | None = None


@dataclass(frozen=True, slots=True)
class TypeCount:
    """How many historical documents of one type; ``code`` is None for documents without type."""

    code: str | None
    system: str | None
    label: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Indicator:
    """Documents sent from ``first`` to ``last`` (both included; None: no bound)."""

    first: date | None
    last: date | None
    documents: tuple[Judged, ...]

    @property
    def total(self) -> int:
        """Return the number of historical documents."""
        return sum(one.verdict is Verdict.HISTORICAL for one in self.documents)

    @property
    def by_type(self) -> tuple[TypeCount, ...]:
        """Return the historical documents counted by type, most first, then by code."""
        counts: Counter[tuple[str | None, str | None]] = Counter()
        labels: dict[tuple[str | None, str | None], str | None] = {}
        for one in self.documents:
            if one.verdict is Verdict.HISTORICAL:
                kind = one.document.header.type
                code = (kind.code, kind.system) if kind else (None, None)
                counts[code] += 1
                labels[code] = labels.get(code) or (kind.display_name if kind else None)
        rows = [TypeCount(*code, labels[code], count) for code, count in counts.items()]
        return tuple(sorted(rows, key=lambda row: (-row.count, row.code or "", row.system or "")))


def indicator(
    documents: Iterable[Document],
    *,
    sent: date | None = None,
    first: date | None = None,
    last: date | None = None,
) -> Indicator:
    """Judge the documents sent in a period.

    ``sent``: the day for documents whose carrier does not tell it. A document outside of the
    period is left out; one whose day of sending is unknown is UNDETERMINED. The same id sent
    again counts once; deletions, what was not meant for the DMP, and what came from the DMP or
    by MSSanté, do not count.
    """
    judged = []
    counted: set[str] = set()
    for document in known(documents):
        day = _sent(document) or sent
        if day is not None and ((first and day < first) or (last and day > last)):
            continue
        one = _judged(document, day)
        if one.verdict is not Verdict.NOT_SENT and document.header.id:
            name = key(document.header.id)
            if name in counted:
                one = Judged(document, Verdict.NOT_SENT, Reason.TWICE, day)
            counted.add(name)
        judged.append(one)
    return Indicator(first, last, tuple(judged))


def _judged(document: Known, sent: date | None) -> Judged:
    if reason := _not_sent(document):
        return Judged(document, Verdict.NOT_SENT, reason, sent)
    if sent is None:
        return Judged(document, Verdict.UNDETERMINED, Reason.NO_SENDING_DATE)
    signature = document.header.legal_authenticator
    dates = (document.header.date, signature.time if signature else None)
    known = [days for one in dates if one and (days := _days(_local(one, document)))]
    if not known:
        return Judged(document, Verdict.UNDETERMINED, Reason.NO_DATE, sent)
    answers = [_within(days, sent) for days in known]
    if True in answers:
        return Judged(document, Verdict.HISTORICAL, None, sent)
    if None in answers:
        return Judged(document, Verdict.UNDETERMINED, Reason.PARTIAL_DATE, sent)
    return Judged(document, Verdict.RECENT, None, sent)


def _not_sent(document: Known) -> Reason | None:
    context = document.context
    if context and context.action is Action.DELETE:
        return Reason.DELETION
    if context and dict(context.flags).get(_SENT_TO_DMP) == "N":
        return Reason.NOT_FOR_DMP
    if context and context.place in (Place.DMP, Place.MSSANTE):
        return Reason.RECEIVED
    return None


def is_historical(day: date, sent: date) -> bool:
    """Tell whether a day is before the day of sending and at most five years before it.

    >>> is_historical(date(2021, 1, 15), date(2025, 6, 10))
    True
    """
    return five_years_before(sent) <= day < sent


def five_years_before(day: date) -> date:
    """Return the same day five years earlier; 28 February for 29 February.

    >>> five_years_before(date(2024, 2, 29))
    datetime.date(2019, 2, 28)
    """
    # The calendar of years before the first five has no such day: the first day there is.
    year = max(day.year - YEARS, 1)
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


def _within(days: tuple[date, date], sent: date) -> bool | None:
    """Judge a day known to lie between two; None where it depends on which one it was."""
    earliest, latest = days
    if earliest >= sent or latest < five_years_before(sent):
        return False
    whole = is_historical(earliest, sent) and is_historical(latest, sent)
    return True if whole else None


def _days(timestamp: Timestamp) -> tuple[date, date] | None:
    """Return the first and last day that a timestamp may mean; None where it is no date."""
    moment, precision = timestamp.moment, timestamp.precision
    if moment is None or precision is None:
        return None
    first = moment.date()
    if precision is Precision.YEAR:
        return first, first.replace(month=12, day=31)
    if precision is Precision.MONTH:
        return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return first, first


def _local(timestamp: Timestamp, document: Known) -> Timestamp:
    """Return a registry's UTC time in local time; a document's own is local already."""
    registry = document.context.registry if document.context else None
    if registry is not None and timestamp.raw.endswith(_UTC):
        return in_local_time(timestamp)
    return timestamp


def _sent(document: Known) -> date | None:
    """Return the day of sending that the carrier tells, where it tells a whole day."""
    sent = document.context.sent if document.context else None
    days = _days(_local(sent, document)) if sent else None
    return days[0] if days and days[1] - days[0] < timedelta(days=1) else None
