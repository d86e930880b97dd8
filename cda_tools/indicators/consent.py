"""The indicator of consents: what the visits of a period know of the patient's decisions.

Two subjects, resolved apart: feeding the DMP (informed and not opposed, or opposed) and consulting
it (informed and consenting, or not). A visit that collected nothing may inherit what an earlier
visit of the same episode of care collected; no field of any message names an episode, so its
definition is the caller's, and two bounds frame it. Source: indicators of Ségur vague 2; IHE PAM,
national extension France 2.11 (ZFA-9 to -12).
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cda_tools.indicators.items import Item
from cda_tools.indicators.moments import day_of
from cda_tools.indicators.remarks import Remark, Remarks
from cda_tools.indicators.stays.episodes import Answer, Episode, Reach, answers
from cda_tools.indicators.stays.movements import Movements, Notes
from cda_tools.indicators.stays.visits import CONSULTATION, FEEDING, Said, Value, Visit, visits
from cda_tools.text import without_ins

__all__ = ["Answer", "Consent", "Counts", "Decided", "Episode", "Reach", "Result", "consent"]

UNKNOWN = "unknown"
YEAR = Reach(months=12)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many visits know what on one subject; ``inherited``: of which from an earlier visit."""

    values: Mapping[str, int]
    inherited: int = 0

    @property
    def informed(self) -> int:
        """Return how many visits know a decision."""
        return sum(count for code, count in self.values.items() if code != UNKNOWN)

    def to_dict(self) -> dict[str, int]:
        """Return the object for JSON."""
        return {**self.values, "inherited": self.inherited}


@dataclass(frozen=True, slots=True)
class Result:
    """The counts under one definition of the episode."""

    feeding: Counts
    consultation: Counts

    def to_dict(self) -> dict[str, Any]:
        """Return the object for JSON."""
        return {"feeding": self.feeding.to_dict(), "consultation": self.consultation.to_dict()}


@dataclass(frozen=True, slots=True)
class Decided:
    """A visit of the period, by its number (PV1-19); ``patient_class``: PV1-2."""

    visit: str
    patient_class: str
    feeding: Answer
    consultation: Answer

    def to_dict(self) -> dict[str, Any]:
        """Return the object for JSON."""
        return {
            "visit": self.visit,
            "class": self.patient_class or None,
            "feeding": self.feeding.value or UNKNOWN,
            "feeding_inherited": self.feeding.inherited,
            "consultation": self.consultation.value or UNKNOWN,
            "consultation_inherited": self.consultation.inherited,
        }


@dataclass(frozen=True, slots=True)
class Consent:
    """The indicator over a period, from ``since`` to ``until`` (both included; None: no bound).

    ``episode``: the definition used. ``bounds``: the counts where no visit inherits, and where
    each may inherit from any earlier visit of the patient: the number of informed visits lies
    between the two (that of refusals need not). ``by_class``: the counts by PV1-2.
    """

    since: date | None
    until: date | None
    episode: str
    result: Result
    bounds: Mapping[Episode, Result]
    by_class: Mapping[str, Result]
    list: tuple[Decided, ...]
    findings: tuple[Remark, ...]

    @property
    def visits(self) -> int:
        """Return how many visits began in the period."""
        return len(self.list)

    def head(self) -> dict[str, Any]:
        """Return the object for JSON without its lists, which may be long."""
        since, until = self.since, self.until
        return {
            "schema_version": 1,
            "period": [
                since.isoformat() if since else None,
                until.isoformat() if until else None,
            ],
            "episode": self.episode,
            "visits": self.visits,
            **self.result.to_dict(),
            "bounds": {episode.value: one.to_dict() for episode, one in self.bounds.items()},
        }

    def to_dict(self) -> dict[str, Any]:
        """Return the object for JSON: the contract of ``cda-tools consent --format json``."""
        return {
            **self.head(),
            "list": [one.to_dict() for one in self.list],
            "findings": [one.to_dict() for one in self.findings],
        }


