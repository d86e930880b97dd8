"""What of a document may be quoted in a finding: the one rule for all layers.

The identity of the patient and the text of the body never leave the document: a finding says
where they stand, not what they are. Anyone in a header may be the patient or a relative (a
patient can be the author), so nothing is quoted but what cannot be identity: codes, technical
roots, the document's times and version. Of the patient, only nullFlavor, use, qualifier and what
the model itself fixes are. The text of an element never is.
"""

import re
import unicodedata
from collections.abc import Iterator

from lxml.etree import _Element

from cda_tools.reading.location import local_name

HIDDEN = "valeur non affichée"

# Nothing under these is quoted: they identify a patient or a relative.
PRIVATE = frozenset(
    {
        "recordTarget",
        "patientRole",
        "patient",
        "guardian",
        "subject",
        "relatedSubject",
        "relatedEntity",
        "birthTime",
        "birthplace",
    }
)
_BODY = frozenset({"component", "structuredBody", "nonXMLBody", "section", "entry"})

# What an element or a value is in the model: it says nothing of anyone, nor of a diagnosis.
_STRUCTURAL = frozenset(
    {
        *("classCode", "moodCode", "typeCode", "determinerCode", "contextControlCode"),
        *("contextConductionInd", "independentInd", "inversionInd", "negationInd"),
        *("separatableInd", "institutionSpecified", "inclusive", "operator", "nullFlavor"),
        *("type", "mediaType", "representation", "compression", "integrityCheckAlgorithm"),
        *("charset", "language", "partType", "unit", "listType", "frame", "rules"),
        *("align", "valign", "scope", "revised"),
    }
)
_CODED = _STRUCTURAL | {"code", "use", "qualifier", "extravalidationterminologies"}
# Coded values say nothing of anyone, also near the patient; what is no code, and might be a name
# written in a wrong place, is told by its length.
_CODED_ANYWHERE = _STRUCTURAL | {"use", "qualifier"}
_CODES = frozenset(
    {
        *("ASKU", "DER", "INV", "MSK", "NASK", "NAV", "NAVU", "NINF", "OTH", "PINF", "UNC", "UNK"),
        *("TITLE", "CALLME", "PHON", "PHYS", "SRCH", "SNDX", "ASGN"),
    }
)
_CODE = re.compile("[A-Z]{1,3}")
_ROOTS = frozenset({"root", "codeSystem"})
_TIMES = frozenset({"effectiveTime", "time"})
_VERSION = "versionNumber"

# An OID, well or badly written. An INS, a phone number or a date of birth would show as an arc of
# 8 digits or more; only a UUID in decimal, of 20 or more, is quoted too.
_OID = re.compile(r"[0-2](\.(\d{0,7}|\d{20,}))*")
_UUID = re.compile(r"[A-Fa-f\d]{8}(-[A-Fa-f\d]{4}){3}-[A-Fa-f\d]{12}")
_TIME = re.compile(r"(?!\d{15})[\d.:/TZ+\-]{1,32}")
_NUMBER = re.compile(r"[\d.,+\-]{1,7}")
_MANY_DIGITS = re.compile(r"(\d\W*){13}")  # as an INS has
_LONGEST = 60


def quoted(element: _Element, attribute: str, value: str) -> str:
    """Return the attribute's value between guillemets, or say that it is not shown.

    ``attribute``: its name, with or without prefix or namespace; empty for the element's text.
    White space and control characters are folded and a long value is cut: it fits in one line.
    """
    visible = value if value.isprintable() else "".join(_visible(char) for char in value)
    text = " ".join(visible.split())
    if not text:
        return "« » (vide)"
    if not _harmless(element, re.split("[}:]", attribute)[-1], text):
        return HIDDEN
    return f"« {text[:_LONGEST]}… »" if len(text) > _LONGEST else f"« {text} »"


def _harmless(element: _Element, attribute: str, text: str) -> bool:
    """Return whether the value can be neither identity nor medical content."""
    names = set(_names(element))
    if not attribute:
        return False
    if names & PRIVATE:
        return attribute in _CODED_ANYWHERE and all(
            word in _CODES or _CODE.fullmatch(word) for word in text.split()
        )
    if attribute in _ROOTS:
        return bool(_OID.fullmatch(text) or _UUID.fullmatch(text))
    if attribute in (_STRUCTURAL if names & _BODY else _CODED):
        return not _MANY_DIGITS.search(text)
    return attribute == "value" and not names & _BODY and _time_or_version(element, names, text)


def _time_or_version(element: _Element, names: set[str], text: str) -> bool:
    if local_name(element) == _VERSION:
        return bool(_NUMBER.fullmatch(text))
    return bool(names & _TIMES and _TIME.fullmatch(text))


def _names(element: _Element) -> Iterator[str]:
    """Yield the names of the element and of those around it, up to the document."""
    current: _Element | None = element
    while current is not None:
        yield local_name(current)
        current = current.getparent()


def _visible(char: str) -> str:
    return " " if unicodedata.category(char).startswith("C") else char
