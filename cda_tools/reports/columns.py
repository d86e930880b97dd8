"""The columns at which elements begin, which no parsed tree keeps: the file is read once more."""

from collections.abc import Iterable
from pathlib import Path
from xml.parsers import expat

Place = tuple[str, int]
"""The location and the line of a finding."""


def columns(file: str, places: Iterable[Place]) -> dict[Place, int]:
    """Return the column of some findings' elements, from 1, in characters.

    A place is left out where its element does not begin on the line told, and all of them where
    the file can no longer be read as XML: a report then has lines alone.
    """
    wanted = set(places)
    if not wanted:
        return {}
    steps = {_numbered(location): (location, line) for location, line in wanted}
    found: dict[Place, int] = {}
    above: list[str] = []
    counts: list[dict[str, int]] = [{}]
    parser = expat.ParserCreate(namespace_separator="}")

    def start(tag: str, _: object) -> None:
        name = tag.rpartition("}")[2]
        number = counts[-1][name] = counts[-1].get(name, 0) + 1
        above.append(f"{name}[{number}]")
        counts.append({})
        place = steps.get("/" + "/".join(above))
        if place and place[1] == parser.CurrentLineNumber:
            found[place] = parser.CurrentColumnNumber + 1

    def end(_: str) -> None:
        above.pop()
        counts.pop()

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(Path(file).read_bytes(), True)
    except (OSError, expat.ExpatError, ValueError):
        return {}
    return found


def _numbered(location: str) -> str:
    """Return a location with a number at every step."""
    steps = location.split("/")[1:]
    return "".join(f"/{one}" if one.endswith("]") else f"/{one}[1]" for one in steps)
