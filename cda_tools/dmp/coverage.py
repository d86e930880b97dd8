"""Whether a query could have returned a document: only then does its absence mean anything.

Source: IHE ITI TF-2 § 3.18.4.1.2.3.7 (parameters of FindDocuments and GetDocuments); consultation
guide of the ANS (the first automatic search goes back two years, no further). In doubt the answer
is no: a document that may be outside a search is not missing from it.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from cda_tools.dmp.exchanges import Exchange
from cda_tools.dmp.memory import Remembered, name_of
from cda_tools.model.carriage import Availability
from cda_tools.model.document import Known
from cda_tools.model.identifiers import key
from cda_tools.model.registry import Request, Role
from cda_tools.model.timestamp import Precision, Timestamp

_ENTRY = "XDSDocumentEntry"
_STABLE = "7edca82f-054d-47f2-a032-9b2a5b5186c1"
# A time without offset is of some place of France or its territories, from -10 to +12 hours.
_SOMEWHERE = timedelta(hours=12)
_SPANS = {
    Precision.HOUR: timedelta(hours=1),
    Precision.MINUTE: timedelta(minutes=1),
    Precision.SECOND: timedelta(0),
}
_Span = tuple[datetime, datetime]
_Check = Callable[[tuple[str, ...], Known, Remembered | None], bool]


class Coverage:
    """What the whole answers of a visit cover, and what its lists would cover had they been whole.

    ``now``: the moment of the visit in UTC. A FindDocuments whose request was not kept is taken for
    the automatic search: current documents of the last two years; without ``now``, for all of
    them.
    """

    def __init__(self, exchanges: Iterable[Exchange], now: datetime | None) -> None:
        """Sort the lists, and the documents that GetDocuments asked for one by one.

        An empty list says nothing: it may be one of rights, or of another window.
        """
        exchanges = list(exchanges)
        self._now = now
        self.lists = [one for one in exchanges if one.role is Role.FIND_DOCUMENTS]
        self._whole = [one for one in self.lists if one.whole and one.documents]
        self._asked = {
            name_of(unique_id)
            for one in exchanges
            if one.role is Role.GET_DOCUMENTS and one.whole and one.documents and one.request
            for unique_id in one.request.values(f"{_ENTRY}UniqueId")
        }

    def covers(self, document: Known, remembered: Remembered | None) -> bool:
        """Tell whether an answer, whole and not empty, would have the document if it were there."""
        if document.header.id is not None and key(document.header.id) in self._asked:
            return True
        return any(self._in(one, document, remembered) for one in self._whole)

    def outside(self, document: Known, remembered: Remembered | None) -> bool:
        """Tell whether all lists, whole or not, leave the document out by what they asked for."""
        return bool(self.lists) and not any(
            self._in(one, document, remembered) for one in self.lists
        )

    def outside_default(self, document: Known, remembered: Remembered | None) -> bool:
        """Tell whether the automatic search leaves the document out."""
        return self._now is not None and not self._in_default(document, remembered)

    def _in(self, exchange: Exchange, document: Known, remembered: Remembered | None) -> bool:
        if exchange.request is not None:
            return _in_request(exchange.request, document, remembered)
        return self._now is None or self._in_default(document, remembered)

    def _in_default(self, document: Known, remembered: Remembered | None) -> bool:
        assert self._now is not None
        span = _service_start(document)
        bound = two_years_before(self._now)
        return (
            span is not None
            and span[0] >= bound
            and _status((Availability.APPROVED.value,), document, remembered)
        )


def two_years_before(now: datetime) -> datetime:
    """Return the same day and time two years before; 1 March for 29 February."""
    try:
        return now.replace(year=now.year - 2)
    except ValueError:
        return now.replace(year=now.year - 2, month=3, day=1)


def _in_request(request: Request, document: Known, remembered: Remembered | None) -> bool:
    """Tell whether the document meets all conditions; one that cannot be checked is not met."""
    for slot, values in request.parameters:
        if not slot.startswith(_ENTRY):
            continue
        check = _CHECKS.get(slot.removeprefix(_ENTRY))
        if check is None or not check(values, document, remembered):
            return False
    return True


def _anything(_: tuple[str, ...], __: Known, ___: Remembered | None) -> bool:
    return True


def _status(values: tuple[str, ...], _: Known, remembered: Remembered | None) -> bool:
    """Tell whether the status was asked for that the document had, or else has by default."""
    expected = (remembered.availability if remembered else None) or Availability.APPROVED.value
    if expected == Availability.DEPRECATED.value:
        expected = Availability.APPROVED.value
    return expected in {value.rpartition(":")[2] for value in values}


def _stable(values: tuple[str, ...], _: Known, __: Remembered | None) -> bool:
    return any(value.lower().removeprefix("urn:uuid:") == _STABLE for value in values)


def _type(values: tuple[str, ...], document: Known, _: Remembered | None) -> bool:
    """Tell whether the document's type is among those asked, ``code^^system``."""
    own = document.header.type
    if own is None or own.code is None:
        return False
    for value in values:
        code, __, rest = value.partition("^")
        system = rest.rpartition("^")[2]
        if code == own.code and (not system or not own.system or system == own.system):
            return True
    return False