def consent(
    items: Iterable[Item],
    *,
    since: date | None = None,
    until: date | None = None,
    episode: Episode | Mapping[str, str] = Episode.UNIT,
    within: Reach = YEAR,
) -> Consent:
    """Count what the visits that began in a period know, from ADT messages in any order.

    ``episode``: a definition, or a table from visit numbers (PV1-19) to the names of episodes.
    ``within``: how far back a visit of the same unit may be. Patients are told apart by keyed
    hashes made for this call; nothing else of them is kept.
    """
    definition = _Definition(episode, within)
    bounds = {one: _Tally() for one in (Episode.VISIT, Episode.PATIENT)}
    classes: dict[str, _Tally] = {}
    total = _Tally()
    decided: list[Decided] = []
    with Movements() as movements:
        for item in items:
            movements.take(item)
        for said, notes in movements.of_each_person():
            person = _person(said, movements.remarks)
            inside = [number for number, one in enumerate(person) if _counts(one, since, until)]
            if not inside:
                continue
            for one, tally in bounds.items():
                for answer in _answers(person, _Definition(one, within), notes, inside):
                    tally.count(answer)
            found = _answers(person, definition, notes, inside)
            for number, answer in zip(inside, found, strict=True):
                visit = person[number]
                total.count(answer)
                classes.setdefault(visit.patient_class, _Tally()).count(answer)
                decided.append(
                    Decided(without_ins(_number(visit.number)), visit.patient_class, *answer)
                )
                if not definition.knows(visit):
                    movements.remarks.say("CON-04", _number(visit.number))
        remarks = movements.remarks.all()
    decided.sort(key=lambda one: (one.visit, repr(one)))
    return Consent(
        since,
        until,
        definition.name.value,
        total.result(),
        {one: tally.result() for one, tally in bounds.items()},
        {name: classes[name].result() for name in sorted(classes)},
        tuple(decided),
        remarks,
    )


_Both = tuple[Answer, Answer]


class _Definition:
    """When two visits are of one episode of care."""

    def __init__(self, episode: Episode | Mapping[str, str], within: Reach) -> None:
        self.name = episode if isinstance(episode, Episode) else Episode.TABLE
        self._table = None if isinstance(episode, Episode) else episode
        self.reach = within if self.name is Episode.UNIT else None

    def groups(self, visit: Visit) -> Iterable[Hashable]:
        """Return the episodes that a visit is of."""
        if self._table is not None:
            named = self._table.get(_number(visit.number))
            return () if named is None else (named,)
        if self.name is Episode.FILE:
            return (visit.file,) if visit.file else ()
        if self.name is Episode.UNIT:
            return visit.units
        return ("",) if self.name is Episode.PATIENT else ()

    def knows(self, visit: Visit) -> bool:
        """Tell whether a table, where there is one, has the visit."""
        return self._table is None or _number(visit.number) in self._table


def _person(said: Iterable[Said], remarks: Remarks) -> list[Visit]:
    """Return a person's visits that have a start, oldest first."""
    reading = visits(said)
    for number in reading.unknown_cancelled:
        remarks.say("CON-01", _number(number))
    for one in reading.visits:
        if one.start is None and one.happened:
            remarks.say("CON-03", _number(one.number))
    placed = [(one.start, one.number, one) for one in reading.visits if one.start is not None]
    return [one for _, _, one in sorted(placed, key=lambda row: row[:2])]


def _counts(visit: Visit, since: date | None, until: date | None) -> bool:
    if not visit.happened or visit.start is None:
        return False
    day = day_of(visit.start)
    return (since is None or day >= since) and (until is None or day <= until)


def _answers(
    person: list[Visit], definition: _Definition, notes: Notes, inside: list[int]
) -> Iterator[_Both]:
    """Yield both answers of each visit that counts."""
    bounding = definition.name is Episode.PATIENT
    both = [
        answers(
            person, subject, definition.groups, definition.reach, of_subject if bounding else ()
        )
        for subject, of_subject in zip((_feeding, _consultation), notes, strict=True)
    ]
    yield from ((both[0][number], both[1][number]) for number in inside)


def _feeding(visit: Visit) -> tuple[Value, ...]:
    return visit.feeding


def _consultation(visit: Visit) -> tuple[Value, ...]:
    return visit.consultation


def _number(number: str) -> str:
    """Return a visit's number without its authority."""
    return number.partition("\t")[0]


class _Tally:
    """Counts answers on both subjects."""

    def __init__(self) -> None:
        self._values: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
        self._inherited = [0, 0]

    def count(self, both: _Both) -> None:
        """Add one visit's answers."""
        for number, answer in enumerate(both):
            self._values[number][answer.value or UNKNOWN] += 1
            self._inherited[number] += answer.inherited

    def result(self) -> Result:
        """Return the counts, each code there even where it is 0."""
        counts = [
            Counts({code: self._values[number][code] for code in (*codes, UNKNOWN)}, inherited)
            for number, (codes, inherited) in enumerate(
                zip((FEEDING, CONSULTATION), self._inherited, strict=True)
            )
        ]
        return Result(*counts)
