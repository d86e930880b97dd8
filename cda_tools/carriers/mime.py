"""The parts of a MIME package: a mail's, an HL7 message's, a registry's.

Source: RFC 2045 to 2049; RFC 2387 (multipart/related); HL7 CDA R2 § 3 (exchange in a MIME package).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from itertools import islice

from cda_tools.carriers import sniffing

_START = re.compile(
    rb"(?:(?:MIME-Version|Content-[A-Za-z-]+)\s*:|--[^\r\n]{1,200}\r?\nContent-)", re.IGNORECASE
)
_BOUNDARY = re.compile(rb"--([^\r\n]{1,200}?)[ \t]*\r?\n")
_MOST_PARTS = 10_000


@dataclass(frozen=True, slots=True)
class MimePart:
    """A leaf of a package: its file name, its type in small letters, its decoded bytes.

    ``id``: its Content-ID without angle brackets, "" where it has none.
    """

    name: str | None
    type: str
    id: str
    data: bytes


def is_package(data: bytes) -> bool:
    """Tell whether a MIME package starts here."""
    return bool(_START.match(data.lstrip()[:1024]))


def parts(data: bytes) -> Iterator[MimePart]:
    """Yield the leaves of a package or a mail, of its first ten thousand parts.

    None where the library cannot tell them: packages in packages by the hundred, a boundary
    in no character set.
    """
    data = data.lstrip().removeprefix(b"\xef\xbb\xbf")
    if boundary := _BOUNDARY.match(data):
        # The package without the headers that name its boundary.
        data = b'Content-Type: multipart/mixed; boundary="%b"\r\n\r\n' % boundary[1] + data
    for part in _leaves(data):
        yield MimePart(_name(part), part.get_content_type(), _id(part), _bytes(part))


def _leaves(data: bytes) -> list[Message]:
    import email  # noqa: PLC0415  few files are one
    import email.policy  # noqa: PLC0415

    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        return [part for part in islice(message.walk(), _MOST_PARTS) if not part.is_multipart()]
    except (RecursionError, ValueError, LookupError):
        # The library reads a package in a package by a call in a call, and any name of a
        # character set in a boundary.
        return []


def documents(data: bytes) -> list[bytes]:
    """Return the ClinicalDocuments of a package; none where ``data`` is no package."""
    if not is_package(data):
        return []
    return [part.data for part in parts(data) if sniffing.is_clinical(part.data[: sniffing.ENOUGH])]


def _name(part: Message) -> str | None:
    try:
        return part.get_filename()
    except (LookupError, ValueError, TypeError):
        return None


def _id(part: Message) -> str:
    return str(part.get("Content-ID") or "").strip().strip("<>")


def _bytes(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (LookupError, ValueError):
        return b""
    return payload if isinstance(payload, bytes) else b""
