"""The XPath functions that the header profile needs beyond XPath 1.0.

Namespace ``urn:cda-tools:functions``, prefix ``f`` in the profile; listed with their reasons in
``docs/structuration-minimale.md``. Each takes strings (an absent attribute is the empty string)
or lists of elements, and ``_context`` first, as lxml asks.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from functools import cache, lru_cache
from typing import Any

from lxml import etree
from lxml.etree import _Element

from cda_tools.model.terminology import codes
from cda_tools.reading.location import Positions, local_name
from cda_tools.reading.privacy import quoted
from cda_tools.validation.structuration_minimale import siblings

ABSENT = "absent"
NOWHERE = "-"  # the place of no element: that of the document is empty
_OID = re.compile(r"[0-2](\.(0|[1-9]\d*))*")
_UUID = re.compile(r"[A-Fa-f\d]{8}-([A-Fa-f\d]{4}-){3}[A-Fa-f\d]{12}")
_RUID = re.compile(r"[A-Za-z][A-Za-z\d\-]*")
_INTEGER = re.compile(r"-?[1-9]\d*|\d*")
_LANGUAGE_COUNTRY = re.compile("[a-z]{2}-[A-Z]{2}")
_LANGUAGE = re.compile(r"^[a-z]{2,3}(-[a-z]{2})?|[ix](-[a-z\d]{2,8})+\Z", re.IGNORECASE)
_TIME = re.compile(r"(\d{2}|\d{4}|\d{6}|\d{8}|\d{10}|\d{12}|\d{14}(?:\.\d+)?)([+-]\d{1,4})?")
_URI = re.compile(r"[\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]*")
_XML_BLANKS = " \t\r\n"
_XML_BLANK = re.compile(f"[{_XML_BLANKS}]")
_HL7 = "urn:hl7-org:v3"
NAMESPACES = {
    "h": _HL7,
    "sdtc": "urn:hl7-org:sdtc",
    "lab": "urn:oid:1.3.6.1.4.1.19376.1.3.2",
    "dcm": "urn:dicom-org:ps3-20",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "str": "http://exslt.org/strings",
    "f": "urn:cda-tools:functions",
}
"""The prefixes of the profile's XPath."""
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_NULL_WITH_CONTENT = frozenset(("OTH", "NA", "UNC"))
_BESIDE_NULL = frozenset(("nullFlavor", "partType", f"{_XSI}type", f"{_XSI}nil"))
_STRUCTURE = frozenset(("classCode", "typeCode", "determinerCode", "moodCode"))
_CODE_SYSTEM = frozenset(("codeSystem", "codeSystemName", "codeSystemVersion", "extension"))
_OF_VALUE_SET = frozenset(("valueSet", "valueSetVersion"))  # in whatever namespace
# What HL7's schema gives these attributes anyway says nothing against a nullFlavor.
_DEFAULTS = {
    "mediaType": "text/plain",
    "representation": "TXT",
    "integrityCheckAlgorithm": "SHA-1",
    "operator": "I",
    "inclusive": "true",
    "unit": "1",
}
_DEFAULTS_OF_CODES = {
    "codeSystem": "2.16.840.1.113883.5.139",
    "codeSystemName": "TimingEvent",
    "inverted": "false",
}


@cache
def _codes(edition: str, name: str) -> frozenset[str]:
    return frozenset(code for code, _ in codes(name, edition))


def member(_context: object, edition: str, name: str, code: str) -> bool:
    """Return whether ``code`` is in an edition's value set; the code system is not looked at."""
    return code in _codes(edition, name)


def members(_context: object, edition: str, name: str, found: str) -> bool:
    """Return whether the codes that blanks separate are all in an edition's value set.

    So does the official Schematron, with ``tokenize(normalize-space(@code), '\\s')``: one that is
    empty lacks none.
    """
    known = _codes(edition, name)
    return found in known or known.issuperset(_words(found))


def listed(_context: object, words: str, found: str) -> bool:
    """Return the same of a short list of codes, blank-separated."""
    return set(words.split(" ")).issuperset(_words(found))


def _words(text: str) -> list[str]:
    return [word for word in _XML_BLANK.split(text) if word]


