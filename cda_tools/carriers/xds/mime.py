"""Messages in MIME (MTOM/XOP): the XML part, and what it refers to by Content-ID.

Source: W3C MTOM and XOP; IHE ITI TF-2 § V.3.2. What a proxy or a test tool kept: with or without
the headers of HTTP or of the whole message, from its first boundary at the latest.
"""

import re
from urllib.parse import unquote

from cda_tools.carriers.mime import parts

_STATUS = re.compile(rb"\A(?:HTTP/\d|(?:POST|GET) )[^\r\n]*\r?\n")


def unpack(data: bytes) -> tuple[bytes, dict[str, bytes]] | None:
    """Return the XML of a message and its attachments by Content-ID; None where it has no XML."""
    found = list(parts(_STATUS.sub(b"", data.lstrip())))
    root = next((one.data for one in found if _is_xml(one.data)), None)
    return None if root is None else (root, {one.id: one.data for one in found if one.id})


def content_id(reference: str) -> str:
    """Return the Content-ID that an xop:Include refers to (``cid:…``, percent-encoded)."""
    return unquote(reference.strip().removeprefix("cid:"))


def _is_xml(content: bytes) -> bool:
    return content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
