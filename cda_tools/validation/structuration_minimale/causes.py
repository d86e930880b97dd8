"""From failed assertions to findings: one finding for one cause.

The official rules repeat themselves: an id without root fails the profile's rule, two of its data
type and, on its parent, a count. Here the heaviest and most precise failure of a cause is kept.
The verdict cannot change: a failure only ever gives way to one that weighs as much or more.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cda_tools.reading.location import Position
from cda_tools.rules.finding import Severity

CONTENT = "*"
CLOSED = "closed"
NULL = "@nullFlavor"


@dataclass(frozen=True, slots=True)
class Failure:
    """One failed assertion.

    ``at`` and ``on`` are the context element and the subject, as positions among elements on the
    way down from the root. ``name`` is the context element's local name, ``null`` whether it
    carries nullFlavor. ``unless``: rules that say it already; ``once``: said once for all
    siblings of the name. ``sets``: the value sets that a code must be of, ``value`` what
    stands there instead, ``label`` the displayName beside it. ``fields``: what the rule's message
    names, and its value.
    """

    rule: str
    severity: Severity
    about: str
    at: Position
    on: Position
    name: str
    null: bool
    unless: frozenset[str]
    once: bool
    sets: tuple[str, ...]
    value: str
    label: str
    fields: tuple[tuple[str, str], ...]


def one_a_cause(failures: Iterable[Failure]) -> list[Failure]:
    """Return the failures to report, in document order."""
    kept: dict[tuple[Position, str], Failure] = {}
    for failure in failures:
        key = _key(failure)
        other = kept.get(key)
        if other is None or failure.severity > other.severity or failure.once:
            kept[key] = failure
    remaining = _Remaining(kept.values())
    for failure in kept.values():  # one by one: what is said elsewhere stays said
        if any(_says(other, failure) for other in remaining.near(failure)):
            remaining.remove(failure)
    return [failure for failure in kept.values() if failure in remaining]


class _Remaining:
    """The failures not yet said elsewhere, found by where they are.

    A header may fail in thousands of places: each failure is only compared with those that
    :func:`_says` can hold true of.
    """

    def __init__(self, failures: Iterable[Failure]) -> None:
        """Sort the failures by place; the rules that ``unless`` names, by all places above too."""
        self._gone: set[int] = set()
        self._there: dict[Position, list[Failure]] = defaultdict(list)
        self._below: dict[tuple[str, Position], list[Failure]] = defaultdict(list)
        every = list(failures)
        named = {rule for failure in every for rule in failure.unless}
        for failure in every:
            for place in {failure.at, failure.on}:
                self._there[place].append(failure)
            if failure.rule in named:
                for place in _down_to(failure.at):
                    self._below[failure.rule, place].append(failure)

    def __contains__(self, failure: Failure) -> bool:
        """Return whether nothing else says it so far."""
        return id(failure) not in self._gone

    def remove(self, failure: Failure) -> None:
        """Count the failure as said elsewhere."""
        self._gone.add(id(failure))

    def near(self, failure: Failure) -> Iterator[Failure]:
        """Yield those at or about its place, its subject or a place above, and its ``unless``."""
        for place in {*_down_to(failure.at), failure.on}:
            yield from (other for other in self._there.get(place, ()) if other in self)
        for rule in failure.unless:
            yield from (other for other in self._below.get((rule, failure.at), ()) if other in self)


def _down_to(place: Position) -> list[Position]:
    return [place[:length] for length in range(len(place) + 1)]


def _key(failure: Failure) -> tuple[Position, str]:
    """Return what two failures of one cause share."""
    if failure.once:
        # What was found tells two pairs of twins apart.
        return failure.at[:-1], f"{failure.rule} {failure.name} {failure.fields}"
    return failure.at, NULL if _about_null(failure) else failure.about


def _about_null(failure: Failure) -> bool:
    return failure.null and failure.about[0] in "@*"


def _says(other: Failure, failure: Failure) -> bool:
    """Return whether ``other`` already says what ``failure`` says."""
    if other is failure or other.severity < failure.severity:
        return False
    if other.rule in failure.unless:
        common = min(len(other.at), len(failure.at))
        return other.at[:common] == failure.at[:common]
    if failure.once:  # too many of a name, and two of them alike
        return other.at == failure.at[:-1] and other.about == failure.name
    if other.rule == failure.rule:
        return other.on == failure.on and _near(other.at, failure.at) and _better(other, failure)
    return _same_thing(other, failure)


def _same_thing(other: Failure, failure: Failure) -> bool:
    """Return whether ``other``, another rule, is about what ``failure`` is about."""
    if failure.about == CLOSED:  # an error of the unexpected element itself
        return other.on == failure.at and other.severity > failure.severity
    if failure.about == CONTENT and failure.on == failure.at:
        return other.at == failure.at and other.about != CONTENT
    return _same_subject(other, failure)


def _same_subject(other: Failure, failure: Failure) -> bool:
    """Return whether ``other`` is about the very element that ``failure`` looks down at."""
    if failure.on == failure.at or other.about == CLOSED:
        return False
    if failure.about == CONTENT:
        return failure.on in (other.at, other.on)
    attribute = failure.about.rpartition("/")[2]
    return other.at == failure.on and (
        attribute == other.about or (attribute == NULL and _about_null(other))
    )


def _near(one: Position, other: Position) -> bool:
    return one[:-1] == other or other[:-1] == one


def _better(other: Failure, failure: Failure) -> bool:
    """Of two elements that tell of one subject, choose its parent, else the outer one."""
    parent = failure.on[:-1]
    if parent in (other.at, failure.at):
        return other.at == parent
    return len(other.at) < len(failure.at)
