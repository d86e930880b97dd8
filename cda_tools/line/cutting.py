"""Cuts a text to a number of terminal columns, at its end or around what matters in it."""

import re
from bisect import bisect_left, bisect_right

ELLIPSIS = "…"
# Letters and signs of one column each: the texts of nearly every document.
_NARROW = re.compile("[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027]*")


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes: wide characters take two."""
    if _NARROW.fullmatch(text):
        return len(text)
    # Imported here: the tables of character widths are read only where a width is asked for.
    from wcwidth import wcswidth  # noqa: PLC0415

    return wcswidth(text)


def cut(text: str, room: int) -> str:
    """Return a text, or its beginning with an ellipsis where it takes more than ``room``."""
    if columns(text) <= room:
        return text
    return head(text, room - 1).rstrip() + ELLIPSIS


def cut_around(text: str, room: int, core: tuple[int, int] | None = None) -> str:
    """Return a text in ``room`` columns at most, an ellipsis in place of what is left out.

    ``core``: the part to keep, from one character to another; without it, both ends are kept.
    """
    if columns(text) <= room:
        return text
    if core is None:
        first = head(text, room // 2).rstrip()
        return first + ELLIPSIS + tail(text, room - 1 - columns(first)).lstrip()
    return _around(text, room, *core)


def _around(text: str, room: int, start: int, end: int) -> str:
    before, kept, after = text[:start], text[start:end], text[end:]
    spare = room - columns(kept)
    if spare < 2:
        return cut(kept, room)
    if not before:
        return kept + head(after, spare - 1).rstrip() + ELLIPSIS
    # A short end of the title is worth a few columns of its beginning.
    if columns(after) <= max((spare - 1) // 2, 1):
        return head(before, spare - 1 - columns(after)).rstrip() + ELLIPSIS + kept + after
    if columns(before) < spare:
        return before + kept + head(after, spare - 1 - columns(before)).rstrip() + ELLIPSIS
    return head(before, spare - 2).rstrip() + ELLIPSIS + kept + ELLIPSIS


def head(text: str, room: int) -> str:
    """Return the longest beginning of a text that takes ``room`` columns at most."""
    end = bisect_right(range(len(text) + 1), room, key=lambda end: columns(text[:end]))
    return text[: max(end - 1, 0)]


def tail(text: str, room: int) -> str:
    """Return the longest end of a text that takes ``room`` columns at most."""
    fits = bisect_left(range(len(text) + 1), True, key=lambda start: columns(text[start:]) <= room)
    start = fits
    while start < len(text) and columns(text[start]) == 0:
        start += 1
    return text[start:]
