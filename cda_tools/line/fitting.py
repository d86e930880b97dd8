"""Makes a line fit a width, giving way from its least useful part.

The order is the same in the style sheet of the HTML line (``line.css``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cda_tools.line.composing import compose
from cda_tools.line.cutting import columns, cut, cut_around
from cda_tools.line.fields import LineFields
from cda_tools.model.naming import without_long_title

# A date with its separator, and enough of the type to know it by.
MINIMUM_WIDTH = 28
# A part cut below this many columns says nothing more, and is left out.
_LEAST = 10
# What a title is cut to before the author gives way, where nothing tells what matters in it.
_LEAST_TITLE = 12
# What the type is cut to before a title that tells documents apart is left out.
_LEAST_TYPE = 12

Core = tuple[int, int]


def fit(
    line: LineFields, fields: Sequence[str], width: int, *, core: Core | None = None
) -> LineFields:
    """Return the fields cut or left out so that the line takes ``width`` columns at most.

    Columns are those of a terminal: wide characters take two. What gives way, in order:
    structure, profession, further authors, the middle of the title, PDF, place, the author, the
    rest of the title, state. The type is cut in its middle only where nothing else is left, and
    the date never. ``core``: the part of the title, from one character to another, that tells the
    document from others of its list; it is kept as long as the type can give way for it.
    Raise ValueError for a width below MINIMUM_WIDTH.
    """
    if width < MINIMUM_WIDTH:
        raise ValueError(f"largeur inférieure à {MINIMUM_WIDTH} colonnes")
    for candidate in _candidates(line, fields, width, core):
        if _width(candidate, fields) <= width:
            return candidate
    raise AssertionError("a date and a type cut to the width always fit")


def _candidates(
    line: LineFields, fields: Sequence[str], width: int, core: Core | None
) -> Iterator[LineFields]:
    """Yield the line, then shorter ones, each giving up more than the one before."""
    yield line
    for name in ("structure", "profession"):
        yield _cut_to_fit(line, name, fields, width)
        line = _with(line, name, None)
        yield line
    line = replace(line, others=0)
    yield line
    least = min(_columns_of(line.title), _least_title(line, core))
    yield _with_title(line, fields, width, core, least)
    for name in ("pdf", "place"):
        line = _with(line, name, None)
        yield _with_title(line, fields, width, core, least)
    if line.author and (bare := without_long_title(line.author)) != line.author:
        line = replace(line, author=bare)
        yield _with_title(line, fields, width, core, least)
    if line.title and "author" in fields and "title" in fields:
        shortest = _title_of(line, least, core)
        short = _cut_to_fit(replace(line, title=shortest), "author", fields, width)
        yield short
        # What the author leaves goes back to the title.
        alone = replace(line, author=None)
        yield _with_title(alone, fields, width, core, least)
        if core:
            yield _with_type(replace(alone, title=shortest), fields, width, _LEAST_TYPE)
    line = replace(line, title=None)
    yield _cut_to_fit(line, "author", fields, width)
    for name in ("author", "state", "profession", "structure"):
        line = _with(line, name, None)
        yield line
    yield _with_type(line, fields, width, 1)


def _with(line: LineFields, name: str, text: str | None) -> LineFields:
    values: dict[str, str | None] = {name: text}
    return replace(line, **values)  # type: ignore[arg-type]


def _width(line: LineFields, fields: Sequence[str]) -> int:
    return columns(compose(line, fields))


def _columns_of(text: str | None) -> int:
    return columns(text) if text else 0


def _least_title(line: LineFields, core: Core | None) -> int:
    if core is None or line.title is None:
        return _LEAST_TITLE
    # The core with an ellipsis on either side.
    return columns(line.title[core[0] : core[1]]) + 2


def _cut_to_fit(line: LineFields, name: str, fields: Sequence[str], width: int) -> LineFields:
    """Return the line with one part cut at its end so that all of it fits, if enough is left."""
    text = line.text(name)
    left = _columns_of(text) - (_width(line, fields) - width)
    if text is None or name not in fields or left < min(_LEAST, _columns_of(text)):
        return line
    return _with(line, name, cut(text, left))


def _with_title(
    line: LineFields, fields: Sequence[str], width: int, core: Core | None, least: int
) -> LineFields:
    """Return the line with its title cut so that all of it fits, to ``least`` columns at most."""
    left = _columns_of(line.title) - (_width(line, fields) - width)
    if line.title is None or "title" not in fields:
        return line
    return replace(line, title=_title_of(line, max(left, least), core))


def _title_of(line: LineFields, room: int, core: Core | None) -> str | None:
    return cut_around(line.title, room, core) if line.title else None


def _with_type(line: LineFields, fields: Sequence[str], width: int, least: int) -> LineFields:
    left = _columns_of(line.type) - (_width(line, fields) - width)
    if line.type is None or "type" not in fields or left < least:
        return line
    return replace(line, type=cut_around(line.type, left))
