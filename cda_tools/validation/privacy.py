"""What of a document may be quoted in a finding.

The identity of the patient and the text of the body never leave the document: a finding says
where they stand, not what they are. The text of an element is therefore never quoted, an
attribute's value only where it cannot identify anyone.
"""

import unicodedata

from lxml.etree import _Element

from cda_tools.location import local_name

HIDDEN = "valeur non affichée"

# Everything under these identifies a patient or a relative.
_PRIVATE = frozenset(
    {
        "recordTarget",
        "patientRole",
        "patient",
        "subject",
        "relatedSubject",
        "relatedEntity",
        "birthTime",
    }
)
# Identifiers and labels, wherever they stand.
_PRIVATE_ATTRIBUTES = frozenset({"extension", "displayName"})
_LONGEST = 60


def is_private(element: _Element) -> bool:
    """Return True where what the element holds identifies a patient or a relative."""
    current: _Element | None = element
    while current is not None:
        if local_name(current) in _PRIVATE:
            return True
        current = current.getparent()
    return False


def quoted(element: _Element, attribute: str, value: str) -> str:
    """Return the attribute's value between guillemets, or say that it is not shown.

    White space and control characters are folded and a long value is cut: it fits in one line.
    """
    if value and (attribute in _PRIVATE_ATTRIBUTES or is_private(element)):
        return HIDDEN
    text = " ".join("".join(_visible(char) for char in value).split())
    if not text:
        return "« » (vide)"
    return f"« {text[:_LONGEST]}… »" if len(text) > _LONGEST else f"« {text} »"


def _visible(char: str) -> str:
    return " " if unicodedata.category(char).startswith("C") else char
