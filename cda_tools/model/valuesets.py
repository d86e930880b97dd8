"""The value sets as users look them up: by name, OID or official name; and a code's neighbours."""

import difflib
from dataclasses import dataclass
from functools import cache

from cda_tools.model.tables import rows
from cda_tools.model.terminology import Concept, codes, concepts


@dataclass(frozen=True, slots=True)
class ValueSet:
    """One row of ``schemas/valuesets/index.tsv``.

    ``name``: ours (``J47``). ``title``: the official name. ``date``: the day of the state that the
    newest edition has, ISO 8601. ``source``: where its codes are from. ``use``: in French.
    """

    name: str
    oid: str
    title: str
    date: str
    source: str
    use: str

    @property
    def concepts(self) -> tuple[Concept, ...]:
        """Return every code that the set has or had."""
        return concepts(self.name)


@cache
def value_sets() -> tuple[ValueSet, ...]:
    """Return all sets, in the order of the index."""
    return tuple(
        ValueSet(file.removesuffix(".tsv"), oid, title, date, source, use)
        for oid, file, title, date, source, use in rows("valuesets", "index.tsv")
    )


def named(word: str) -> ValueSet | None:
    """Return the set of that name, OID or official name, whatever the case; None for none."""
    for known in value_sets():
        if word.casefold() in {name.casefold() for name in (known.name, known.oid, known.title)}:
            return known
    return None


def nearest(name: str, edition: str, code: str, label: str | None = None) -> tuple[Concept, ...]:
    """Return the codes of a set that look most like a code that is none of its, at most three.

    A code whose label is the one that the document gives stands first. Only codes that the
    edition has are named.
    """
    there = codes(name, edition)
    found = {known.code: known for known in concepts(name) if (known.code, known.system) in there}
    said = (label or "").casefold()
    by_label = [known.code for known in found.values() if said and known.label.casefold() == said]
    folded = {known.casefold(): known for known in found}
    close = difflib.get_close_matches(code.casefold(), folded, n=3)
    return tuple(found[one] for one in dict.fromkeys([*by_label, *(folded[c] for c in close)]))[:3]