def pair(_context: object, edition: str, name: str, code: str, system: str) -> bool:
    """Return whether ``code`` is in an edition's value set, in this code system."""
    return (code, system) in codes(name, edition)


def oid(_context: object, value: str) -> bool:
    """Return whether ``value`` is an OID without leading zeros."""
    return _OID.fullmatch(value) is not None


def uuid(_context: object, value: str) -> bool:
    """Return whether ``value`` is a UUID, in either case."""
    return _UUID.fullmatch(value) is not None


def ruid(_context: object, value: str) -> bool:
    """Return whether ``value`` has the form of a name that HL7 reserves."""
    return _RUID.fullmatch(value) is not None


def uid(_context: object, value: str) -> bool:
    """Return whether ``value`` is an OID, a UUID or a RUID (HL7 type uid)."""
    return any(form.fullmatch(value) for form in (_OID, _UUID, _RUID))


def integer(_context: object, value: str) -> bool:
    """Return whether ``value`` is written as the official rules accept an integer."""
    return _INTEGER.fullmatch(value) is not None


def language_country(_context: object, value: str) -> bool:
    """Return whether ``value`` contains the form ``fr-FR``."""
    return _LANGUAGE_COUNTRY.search(value) is not None


def language(_context: object, value: str) -> bool:
    """Return whether ``value`` begins like a language code (RFC 3066), as the official rules."""
    return _LANGUAGE.search(value) is not None


def timestamp(_context: object, value: str) -> bool:
    """Return whether ``value`` is a real date, with a zone of 1 to 4 digits or none."""
    return _moment(value, zone_digits=(1, 2, 3, 4)) is not None


def bound(_context: object, value: str) -> bool:
    """Return whether ``value`` is a real date, with a zone of 4 digits or none."""
    return _moment(value, zone_digits=(4,)) is not None


def ordered(_context: object, low: str, high: str) -> bool:
    """Return whether ``low`` is not after ``high``; true where one is not a date."""
    first, last = _moment(low, zone_digits=(4,)), _moment(high, zone_digits=(4,))
    return first is None or last is None or first <= last


@lru_cache(maxsize=4096)  # one document says the same dates many times
def _moment(value: str, zone_digits: tuple[int, ...]) -> tuple[datetime, str] | None:
    """Return the moment, missing parts being the first month, day and midnight.

    The second part is the fraction's digits, which may be more than a datetime holds.
    """
    match = _TIME.fullmatch(value)
    if match is None:
        return None
    digits, _, fraction = match[1].partition(".")
    zone = match[2] or ""
    if zone and len(zone) - 1 not in zone_digits:
        return None
    if len(digits) == 2:
        digits += "00"
    digits += "00000101000000"[len(digits) :]
    try:
        return _datetime(digits, fraction, zone), fraction
    except ValueError:
        return None


def _datetime(digits: str, fraction: str, zone: str) -> datetime:
    """Build the moment as XML Schema's dateTime reads it; raise ValueError for none."""
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    hour, minute, second = int(digits[8:10]), int(digits[10:12]), int(digits[12:])
    hours, minutes = int(zone[1:3].ljust(2, "0") or 0), int(zone[3:].ljust(2, "0") or 0)
    if minutes > 59 or hours * 60 + minutes > 14 * 60:
        raise ValueError
    offset = timedelta(hours=hours, minutes=minutes) * (-1 if zone.startswith("-") else 1)
    midnight = hour == 24 and minute == second == 0 and not fraction.strip("0")
    # Year 0 is a leap year that datetime does not have: 2000 has the same days.
    moment = datetime(
        year or 2000,
        month,
        day,
        0 if midnight else hour,
        minute,
        second,
        tzinfo=timezone(offset) if zone else UTC,
    )
    if midnight and year < 9999:
        moment += timedelta(days=1)
    return moment


def uri(_context: object, value: str) -> bool:
    """Return whether no character of ``value`` needs escaping in a URI (XPath iri-to-uri)."""
    return _URI.fullmatch(value) is not None


def distinct(_context: object, value: str) -> bool:
    """Return whether the blank-separated words of ``value`` differ."""
    words = _XML_BLANK.split(value) if value else []
    return len(set(words)) == len(words)


