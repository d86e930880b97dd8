"""Whether a body that is a file can be opened: nonXMLBody/text, a value of type ED.

Source: HL7 CDA R2 § 4.3.1.1 (nonXMLBody); HL7 V3 data types § 2.4 (mediaType, representation,
reference); structuration minimale 1.16 § 3.6 (corps non structuré). Nothing of it is quoted.
"""

import base64
import binascii
from collections.abc import Iterator

from lxml.etree import _Element as Element

from cda_tools.reading import recognition
from cda_tools.reading.datatypes import HL7, child
from cda_tools.reading.location import xpath
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding

LAYER = "text-1.16"
_BASE64 = "B64"
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
    data = _decoded(content)
    if encoded and data is None:
        yield "TXT-BODY-03", {}
    elif not encoded and _is_base64(content, data, media_type):
        yield "TXT-BODY-04", {}
    elif not text.get("compression"):
        found = data if encoded and data is not None else content.encode("utf-8", "replace")
        if _is_another(found, media_type):
            yield "TXT-BODY-06", {"what": recognition.contents(found)}


def _empty(text: Element | None) -> Iterator[tuple[str, dict[str, str]]]:
    elsewhere = text is not None and text.find(f"{HL7}reference") is not None
    yield "TXT-BODY-02" if elsewhere else "TXT-BODY-01", {}


def _decoded(content: str) -> bytes | None:
    try:
        return base64.b64decode("".join(content.split()), validate=True)
    except (binascii.Error, ValueError):
        return None


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
        return False
    if expected == "pdf" and b"%PDF-" in data[:_PDF_WITHIN]:
        return False
    return recognition.kind(data) != expected
