"""Movements of any number of messages, kept in compact rows and read back person by person."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from cda_tools.closing import Closing
from cda_tools.indicators.items import Item
from cda_tools.indicators.moments import span
from cda_tools.indicators.remarks import Remarks
from cda_tools.indicators.stays.people import NOBODY, People
from cda_tools.indicators.stays.visits import CONSULTATION, FEEDING, Said, Value
from cda_tools.indicators.store import Store
from cda_tools.model.messages import (
    Collected,
    Envelope,
    FileMove,
    Merge,
    Movement,
    MovementAction,
    Number,
)
from cda_tools.model.timestamp import Timestamp

Notes = tuple[tuple[Value, ...], tuple[Value, ...]]
"""Decisions that belong to no visit (A28, A31): on feeding, on consultation."""

_TABLES = (
    f"said (person INTEGER, ins INTEGER, authority INTEGER, {', '.join(Said._fields)})",
    "note (person INTEGER, ins INTEGER, subject INTEGER, value TEXT, collected INTEGER)",
)
_DIGITS = re.compile(r"\d+")
_BY_PERSON = (
    f"SELECT DISTINCT person_of(person, ins, visit) AS somebody, {', '.join(Said._fields)}"
    " FROM said ORDER BY somebody, visit, movement, emitted, control, action"
)


class Movements(Closing):
    """What ADT messages say; patients are numbers in it (``people.py``)."""

    def __init__(self) -> None:
        """Start with nothing known."""
        self.remarks = Remarks()
        self._people = People()
        self._store = Store(*_TABLES)
        self._moved_files: dict[str, tuple[int, int]] = {}
        self._moved_visits: dict[str, int] = {}
        self._torn: set[int] = set()

    def close(self) -> None:
        """Forget everything."""
        self._store.close()

    def take(self, item: Item) -> None:
        """Keep what an item says, if it is a message about a patient's visits."""
        context = item.context
        statement = context.statement if context else None
        envelope = context.envelope if context else None
        if envelope is None or not isinstance(statement, Movement | Merge | FileMove):
            return
        self.remarks.note_all(item.findings, item.path)
        moment = span(envelope.sent)
        emitted = moment.first if moment else -1
        if isinstance(statement, Movement):
            self._movement(statement, envelope, emitted)
            return
        person, _, _ = self._people.known_as(statement.patient)
        if isinstance(statement, Merge):
            prior, _, _ = self._people.known_as(statement.prior)
            if NOBODY not in (person, prior):
                self._people.join(person, prior)
        elif statement.file and person != NOBODY:
            name = _key(statement.file)
            self._moved_files[name] = max(
                self._moved_files.get(name, (-2, NOBODY)), (emitted, person)
            )

    def _movement(self, movement: Movement, envelope: Envelope, emitted: int) -> None:
        person, ins, authority = self._people.known_as(movement.patient)
        if movement.visit is None:
            if person != NOBODY:
                self._note(movement, person, ins, emitted)
            return
        visit = _key(movement.visit)
        kind = _STARTS.get(movement.event, movement.event)
        self._store.add(
            "said",
            (
                person,
                ins,
                authority,
                visit,
                _key(movement.id) if movement.id else f"~{kind}",
                emitted,
                _DIGITS.sub(lambda match: match[0].zfill(20), envelope.control_id),
                movement.action.value,
                movement.event,
                movement.patient_class,
                _first(movement.start),
                _first(movement.admitted),
                _last(movement.discharged),
                _key(movement.unit) if movement.unit else "",
                _key(movement.file) if movement.file else "",
                *_collected(movement.feeding),
                *_collected(movement.consultation),
            ),
        )

    def _note(self, movement: Movement, person: int, ins: int, emitted: int) -> None:
        if movement.action is MovementAction.CANCEL:
            return
        for subject, (collected, codes) in enumerate(
            ((movement.feeding, FEEDING), (movement.consultation, CONSULTATION))
        ):
            if collected and collected.value in codes:
                day = _first(collected.date)
                moment = emitted if day is None else day
                self._store.add("note", (person, ins, subject, collected.value, moment))

    def of_each_person(self) -> Iterator[tuple[Iterator[Said], Notes]]:
        """Yield what is said of each person's visits, in the order that ``visits`` takes.

        With it, the decisions that belong to no visit.
        """
        self._see_who_is_who()
        notes = groupby(
            self._store.rows(
                "SELECT DISTINCT person_of(person, ins, NULL) AS somebody, subject, value,"
                " collected FROM note ORDER BY somebody, collected, value"
            ),
            key=lambda row: row[0],
        )
        noted, of_noted = next(notes, (None, iter(())))
        for person, rows in groupby(self._store.rows(_BY_PERSON), key=lambda row: row[0]):
            while noted is not None and noted < person:
                noted, of_noted = next(notes, (None, iter(())))
            found = [row[1:] for row in of_noted] if noted == person else []
            yield (Said(*row[1:]) for row in rows), (_values(found, 0), _values(found, 1))

    def _see_who_is_who(self) -> None:
        store, people = self._store, self._people
        store.function("person_of", 3, self._person)
        store.function("known_as", 1, people.find)
        if self._moved_files:
            for visit, file in store.rows("SELECT DISTINCT visit, file FROM said WHERE file <> ''"):
                if file in self._moved_files:
                    self._moved_visits[visit] = self._moved_files[file][1]
        torn = store.rows(
            "SELECT known_as(person) AS somebody, authority FROM said WHERE ins <> 0"
            " GROUP BY somebody, authority HAVING count(DISTINCT ins) > 1"
        )
        for somebody, _ in torn:
            self._torn.add(somebody)
            self.remarks.say("CON-02", "PID-3")

    def _person(self, person: int, ins: int, visit: str | None) -> int:
        """Return the number of the person that a message is about, once all is known."""
        if visit is not None and visit in self._moved_visits:
            return self._people.find(self._moved_visits[visit])
        if person == NOBODY:
            # Without any identifier, a visit is nobody else's.
            return -(hash(visit) & 0x7FFFFFFFFFFFFFFF)
        found = self._people.find(person)
        if found not in self._torn:
            return found
        return ins or -found


_STARTS = {"A04": "A01"}
"""Where a movement has no number: A11 cancels an admission, be it of a stay or a consultation."""


def _key(number: Number) -> str:
    return f"{number.value}\t{number.authority}"


def _first(timestamp: Timestamp | None) -> int | None:
    moment = span(timestamp)
    return moment.first if moment else None


def _last(timestamp: Timestamp | None) -> int | None:
    moment = span(timestamp)
    return moment.last if moment else None


def _collected(one: Collected | None) -> tuple[str | None, int | None]:
    return (None, None) if one is None else (one.value, _first(one.date))


def _values(rows: list[Any], subject: int) -> tuple[Value, ...]:
    return tuple(Value(value, moment) for about, value, moment in rows if about == subject)
