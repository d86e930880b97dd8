"""A visit's decision: its own, else one inherited from an earlier visit of the same episode.

No field of any message names an episode of care, so its definition is chosen, and framed by two
bounds: no visit inherits (VISIT), any earlier visit of the patient may be inherited from (PATIENT).
"""

from bisect import bisect_right, insort
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cda_tools.indicators.moments import day_of, end_of, second_before, start_of
from cda_tools.indicators.stays.visits import Value, Visit

_DAY = 86_400
FOREVER = 2**62


class Episode(StrEnum):
    """When two visits of a patient are of one episode of care."""

    VISIT = "visit"
    FILE = "dossier"
    UNIT = "unit"
    PATIENT = "patient"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Reach:
    """How far back a visit of the same unit may be: months, or days."""

    months: int = 0
    days: int = 0

    def before(self, start: int) -> int:
        """Return the first second from which a visit is not too far back."""
        day = day_of(start)
        if self.days:
            return start_of(day) - self.days * _DAY
        return second_before(day, self.months)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known for a visit: the code, None where nothing is; ``inherited`` from another."""

    value: str | None = None
    inherited: bool = False


UNKNOWN = Answer()
Decisions = Callable[[Visit], tuple[Value, ...]]


def answers(
    visits: Sequence[Visit],
    subject: Decisions,
    groups: Callable[[Visit], Iterable[Hashable]],
    reach: Reach | None = None,
    notes: Iterable[Value] = (),
) -> list[Answer]:
    """Return what is known for each visit of one person on a subject.

    ``visits``: by start, oldest first, all with a start. ``groups``: the episodes that a visit is
    of. ``reach``: how far back an earlier visit may be. ``notes``: decisions that belong to no
    visit. A visit that only inherited gives nothing to later ones. Linear in the visits, as long
    as decisions are collected in the order of the visits.
    """
    known: dict[Hashable, list[_Known]] = {}
    apart = sorted((one.collected, 0, "", one.value) for one in notes)
    found = []
    waiting = 0
    for visit in visits:
        # Those of the same start are earlier visits to one another.
        while waiting < len(visits) and _start(visits[waiting]) <= _start(visit):
            _keep(visits[waiting], subject, groups, known)
            waiting += 1
        own = subject(visit)
        if own:
            found.append(Answer(own[-1].value))
            continue
        limit = FOREVER if visit.end is None else visit.end
        since = reach.before(_start(visit)) if reach else 0
        candidates = [_latest(known.get(group, []), limit, since) for group in groups(visit)]
        candidates.append(_latest(apart, min(limit, end_of(day_of(_start(visit)))), 0))
        best = max((one for one in candidates if one), default=None)
        found.append(Answer(best[3], inherited=True) if best else UNKNOWN)
    return found


_Known = tuple[int, int, str, str]
"""A decision: when it was collected, its visit's start and number, and the code."""


def _start(visit: Visit) -> int:
    assert visit.start is not None
    return visit.start


def _keep(
    visit: Visit,
    subject: Decisions,
    groups: Callable[[Visit], Iterable[Hashable]],
    known: dict[Hashable, list[_Known]],
) -> None:
    start = _start(visit)
    # One row a decision, shared by the groups: a visit may have many of both.
    rows = sorted((one.collected, start, visit.number, one.value) for one in subject(visit))
    if not rows:
        return
    for group in groups(visit):
        of_group = known.setdefault(group, [])
        if not of_group or of_group[-1] <= rows[0]:
            of_group += rows  # as collected, the usual case
            continue
        for row in rows:
            insort(of_group, row)


def _latest(known: list[_Known], limit: int, since: int) -> _Known | None:
    """Return the decision collected last, not after ``limit``, of a visit not before ``since``.

    What is too far back for this visit is too far back for all that follow: it is dropped.
    """
    at = bisect_right(known, limit, key=lambda one: one[0])
    while at and since and known[at - 1][1] < since:
        at -= 1
        del known[at]
    return known[at - 1] if at else None
