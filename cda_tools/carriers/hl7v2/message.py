"""A message as segments, fields and components.

python-hl7 splits messages. Its ``unescape`` is not used: it writes the fields that it cannot
read to the log, repeats ``\\.spN\\`` without bound, and takes ``\\X..\\`` for characters.
hl7apy refuses PRT, which every message of the CI-SIS volet holds in HL7 2.5 and 2.6.
"""

import re
from typing import Any

_HEADER = re.compile(r"MSH([!-/:-@\[-`{-~])([!-/:-@\[-`{-~]{1,5})\1")
_BREAK = ".br"
_MOST_PARTS = 100_000
"""Fields and their parts: real messages have a thousand; each costs half a kilobyte."""


class NotAMessage(Exception):
    """The text cannot be read as an HL7v2 message; the message says why, in French."""


class Segment:
    """One segment; fields, components and subcomponents are counted from 1."""

    def __init__(self, fields: Any, unescaped: "Unescape") -> None:
        """Keep the fields as the library gives them."""
        self._fields = fields
        self._unescaped = unescaped

    def repetitions(self, field: int) -> int:
        """Return how often a field is repeated; 0 where it is not there."""
        part: Any = self._fields[field] if field < len(self._fields) else ""
        return 1 if isinstance(part, str) and part else len(part)

    def value(
        self, field: int, component: int = 1, subcomponent: int = 1, repetition: int = 1
    ) -> str:
        """Return a text of a field, trimmed and unescaped; "" where there is none."""
        part: Any = self._fields[field] if field < len(self._fields) else ""
        for index in (repetition - 1, component - 1, subcomponent - 1):
            if isinstance(part, str):
                part = part if index == 0 else ""
            else:
                part = part[index] if index < len(part) else ""
        # A part with deeper separators than asked for ends in its first leaf.
        while not isinstance(part, str):
            part = part[0] if part else ""
        return self._unescaped(part).strip()


class Unescape:
    """Turns escape sequences into what they stand for (HL7 v2.6 § 2.7)."""

    def __init__(self, field: str, encoding_characters: str) -> None:
        """Take MSH-1 and MSH-2; what MSH-2 leaves out has its usual value."""
        usual = "^~\\&"
        given = list(encoding_characters[:4] + usual[len(encoding_characters) :])
        component, repetition, escape, sub = given
        self._escape = escape
        mark = re.escape(escape)
        self._sequence = re.compile(f"{mark}([^{mark}]*){mark}")
        self._meaning = {
            "F": field,
            "S": component,
            "R": repetition,
            "T": sub,
            "E": escape,
            _BREAK: "\n",
        }

    def __call__(self, text: str) -> str:
        """Return the text; sequences that only change its look are dropped."""
        if self._escape not in text:
            return text
        return self._sequence.sub(self._replaced, text)

    def _replaced(self, match: re.Match[str]) -> str:
        sequence = match[1]
        if sequence in self._meaning:
            return self._meaning[sequence]
        if sequence[:1] == "X":
            try:
                return bytes.fromhex(sequence[1:]).decode("utf-8", "replace")
            except ValueError:
                return ""
        return ""


class Message:
    """A message; raise NotAMessage where its header does not say how to read it."""

    def __init__(self, text: str) -> None:
        """Split a message whose segments end with CR."""
        import hl7  # type: ignore[import-untyped]  # noqa: PLC0415  only for messages

        text = text.strip()
        header = _HEADER.match(text)
        if header is None or len(set(header[1] + header[2])) != len(header[1] + header[2]):
            raise NotAMessage("segment MSH illisible")
        if sum(text.count(mark) for mark in ("\r", header[1], *header[2])) > _MOST_PARTS:
            raise NotAMessage("trop de champs")
        unescape = Unescape(header[1], header[2])
        try:
            segments = hl7.parse(text)
        except (hl7.HL7Exception, LookupError, ValueError, AssertionError) as error:
            raise NotAMessage("champs illisibles") from error
        self._segments: dict[str, list[Segment]] = {}
        for fields in segments:
            name = str(fields[0]) if len(fields) else ""
            self._segments.setdefault(name, []).append(Segment(fields, unescape))

    def all(self, name: str) -> list[Segment]:
        """Return every segment of that name, in order."""
        return self._segments.get(name, [])

    def value(self, name: str, field: int, component: int = 1) -> str:
        """Return a text of the first segment of that name; "" where there is none."""
        segments = self.all(name)
        return segments[0].value(field, component) if segments else ""
