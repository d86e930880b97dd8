"""Whether a date goes back, told only where it is certain."""

from datetime import datetime, timedelta

from cda_tools.model.timestamp import Precision, Timestamp

_WEST, _EAST = timedelta(hours=12), timedelta(hours=14)  # the world's offsets, -12:00 to +14:00
_SPANS = {
    Precision.YEAR: timedelta(days=366),
    Precision.MONTH: timedelta(days=31),
    Precision.DAY: timedelta(days=1),
    Precision.HOUR: timedelta(hours=1),
    Precision.MINUTE: timedelta(minutes=1),
    Precision.SECOND: timedelta(seconds=1),
}
_USUAL = len("AAAAMMJJhhmmss+ZZzz")


def goes_back(before: str | None, after: str | None) -> bool:
    """Return True where the TS value ``after`` is surely earlier than ``before``.

    A date known to the day, or without offset, stands for every moment that it may mean;
    an impossible date is before and after nothing.
    """
    if before is None or after is None:
        return False
    if len(before) == len(after) == _USUAL and before[14:] == after[14:] and before <= after:
        return False  # one offset: the texts order as the moments do
    if _usual(before) and _usual(after):
        try:
            return _read(after) < _read(before)
        except ValueError:
            return False
    return _surely_earlier(Timestamp(after), Timestamp(before))


def _surely_earlier(newer: Timestamp, older: Timestamp) -> bool:
    first, last = older.moment, newer.moment
    if first is None or last is None or older.precision is None or newer.precision is None:
        return False
    try:
        earliest, _ = _bounds(first, older.precision, last)
        _, latest = _bounds(last, newer.precision, first)
    except OverflowError:
        return False
    # Equal precision gives equal spans: 16:05 is not before 16:05:27.
    return latest <= earliest


def _usual(raw: str) -> bool:
    """Recognise ``AAAAMMJJhhmmss±ZZzz``, which nearly every document has."""
    return len(raw) == _USUAL and raw[14] in "+-" and raw[:14].isdigit() and raw[15:].isdigit()


def _read(raw: str) -> datetime:
    return datetime.fromisoformat(f"{raw[:8]}T{raw[8:]}")


def _bounds(moment: datetime, precision: Precision, other: datetime) -> tuple[datetime, datetime]:
    """Return the first moment and the end of the span meant, comparable with ``other``'s."""
    span, offset = _SPANS[precision], moment.utcoffset()
    local = moment.replace(tzinfo=None)
    if offset is not None:
        return local - offset, local - offset + span
    if other.utcoffset() is None:
        return local, local + span
    return local - _EAST, local + span + _WEST
