"""Bytes to the text of each message: MLLP, batches, line ends, character sets.

Source: HL7 v2.6 § 2.10.3 (batch protocol), § 2.14.9.18 (MSH-18); MLLP release 1.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cda_tools import rules
from cda_tools.finding import Finding

LAYER = "hl7v2"

_BREAKS = r"\r\n\x0b\x1c"
_MESSAGE = re.compile(rb"(?:\A|[\r\n\x0b\x1c])[ \t]*(?=MSH[^A-Za-z0-9\s])")
_LINES = re.compile(f"[{_BREAKS}]+")
_SEGMENT = re.compile(r"[A-Z][A-Z0-9]{2}(?:[^A-Za-z0-9]|$)")
_ENVELOPE = ("FHS", "BHS", "BTS", "FTS")
_TRAILER = re.compile(rb"[\r\n\x0b]BTS[^A-Za-z0-9\s](\d{1,9})")
_CHARACTER_SET_FIELD = 17

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
    starts = [match.end() for match in _MESSAGE.finditer(data)]
    for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
        message = _framed(data[start:end], wide=wide)
        if start == starts[0]:
            message.findings += _count(data, len(starts))
        yield message


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
    segments: list[str] = []
    continued = False
    for line in _LINES.split(text):
        if _SEGMENT.match(line):
            segments.append(line)
        elif line.strip() and segments:
            # Base64 folded over several lines, or text with a raw line break.
            segments[-1] += "\n" + line
            continued = True
    if continued:
        findings.append(finding("HL7-17"))
    kept = [segment for segment in segments if not segment.startswith(_ENVELOPE)]
    return Framed("\r".join(kept), findings)


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
    line = re.split(rb"[\r\n\x0b\x1c]", raw, maxsplit=1)[0].decode("latin-1")
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
    counts = [int(count) for count in _TRAILER.findall(data)]
    if not counts or sum(counts) == found:
        return []
    return [finding("HL7-15", "BTS-1", announced=sum(counts), found=found)]


def finding(rule: str, location: str | None = None, **fields: str | int | None) -> Finding:
    """Return a finding of this carrier; ``location``: ``TXA-12``, ``OBX[2]-5``."""
    return rules.finding(rule, layer=LAYER, location=location, line=None, **fields)
