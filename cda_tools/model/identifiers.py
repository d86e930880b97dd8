"""Whether two identifiers name the same document, in the forms that carriers give them.

The same id is ``root`` + ``extension`` in a ClinicalDocument, ``root^extension`` in a registry
(IHE XDS uniqueId), ``root.extension`` in messages and in what is sent to the DMP.
"""

from cda_tools.model.header import Identifier

_PREFIXES = ("urn:oid:", "urn:uuid:", "oid:", "uuid:")
_AROUND = "{}\"'"


def key(identifier: Identifier) -> str:
    """Return the text that all the forms of one identifier share.

    ``root.extension`` without case (a UUID is written in either), without ``urn:`` prefix and
    without braces or quotes around it;
    ``root^extension`` written whole in a root is the same.
    """
    root, extension = identifier.root or "", identifier.extension
    # A plain OID, by far the most common, is returned as it is: a million of them take no copy.
    if not root.replace(".", "").isdigit():
        root = _folded(root).strip(_AROUND)
        for prefix in _PREFIXES:
            root = root.removeprefix(prefix)
        root = root.replace("^", ".")
    if not extension:
        return root
    extension = _folded(extension)
    return f"{root}.{extension}" if root and extension else root or extension


def _folded(text: str) -> str:
    return text.strip().lower()


def same(one: Identifier | None, other: Identifier | None) -> bool:
    """Tell whether two identifiers are one, in any form; an absent one is like no other."""
    return one is not None and other is not None and key(one) == key(other)


def abridges(short: Identifier, full: Identifier) -> bool:
    """Tell whether ``short`` is what a hasty sender makes of ``full``.

    A bare local number (the extension, or the last arc of the root) or a joint without its dot.
    """
    if short.root is None and short.extension:
        return key(full).endswith(f".{short.extension.lower()}")
    return key(short).replace(".", "") == key(full).replace(".", "")


def from_unique_id(text: str) -> Identifier | None:
    """Return the identifier of an XDS uniqueId, ``root`` or ``root^extension``; None if empty."""
    root, _, extension = text.strip().partition("^")
    if not root and not extension:
        return None
    return Identifier(root or None, extension or None)


# Names that senders give to code systems instead of their OID (HL7 table 0396, IHE, FHIR).
_SYSTEMS = {
    "loinc": "2.16.840.1.113883.6.1",
    "ln": "2.16.840.1.113883.6.1",
    "http://loinc.org": "2.16.840.1.113883.6.1",
    "snomed ct": "2.16.840.1.113883.6.96",
    "snomed-ct": "2.16.840.1.113883.6.96",
    "sct": "2.16.840.1.113883.6.96",
    "http://snomed.info/sct": "2.16.840.1.113883.6.96",
    "tre_a05": "1.2.250.1.213.1.1.4.12",
}


def code_system(name: str | None) -> str | None:
    """Return the OID of a code system, whichever of its names it was given; else the name."""
    if not name or not name.strip():
        return None
    text = name.strip()
    folded = text.lower()
    if folded.startswith("urn:oid:"):
        return text[len("urn:oid:") :]
    return _SYSTEMS.get(folded, text)
