"""Whether a document is historical on the day it was sent.

A document is historical where the day of its creation (effectiveTime) or of its signature
(legalAuthenticator/time) is before the day it was sent, and at most five years before it. Days
are those written in the document, in local time; the day five years before is counted in; five
years before 29 February is 28 February. Source: indicators of Ségur vague 2 (15/01/2021 sent on
10/06/2025 counts).
"""

import calendar
from collections.abc import Iterable
from datetime import date

from cda_tools.model.timestamp import Precision, Timestamp

YEARS = 5

Days = tuple[date, date]
"""The first and the last day that a date may mean: ``2021`` is any day of that year."""


def historical(dates: Iterable[Days], sent: date) -> bool | None:
    """Tell whether one of a document's dates makes it historical; None where that is not known.

    Partial dates count where every day that they may mean counts.
    """
    answers = [_within(days, sent) for days in dates]
    if True in answers:
        return True
    return None if None in answers or not answers else False


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


def _within(days: Days, sent: date) -> bool | None:
    """Judge a day known to lie between two; None where it depends on which one it was."""
    earliest, latest = days
    if earliest >= sent or latest < five_years_before(sent):
        return False
    whole = is_historical(earliest, sent) and is_historical(latest, sent)
    return True if whole else None


def days(timestamp: Timestamp | None) -> Days | None:
    """Return the first and last day that a timestamp may mean; None where it is no date."""
    moment = timestamp.moment if timestamp else None
    if timestamp is None or moment is None:
        return None
    first = moment.date()
    if timestamp.precision is Precision.YEAR:
        return first, first.replace(month=12, day=31)
    if timestamp.precision is Precision.MONTH:
        return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return first, first
