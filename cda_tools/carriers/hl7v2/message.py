"""A message as segments, fields, repetitions, components and subcomponents.

Our own splitter: no kept library reads what is really sent (docs/carriers.md says which were
tried). Nothing is split before it is asked for, and nothing decoded that encloses a document.
"""

from collections.abc import Iterable, Iterator

from cda_tools.carriers.hl7v2 import delimiters
from cda_tools.carriers.hl7v2.delimiters import Delimiters, NotAMessage
from cda_tools.carriers.hl7v2.escapes import Escapes
from cda_tools.carriers.hl7v2.findings import finding
from cda_tools.carriers.hl7v2.framing import MOST, Framed, split
from cda_tools.rules.finding import Finding

__all__ = ["Message", "NotAMessage", "Repetition", "Segment", "messages"]

_MOST_PARTS = 100_000
"""Segments, fields and their parts: real messages have a thousand."""


class Repetition:
    """One repetition of a field; components and subcomponents are counted from 1."""

    __slots__ = ("_escapes", "_signs", "raw")

    def __init__(self, raw: bytes, signs: Delimiters, escapes: Escapes) -> None:
        """Keep the bytes as they stand in the message."""
        self.raw = raw
        self._signs = signs
        self._escapes = escapes

    def components(self) -> list[bytes]:
        """Return the components, their escapes not undone."""
        return self.raw.split(self._signs.component)

    def value(self, component: int = 1, subcomponent: int = 1) -> str:
        """Return a text, trimmed and without its escapes; "" where there is none."""
        return self._escapes.text(self._part(component, subcomponent)).strip()

    def data(self, component: int) -> bytes:
        """Return all of a component, its subcomponents with their separators, unescaped."""
        return self._escapes.data(_nth(self.raw, self._signs.component, component))

    def _part(self, component: int, subcomponent: int) -> bytes:
        part = _nth(self.raw, self._signs.component, component)
        return _nth(part, self._signs.subcomponent, subcomponent)


class Segment:
    """One segment; fields are counted from 1, as HL7 does, those of MSH too."""

    __slots__ = ("_escapes", "_fields", "_raw", "_signs", "name")

    def __init__(self, raw: bytes, signs: Delimiters, escapes: Escapes) -> None:
        """Keep the bytes as they stand in the message, without the line's end."""
        self.name = raw[:3].decode("ascii", "replace")
        self._raw = raw
        self._signs = signs
        self._escapes = escapes
        self._fields: list[bytes] | None = None

    @property
    def whole(self) -> bytes:
        """Return the segment as it stands in the message, without the line's end."""
        return self._raw

    def raw(self, field: int) -> bytes:
        """Return a field as it stands in the message; b"" where there is none."""
        fields = self._fields
        if fields is None:
            fields = self._fields = self._raw.split(self._signs.field)
            if self.name == "MSH":
                # MSH-1 is the separator itself.
                fields.insert(1, self._signs.field)
        return fields[field] if 0 < field < len(fields) else b""

    @property
    def field(self) -> bytes:
        """Return the separator of fields."""
        return self._signs.field

    @property
    def subcomponent(self) -> bytes:
        """Return the separator of subcomponents."""
        return self._signs.subcomponent

    def behind(self, field: int) -> bytes:
        """Return the segment from a field on, as it stands in the message."""
        parts = self._raw.split(self._signs.field, field)
        return parts[field] if field < len(parts) else b""

    def data(self, field: int) -> bytes:
        """Return all of a field, its separators as they stand, unescaped."""
        return self._escapes.data(self.raw(field))

    def tail(self, field: int, component: int) -> bytes:
        """Return what follows from a component of the first repetition on, unescaped."""
        parts = self.raw(field).split(self._signs.component, component - 1)
        return self._escapes.data(parts[component - 1]) if component <= len(parts) else b""

    def subcomponents(self, field: int) -> list[bytes]:
        """Return a field cut at each subcomponent's separator, its escapes not undone."""
        return self.raw(field).split(self._signs.subcomponent)

    def unescaped(self, raw: bytes) -> bytes:
        """Return the bytes that a part of this segment stands for."""
        return self._escapes.data(raw)

    def repeated(self, field: int) -> Iterator[Repetition]:
        """Yield each repetition of a field."""
        raw = self.raw(field)
        for part in raw.split(self._signs.repetition) if raw else ():
            yield Repetition(part, self._signs, self._escapes)

    def value(self, field: int, component: int = 1, subcomponent: int = 1) -> str:
        """Return a text of a field's first repetition, trimmed and without its escapes, or ""."""
        part = self.raw(field)
        if not part:
            return ""
        # Dozens of fields of each message are asked for: nothing is made on the way.
        signs = self._signs
        if signs.repetition in part:
            part = _nth(part, signs.repetition, 1)
        if component != 1 or signs.component in part:
            part = _nth(part, signs.component, component)
        if subcomponent != 1 or signs.subcomponent in part:
            part = _nth(part, signs.subcomponent, subcomponent)
        return self._escapes.text(part).strip() if part else ""


def _nth(raw: bytes, separator: bytes, number: int) -> bytes:
    if number == 1:
        return raw.partition(separator)[0]
    parts = raw.split(separator, number)
    return parts[number - 1] if number <= len(parts) else b""


class Message:
    """A message whose segments are in order; raise NotAMessage where its MSH is unreadable.

    ``findings``: what had to be mended to read it, from its framing on.
    """

    __slots__ = ("_by_name", "codec", "findings", "segments")

    def __init__(self, framed: Framed) -> None:
        """Read the delimiters of MSH-1 and MSH-2 and divide the message by them."""
        signs, rows, mended = delimiters.read(framed.segments, framed.codec)
        if _parts(rows, signs) > _MOST_PARTS:
            raise NotAMessage("trop de champs")
        self.codec = framed.codec
        self.findings: list[Finding] = [*framed.findings, *mended]
        escapes = Escapes(signs, framed.codec)
        self.segments = [Segment(row, signs, escapes) for row in rows]
        self._by_name: dict[str, list[Segment]] = {}
        for segment in self.segments:
            self._by_name.setdefault(segment.name, []).append(segment)

    def all(self, name: str) -> list[Segment]:
        """Return every segment of that name, in order."""
        return self._by_name.get(name, [])

    def value(self, name: str, field: int, component: int = 1, subcomponent: int = 1) -> str:
        """Return a text of the first segment of that name; "" where there is none."""
        segments = self.all(name)
        return segments[0].value(field, component, subcomponent) if segments else ""


def _parts(rows: list[bytes], signs: Delimiters) -> int:
    marks = (signs.field, signs.component, signs.repetition, signs.subcomponent)
    return len(rows) + sum(row.count(mark) for row in rows for mark in marks)


def messages(
    source: bytes | Iterable[bytes], most: int = MOST
) -> Iterator[tuple[Message | None, list[Finding]]]:
    """Yield each message of a file or a stream of blocks, one in memory at a time.

    Beside it stand the findings of its reading; a message that cannot be read is None, and
    they say why. ``most``: bytes of one message.
    """
    for framed in split(source, most):
        if not framed.segments:  # too long
            yield None, framed.findings
            continue
        try:
            message = Message(framed)
        except NotAMessage as error:
            yield None, [*framed.findings, finding("HL7-01", reason=str(error))]
        else:
            yield message, message.findings
