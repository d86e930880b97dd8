"""A file inside a document (HL7 V3 data type ED): its bytes, and what they really are.

Source: HL7 V3 data types § 2.4 (mediaType, representation, compression, reference).
"""

import base64
import binascii
import codecs
import re
import zlib
from dataclasses import dataclass, field
from enum import StrEnum

from lxml.etree import _Element as Element

from cda_tools.reading.datatypes import child
from cda_tools.reading.location import local_name
from cda_tools.text import clean

# What one file may take once its compression is undone: a small text may hold gigabytes.
MOST_BYTES = 64 * 1024 * 1024
_WINDOWS = {"GZ": (31,), "ZL": (15,), "DF": (-15, 15)}
_STARTS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
)
_PDF_WITHIN = 1024
_BESIDE = frozenset({"thumbnail", "reference"})
_BASE64 = re.compile(r"[A-Za-z0-9+/]+=*")


class Kind(StrEnum):
    """How a file is shown."""

    PDF = "pdf"
    IMAGE = "image"
    TEXT = "text"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class File:
    """A file as a document has it. ``data``: None where it is elsewhere, or cannot be read.

    ``media_type``: what the bytes are where they tell, else what the document says.
    ``reference``: where the document says that it is. ``problem``: in French, why there are no
    bytes. ``kind``: how it may be shown. ``charset``: of a text, where the document names it.
    """

    media_type: str
    kind: Kind
    data: bytes | None = field(default=None, repr=False)
    reference: str | None = None
    problem: str | None = None
    charset: str | None = None

    @property
    def size(self) -> str:
        """Return the size in the words of a French reader: ``812 octets``, ``23 ko``, ``3,1 Mo``.

        Units of 1,000 bytes.
        """
        size = len(self.data or b"")
        if size < 1_000:
            return f"{size} octet{'s' if size > 1 else ''}"
        if size < 999_500:
            return f"{round(size / 1_000)} ko"
        return f"{size / 1_000_000:.1f} Mo".replace(".", ",")


def read(element: Element) -> File:
    """Return the file that a ``value`` or ``text`` of type ED holds or refers to."""
    declared = (clean(element.get("mediaType")) or "").lower()
    link = child(element, "reference")
    reference = clean(link.get("value")) if link is not None else None
    content = _own_content(element)
    if not content.strip():
        problem = None if reference else "le fichier est vide"
        return File(declared or "type non indiqué", _kind(declared), None, reference, problem)
    data, problem = _bytes(element, content, declared)
    if data is None:
        return File(declared or "type non indiqué", _kind(declared), None, reference, problem)
    found = _found(data) or ""
    media_type = found or declared or "type non indiqué"
    kind = _kind(media_type)
    if kind in (Kind.PDF, Kind.IMAGE) and not found:
        # Announced as what its bytes are not: a browser would show nothing.
        kind = Kind.OTHER
    return File(media_type, kind, data, reference, charset=_charset(element))


def _own_content(element: Element) -> str:
    """Return what an ED holds: not the text of its thumbnail, which is another file."""
    texts = [element.text]
    for one in element.iterchildren():
        if isinstance(one.tag, str) and local_name(one) not in _BESIDE:
            texts.append(_own_content(one))
        texts.append(one.tail)
    return "".join(filter(None, texts))


def _charset(element: Element) -> str | None:
    """Return the charset of a file in base64; what stands as text has that of its document."""
    name = clean(element.get("charset")) if element.get("representation") == "B64" else None
    try:
        return codecs.lookup(name).name if name else None
    except (LookupError, ValueError):
        return None


def _kind(media_type: str) -> Kind:
    if media_type == "application/pdf":
        return Kind.PDF
    if media_type.startswith("image/"):
        return Kind.IMAGE
    return Kind.TEXT if media_type == "text/plain" else Kind.OTHER


def _found(data: bytes) -> str | None:
    """Return the media type that the bytes tell, None where they tell none that is shown."""
    for start, media_type in _STARTS:
        if data.startswith(start):
            return media_type
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    # A PDF may have a few bytes before its mark (ISO 32000-1, annex H, note 13).
    return "application/pdf" if b"%PDF-" in data[:_PDF_WITHIN] else None


def _bytes(element: Element, content: str, declared: str) -> tuple[bytes | None, str | None]:
    in_text = element.get("representation") != "B64"
    if in_text and (not declared or declared.startswith("text/")):
        return content.encode("utf-8", "replace"), None
    data = _from_base64(content)
    if data is None and in_text:
        return content.encode("utf-8", "replace"), None
    if data is None:
        cut = "son base64 est incomplet"
        return None, cut if _is_cut(content) else "son contenu n'est pas du base64"
    compression = (element.get("compression") or "").upper()
    return _expanded(data, compression) if compression else (data, None)


def _from_base64(content: str) -> bytes | None:
    compact = "".join(content.split()).rstrip("=")
    try:
        return base64.b64decode(compact + "=" * (-len(compact) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def _is_cut(content: str) -> bool:
    """Tell whether all is base64 but for its length, which no number of bytes has."""
    return _BASE64.fullmatch("".join(content.split())) is not None


def _expanded(data: bytes, compression: str) -> tuple[bytes | None, str | None]:
    if _found(data):  # said to be compressed, and is not
        return data, None
    for window in _WINDOWS.get(compression, ()):
        expander = zlib.decompressobj(window)
        try:
            expanded = expander.decompress(data, MOST_BYTES)
        except zlib.error:
            continue
        if expander.unconsumed_tail:
            return None, f"décompressé, il dépasse {MOST_BYTES // 1024**2} Mio"
        if not expander.eof:
            return None, "compressé, il est incomplet"
        return expanded, None
    return None, f"compression illisible ({clean(compression)})"
