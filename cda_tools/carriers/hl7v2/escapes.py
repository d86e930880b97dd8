"""Escape sequences of a message (HL7 v2.6 § 2.7), undone on its bytes.

A sequence that is not known stays as it stands: nothing vanishes.
"""

import re

from cda_tools.carriers.hl7v2.delimiters import Delimiters

# Sequences that only change how text looks: highlighting, indents, skips, filling.
_LOOK = re.compile(rb"[HN]|\.(?:fi|nf|ce|(?:sp|in|ti|sk) ?[+-]?\d*)")
_LINE = re.compile(rb"\.br")
_DIGITS = re.compile(rb"[0-9A-Fa-f]+")
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Escapes:
    """Undoes the escapes of one message, by its delimiters and its character set."""

    __slots__ = ("_codec", "_escape", "_meaning", "_sequence")

    def __init__(self, signs: Delimiters, codec: str) -> None:
        """Take MSH-1 and MSH-2, and Python's name of MSH-18."""
        self._codec = codec
        self._escape = signs.escape
        mark = re.escape(signs.escape)
        digits = rb"(?:%b[Xx](?:[0-9A-Fa-f]{2} ?)+%b)+" % (mark, mark)
        named = rb"%b([A-Z.](?:[0-9A-Za-z.+-]| (?=[0-9+-]))*)%b" % (mark, mark)
        self._sequence = re.compile(digits + rb"|" + named)
        self._meaning = {
            b"F": signs.field,
            b"S": signs.component,
            b"R": signs.repetition,
            b"T": signs.subcomponent,
            b"E": signs.escape,
        }

    def text(self, raw: bytes) -> str:
        """Return the text that a part stands for; what its character set has not is U+FFFD."""
        return self.data(raw).decode(self._codec, "replace")

    def data(self, raw: bytes) -> bytes:
        """Return the bytes that a part stands for, in the message's character set."""
        return self._sequence.sub(self._undone, raw) if self._escape in raw else raw

    def _undone(self, match: re.Match[bytes]) -> bytes:
        sequence = match[1]
        if sequence is None:
            return self._of_digits(match[0])
        if sequence in self._meaning:
            return self._meaning[sequence]
        if _LINE.fullmatch(sequence):
            return b"\n"
        if _LOOK.fullmatch(sequence):
            return b""
        return match[0]

    def _of_digits(self, sequences: bytes) -> bytes:
        """Return the bytes in MSH-18 that sequences one after the other stand for.

        Four digits that are no text there are the code of a character (``X0153``, ``X000d``),
        two are a character of Windows.
        """
        told: list[bytes] = _DIGITS.findall(sequences.replace(b" ", b""))
        whole = b"".join(bytes.fromhex(one.decode()) for one in told)
        if self._is_text(whole):
            return whole
        return b"".join(map(self._of_character, told))

    def _of_character(self, digits: bytes) -> bytes:
        plain = bytes.fromhex(digits.decode())
        if len(digits) == 4 and not self._is_text(plain):
            return chr(int(digits, 16)).encode(self._codec, "xmlcharrefreplace")
        if self._holds(plain) or self._codec != "utf-8":
            return plain
        return plain.decode("cp1252", "replace").encode(self._codec, "replace")

    def _is_text(self, plain: bytes) -> bool:
        return not _CONTROLS.search(plain) and self._holds(plain)

    def _holds(self, plain: bytes) -> bool:
        try:
            plain.decode(self._codec)
        except UnicodeDecodeError:
            return False
        return True
