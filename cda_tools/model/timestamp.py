"""Points in time as CDA writes them, with the precision and offset they came with.

Source: structuration minimale 1.16 § 3.5.7.1; HL7 V3 data type TS
(``AAAA[MM[JJ[hh[mm[ss[.fff]]]]]][±ZZzz]``, local time of the place).
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import IntEnum
from functools import cache, cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

FRANCE = "Europe/Paris"

_FORM = re.compile(
    r"(?P<digits>\d{4}(?:\d{2}){0,5})(?P<fraction>\.\d+)?(?P<zone>[+-]\d{1,4})?", re.ASCII
)
_FIRST = (1, 1, 1, 0, 0, 0)


class Precision(IntEnum):
    """How far a timestamp goes; the values order from coarse to fine."""

    YEAR = 1
    MONTH = 2
    DAY = 3
    HOUR = 4
    MINUTE = 5
    SECOND = 6


@dataclass(frozen=True)
class Timestamp:
    """A TS value. ``raw`` is the text of the document, whatever it is worth.

    An impossible date (30 February, month 13) or a text in another form has no ``moment``;
    the document is read all the same.
    """

    raw: str

    @cached_property
    def _parsed(self) -> tuple[datetime, Precision] | None:
        form = _FORM.fullmatch(self.raw)
        if form is None:
            return None
        digits, fraction, zone = form["digits"], form["fraction"], form["zone"]
        precision = Precision((len(digits) - 2) // 2)
        if (fraction and precision < Precision.SECOND) or (zone and precision < Precision.HOUR):
            return None
        parts = [int(digits[:4]), *(int(digits[i : i + 2]) for i in range(4, len(digits), 2))]
        # HL7 lets a date stop anywhere: what is missing starts at its first value.
        year, month, day, hour, minute, second = (*parts, *_FIRST[len(parts) :])
        microsecond = int((fraction or ".0")[1:7].ljust(6, "0"))
        try:
            offset = _offset(zone) if zone else None
            moment = datetime(year, month, day, hour, minute, second, microsecond, tzinfo=offset)
        except (ValueError, OverflowError):
            return None
        return moment, precision

    @property
    def moment(self) -> datetime | None:
        """Return the moment (missing parts at their first value), or None where impossible.

        Its tzinfo is None where the document gives no offset.
        """
        return self._parsed[0] if self._parsed else None

    @property
    def precision(self) -> Precision | None:
        """Return how far the value goes, or None where it is no possible date."""
        return self._parsed[1] if self._parsed else None

    @property
    def iso(self) -> str | None:
        """Return ISO 8601 at the precision given: ``2021``, ``2021-01-04T16:05+01:00``."""
        if self._parsed is None:
            return None
        moment, precision = self._parsed
        if precision <= Precision.DAY:
            return moment.date().isoformat()[: (4, 7, 10)[precision - 1]]
        text = moment.replace(microsecond=0, tzinfo=None).isoformat()
        text = text[: {Precision.HOUR: 13, Precision.MINUTE: 16, Precision.SECOND: 19}[precision]]
        if moment.microsecond:
            text += f".{moment.microsecond:06d}".rstrip("0")
        return text + (_zone_text(moment) if moment.tzinfo else "")

    @property
    def french(self) -> str | None:
        """Return the date as the French write it: ``04/01/2021 16:05``, ``01/2021``, ``2021``."""
        if self._parsed is None:
            return None
        moment, precision = self._parsed
        if precision == Precision.YEAR:
            return f"{moment.year:04d}"
        if precision == Precision.MONTH:
            return f"{moment.month:02d}/{moment.year:04d}"
        date = f"{moment.day:02d}/{moment.month:02d}/{moment.year:04d}"
        if precision == Precision.DAY:
            return date
        return (
            f"{date} {moment.hour:02d}:{moment.minute:02d}"
            if precision > Precision.HOUR
            else (f"{date} {moment.hour:02d} h")
        )

    @property
    def utc(self) -> datetime | None:
        """Return the moment in UTC where an offset is given, else None.

        Compare two timestamps with it only where both have one.
        """
        moment = self.moment
        if moment is None or moment.tzinfo is None:
            return None
        try:
            return moment.astimezone(UTC)
        except OverflowError:
            return None


def _offset(zone: str) -> timezone:
    """Return the zone of ``+0100``; short forms are padded on the right, as ``+01`` or ``+1``.

    A lone odd digit count is what real documents show (``+100`` for ``+0100``): three digits
    are read as hour, minute, minute.
    """
    sign = -1 if zone[0] == "-" else 1
    digits = zone[1:]
    if len(digits) == 3:
        digits = "0" + digits
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    if minutes > 59:
        raise ValueError(zone)
    return timezone(sign * timedelta(hours=hours, minutes=minutes))


def _zone_text(moment: datetime) -> str:
    text = moment.strftime("%z")
    return f"{text[:3]}:{text[3:5]}"


_FORMS = {
    Precision.HOUR: "%Y%m%d%H",
    Precision.MINUTE: "%Y%m%d%H%M",
    Precision.SECOND: "%Y%m%d%H%M%S",
}


def in_local_time(timestamp: Timestamp, zone: str = FRANCE) -> Timestamp:
    """Return the same moment as clocks of ``zone`` show it, with its offset and precision.

    Registries give moments in UTC, which people are shown in local time (CI-SIS, XDS metadata).

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