def _from(span_of: Callable[[Known], _Span | None]) -> _Check:
    def check(values: tuple[str, ...], document: Known, _: Remembered | None) -> bool:
        bound, span = _bound(values), span_of(document)
        return bound is not None and span is not None and span[0] >= bound

    return check


def _to(span_of: Callable[[Known], _Span | None]) -> _Check:
    """Return a check of an upper bound, which is not included."""

    def check(values: tuple[str, ...], document: Known, _: Remembered | None) -> bool:
        bound, span = _bound(values), span_of(document)
        return bound is not None and span is not None and span[1] < bound

    return check


def _bound(values: tuple[str, ...]) -> datetime | None:
    moment = Timestamp(values[0]).moment if len(values) == 1 else None
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=UTC)


def _creation(document: Known) -> _Span | None:
    return _span(document.header.date)


def _service_start(document: Known) -> _Span | None:
    """Return when the main act began; a document that names none is of its own date."""
    for event in document.header.service_events[:1]:
        if event.time and event.time.low:
            return _span(event.time.low)
    return _creation(document)


def _service_stop(document: Known) -> _Span | None:
    for event in document.header.service_events[:1]:
        if event.time and event.time.high:
            return _span(event.time.high)
    return None


def _span(timestamp: Timestamp | None) -> _Span | None:
    """Return the first and the last moment that a timestamp may mean, in UTC."""
    if timestamp is None or timestamp.moment is None or timestamp.precision is None:
        return None
    moment, precision = timestamp.moment, timestamp.precision
    try:
        if moment.tzinfo is not None:
            start = moment.astimezone(UTC)
            return start, start + _SPANS[precision]
        start = moment.replace(tzinfo=UTC)
        return start - _SOMEWHERE, start + _length(precision) + _SOMEWHERE
    except OverflowError:
        return None


def _length(precision: Precision) -> timedelta:
    longest = {Precision.YEAR: 366, Precision.MONTH: 31, Precision.DAY: 1}
    return timedelta(longest[precision]) if precision in longest else _SPANS[precision]


_CHECKS: dict[str, _Check] = {
    "PatientId": _anything,
    "Status": _status,
    "Type": _stable,
    "TypeCode": _type,
    "ServiceStartTimeFrom": _from(_service_start),
    "ServiceStartTimeTo": _to(_service_start),
    "ServiceStopTimeFrom": _from(_service_stop),
    "ServiceStopTimeTo": _to(_service_stop),
    "CreationTimeFrom": _from(_creation),
    "CreationTimeTo": _to(_creation),
}
