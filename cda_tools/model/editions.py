"""The editions of the official header profile that are known here.

The authority changes its header profile without changing its name: an edition is named by the
month in which it last changed (``schemas/editions.tsv``: name, day, source).
"""

from dataclasses import dataclass
from functools import cache

from cda_tools.model.tables import rows


@dataclass(frozen=True, slots=True)
class Edition:
    """``name``: ``2025-06``. ``date``: the day from which it holds, ISO 8601. ``source``: a kit."""

    name: str
    date: str
    source: str


@cache
def editions() -> tuple[Edition, ...]:
    """Return all editions, the newest first."""
    found = (Edition(name, date, source) for name, date, source in rows("editions.tsv"))
    return tuple(sorted(found, key=lambda edition: edition.date, reverse=True))


def edition(name: str) -> Edition:
    """Return an edition by its name; raise KeyError where there is none."""
    return {known.name: known for known in editions()}[name]


EDITIONS = tuple(known.name for known in editions())
"""The names, the newest first."""
NEWEST = EDITIONS[0]
"""The edition that applies unless another is chosen."""
