"""Messages in MIME (MTOM/XOP): the XML part, and what it refers to by Content-ID.

Source: W3C MTOM and XOP; IHE ITI TF-2 § V.3.2. What a proxy or a test tool kept: with or without
the headers of HTTP or of the whole message, from its first boundary at the latest.
"""

import re
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import unquote

_BOUNDARY_AT_MOST = 200
_STATUS = re.compile(rb"\A(?:HTTP/\d|(?:POST|GET) )[^\r\n]*\r?\n")


def unpack(data: bytes) -> tuple[bytes, dict[str, bytes]] | None:
    """Return the XML of a message and its attachments by Content-ID; None where it has no XML."""
    data = _STATUS.sub(b"", data.lstrip())
    if data.startswith(b"--"):
        boundary = data[2 : 2 + _BOUNDARY_AT_MOST].splitlines()[0].strip()
        data = b'Content-Type: multipart/related; boundary="' + boundary + b'"\r\n\r\n' + data
    try:
        message = BytesParser(policy=HTTP).parsebytes(data)
        parts = [one for one in message.walk() if not one.is_multipart()]
        contents = [(_name(one), _content(one)) for one in parts]
    except (ValueError, LookupError, AttributeError, IndexError, TypeError):
        return None  # the library's own faults on hostile headers
    root = next((content for _, content in contents if _is_xml(content)), None)
    if root is None:
        return None
    return root, {name: content for name, content in contents if name}


def content_id(reference: str) -> str:
    """Return the Content-ID that an xop:Include refers to (``cid:…``, percent-encoded)."""
    return unquote(reference.strip().removeprefix("cid:"))


def _name(part: Message) -> str:
    return str(part.get("Content-ID") or "").strip().strip("<>")


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _is_xml(content: bytes) -> bool:
    return content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
