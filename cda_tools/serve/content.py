"""Documents as contracts carry them: text in JSON, base64 in lines, parts of a form."""

import base64
import binascii
import re
from dataclasses import dataclass, field

from cda_tools.reading.decoded import bytes_of
from cda_tools.serve.asking import Refused

_NAME = re.compile(r"[^/\\]*\Z")
# Besides what moves a terminal: what XML cannot hold, and reports are XML too.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_URL = re.compile(r"\s*[a-z][a-z0-9+.\-]*://\S+\s*\Z", re.IGNORECASE)
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Input:
    """A document that was sent, under the label that the client gave it."""

    name: str
    data: bytes = field(repr=False)


def label(name: str | None, default: str = "document") -> str:
    """Return a client's name for a document as a label: its last segment, nothing else.

    It never opens a file and never stands in a header.
    """
    found = _NAME.search(_CONTROLS.sub("", name or "").strip())
    return (found[0].strip() if found else "")[-_LONGEST_NAME:] or default


def from_text(text: str) -> bytes:
    """Return the bytes of a document that came as a decoded text; raise Refused for none."""
    if not text.strip():
        raise Refused("le contenu à valider est vide")
    try:
        return bytes_of(text)
    except UnicodeEncodeError:
        raise Refused("le contenu a un caractère incomplet (moitié de paire UTF-16)") from None


def from_base64(text: str) -> bytes:
    """Return the bytes of a base64 text, which may be cut in lines or of the URL's alphabet.

    Raise Refused for other characters, and for nothing at all.
    """
    compact = "".join(text.split()).replace("-", "+").replace("_", "/").rstrip("=")
    try:
        data = base64.b64decode(compact + "=" * (-len(compact) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise Refused("le contenu n'est pas du base64") from None
    if not data:
        raise Refused("le contenu à valider est vide")
    return data


def guessed(text: str) -> bytes:
    """Return the bytes of a content that may be base64 or plain; refuse a URL, never fetched."""
    if _URL.match(text):
        raise Refused("une adresse (URL) est refusée : ce service ne va rien chercher")
    try:
        return from_base64(text)
    except Refused:
        return from_text(text)
