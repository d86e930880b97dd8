"""Makes a line fit a width, giving way from its least useful part."""

from collections.abc import Sequence
from dataclasses import replace

from cda_tools.line.composing import compose
from cda_tools.line.fields import LineFields

# A date with its separator, and enough of the type to know it by.
MINIMUM_WIDTH = 28
_ELLIPSIS = "…"
# A part cut below this many columns says nothing more, and is left out.
_LEAST = 10


def fit(line: LineFields, fields: Sequence[str], width: int) -> LineFields:
    """Return the fields cut or left out so that the line takes ``width`` columns at most.

    Columns are those of a terminal: wide characters take two. What gives way, in order:
    structure, profession, further authors, the middle of the title, the author, the place. The
    type is cut in its middle only where nothing else is left, and the date never.
    Raise ValueError for a width below MINIMUM_WIDTH.
    """
    if width < MINIMUM_WIDTH:
        raise ValueError(f"largeur inférieure à {MINIMUM_WIDTH} colonnes")
    for name in ("structure", "profession", "others", "title", "author", "place"):
        excess = _columns(compose(line, fields)) - width
        if excess <= 0:
            return line
        if name == "others":
            line = replace(line, others=0)
        elif name in fields:
            line = _give_way(line, name, excess)
    excess = _columns(compose(line, fields)) - width
    if excess > 0 and line.type and "type" in fields:
        line = replace(line, type=_cut_middle(line.type, _columns(line.type) - excess))
    return line


def _give_way(line: LineFields, name: str, excess: int) -> LineFields:
    text = line.text(name)
    if text is None:
        return line
    left = _columns(text) - excess
    if left < _LEAST:
        return _with(line, name, None)
    return _with(line, name, _cut_middle(text, left) if name == "title" else _cut(text, left))


def _with(line: LineFields, name: str, text: str | None) -> LineFields:
    values: dict[str, str | None] = {name: text}
    return replace(line, **values)  # type: ignore[arg-type]


def _columns(text: str) -> int:
    # Imported here: the tables of character widths are read only where a width is asked for.
    from wcwidth import wcswidth  # noqa: PLC0415

    return wcswidth(text)


def _cut(text: str, columns: int) -> str:
    """Return the beginning of a text, in ``columns`` at most with its ellipsis."""
    return _head(text, columns - 1).rstrip() + _ELLIPSIS


def _cut_middle(text: str, columns: int) -> str:
    """Return both ends of a text, in ``columns`` at most with the ellipsis between them."""
    head = _head(text, columns // 2)
    tail = _tail(text, columns - 1 - _columns(head))
    return head.rstrip() + _ELLIPSIS + tail.lstrip()


def _head(text: str, columns: int) -> str:
    end = min(len(text), max(columns, 0))
    # Each character takes a column at least, save those that combine with the one before.
    while end < len(text) and _columns(text[: end + 1]) <= columns:
        end += 1
    while end and _columns(text[:end]) > columns:
        end -= 1
    return text[:end]


def _tail(text: str, columns: int) -> str:
    start = max(len(text) - max(columns, 0), 0)
    while start < len(text) and _columns(text[start:]) > columns:
        start += 1
    while start < len(text) and _columns(text[start]) == 0:
        start += 1
    return text[start:]
