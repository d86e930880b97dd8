"""Histories with nothing to say about them, told quickly: nearly all of a million are.

What this module recognises, :class:`cda_tools.chains.graph.Graph` would order the same way and
the checks would pass without a word; it only spares them the work. All else is theirs.
"""

from cda_tools.chains.entry import Entry
from cda_tools.model.dates import goes_back


def straight(entries: list[Entry]) -> list[Entry] | None:
    """Return versions that replace one another in a plain line, oldest first, else None.

    Each names exactly the id of the one before, versionNumber goes up by one (or is nowhere),
    the setId stays, no date goes back, and the first is a first version.
    """
    if len(entries) == 1:
        return entries if _starts(entries[0]) else None
    next_of: dict[str, Entry] = {}  # by the id that is replaced, as it is written
    first: Entry | None = None
    for entry in entries:
        if entry.parents:
            next_of[str(entry.parents[0])] = entry
        else:
            first = entry
    if first is None or not _starts(first) or len(next_of) != len(entries) - 1:
        return None
    if len({entry.key for entry in entries}) != len(entries):  # two versions of one id
        return None
    line, older = [first], first
    while next_of:
        newer = next_of.pop(str(older.id), None)
        if newer is None or not _follows(older, newer):
            return None
        line.append(newer)
        older = newer
    return line


def _starts(entry: Entry) -> bool:
    return entry.plain and not entry.parents and (entry.version is None or entry.version <= 1)


def _follows(older: Entry, newer: Entry) -> bool:
    return (
        newer.plain
        and newer.version == (None if older.version is None else older.version + 1)
        and newer.set_key == older.set_key
        and not goes_back(older.date, newer.date)
    )
