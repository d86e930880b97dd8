"""Whether two identifiers name the same document, in the forms that carriers give them.

The same id is ``root`` + ``extension`` in a ClinicalDocument, ``root^extension`` in a registry
(IHE XDS uniqueId), ``root.extension`` in messages and in what is sent to the DMP.
"""

from cda_tools.model.header import Identifier, Patient, PersonName

INS_ROOTS = frozenset(f"1.2.250.1.213.1.4.{arc}" for arc in (8, 9, 10, 11))
"""NIR, NIA, and the two for tests: structuration minimale 1.16 § 3.5.5.12."""

_INS_LENGTH = 13
_PREFIXES = ("urn:oid:", "urn:uuid:")


def key(identifier: Identifier) -> str:
    """Return the text that all the forms of one identifier share.

    ``root.extension`` without case (a UUID is written in either) and without ``urn:`` prefix;
    ``root^extension`` written whole in a root is the same.
    """
    root, extension = identifier.root or "", identifier.extension
    # A plain OID, by far the most common, is returned as it is: a million of them take no copy.
    if not root.replace(".", "").isdigit():
        root = _folded(root)
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


def is_patient(
    patient: Patient | None, ids: tuple[Identifier, ...], name: PersonName | None
) -> bool:
    """Tell whether a person is the document's patient: by INS, by the patient's id, or by name.

    Two people of one name are told apart by their ids only: ask this of a person who has no
    professional's id.
    """
    if any(one.root in INS_ROOTS for one in ids):
        return True
    if patient is None:
        return False
    if set(ids) & set(patient.ids):
        return True
    other = patient.name
    return bool(
        name
        and other
        and _words(name.family) & _words(other.family)
        and _words(name.given) & _words(other.given)
    )


def _words(parts: tuple[str, ...]) -> set[str]:
    return {part.casefold() for part in parts}


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


def other_people(one: Patient | None, other: Patient | None) -> bool:
    """Tell whether one authority knows two patients as two people; where none does, False."""
    if one is None or other is None:
        return False
    first, second = _people(one), _people(other)
    return not first & second and bool({root for root, _ in first} & {root for root, _ in second})


def _people(patient: Patient) -> set[tuple[str, str]]:
    """Return a patient's identifiers by authority; an INS without its key, which may follow it."""
    found = set()
    for one in patient.ids:
        if one.root and one.extension:
            value = "".join(one.extension.split()).upper()
            ins = one.root in INS_ROOTS
            found.add((one.root, value[:_INS_LENGTH] if ins else value))
    return found
