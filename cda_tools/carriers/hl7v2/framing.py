"""Bytes to the segments of each message: MLLP, batches, line ends, what stands around a message.

Everything stays bytes: a field is decoded where it is asked for, and what it encloses is handed
on as it came. Source: HL7 v2.6 § 2.5 (segments), § 2.10.3 (batch protocol); MLLP release 1.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from cda_tools.carriers.hl7v2 import characters
from cda_tools.carriers.hl7v2.findings import finding
from cda_tools.rules.finding import Finding

MOST = 128 * 1024 * 1024
"""Bytes of one message that are kept, where no other limit is given."""

_BREAKS = b"\r\n\x0b\x1c"
# Blanks, NUL and byte order marks before a segment's name do not belong to it.
_BEFORE = b" \t\0\xef\xbb\xbf"
_AFTER_BYTES = frozenset(
    bytes([one]) for one in b"\0rnDdAa\\>]};_M\x8d\x8a\xa4\xb5\xb6\xa8\xa9\x0c\x1d\x1e\x85"
)
_BEFORE_BYTES = frozenset(bytes([one]) for one in _BEFORE)
# A field separator is a printable sign of ASCII, and none that base64 has: a line of folded
# base64 may start with "MSH+".
_SEPARATOR = rb"[!-*,-.:-<>-@\[-`{-~]"
_MESSAGE = re.compile(rb"MSH(" + _SEPARATOR + rb")")
# Where text stands before a message on its line, MSH-2 must be there too to believe it.
_SURE = re.compile(rb"MSH(" + _SEPARATOR + rb")[^\w\s]{3,8}\1")
_SEGMENT = re.compile(rb"[A-Z][A-Z0-9]{2}(?=" + _SEPARATOR + rb"|$)")
_ENVELOPE = (b"FHS", b"BHS", b"BTS", b"FTS")
_TRAILER = re.compile(rb"(?:^|[\r\n\x0b\x1c])[ \t]*BTS" + _SEPARATOR + rb"(\d{1,9})")
_LONGEST_PREFIX = 1000
_LONGEST_START = 16
_LONGEST_END = 64
# What stands for the end of a segment in a message that is one single line: escape sequences of
# other languages and of HL7, names in brackets, entities, signs and separators of other alphabets.
_BREAK = (
    rb"(?:(?:\\E)?\\r\\n|(?:\\E)?\\[rn]|\\x0?[DdAa]|\\u000[DdAa]|\\X0?[DdAa](?:0[Aa])?\\|\\\.br\\"
    rb"|[<\[{](?:CR|LF|CRLF|cr|lf|crlf|0?x0?[DdAa])[>\]}]|<br ?/?>|%0[DdAa]|_x000[DA]_|\^M"
    rb"|&#(?:x0?[DdAa]|1[03]);|&cr;|&CR;|\xe2\x80[\xa8\xa9]|\xe2\x90[\x8d\x8a\xa4]|\xe2\x86\xb5"
    rb"|\xc2[\x85\xb6]|[\x0c\x1d\x1e\x85])"
)
_NO_BREAK = re.compile(rb"\s*" + _BREAK + rb"+\s*(?=[A-Z][A-Z0-9]{2}" + _SEPARATOR + rb")")
# The segments that messages with documents have. Text has blanks and signs too: where no sign of
# an end is known, only these names are taken for the start of a segment.
_KNOWN = (
    rb"(?:EVN|PID|PD1|PV1|PV2|MSA|ERR|ORC|OBR|TXA|CON|OBX|NTE|PRT|SPM|ZBE|ZAM|ZFA|ZFU)" + _SEPARATOR
)
# Blanks, controls or punctuation before a known name; nothing at all, behind a separator.
_ANY_BREAK = re.compile(
    rb"(?:[\x00-\x20;#!$%*,:@_-]+|(?<=" + _SEPARATOR + rb"))(?=" + _KNOWN + rb")"
)
# At the end of a line: what stands for the end that is there as well.
_AFTER = re.compile(rb"(?:" + _BREAK + rb"|\0)+[ \t]*$")
# At the start of a line: a number, a bullet, a quote that a page or a log has put there.
_MARKED = re.compile(rb"[^A-Za-z|]{1,12}(?=" + _KNOWN + rb")")


@dataclass(slots=True)
class Framed:
    """One message: its segments without their line ends; segments of a batch are out.

    ``codec``: what its text is written in, for Python. ``findings``: what was mended.
    """

    segments: list[bytes]
    codec: str = "utf-8"
    findings: list[Finding] = field(default_factory=list)


def split(source: bytes | Iterable[bytes], most: int = MOST) -> Iterator[Framed]:
    """Yield each message of a file, in order; nothing where no MSH segment starts one.

    ``source``: the file's bytes, or its blocks: one message at a time is kept. A message of
    more than ``most`` bytes is yielded without its segments, with a finding; at twice as many,
    reading stops: a pipe or a device may never end.
    """
    in_batch = 0
    blocks = iter([source]) if isinstance(source, bytes) else iter(source)
    for raw in _raw_messages(blocks, most):
        in_batch += 1
        short = raw.whole and len(raw.data) <= most
        framed = _framed(raw) if short else _too_long(most)
        announced = _announced(raw.data)
        if announced is not None:
            if announced != in_batch:
                counts = {"announced": announced, "found": in_batch}
                framed.findings.append(finding("HL7-15", "BTS-1", **counts))
            in_batch = 0
        yield framed


@dataclass(slots=True)
class _Raw:
    """The bytes of a message; ``before``: what stands before it and is not another message."""

    before: bytes
    data: bytes
    wide: bool
    whole: bool = True


def _raw_messages(blocks: Iterator[bytes], most: int) -> Iterator[_Raw]:
    blocks, wide = _as_utf8(blocks)
    buffer = bytearray()
    before: bytes | None = None  # of the message that the buffer starts with, if it does
    searched, whole = 0, True
    left_out = 0  # bytes since the last start that were not kept
    for block, last in _with_last(blocks):
        buffer += block
        # A start is looked for where all of it, and of the line before it, is at hand.
        end = len(buffer) if last else len(buffer) - _LONGEST_START
        while (found := _next_start(buffer, searched, end)) is not None:
            line, position = found
            if before is not None:
                yield _Raw(before, bytes(buffer[:line]), wide, whole)
            else:
                line = 0
            before = bytes(buffer[line:position])
            del buffer[:position]
            end -= position
            searched, whole, left_out = len(b"MSH"), True, 0
        searched = max(searched, end - len(b"MSH"))
        dropped = _shorten(buffer, most, started=before is not None)
        searched, whole = searched - dropped, whole and not dropped
        left_out += dropped
        if left_out > most:
            break  # a message of twice the limit: what follows may never end
    if before is not None:
        yield _Raw(before, bytes(buffer), wide, whole)


def _shorten(buffer: bytearray, most: int, *, started: bool) -> int:
    """Drop the middle of a message that is too long, or text that no message follows."""
    if len(buffer) <= most + 2 * _LONGEST_PREFIX:
        return 0
    first = _LONGEST_PREFIX if started else 0
    length = len(buffer)
    del buffer[first:-_LONGEST_PREFIX]
    return length - len(buffer)


def _with_last(blocks: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield each block, and whether it is the last; an empty one where there is none."""
    block = next(blocks, b"")
    for following in blocks:
        yield block, False
        block = following
    yield block, True


