"""Value sets (jeux de valeurs): a code to its French label, and when a set had it.

The files are ``schemas/valuesets/*.tsv``; ``index.tsv`` there records each set's OID, date and
source. A set is read once, when it is first asked for. A code that left a set keeps its row, and
so its label, with the day on which it left.
"""

from dataclasses import dataclass
from functools import cache

from cda_tools.model.editions import edition
from cda_tools.model.header import Code
from cda_tools.model.tables import rows

DOCUMENT_TYPES = "J07"
PROFESSIONS = "J01"
FACILITIES = "J02"
PRACTICE_SETTINGS = "J04"
FUNCTIONS = "J47"
ENCOUNTERS = "J142"
GENDERS = "J143"
TITLES = "J246"
CONFIDENTIALITIES = "confidentiality-hl7"


@dataclass(frozen=True, slots=True)
class Concept:
    """A code of a value set, with the days (ISO 8601) between which the set has it.

    ``since``: empty where it was there before the oldest edition. ``until``: the first day
    without it, empty where it is still there. ``instead``: the code that stands for it now.
    """

    code: str
    system: str
    label: str
    since: str
    until: str
    instead: str

    def on(self, day: str) -> bool:
        """Return whether the set has the code on a day."""
        return self.since <= day and (not self.until or day < self.until)


@cache
def concepts(name: str) -> tuple[Concept, ...]:
    """Return every code that a set (``J07``) has or had; raise ResourceError for no such set."""
    return tuple(Concept(*row) for row in rows("valuesets", f"{name}.tsv"))


@cache
def value_set(name: str) -> dict[tuple[str, str], str]:
    """Return all labels of a set: (code, codeSystem OID) to displayName, retired codes included.

    Where a label changed, the newest stands. Raise ResourceError where there is no such set.
    """
    by_age = sorted(concepts(name), key=lambda concept: concept.until or "9")
    return {(concept.code, concept.system): concept.label for concept in by_age}


@cache
def codes(name: str, edition_name: str) -> dict[tuple[str, str], str]:
    """Return the codes that a set has in an edition: (code, codeSystem OID) to displayName."""
    day = edition(edition_name).date
    found = (concept for concept in concepts(name) if concept.on(day))
    return {(concept.code, concept.system): concept.label for concept in found}


def retired(name: str, code: str, edition_name: str) -> Concept | None:
    """Return a code that had left a set when an edition came; None where it had not."""
    day = edition(edition_name).date
    left = (one for one in concepts(name) if one.code == code and one.until and one.until <= day)
    gone = max(left, key=lambda concept: concept.until, default=None)
    present = {known for known, _ in codes(name, edition_name)}
    return gone if code not in present else None


def label(code: Code | None, set_name: str) -> str | None:
    """Return the document's own displayName, else the set's label, else None."""
    if code is None:
        return None
    if code.display_name or code.code is None:
        return code.display_name
    return value_set(set_name).get((code.code, code.system or ""))
