"""Escape sequences of a message (HL7 v2.6 § 2.7), undone on its bytes.

A sequence that is not known stays as it stands: nothing vanishes.
"""

import re

from cda_tools.carriers.hl7v2.delimiters import Delimiters

# Sequences that only change how text looks: highlighting, indents, skips, filling.
_LOOK = re.compile(rb"[HN]|\.(?:fi|nf|ce|(?:sp|in|ti|sk)[+-]?\d*)")
_LINE = re.compile(rb"\.br")
_HEX = re.compile(rb"X((?:[0-9A-Fa-f]{2})+)")


class Escapes:
    """Undoes the escapes of one message, by its delimiters and its character set."""

    __slots__ = ("_codec", "_escape", "_meaning", "_sequence")

    def __init__(self, signs: Delimiters, codec: str) -> None:
        """Take MSH-1 and MSH-2, and Python's name of MSH-18."""
        self._codec = codec
        self._escape = signs.escape
        mark = re.escape(signs.escape)
        # The longest known sequence is a run of hexadecimal digits.
        self._sequence = re.compile(mark + rb"([A-Z.][0-9A-Za-z.+-]*)" + mark)
        self._meaning = {
            b"F": signs.field,
            b"S": signs.component,
            b"R": signs.repetition,
            b"T": signs.subcomponent,
            b"E": signs.escape,
        }

    def text(self, raw: bytes) -> str:
        """Return the text that a part stands for; what its character set has not is U+FFFD."""
        plain = self._sequence.sub(self._undone, raw) if self._escape in raw else raw
        return plain.decode(self._codec, "replace")

    def data(self, raw: bytes) -> bytes:
        """Return the bytes that a part stands for, in the message's character set."""
        return self._sequence.sub(self._undone, raw) if self._escape in raw else raw

    def _undone(self, match: re.Match[bytes]) -> bytes:
        sequence = match[1]
        if sequence in self._meaning:
            return self._meaning[sequence]
        if _LINE.fullmatch(sequence):
            return b"\n"
        if _LOOK.fullmatch(sequence):
            return b""
        if digits := _HEX.fullmatch(sequence):
            return self._of_digits(digits[1])
        return match[0]

    def _of_digits(self, digits: bytes) -> bytes:
        """Return bytes in MSH-18; four digits that start with 00 are a character's code."""
        if len(digits) == 4 and digits.startswith(b"00"):
            return chr(int(digits, 16)).encode(self._codec, "replace")
        return bytes.fromhex(digits.decode())
