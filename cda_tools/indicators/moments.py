"""Moments that compare: messages tell them in minutes or seconds, with or without an offset.

A moment without offset is local time; one with an offset is turned into local time. Moments are
seconds on the local clock, counted from the year 1.
"""

import calendar
from datetime import date, datetime
from typing import NamedTuple

from cda_tools.model.timestamp import Precision, Timestamp, in_local_time

_DAY = 86_400
_WIDTHS = {
    Precision.DAY: _DAY,
    Precision.HOUR: 3600,
    Precision.MINUTE: 60,
    Precision.SECOND: 1,
}


class Span(NamedTuple):
    """The first and the last second that a moment may mean, both included."""

    first: int
    last: int

    @property
    def day(self) -> date:
        """Return the local day of its first second."""
        return day_of(self.first)

    @property
    def whole_day(self) -> date | None:
        """Return the day where the moment tells one, None where it is a month or a year."""
        return day_of(self.first) if self.last - self.first < _DAY else None


def day_of(second: int) -> date:
    """Return the day of a second."""
    return date.fromordinal(second // _DAY)


def end_of(day: date) -> int:
    """Return the last second of a day."""
    return (day.toordinal() + 1) * _DAY - 1


def start_of(day: date) -> int:
    """Return the first second of a day."""
    return day.toordinal() * _DAY


def span(timestamp: Timestamp | None) -> Span | None:
    """Return when it was, on the local clock; None where it is no date.

    >>> minute = span(Timestamp("202609101015"))
    >>> minute.last - minute.first, minute.day
    (59, datetime.date(2026, 9, 10))
    """
    if timestamp is None or timestamp.moment is None:
        return None
    local = in_local_time(timestamp) if timestamp.utc else timestamp
    moment, precision = local.moment, local.precision
    if moment is None or precision is None:
        return None
    first = _second(moment)
    return Span(first, first + _width(moment, precision) - 1)


def _second(moment: datetime) -> int:
    return moment.toordinal() * _DAY + moment.hour * 3600 + moment.minute * 60 + moment.second


def _width(moment: datetime, precision: Precision) -> int:
    if precision is Precision.YEAR:
        return (365 + calendar.isleap(moment.year)) * _DAY
    if precision is Precision.MONTH:
        return calendar.monthrange(moment.year, moment.month)[1] * _DAY
    return _WIDTHS[precision]


def second_before(text_day: date, months: int) -> int:
    """Return the first second of the same day so many months before; the month's last if none.

    >>> day_of(second_before(date(2024, 2, 29), 12))
    datetime.date(2023, 2, 28)
    """
    count = text_day.year * 12 + text_day.month - 1 - months
    year, month = max(count // 12, 1), count % 12 + 1
    day = min(text_day.day, calendar.monthrange(year, month)[1])
    return start_of(date(year, month, day))
