"""The encoding that a document declares, and that of its bytes.

Source: XML 1.0 § 4.3.3 and appendix F: a declaration that contradicts the bytes is a fatal error
of conforming readers, of which libxml2 is not one; others show wrong accents.
"""

import codecs
import re
from dataclasses import dataclass

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
# The longer ones first: that of UTF-32 starts as that of UTF-16 does.
_BOMS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
    (codecs.BOM_UTF8, "UTF-8"),
)
_HEAD = 512
_WIDE = re.compile(r"UTF-?(?:16|32)|UCS-?[24]|ISO-10646|UNICODE", re.IGNORECASE)
_WINDOWS_ONLY = re.compile(rb"[\x80-\x9f]")
_LATIN = ("iso8859-1", "iso8859-15")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """``declared``: as the document writes it; ``found``: what the bytes are, in French."""

    declared: str
    found: str


def by_mark(data: bytes) -> str | None:
    """Return the encoding that a byte order mark tells, None where there is none."""
    if data[:1] == b"<":  # nearly all
        return None
    return next((name for mark, name in _BOMS if data.startswith(mark)), None)


def declared(data: bytes) -> str | None:
    """Return the encoding that the XML declaration names, as written; None where it names none.

    Of a document in UTF-16, zero bytes are to be left out before.
    """
    match = _DECLARED.search(data[:_HEAD])
    return match[1].decode("ascii") if match else None


def fatal(data: bytes) -> Contradiction | None:
    """Return how the declaration contradicts the bytes so that none may read them as declared."""
    mark = by_mark(data)
    wide = mark in ("UTF-16", "UTF-32") or data[:4] in (b"<\0?\0", b"\0<\0?")
    name = declared(data[:_HEAD].replace(b"\0", b"") if wide else data)
    if name is None or bool(_WIDE.match(name)) is wide:
        return None
    return Contradiction(name, (mark or "UTF-16") if wide else "UTF-8 ou sur un octet")


def doubtful(data: bytes) -> Contradiction | None:
    """Return why accents may be shown wrong, though the document can be read as declared."""
    written = declared(data)
    if written is None:
        return None
    try:
        name = codecs.lookup(written).name
    except LookupError:
        return None
    if name == "utf-8" or data.isascii():
        return None
    found = _other_than(name, data)
    return Contradiction(written, found) if found else None


def _other_than(name: str, data: bytes) -> str | None:
    if by_mark(data) == "UTF-8":
        return "commence par la marque d'ordre des octets de l'UTF-8"
    if _is_utf8(data):
        return "ses octets sont de l'UTF-8"
    if name in _LATIN and _WINDOWS_ONLY.search(data):
        return "des octets sont de Windows-1252"
    return None


def _is_utf8(data: bytes) -> bool:
    """Tell whether bytes are UTF-8; text of one byte a character never is by chance."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
