"""A document's hash in the form that is specified, 40 hexadecimal digits, and in others.

Source: IHE ITI TF-3 § 4.2.3.2.10 (hash: SHA-1, hexBinary).
"""

import base64
import binascii
import hashlib
import re

UNKNOWN = "forme inconnue"
_HEX = re.compile(r"[0-9A-Fa-f]+")
_PREFIX = re.compile(
    r"(?:0x|(?:sha-?(?:1|256|384|512)|md5|urn:sha1)\s*[:=-]\s*|\{[^}]{1,10}\})", re.I
)
# Bytes of a digest, its name, and how to make it.
_BY_LENGTH = {16: "md5", 20: "sha1", 32: "sha256", 48: "sha384", 64: "sha512"}
_NAMES = {
    "md5": "MD5",
    "sha1": "SHA-1",
    "sha256": "SHA-256",
    "sha384": "SHA-384",
    "sha512": "SHA-512",
}


def is_specified(told: str) -> bool:
    """Tell whether a hash has its 40 hexadecimal digits."""
    return len(told) == 40 and bool(_HEX.fullmatch(told))


def matches(told: str, data: bytes) -> bool:
    """Tell whether a hash, in any form that can be read, is that of ``data``."""
    name, digest = read(told)
    return name is not None and of(name, data) == digest


def form(told: str) -> str:
    """Return what a hash looks like, in French: « SHA-256 en base64 », « forme inconnue »."""
    name, digest = read(told)
    if name is None or digest is None:
        return UNKNOWN
    bare = _bare(told)
    if not _HEX.fullmatch(bare):
        return f"{_NAMES[name]} en base64"
    written = "en hexadécimal" if bare == told else "en hexadécimal, avec autre chose"
    return f"{_NAMES[name]} {written}"


def algorithm(told: str) -> str:
    """Return what a hash's length tells: « SHA-256 »; the specified SHA-1 where it tells none."""
    return _NAMES[read(told)[0] or "sha1"]


def read(told: str) -> tuple[str | None, bytes | None]:
    """Return the algorithm that a hash's length tells, and its bytes."""
    bare = _bare(told)
    if _HEX.fullmatch(bare) and len(bare) % 2 == 0 and len(bare) // 2 in _BY_LENGTH:
        digest = bytes.fromhex(bare)
    else:
        compact = bare.translate(str.maketrans("-_", "+/")).rstrip("=")
        try:
            digest = base64.b64decode(compact + "=" * (-len(compact) % 4), validate=True)
        except (binascii.Error, ValueError):
            return None, None
    return _BY_LENGTH.get(len(digest)), digest


def _bare(told: str) -> str:
    """Return a hash without a prefix, blanks and the colons or hyphens between its bytes."""
    text = _without_prefix(told.strip())
    text = "".join(text.split())
    dense = text.replace(":", "").replace("-", "")
    return dense if _HEX.fullmatch(dense) else text


def _without_prefix(told: str) -> str:
    match = _PREFIX.match(told)
    return told[match.end() :] if match else told


def of(name: str, data: bytes) -> bytes:
    """Return the digest of ``data`` by an algorithm, as :func:`read` names it."""
    return hashlib.new(name, data, usedforsecurity=False).digest()