def repeated(_context: object, codes: list[_Element]) -> bool:
    """Return whether two of the elements have the same code and code system."""
    seen = [code.get("code", "") + code.get("codeSystem", "") for code in codes]
    return len(set(seen)) < len(seen)


def null_consistent(_context: object, elements: list[_Element]) -> bool:
    """Return whether a null element says nothing else (HL7 data types, ANY).

    The lists of what may stand beside a nullFlavor are those of the official Schematron, which
    looks at each text between two tags by itself.
    """
    element = elements[0]
    attributes = {
        name
        for name, value in element.attrib.items()
        if name not in _BESIDE_NULL and _DEFAULTS.get(name) != value
    }
    children = {local_name(child) for child in element.iterchildren("*")}
    texts = [element.text, *(child.tail for child in element)]
    if not children and not any(text and text.strip(_XML_BLANKS) for text in texts):
        said = {name for name in attributes if _DEFAULTS_OF_CODES.get(name) != element.get(name)}
        if said <= _STRUCTURE:
            return True
    others = {name for name in attributes if etree.QName(name).localname not in _OF_VALUE_SET}
    return (
        element.get("nullFlavor") in _NULL_WITH_CONTENT
        and others <= _CODE_SYSTEM
        and bool(
            {"codeSystem", "extension"} & attributes or {"originalText", "translation"} & children
        )
    )


def xsi_type(_context: object, elements: list[_Element], value: str, expected: str) -> bool:
    """Return whether ``value``, read with the element's prefixes, is an HL7 type of that name."""
    prefix, _, name = value.strip().rpartition(":")
    return name == expected and elements[0].nsmap.get(prefix or None) == _HL7


def show(_context: object, nodes: list[Any]) -> str:
    """Return what a message may say of an attribute; of an element, whether it is empty."""
    if not nodes:
        return ABSENT
    node = nodes[0]
    if isinstance(node, _Element):
        return quoted(node, "", node.text or "")
    return quoted(node.getparent(), node.attrname, str(node))


def names(_context: object, elements: list[_Element]) -> str:
    """Return the elements' names, each once."""
    return ", ".join(dict.fromkeys(local_name(element) for element in elements))


def missing_traits(_context: object, targets: list[_Element]) -> str:
    """Return which traits of the INS identity no recordTarget has; never their values."""
    traits = {
        "nom de naissance (family BR)": "name/family[@qualifier='BR']",
        "premier prénom (given BR)": "name/given[@qualifier='BR']",
        "liste des prénoms (given sans qualifier)": "name/given[not(@qualifier)]",
        "date de naissance": "birthTime",
        "commune de naissance (county)": "birthplace/place/addr/county",
        "sexe": "administrativeGenderCode[@code]",
    }
    prefix = re.compile(r"(^|/)(?=[a-z])")
    missing = [
        trait
        for trait, path in traits.items()
        if not any(
            target.xpath(prefix.sub(r"\1h:", f"patientRole/patient/{path}"), namespaces={"h": _HL7})
            for target in targets
        )
    ]
    return (
        f"traits absents : {', '.join(missing)}" if missing else "aucun identifiant avec @extension"
    )


def place(context: Any, elements: list[_Element]) -> str:
    """Return the positions of the elements on the way down to the first of these (0-based).

    NOWHERE where there is none. Children are numbered once a run: a header may fail in thousands
    of places.
    """
    if not elements:
        return NOWHERE
    positions: Positions = context.eval_context.setdefault("places", Positions())
    return " ".join(map(str, positions.of(elements[0])))


FUNCTIONS: dict[str, Callable[..., object]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        member,
        members,
        listed,
        pair,
        oid,
        uuid,
        ruid,
        uid,
        integer,
        language_country,
        language,
        timestamp,
        bound,
        ordered,
        uri,
        distinct,
        repeated,
        null_consistent,
        xsi_type,
        show,
        names,
        missing_traits,
        place,
        siblings.twin_id,
        siblings.twin_telecom,
        siblings.twin_text,
        siblings.filled_sibling,
        siblings.alone,
    )
}
FUNCTIONS["lacks"] = siblings.lacks(FUNCTIONS, NAMESPACES)
