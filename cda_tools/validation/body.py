"""Whether a body that is a file can be opened: nonXMLBody/text, a value of type ED.

Source: HL7 CDA R2 § 4.3.1.1 (nonXMLBody); HL7 V3 data types § 2.4 (mediaType, representation,
reference); structuration minimale 1.16 § 3.6 (corps non structuré). Nothing of it is quoted.
"""

import base64
import string
from collections.abc import Iterator

from lxml.etree import _Element as Element

from cda_tools.reading import recognition
from cda_tools.reading.datatypes import HL7, child
from cda_tools.reading.location import xpath
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding

LAYER = "text-1.16"
_BASE64 = "B64"
_LETTERS = string.ascii_letters.encode() + string.digits.encode() + b"+/"
_START = 4 * 4096
"""Characters that are decoded: more than tell what a file is."""
_SHORTEST = 64
# What the first bytes of a file of a media type tell.
_KINDS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpeg",
    "image/jpg": "jpeg",
    "image/png": "png",
    "image/gif": "gif",
    "image/tiff": "tiff",
    "text/rtf": "rtf",
    "application/rtf": "rtf",
}
_PDF_WITHIN = 1024
"""A PDF may have a few bytes before its mark (ISO 32000-1, annex H, note 13)."""


def check(root: Element) -> list[Finding]:
    """Return what stands in the way of a body that is a file; nothing for a structured one."""
    body = child(child(root, "component"), "nonXMLBody")
    if body is None or body.get("nullFlavor"):
        return []
    text = child(body, "text")
    at = body if text is None else text
    return [
        texts.finding(rule, layer=LAYER, location=xpath(at), line=at.sourceline, **fields)
        for rule, fields in (_empty(None) if text is None else _of_text(text))
    ]


def _of_text(text: Element) -> Iterator[tuple[str, dict[str, str]]]:
    media_type = (text.get("mediaType") or "").strip().lower()
    if not media_type and not text.get("nullFlavor"):
        yield "TXT-BODY-05", {}
    content = "".join(one for one in text.itertext(with_tail=True) if one).strip()
    if not content:
        yield from _empty(text)
        return
    encoded = (text.get("representation") or "").strip().upper() == _BASE64
    data = _start_decoded(content)
    if encoded and data is None:
        yield "TXT-BODY-03", {}
    elif not encoded and _is_base64(content, data, media_type):
        yield "TXT-BODY-04", {}
    elif not text.get("compression"):
        plain = content[:_START].encode("utf-8", "replace")
        found = data if encoded and data is not None else plain
        if _is_another(found, media_type):
            yield "TXT-BODY-06", {"what": recognition.contents(found)}


def _empty(text: Element | None) -> Iterator[tuple[str, dict[str, str]]]:
    elsewhere = text is not None and text.find(f"{HL7}reference") is not None
    yield "TXT-BODY-02" if elsewhere else "TXT-BODY-01", {}


def _start_decoded(content: str) -> bytes | None:
    """Return what the first characters of base64 hold; None where not all of it is base64.

    A body may have tens of MB: its characters are all looked at, and few are decoded.
    """
    if not content.isascii():
        return None  # nor are blanks of other kinds those of base64
    compact = content.encode().replace(b"\n", b"")
    padding = compact.translate(None, _LETTERS)
    if padding.strip(b"="):  # other blanks, perhaps
        compact = b"".join(compact.split())
        padding = compact.translate(None, _LETTERS)
    letters = len(compact) - len(padding)
    if compact[letters:] != padding or padding.strip(b"=") or not _fills(letters, padding):
        return None
    return base64.b64decode(compact[:_START] if letters > _START else compact)


def _fills(letters: int, padding: bytes) -> bool:
    """Tell whether so many letters of base64, with such padding, are whole bytes.

    Padding where none is needed is let pass, as decoders do.
    """
    missing = -letters % 4
    return len(padding) == missing < 3 or (missing == 0 and letters > 0)


def _is_base64(content: str, data: bytes | None, media_type: str) -> bool:
    """Tell whether a content that is not said to be base64 is all the same."""
    if data is None:
        return False
    if media_type in _KINDS or recognition.has_signature(data):
        return True
    return len(content) >= _SHORTEST and " " not in content.strip()


def _is_another(data: bytes, media_type: str) -> bool:
    expected = _KINDS.get(media_type)
    if expected is None:
        return media_type.startswith("text/") and recognition.has_signature(data)
    if expected == "pdf" and b"%PDF-" in data[:_PDF_WITHIN]:
        return False
    return recognition.kind(data) != expected
