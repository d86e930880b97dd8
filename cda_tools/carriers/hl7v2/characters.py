"""What a message's text is written in: MSH-18, what its bytes say, and XML that it holds.

Source: HL7 v2.6 § 2.14.9.18 (MSH-18), table 0211; CI-SIS guide: UNICODE UTF-8 or 8859/15.
"""

import codecs
import re

from cda_tools.carriers.hl7v2.findings import finding
from cda_tools.rules.finding import Finding

_FIELD = 17
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")

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


def codec(segments: list[bytes], separator: bytes) -> tuple[str, list[Finding]]:
    """Return what Python calls the character set of a message, and what is wrong with MSH-18."""
    declared = _declared(segments[0], separator)
    name = _CODECS.get(declared.upper())
    if name is None:
        # Not quoted: a shifted field could hold anything.
        return _guessed(segments), [finding("HL7-13", "MSH-18", reason="valeur inconnue")]
    if all(segment.isascii() for segment in segments):
        return name, []
    if not _holds(segments, name):
        reason = f"des octets ne sont pas du {declared or 'UTF-8'}"
        return _guessed(segments), [finding("HL7-13", "MSH-18", reason=reason)]
    # Text in an alphabet of one byte a character is never valid UTF-8 by chance.
    if name != "utf-8" and _holds(segments, "utf-8"):
        reason = f"il annonce {declared}, et le texte est en UTF-8"
        return "utf-8", [finding("HL7-13", "MSH-18", reason=reason)]
    return name, []


def _declared(header: bytes, separator: bytes) -> str:
    """Return the first repetition of MSH-18, its blanks made one."""
    fields = header.split(separator, _FIELD + 1)
    if len(fields) <= _FIELD:
        return ""
    text = fields[_FIELD].decode("ascii", "replace")
    return " ".join(re.split(r"[~^]", text)[0].split())


def _holds(segments: list[bytes], name: str) -> bool:
    try:
        for segment in segments:
            segment.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _guessed(segments: list[bytes]) -> str:
    return next((name for name in ("utf-8", "cp1252") if _holds(segments, name)), "latin-1")


def as_declared(xml: bytes, name: str) -> tuple[bytes, str | None]:
    """Return XML that stands in clear in a message, in the encoding that it declares itself.

    A message in another character set turned the text into its own, and left the declaration
    as it was: the text is turned back, and the declared encoding returned beside it. What that
    encoding lacks becomes a reference (``&#339;``), so that nothing is lost. Where the
    declaration is right, or nothing tells that it is not, the bytes are left as they came.
    """
    if xml.isascii():
        return xml, None
    match = _DECLARED.match(xml)
    declared = match[1].decode("ascii").upper() if match else "UTF-8"
    try:
        own = codecs.lookup(declared).name
    except LookupError:
        return xml, None  # reading it says so
    if own == codecs.lookup(name).name or (own == "utf-8" and _holds([xml], own)):
        return xml, None
    if not _holds([xml], name):
        return xml, None
    return xml.decode(name).encode(own, "xmlcharrefreplace"), declared
