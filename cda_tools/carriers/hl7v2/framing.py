"""Bytes to the text of each message: MLLP, batches, line ends, character sets.

Source: HL7 v2.6 § 2.10.3 (batch protocol), § 2.14.9.18 (MSH-18); MLLP release 1.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from cda_tools.rules import texts
from cda_tools.rules.finding import Finding

LAYER = "hl7v2"

_BREAKS = b"\r\n\x0b\x1c"
# They start with a letter, which is looked for quickly in tens of MB of base64; what stands
# before is looked at then.
_MESSAGE = re.compile(rb"MSH[!-/:-@\[-`{-~]")
_TRAILER = re.compile(rb"BTS[!-/:-@\[-`{-~](\d{1,9})")
_SEGMENT = re.compile(r"[A-Z][A-Z0-9]{2}")
_ENVELOPE = ("FHS", "BHS", "BTS", "FTS")
_CHARACTER_SET_FIELD = 17
_HEADER_SIZE = 4096

# MSH-18 (HL7 table 0211) to Python's codecs; "" where the field is empty.
_CODECS = {
    "": "utf-8",
    "UNICODE UTF-8": "utf-8",
    "UTF-8": "utf-8",
    "UNICODE": "utf-8",
    "UNICODE UTF-16": "utf-8",
    "ASCII": "ascii",
    **{f"8859/{part}": f"iso8859-{part}" for part in (1, 2, 3, 4, 5, 6, 7, 8, 9, 15)},
}


@dataclass(slots=True)
class Framed:
    """One message: its segments end with CR, whatever they ended with; batch segments are out."""

    text: str
    findings: list[Finding] = field(default_factory=list)


def split(data: bytes) -> Iterator[Framed]:
    """Yield each message of a file, in order; nothing where no MSH segment starts one."""
    data, wide = _as_utf8(data)
    starts = [match.start() for match in _at_line_start(_MESSAGE, data)]
    for start, end in pairwise([*starts, len(data)]):
        message = _framed(data[start:end], wide=wide)
        if start == starts[0]:
            message.findings += _count(data, len(starts))
        yield message


def _at_line_start(pattern: re.Pattern[bytes], data: bytes) -> Iterator[re.Match[bytes]]:
    for match in pattern.finditer(data):
        before = match.start()
        while before and data[before - 1] in b" \t":
            before -= 1
        if before == 0 or data[before - 1] in _BREAKS:
            yield match


def _as_utf8(data: bytes) -> tuple[bytes, bool]:
    """Return the data in an encoding that holds ASCII, and whether it was in UTF-16."""
    if data.startswith(codecs.BOM_UTF8):
        return data[len(codecs.BOM_UTF8) :], False
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace").encode(), True
    if data[:4] in (b"M\0S\0", b"\0M\0S"):
        encoding = "utf-16-be" if data[0] == 0 else "utf-16-le"
        return data.decode(encoding, "replace").encode(), True
    return data, False


def _framed(raw: bytes, *, wide: bool) -> Framed:
    text, findings = (raw.decode(), []) if wide else _decoded(raw)
    segments: list[list[str]] = []
    continued = False
    for line in _lines(text):
        if _SEGMENT.match(line) and line[3:4] in ("", text[3]):
            segments.append([line])
        elif line.strip() and segments:
            # Base64 folded over several lines, or text with a raw line break.
            segments[-1].append(line)
            continued = True
    if continued:
        findings.append(finding("HL7-17"))
    kept = ["\n".join(lines) for lines in segments if not lines[0].startswith(_ENVELOPE)]
    return Framed("\r".join(kept), findings)


def _lines(text: str) -> list[str]:
    for mark in _BREAKS.decode():
        text = text.replace(mark, "\r")
    return text.split("\r")


def _decoded(raw: bytes) -> tuple[str, list[Finding]]:
    declared = _character_set(raw)
    codec = _CODECS.get(declared.upper())
    if codec is None:
        # Not quoted: a shifted field could hold anything.
        return _guessed(raw), [finding("HL7-13", "MSH-18", reason="valeur inconnue")]
    try:
        return raw.decode(codec), []
    except UnicodeDecodeError:
        reason = f"des octets ne sont pas du {declared or 'UTF-8'}"
        return _guessed(raw), [finding("HL7-13", "MSH-18", reason=reason)]


def _character_set(raw: bytes) -> str:
    """Return MSH-18, its first repetition: the message's first line is ASCII enough for that."""
    line = _lines(raw[:_HEADER_SIZE].decode("latin-1"))[0]
    fields = line.split(line[3])
    if len(fields) <= _CHARACTER_SET_FIELD:
        return ""
    return " ".join(re.split(r"[~^]", fields[_CHARACTER_SET_FIELD])[0].split())


def _guessed(raw: bytes) -> str:
    for codec in ("utf-8", "cp1252"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _count(data: bytes, found: int) -> list[Finding]:
    counts = [int(match[1]) for match in _at_line_start(_TRAILER, data)]
    if not counts or sum(counts) == found:
        return []
    return [finding("HL7-15", "BTS-1", announced=sum(counts), found=found)]


def finding(rule: str, location: str | None = None, **fields: str | int | None) -> Finding:
    """Return a finding of this carrier; ``location``: ``TXA-12``, ``OBX[2]-5``."""
    return texts.finding(rule, layer=LAYER, location=location, line=None, **fields)