def _next_start(buffer: bytearray, searched: int, end: int) -> tuple[int, int] | None:
    """Return where the line of the next message begins, and where its MSH does."""
    while (match := _MESSAGE.search(buffer, searched, end)) is not None:
        position = match.start()
        lowest = max(0, position - _LONGEST_PREFIX)
        line = max(buffer.rfind(mark, lowest, position) for mark in _BREAKS) + 1
        if line or not lowest:
            text = bytes(buffer[line:position]).lstrip(_BEFORE)
            if not text or (not _SEGMENT.match(text) and _SURE.match(buffer, position)):
                return line, position
        searched = position + len(b"MSH")
    return None


def _as_utf8(blocks: Iterator[bytes]) -> tuple[Iterator[bytes], bool]:
    """Return the blocks in an encoding that holds ASCII, and whether they were in UTF-16."""
    first = b""
    while len(first) < len("MS".encode("utf-16-le")) and (block := next(blocks, b"")):
        first += block
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif first[:4] in (b"M\0S\0", b"\0M\0S"):
        encoding = "utf-16-be" if first[0] == 0 else "utf-16-le"
    else:
        return chain([first], blocks), False
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    whole = (decoder.decode(block).encode() for block in chain([first], blocks))
    return whole, True


def _framed(raw: _Raw) -> Framed:
    lines = _lines(_without_end(raw.data))
    separator = lines[0][3:4]
    segments: list[list[bytes]] = []
    mended: set[str] = set()
    if not any(line.strip(_BEFORE) for line in lines[1:]):
        for separating in (_NO_BREAK, _ANY_BREAK):
            if separating.search(lines[0]):
                lines = separating.split(lines[0])
                mended.add("HL7-25")
                break
    for given in lines:
        line = _bare(given)
        if _SEGMENT.match(line) and line[3:4] in (b"", separator):
            segments.append([line])
            if line is not given:
                mended.add("HL7-27")
        elif line.strip() and segments:
            # Base64 folded over several lines, or text with a raw line break.
            segments[-1].append(given)
            mended.add("HL7-17")
    kept = [b"\n".join(one) for one in segments if not one[0].startswith(_ENVELOPE)]
    if _says_something(raw.before):
        mended.add("HL7-26")
    codec, findings = ("utf-8", []) if raw.wide else characters.codec(kept, separator)
    return Framed(kept, codec, [*map(finding, sorted(mended)), *findings])


def _bare(line: bytes) -> bytes:
    """Return a line without what stands around its segment and is no part of it."""
    if line[:1] in _BEFORE_BYTES:
        line = line.lstrip(_BEFORE)
    if not line[:1].isalpha() and (mark := _MARKED.match(line)):
        line = line[mark.end() :]
    return _without_end(line) if line[-1:] in _AFTER_BYTES else line


def _without_end(line: bytes) -> bytes:
    """Return a line without what stands for its end; only its last bytes are looked at."""
    found = _AFTER.search(line, max(0, len(line) - _LONGEST_END))
    return line[: found.start()] if found else line


def _too_long(most: int) -> Framed:
    return Framed([], findings=[finding("HL7-01", reason=f"plus de {most // 1_048_576} Mio")])


def _lines(raw: bytes) -> list[bytes]:
    for mark in _BREAKS[1:]:
        raw = raw.replace(bytes([mark]), b"\r")
    return raw.split(b"\r")


def _says_something(before: bytes) -> bool:
    """Tell whether text stands before a message, that is no segment of a batch."""
    lines = (line.strip(_BEFORE) for line in _lines(before))
    return any(line and not line.startswith(_ENVELOPE) for line in lines)


def _announced(raw: bytes) -> int | None:
    """Return how many messages the batch that ends here says to have, if one ends."""
    counts = [int(match[1]) for match in _TRAILER.finditer(raw)]
    return sum(counts) if counts else None
