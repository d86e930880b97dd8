"""MSH-1 and MSH-2: the signs that divide a message, as given, or as they must have been.

A message whose MSH-2 went through another character set, a language's escapes or an XML file is
readable all the same: it is read with the usual signs, and what MSH-2 holds is said.
Source: HL7 v2.6 § 2.5.4 (delimiters), § 2.14.9.2 (MSH-2); v2.7 § 2.5.4 (truncation character).
"""

import html
import re
from dataclasses import dataclass

from cda_tools.carriers.hl7v2.findings import finding
from cda_tools.rules.finding import Finding

USUAL = "^~\\&"
_MOST = 5  # the four, and the truncation character of HL7 v2.7
_SHOWN = 12
_KIND = 8  # MSH-9, counted from the segment's name: MSH-1 is the separator itself
_MESSAGE = re.compile(rb"[A-Z]{3}(?:\^|$)")
_ESCAPED = re.compile(r"&#?[A-Za-z0-9]{1,6};|\\u[0-9A-Fa-f]{4}")
_LONE_ESCAPE = re.compile(rb"(?<!\\)(?:\\\\)*\\(?!\\)")
_UNICODE = re.compile(rb"\\u([0-9A-Fa-f]{4})")
_ENTITY = re.compile(rb"&(?:[A-Za-z]{2,6}|#\d{1,5}|#[xX][0-9A-Fa-f]{1,4});")


class NotAMessage(Exception):
    """The text cannot be read as an HL7v2 message; the message says why, in French."""


@dataclass(frozen=True, slots=True)
class Delimiters:
    """One byte each."""

    field: bytes
    component: bytes
    repetition: bytes
    escape: bytes
    subcomponent: bytes


def read(segments: list[bytes], codec: str) -> tuple[Delimiters, list[bytes], list[Finding]]:
    """Return a message's delimiters, its segments in which they stand, and what was mended.

    Raise NotAMessage where the MSH segment does not say how to read it.
    """
    separator = segments[0][3:4]
    given = _between(segments[0], separator)
    if _is_sound(given.decode(codec, "replace"), separator.decode("ascii", "replace")):
        return _delimiters(separator, given.decode(codec)), segments, []
    text = given.decode(codec, "replace")
    mended = _without_escapes(segments, given, codec)
    rest = _between(mended[0], separator).decode(codec, "replace")
    if any(one.isalnum() and one.isascii() for one in rest):
        if not _is_in_place(segments, separator):
            raise NotAMessage("MSH-2 contient des lettres ou des chiffres, et non des séparateurs")
        mended, rest = segments, USUAL
    elif not _is_sound(rest, separator.decode("ascii", "replace")):
        mended, rest = _with_usual_signs(mended, rest, codec), USUAL
    told = finding("HL7-24", "MSH-2", told=_told(text))
    return _delimiters(separator, rest), mended, [told]


def _between(header: bytes, separator: bytes) -> bytes:
    end = header.find(separator, 4)
    if not separator or end < 0:
        raise NotAMessage("segment MSH coupé avant MSH-3")
    return header[4:end]


def _is_in_place(segments: list[bytes], separator: bytes) -> bool:
    """Tell whether a text stands for MSH-2 and not another field, MSH-2 left out before it.

    Where the usual signs are in use and MSH-9 has a kind of message, nothing was shifted.
    """
    fields = segments[0].split(separator)
    usual = any(USUAL[0].encode() in one for one in segments[1:])
    return usual and len(fields) > _KIND and _MESSAGE.match(fields[_KIND]) is not None


def _is_sound(given: str, separator: str) -> bool:
    """Tell whether MSH-2 is as HL7 has it: signs of ASCII that differ; the last may be left out."""
    signs = given + USUAL[len(given) :]
    return (
        0 < len(given) <= _MOST
        and all("!" <= one <= "~" and not one.isalnum() for one in given)
        and len({separator, *signs}) == len(signs) + 1
    )


def _delimiters(separator: bytes, signs: str) -> Delimiters:
    """Return the delimiters; what MSH-2 leaves out has its usual value."""
    component, repetition, escape, subcomponent = (
        one.encode() for one in signs[:4] + USUAL[len(signs) :]
    )
    return Delimiters(separator, component, repetition, escape, subcomponent)


def _without_escapes(segments: list[bytes], given: bytes, codec: str) -> list[bytes]:
    """Undo what XML or a language did to the whole message, where MSH-2 shows that it did."""
    if _ENTITY.search(given):
        segments = [_ENTITY.sub(lambda one: _of_entity(one[0], codec), row) for row in segments]
    if _UNICODE.search(given):
        segments = [_UNICODE.sub(lambda one: _of_code(one, codec), row) for row in segments]
    if b"\\\\" in given and not any(_LONE_ESCAPE.search(one) for one in segments):
        segments = [one.replace(b"\\\\", b"\\") for one in segments]
    return segments


def _of_entity(entity: bytes, codec: str) -> bytes:
    return html.unescape(entity.decode("ascii")).encode(codec, "xmlcharrefreplace")


def _of_code(match: re.Match[bytes], codec: str) -> bytes:
    try:
        return chr(int(match[1], 16)).encode(codec)
    except UnicodeEncodeError:  # half of a pair, or what the character set has not
        return match[0]


def _with_usual_signs(segments: list[bytes], given: str, codec: str) -> list[bytes]:
    """Put the usual sign in place of each foreign one that stands at its place in MSH-2."""
    for foreign, usual in zip(given, USUAL, strict=False):
        if len(given) >= len(USUAL) and not foreign.isascii():
            segments = [one.replace(foreign.encode(codec), usual.encode()) for one in segments]
    return segments


def _told(given: str) -> str:
    """Return what MSH-2 holds, with the code of what cannot be seen; long text is not quoted."""
    if len(given) > _SHOWN:
        return f"{len(given)} caractères"
    if any(
        one.isascii() and one.isalnum() for one in _ESCAPED.sub("", given)
    ):  # it may be a name that was shifted
        return f"{len(given)} caractères, dont des lettres ou des chiffres"
    shown = [one if "!" <= one <= "~" else f"U+{ord(_of_windows(one)):04X}" for one in given]
    return f"« {' '.join(shown)} »" if shown else "vide"


def _of_windows(sign: str) -> str:
    """Return the sign that a control of ISO-8859-1 is in Windows-1252: U+02DC for U+0098."""
    if not "\x80" <= sign <= "\x9f":
        return sign
    return sign.encode("latin-1").decode("cp1252", "ignore") or sign
