"""What is said beside a failure: a code that has left its set, an edition that admits it."""

from collections.abc import Mapping, Sequence

from cda_tools.model.editions import NEWEST
from cda_tools.model.terminology import retired, value_set
from cda_tools.reading.location import Position
from cda_tools.rules.finding import Severity
from cda_tools.rules.wording import Field, entry
from cda_tools.validation.structuration_minimale.causes import Failure

LAYER = "structuration-minimale"
_WORDS = ("left", "instead", "near", "admitted", "also")  # in this order they follow a message


def depends_on_edition(failure: Failure) -> bool:
    """Tell whether another edition may not have an error: its rule is not the same in all.

    Of other errors nothing is asked of the other editions, which would take as long again.
    """
    return failure.severity is Severity.ERROR and "differs" in entry(LAYER, failure.rule)


class Notes:
    """The notes on the failures of one document in one edition."""

    def __init__(
        self,
        edition: str,
        found: Sequence[Failure],
        others: Mapping[str, Sequence[Failure]],
        *,
        explain: bool,
    ) -> None:
        """``found``: what fails in ``edition``; ``others``: what does in the other editions.

        ``explain``: name the nearest codes.
        """
        self._explain = explain
        self._also = _together({failure.rule for failure in found if not _is_repeated(failure)})
        self._edition = edition
        self._others = {
            name: {place for failure in found for place in _places(failure)}
            for name, found in others.items()
        }

    def of(self, failure: Failure, *, private: bool) -> dict[str, Field]:
        """Return the fields of a finding that word its notes; of the patient, no code is told."""
        fields: dict[str, Field] = {}
        if self._edition != NEWEST:
            fields["edition"] = self._edition
        notes: dict[str, Field] = {}
        if not private:
            notes |= self._left(failure)
            if self._explain and "instead" not in notes:
                notes |= self._near(failure)
        if depends_on_edition(failure):
            admitted = [
                name for name, places in self._others.items() if not _places(failure) & places
            ]
            if admitted:
                notes["admitted"] = ", ".join(sorted(admitted))
        if failure.rule in self._also:
            notes["also"] = ", ".join(self._also[failure.rule])
        if notes:
            words = [name for name in _WORDS if name in notes]
            fields |= {**notes, "notes": " ".join(words)}
        return fields

    def _left(self, failure: Failure) -> dict[str, Field]:
        """Return when a code left its set, and what stands for it now."""
        for name in failure.sets:
            gone = retired(name, failure.value, self._edition)
            if gone is not None:
                day = "/".join(reversed(gone.until.split("-")))
                fields: dict[str, Field] = {"left": day, "left_set": name}
                labels = {code: label for (code, _), label in value_set(name).items()}
                if gone.instead:
                    fields["instead"] = f"{gone.instead} ({labels[gone.instead]})"
                return fields
        return {}

    def _near(self, failure: Failure) -> dict[str, Field]:
        """Return the codes of the rule's sets that look most like what stands there."""
        from cda_tools.model.valuesets import nearest  # noqa: PLC0415  only where it was asked for

        found = (
            f"{code.code} ({code.label})"
            for name in failure.sets
            for code in nearest(name, self._edition, failure.value, failure.label)
        )
        told = ", ".join(found)
        return {"near": told} if told else {}


def _together(rules: set[str]) -> dict[str, list[str]]:
    """Return, for each of the rules, those of them that say the same cause.

    The table of a rule may name others (``also``): one that lists all traits of an identity that
    are missing, and those of each trait.
    """
    named: dict[str, list[str]] = {}
    for rule in sorted(rules):
        for other in str(entry(LAYER, rule).get("also", "")).split():
            if other in rules:
                named.setdefault(rule, []).append(other)
                named.setdefault(other, []).append(rule)
    return named


def _is_repeated(failure: Failure) -> bool:
    """Tell whether it counts too many of something: then that is not missing."""
    found = dict(failure.fields).get("found", "")
    return found.isdigit() and int(found) > 0


def _places(failure: Failure) -> set[Position]:
    """Return where an error is, none for what is no error."""
    return {failure.at, failure.on} if failure.severity is Severity.ERROR else set()
