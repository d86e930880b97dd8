"""When two identifiers are the same, and when they are the same written otherwise."""

import re

from cda_tools.model import Identifier

_PREFIX = re.compile(r"urn:(?:oid|uuid):", re.IGNORECASE)
_UUID_LENGTH = 36


def canonical(identifier: Identifier) -> str:
    """Return one text for all the ways in which real documents write an II.

    ``root.extension`` and ``root^extension`` are the same, and so are a UUID in either case
    and an OID or UUID with or without ``urn:oid:`` or ``urn:uuid:``. Source: real documents;
    HL7 II identity is root + extension (structuration minimale 1.16 § 3.5.7.2).
    """
    root = identifier.root or ""
    # A plain OID, by far the most common, is returned as it is: no copy of it is kept.
    if not root.replace(".", "").isdigit():
        root = _plain(root)
    if identifier.extension is None:
        return root
    return f"{root}.{_plain(identifier.extension)}"


def _plain(text: str) -> str:
    text = text.strip()
    prefix = _PREFIX.match(text)
    if prefix:
        text = text[prefix.end() :]
    if len(text) == _UUID_LENGTH and text.count("-") == 4:
        text = text.lower()
    return text.replace("^", ".")
