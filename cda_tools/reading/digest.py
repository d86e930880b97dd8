"""A document's content in one short text, to tell a copy from another document."""

_BOM = b"\xef\xbb\xbf"


def content_digest(data: bytes) -> str:
    """Return a digest (SHA-256, hexadecimal) of a document's bytes.

    A byte order mark and the way lines end do not count: carriers change both, and an XML
    reader sees neither (XML 1.0 § 2.11, § 4.3.3).
    """
    from hashlib import sha256  # noqa: PLC0415  a line needs none, and it takes long to load

    text = data.removeprefix(_BOM)
    if b"\r" in text:
        # To replace a pair takes longer than to split at it, and than the digest itself.
        text = b"\n".join(text.split(b"\r\n")).replace(b"\r", b"\n")
    return sha256(text).hexdigest()
