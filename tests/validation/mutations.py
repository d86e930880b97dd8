"""Structural mutations of a document: small faults, drawn at random from a seed."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from random import Random

from lxml import etree

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"

VALUES = (
    *("", " ", "a b", "0", "1", "-1", "1.5", "1,5", "abc", "true", "TRUE", "UNK", "EVN", "OBS"),
    *("20250310", "2025-03-10", "20250310094500+0100", "1.2.250.1", "1.02", "urn:x", "é", "a:b"),
    *("INSTANCE", "KIND", "COMP", "text/plain", "B64", "HP WP", "DOCCLIN", "SPRF", "2.5e3"),
)
ATTRIBUTES = (
    *("code", "root", "extension", "value", "unit", "nullFlavor", "classCode", "moodCode", "use"),
    *("typeCode", "mediaType", "ID", "displayName", "foo", "{urn:other}foo", "qualifier"),
    *("determinerCode", "negationInd", "representation", "operator", "inclusive", "styleCode"),
    *("{urn:hl7-org:sdtc}valueSet", XSI + "nil", "partType", "contextControlCode", "language"),
)
TYPES = (
    *("CD", "CE", "CS", "CV", "II", "PQ", "INT", "REAL", "TS", "IVL_TS", "IVL_PQ", "PIVL_TS", "ST"),
    *("ED", "BL", "ANY", "QTY", "RTO", "RTO_PQ_PQ", "EN", "PN", "AD", "TEL", "SXCM_TS", "Nope"),
    *("POCD_MT000040.Act", "StrucDoc.Text", "SC", "MO", "EIVL_TS", "BIN", "INT_POS", "q:CD"),
)
NAMESPACES = (
    *("urn:hl7-org:v3", "urn:hl7-org:sdtc", "urn:ihe:pharm:medication", "urn:other", ""),
    *("urn:oid:1.3.6.1.4.1.19376.1.3.2", "urn:dicom-org:ps3-20"),
)

Mutation = Callable[[etree._Element, Random, Sequence[str]], None]


def mutant(root: etree._Element, random: Random, names: Sequence[str]) -> etree._Element:
    """Return a copy of ``root`` with one to three faults; ``names``: elements to draw from."""
    copy = deepcopy(root)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        elements = [element for element in copy.iter("*") if element is not copy]
        if elements:
            random.choice(MUTATIONS)(random.choice(elements), random, names)
    return copy


def _remove(element: etree._Element, random: Random, names: Sequence[str]) -> None:
    _parent(element).remove(element)


def _repeat(element: etree._Element, random: Random, names: Sequence[str]) -> None:
    element.addnext(deepcopy(element))


def _move(element: etree._Element, random: Random, names: Sequence[str]) -> None:
    parent = _parent(element)
    parent.insert(random.randrange(len(parent)), element)


def _adopt(element: etree._Element, random: Random, names: Sequence[str]) -> None:
    others = [e for e in element.getroottree().iter("*") if element not in e.iterancestors()]
    other = random.choice([e for e in others if e is not element])
    other.insert(random.randint(0, len(other)), deepcopy(element))


def _rename(element: etree._Element, random: Random, names: Sequence[str]) -> None:
    element.tag = random.choice(names)


def _renamespace(element: etree._Element, random: Random, names: Sequence[str]) -> None:
    namespace = random.choice(NAMESPACES)
    local = etree.QName(element).localname
    element.tag = f"{{{namespace}}}{local}" if namespace else local


def _insert(element: etree._Element, random: Random, names: Sequence[str]) -> None:
    element.insert(random.randint(0, len(element)), etree.Element(random.choice(names)))


def _add_before(element: etree._Element, random: Random, names: Sequence[str]) -> None:
    element.addprevious(etree.Element(random.choice(names)))


def _empty(element: etree._Element, random: Random, names: Sequence[str]) -> None:
    del element[:]
    element.text = None


def _write(element: etree._Element, random: Random, names: Sequence[str]) -> None:
    element.text = random.choice(("texte", " ", "12", "\n"))


def _drop_attribute(element: etree._Element, random: Random, names: Sequence[str]) -> None:
    if element.attrib:
        del element.attrib[random.choice(list(element.attrib))]


def _set_attribute(element: etree._Element, random: Random, names: Sequence[str]) -> None:
    if element.attrib:
        element.set(random.choice(list(element.attrib)), random.choice(VALUES))


def _add_attribute(element: etree._Element, random: Random, names: Sequence[str]) -> None:
    element.set(random.choice(ATTRIBUTES), random.choice(VALUES))


def _type(element: etree._Element, random: Random, names: Sequence[str]) -> None:
    element.set(XSI + "type", random.choice(TYPES))


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent


MUTATIONS: tuple[Mutation, ...] = (
    *(_remove, _repeat, _move, _adopt, _rename, _renamespace, _insert, _add_before, _empty, _write),
    *(_drop_attribute, _set_attribute, _set_attribute, _add_attribute, _add_attribute, _type),
)
