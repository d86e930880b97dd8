"""Moments in UTC, as registries give them, turned to local time for people to read.

Source: CI-SIS, metadata XDS (creationTime, serviceStartTime in UTC, shown in local time).
"""

from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from cda_tools.model.carriage import Context
from cda_tools.model.header import Header
from cda_tools.model.timestamp import Precision, Timestamp

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

FRANCE = "Europe/Paris"
_UTC = "+0000"
_FORMS = {
    Precision.HOUR: "%Y%m%d%H",
    Precision.MINUTE: "%Y%m%d%H%M",
    Precision.SECOND: "%Y%m%d%H%M%S",
}


def for_display(header: Header, context: Context | None, zone: str = FRANCE) -> Header:
    """Return the header with its date in local time, where a registry gave it in UTC."""
    if header.date is None or context is None or context.registry is None:
        return header
    if not header.date.raw.endswith(_UTC):
        return header
    return replace(header, date=in_local_time(header.date, zone))


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
def _zone(name: str) -> "ZoneInfo":
    from zoneinfo import ZoneInfo  # noqa: PLC0415  a line from a CDA needs no zone

    return ZoneInfo(name)
