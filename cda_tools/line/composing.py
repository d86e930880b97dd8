"""Fields to text: ``type · date · title · author (profession, structure) +2``."""

from collections.abc import Sequence

from cda_tools.line.fields import LineFields

SEPARATOR = " · "
MISSING = "non indiqué"
_BRACKETED = ("profession", "structure")


def groups(line: LineFields, fields: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the shown fields as they stand between separators.

    Profession and structure stand in brackets behind the author, where there is one.
    """
    shown = [name for name in fields if line.text(name)]
    if "author" not in shown:
        return [(name,) for name in shown]
    bracketed = tuple(name for name in shown if name in _BRACKETED)
    return [
        (name, *bracketed) if name == "author" else (name,)
        for name in shown
        if name not in _BRACKETED
    ]


def compose(line: LineFields, fields: Sequence[str]) -> str:
    """Return the fields as one text; it says so where the document has none of them."""
    return SEPARATOR.join(_group(line, names) for names in groups(line, fields)) or MISSING


def _group(line: LineFields, names: tuple[str, ...]) -> str:
    first, *bracketed = (line.text(name) or "" for name in names)
    text = f"{first} ({', '.join(bracketed)})" if bracketed else first
    return f"{text} +{line.others}" if names[0] == "author" and line.others else text
