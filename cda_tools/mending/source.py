"""A document as text, with the place of each element in it: what a parsed tree does not keep."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from cda_tools.reading.encodings import by_mark, declared
from cda_tools.reading.location import Position

_BOM = "\ufeff"


@dataclass(slots=True)
class Node:
    """An element: its bytes from ``start`` to ``end``, its start tag to ``tag_end`` (UTF-8)."""

    name: str
    start: int
    tag_end: int = 0
    end: int = 0
    children: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Source:
    """``text``: without byte order mark. ``data``: the same in UTF-8. ``root``: its element."""

    text: str
    data: bytes
    root: Node

    def node(self, path: Position) -> Node:
        """Return the element at some positions among elements, on the way down from the root."""
        found = self.root
        for number in path:
            found = found.children[number]
        return found

    def slice(self, start: int, end: int) -> bytes:
        """Return bytes of the text in UTF-8."""
        return self.data[start:end]


def decoded(data: bytes, encoding: str | None = None) -> str | None:
    """Return a document's text; None where its bytes are not in ``encoding``.

    ``encoding``: None for what its mark or its declaration tells, else UTF-8.
    """
    if encoding is None:
        encoding = by_mark(data) or declared(data) or "UTF-8"
    try:
        return data.decode(encoding).removeprefix(_BOM)
    except (UnicodeDecodeError, LookupError):
        return None


def source(text: str) -> Source | None:
    """Return a text with the places of its elements; None where it is not well-formed."""
    data = text.encode("utf-8", "surrogatepass")
    parser = expat.ParserCreate("utf-8")
    top = Node("", 0)
    opened = [top]

    def start(name: str, _: object) -> None:
        node = Node(name, parser.CurrentByteIndex)
        opened[-1].children.append(node)
        opened.append(node)

    def end(_: str) -> None:
        node = opened.pop()
        at = parser.CurrentByteIndex
        node.tag_end = _end_of_tag(data, node.start)
        empty = data[node.tag_end - 2 : node.tag_end] == b"/>"
        node.end = node.tag_end if empty else data.index(b">", at) + 1

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError):
        return None
    return Source(text, data, top.children[0])


def _end_of_tag(data: bytes, start: int) -> int:
    """Return where a start tag ends: a value may hold ``>``."""
    at, quote = start, 0
    while True:
        byte = data[at]
        if quote:
            quote = 0 if byte == quote else quote
        elif byte in b"\"'":
            quote = byte
        elif byte == 0x3E:
            return at + 1
        at += 1
