"""Random faults in a header, for the comparison of two readings of the profile."""

import copy
import random

from lxml import etree
from lxml.etree import _Element

HL7 = "{urn:hl7-org:v3}"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
VALUES = (
    "", " ", "A B", "XX", "BR", "CL", "SP", "LS", "BR BR", "BR CL", "1..2", "1.2.250.01", "1.2.3",
    "C9BF9E57-1685-4C89-BAFB-FF5AF830BE8A", "c9bf9e57-1685-4c89-bafb-ff5af830be8a", "FANAL", "0",
    "-1", "007", "+2", "2.5", "20", "2024", "202413", "20240229", "20230229", "2024010112",
    "20240101123045.5", "20240101123045+0100", "20240101123045+100", "20240101123045+1",
    "2024+1500",
    "UNK", "OTH", "NA", "NASK", "PINF", "NINF", "fr", "fr-FR", "FR-fr", "xxfr-FRyy", "x-klingon",
    "tel:", "tel:0199", "sip:0199", "mailto:a b@c", "http://é", "H", "WP", "HP H", "DIR", "S", "FR",
    "PRF", "SPRF", "INF", "PROV", "AGNT", "CON", "NOK", "completed", "EVN", "text/plain",
    "text/html", "TXT", "B64", "SHA-1", "DF", "true", "false", "I", "E", "d", "jour", "M", "F",
    "AMB", "N", "SA07", "AMBULATOIRE", "G15_10/SM26", "11488-4", "1.2.250.1.71.4.2.1",
    "1.2.250.1.71.4.2.2", "1.2.250.1.213.4.1", "1.2.250.1.213.1.4.8", "1.2.250.1.213.1.1.4.9",
    "M MME", "DR PR", "H\tHP", "BR\tBR", "1.2.3.", ".1", "3.1", "1.2.0.3", "1." + "2" * 130,
    "x" * 70, "tel:0199 é", "mailto:", "20240101", "2024\n",
    "20+01", "20-0100", "٢٠٢٤",
)  # fmt: skip
ATTRIBUTES = (
    "root", "extension", "nullFlavor", "code", "codeSystem", "codeSystemName", "codeSystemVersion",
    "displayName", "value", "unit", "use", "qualifier", "typeCode", "classCode", "moodCode",
    "language", "mediaType", "representation", "compression", "integrityCheck",
    "integrityCheckAlgorithm", "operator", "inclusive", "updateMode", "charset",
    "assigningAuthorityName", "displayable", "identifierName", "reliability",
)  # fmt: skip
CHILDREN = (
    "remarque", "family", "given", "prefix", "suffix", "translation", "originalText", "qualifier",
    "low", "high", "center", "width", "useablePeriod", "thumbnail", "reference", "uncertainty",
    "name", "addr", "telecom", "id", "time", "code", "city", "streetAddressLine", "validTime",
)  # fmt: skip


def mutated(header: _Element, seed: int) -> _Element:
    """Return a copy of a header with one to four faults."""
    chance = random.Random(seed)
    result = copy.deepcopy(header)
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        _one(result, chance)
    return result


def _one(root: _Element, chance: random.Random) -> None:
    elements = [e for e in root.iter("*") if e is not root]
    element = chance.choice(elements) if elements else root
    edit = chance.choice(EDITS)
    edit(element, chance)


def _remove(element: _Element, _chance: random.Random) -> None:
    element.getparent().remove(element)


def _repeat(element: _Element, _chance: random.Random) -> None:
    element.addnext(copy.deepcopy(element))


def _empty(element: _Element, _chance: random.Random) -> None:
    for child in list(element):
        element.remove(child)
    element.text = None


def _nullify(element: _Element, chance: random.Random) -> None:
    _empty(element, chance)
    element.attrib.clear()
    element.set("nullFlavor", chance.choice(("UNK", "NAV", "OTH", "NP")))


def _drop(element: _Element, chance: random.Random) -> None:
    if element.attrib:
        del element.attrib[chance.choice(list(element.attrib))]


def _alter(element: _Element, chance: random.Random) -> None:
    names = list(element.attrib) or ["code"]
    element.set(chance.choice(names), chance.choice(VALUES))


def _add_attribute(element: _Element, chance: random.Random) -> None:
    element.set(chance.choice(ATTRIBUTES), chance.choice(VALUES))


def _text(element: _Element, chance: random.Random) -> None:
    element.text = chance.choice(("", "texte", '"cité"', "DR", "M", "  \n"))


def _add_child(element: _Element, chance: random.Random) -> None:
    child = etree.Element(HL7 + chance.choice(CHILDREN))
    if chance.random() < 0.5:
        child.set(chance.choice(ATTRIBUTES), chance.choice(VALUES))
    if chance.random() < 0.5:
        child.text = "texte"
    element.insert(chance.randrange(len(element) + 1), child)


def _retype(element: _Element, chance: random.Random) -> None:
    name = chance.choice(("CE", "II", "TS", "CD", "PN", "IVL_TS", "h:CE", "ST", "INT"))
    element.set(f"{XSI}type", name)


def _twin(element: _Element, chance: random.Random) -> None:
    other = chance.choice([e for e in element.getroottree().iter("*") if e.getparent() is not None])
    if element not in other.iterancestors() and element is not other:
        element.addnext(copy.deepcopy(other))


EDITS = (
    _remove, _repeat, _empty, _nullify, _drop, _drop, _alter, _alter, _alter, _add_attribute,
    _add_attribute, _text, _add_child, _add_child, _retype, _twin,
)  # fmt: skip
