"""Moments in UTC, as registries give them, turned to local time for people to read.

Source: CI-SIS, metadata XDS (creationTime, serviceStartTime in UTC, shown in local time).
"""

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from cda_tools.timestamp import Precision, Timestamp

FRANCE = "Europe/Paris"
_FORMS = {
    Precision.HOUR: "%Y%m%d%H",
    Precision.MINUTE: "%Y%m%d%H%M",
    Precision.SECOND: "%Y%m%d%H%M%S",
}


def in_local_time(timestamp: Timestamp, zone: str = FRANCE) -> Timestamp:
    """Return the same moment as clocks of ``zone`` show it, with its offset and precision.

    A date without time, or a time without offset, is returned as it is.
    """
    moment, precision = timestamp.utc, timestamp.precision
    if moment is None or precision is None:
        return timestamp
    try:
        local = moment.astimezone(_zone(zone))
    except OverflowError:
        return timestamp
    return Timestamp(_four_digit_year(local, _FORMS[precision]) + local.strftime("%z")[:5])


def _four_digit_year(moment: datetime, form: str) -> str:
    # Some platforms' strftime leaves the zeros of a year under 1000 out.
    return f"{moment.year:04d}" + moment.strftime(form[2:])


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
