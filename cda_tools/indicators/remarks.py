"""What an indicator has to say of its messages: a rule once, however often it was broken."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cda_tools.rules import texts
from cda_tools.rules.finding import Finding
from cda_tools.text import without_ins

LAYER = "indicators"
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding, how often it was made, and the first places (in alphabetical order)."""

    finding: Finding
    count: int
    places: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the object for JSON."""
        return {
            "rule": self.finding.rule,
            "severity": self.finding.severity.value,
            "message": self.finding.message,
            "count": self.count,
            "places": list(self.places),
        }


class Remarks:
    """Counts findings by rule; the memory used depends on the rules alone."""

    def __init__(self) -> None:
        """Start with none."""
        self._counts: dict[str, int] = {}
        self._places: dict[str, list[str]] = {}
        self._samples: dict[str, tuple[str, Finding]] = {}

    def say(self, rule: str, place: str, **fields: str | int | None) -> None:
        """Note a rule of ``indicators.toml`` at a place: a path, a number of message or visit."""
        self.note(texts.finding(rule, layer=LAYER, location=None, line=None, **fields), place)

    def note_all(self, findings: Iterable[Finding], place: str) -> None:
        """Note what a message's own reading said."""
        for finding in findings:
            self.note(finding, place)

    def note(self, finding: Finding, place: str) -> None:
        """Note one finding at a place; a number or a name that holds an INS is shown without."""
        place = without_ins(place)
        rule = finding.rule
        self._counts[rule] = self._counts.get(rule, 0) + 1
        places = self._places.setdefault(rule, [])
        if place not in places and (len(places) < _EXAMPLES or place < places[-1]):
            places.append(place)
            places.sort()
            del places[_EXAMPLES:]
        sample = self._samples.get(rule)
        # The finding of the first place stands for the others, whatever their order.
        if sample is None or (place, finding.fields) < (sample[0], sample[1].fields):
            self._samples[rule] = (place, finding)

    def all(self) -> tuple[Remark, ...]:
        """Return the remarks: the heaviest first, then by rule."""
        found = [
            Remark(self._samples[rule][1], count, tuple(self._places[rule]))
            for rule, count in self._counts.items()
        ]
        return tuple(sorted(found, key=lambda one: (_weight(one.finding), one.finding.rule)))


def _weight(finding: Finding) -> int:
    return ("error", "warning", "information").index(finding.severity.value)
