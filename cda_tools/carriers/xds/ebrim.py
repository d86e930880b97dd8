"""Reads the parts of an ebXML registry object: slots, names, classifications, identifiers.

Source: OASIS ebRIM 3.0; the numbers are those of IHE ITI TF-3 § 4.2.3 and § 4.2.5.
"""

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

from cda_tools.model.header import Code
from cda_tools.text import clean

RIM = "{urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0}"
LCM = "{urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0}"
QUERY = "{urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0}"
RS = "{urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0}"
XDSB = "{urn:ihe:iti:xds-b:2007}"

_FRENCH = ("fr", "fra", "fre")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
UNIQUE_ID = "urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab"
PATIENT_ID = "urn:uuid:58a6f841-87b3-4a3e-92fd-a8ffeff98427"
SET_UNIQUE_ID = "urn:uuid:96fdda7c-d067-4183-912e-bf5ee74998a8"
SET_PATIENT_ID = "urn:uuid:6b5aea1a-874d-4603-a4bc-96a0a7b38446"
FOLDER = "urn:uuid:d9d542f3-6cc4-48b6-8870-ea235fbc94c2"
AUTHOR = "urn:uuid:93606bcf-9494-43ec-9b4e-a7748d1a838d"
TYPE = "urn:uuid:f0306f51-975f-434e-a61c-c59651d33983"
CLASS = "urn:uuid:41a5887f-8865-4c09-adf7-e362475b143a"
FORMAT = "urn:uuid:a09d5840-386c-46f2-b5ad-9c3699a4309d"
CONFIDENTIALITY = "urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f"
FACILITY_TYPE = "urn:uuid:f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1"
PRACTICE_SETTING = "urn:uuid:cccf5598-8b07-4b77-a05e-ae952c785ead"


def values(element: Element, slot: str) -> list[str]:
    """Return the values of a slot, trimmed, empty ones left out."""
    found = []
    for one in element.iterchildren(f"{RIM}Slot"):
        if one.get("name") == slot:
            found += [(value.text or "").strip() for value in one.iter(f"{RIM}Value")]
    return [value for value in found if value]


def value(element: Element, slot: str) -> str:
    """Return a slot's first value, or ""."""
    return next(iter(values(element, slot)), "")


def name(element: Element) -> str | None:
    """Return Name/LocalizedString/@value, white space folded, or None.

    Of several languages the French one is taken, else the one without language, else the first.
    """
    found: dict[int, str] = {}
    for one in element.iterchildren(f"{RIM}Name"):
        for localized in one.iterchildren(f"{RIM}LocalizedString"):
            if text := clean(localized.get("value")):
                found.setdefault(_rank(localized.get(_LANGUAGE)), text)
    return found[min(found)] if found else None


def _rank(language: str | None) -> int:
    if not language or not language.strip():
        return 1
    main = re.split("[-_]", language.strip().casefold())[0]
    return 0 if main in _FRENCH else 2


def classifications(element: Element, scheme: str) -> Iterator[Element]:
    """Yield the object's classifications of one scheme."""
    for one in element.iterchildren(f"{RIM}Classification"):
        if (one.get("classificationScheme") or "").lower() == scheme:
            yield one


def codes(element: Element, scheme: str) -> tuple[Code, ...]:
    """Return the codes that classify an object: nodeRepresentation, codingScheme, Name."""
    found = []
    for one in classifications(element, scheme):
        code = (one.get("nodeRepresentation") or "").strip() or None
        label = name(one)
        if code or label:
            found.append(Code(code, value(one, "codingScheme") or None, label))
    return tuple(found)


def code(element: Element, scheme: str) -> Code | None:
    """Return the first code of a scheme, or None."""
    return next(iter(codes(element, scheme)), None)


def external(element: Element, scheme: str) -> str:
    """Return the value of an ExternalIdentifier, or ""."""
    for one in element.iterchildren(f"{RIM}ExternalIdentifier"):
        if (one.get("identificationScheme") or "").lower() == scheme:
            return (one.get("value") or "").strip()
    return ""
