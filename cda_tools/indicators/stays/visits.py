"""The visits of one patient, from the movements that messages announce, change and cancel.

Source: IHE PAM, national extension France 2.11 (ZBE, ZFA, PV1). A movement is what the last of its
messages, in the order of MSH-7, makes of it; a cancelled movement takes what it collected with it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple, TypeVar

from cda_tools.model.messages import MovementAction

Told = TypeVar("Told")

FEEDING = ("INO", "IO")
"""Informed and not opposed to feeding the DMP; informed and opposed (ZFA-9)."""
CONSULTATION = ("IC", "INC")
"""Informed and consenting to consultation of the DMP; informed and not consenting (ZFA-11)."""
ADMISSIONS = frozenset({"A01", "A04", "A06", "A07"})
PRE_ADMISSION = "A05"
DISCHARGE = "A03"


class Said(NamedTuple):
    """What one message says of a movement; sorted by visit, movement, then emission.

    Moments are seconds on the local clock. ``feeding``, ``consultation``: None where the message
    does not speak of it, ``""`` where it deletes what was known; with their dates.
    """

    visit: str
    movement: str
    emitted: int
    control: str
    action: str
    event: str
    patient_class: str
    start: int | None
    admitted: int | None
    discharged: int | None
    unit: str
    file: str
    feeding: str | None
    feeding_date: int | None
    consultation: str | None
    consultation_date: int | None


@dataclass(slots=True)
class Movement:
    """A movement as its messages leave it."""

    event: str = ""
    patient_class: str = ""
    start: int | None = None
    admitted: int | None = None
    discharged: int | None = None
    unit: str = ""
    file: str = ""
    emitted: int = -1
    feeding: tuple[str, int | None] | None = None
    consultation: tuple[str, int | None] | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A decision with the second at which it was collected."""

    value: str
    collected: int


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit. ``happened``: False for one that was only planned; ``end``: None while open.

    ``feeding`` and ``consultation``: every decision collected, the last one last.
    """

    number: str
    happened: bool
    start: int | None
    end: int | None
    patient_class: str
    file: str
    units: frozenset[str]
    feeding: tuple[Value, ...] = ()
    consultation: tuple[Value, ...] = ()


@dataclass(slots=True)
class Reading:
    """The visits of a person, and how many cancellations concerned nothing known."""

    visits: list[Visit] = field(default_factory=list)
    unknown_cancelled: list[str] = field(default_factory=list)


def visits(said: Iterable[Said]) -> Reading:
    """Return one person's visits from what messages say, sorted by visit, movement, emission.

    Only living movements count. A visit of class N is none.
    """
    reading = Reading()
    for number, rows in groupby(said, key=lambda row: row.visit):
        movements = []
        for _, of_movement in groupby(rows, key=lambda row: row.movement):
            movement, unknown = _movement(of_movement)
            if movement is not None:
                movements.append(movement)
            if unknown:
                reading.unknown_cancelled.append(number)
        if movements:
            reading.visits.append(_visit(number, movements))
    return reading


def _movement(said: Iterator[Said]) -> tuple[Movement | None, bool]:
    """Return a movement, None where it is cancelled, and whether it was only ever cancelled."""
    living: Movement | None = None
    cancelled = announced = False
    for row in said:
        if row.action == MovementAction.CANCEL:
            living, cancelled = None, True
        elif living is not None:
            _take(living, row)
        elif not (cancelled and row.action == MovementAction.UPDATE):
            # Sent again after its cancellation, it lives again; an update does not revive it.
            living, announced = Movement(), True
            _take(living, row)
        else:
            announced = True
    return living, cancelled and not announced


def _take(movement: Movement, row: Said) -> None:
    movement.emitted = row.emitted
    movement.event = row.event or movement.event
    movement.patient_class = row.patient_class or movement.patient_class
    movement.start = row.start if row.start is not None else movement.start
    movement.admitted = row.admitted if row.admitted is not None else movement.admitted
    movement.discharged = row.discharged if row.discharged is not None else movement.discharged
    movement.unit = row.unit or movement.unit
    movement.file = row.file or movement.file
    if row.feeding is not None:
        movement.feeding = (row.feeding, row.feeding_date)
    if row.consultation is not None:
        movement.consultation = (row.consultation, row.consultation_date)


def _visit(number: str, movements: list[Movement]) -> Visit:
    # By start, then by emission: the last one tells the class, as from emergency to stay.
    movements.sort(key=lambda one: (-1 if one.start is None else one.start, one.emitted))
    by_emission = sorted(movements, key=lambda one: one.emitted)
    starts = [one for one in movements if one.event in ADMISSIONS]
    planned = [one for one in movements if one.event == PRE_ADMISSION]
    admitted = _last(one.admitted for one in by_emission if one.event != PRE_ADMISSION)
    left = _last(one.start for one in movements if one.event == DISCHARGE)
    discharged = _last(one.discharged for one in by_emission)
    return Visit(
        number=number,
        happened=bool(starts),
        start=_first(starts or planned or movements) if admitted is None else admitted,
        end=discharged if left is None else left,
        patient_class=_last(one.patient_class or None for one in movements) or "",
        file=_last(one.file or None for one in by_emission) or "",
        units=frozenset(one.unit for one in movements if one.unit),
        feeding=_values([(one.feeding, one) for one in movements], FEEDING),
        consultation=_values([(one.consultation, one) for one in movements], CONSULTATION),
    )


def _last(values: Iterable[Told | None]) -> Told | None:
    """Return the last value that there is."""
    found = None
    for value in values:
        found = found if value is None else value
    return found


def _first(movements: list[Movement]) -> int | None:
    return min((one.start for one in movements if one.start is not None), default=None)


def _values(
    collected: list[tuple[tuple[str, int | None] | None, Movement]], codes: tuple[str, ...]
) -> tuple[Value, ...]:
    """Return the decisions in the order in which they were collected; NA is none."""
    found = []
    for said, movement in collected:
        if said is not None and said[0] in codes:
            when = said[1] if said[1] is not None else movement.start
            found.append((when if when is not None else -1, movement.emitted, said[0]))
    return tuple(Value(value, when) for when, _, value in sorted(found))
