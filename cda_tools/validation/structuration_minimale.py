"""Layer ``structuration-minimale``: the verdict of the official Schematron of the header profile.

Runs ``schemas/structuration-minimale/header.xsl`` (made from the profile beside it) on a copy of
the header. ``location`` is the element that the official report names (a missing element's
parent); ``line`` is that of the most precise element, e.g. the second setId.
"""

import copy
from collections.abc import Iterable
from functools import cache

from lxml import etree
from lxml.etree import _Element

from cda_tools.finding import Finding, Severity
from cda_tools.location import xpath
from cda_tools.resources import resource
from cda_tools.validation.profile.functions import FUNCTIONS

LAYER = "structuration-minimale"
_HL7 = "{urn:hl7-org:v3}"
_NAMESPACE = "urn:cda-tools:functions"
_SEVERITIES = {
    "error": Severity.ERROR,
    "warning": Severity.WARNING,
    "info": Severity.INFORMATION,
}
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFORMATION)
_CONTENT, _SIBLINGS = "*", "siblings"


def check(root: _Element, profile: str = "1.16") -> list[Finding]:
    """Return what the header profile says of a ClinicalDocument, in document order.

    ``root`` is the ClinicalDocument element, which may lie inside a style sheet. With profile
    ``pre-1.16``, setId and versionNumber are optional (§3.5.5.10, §3.5.5.11 before 1.16).
    """
    result = _transform()(_header(root), profile=etree.XSLT.strparam(profile))
    failures = result.getroot()
    return [_finding(root, failure) for failure in _one_a_cause(root, failures)]


@cache
def _transform() -> etree.XSLT:
    extensions = {(_NAMESPACE, name): function for name, function in FUNCTIONS.items()}
    sheet = etree.parse(resource(LAYER, "header.xsl"))
    return etree.XSLT(sheet, extensions=extensions, access_control=etree.XSLTAccessControl.DENY_ALL)


def _header(root: _Element) -> _Element:
    """Copy the header, and of the body only what the profile looks at.

    lxml copies what it transforms; the body, which is most of a document, is left out of it.
    """
    if not _has_type_id(root):
        return root
    header = etree.Element(root.tag, root.attrib, nsmap=root.nsmap)
    for child in root.iterchildren("*"):
        if child.tag == f"{_HL7}component":
            shallow = etree.SubElement(header, child.tag, child.attrib)
            for body in child.iterchildren("*"):
                etree.SubElement(shallow, body.tag, body.attrib)
        else:
            header.append(copy.deepcopy(child))
    return header


def _has_type_id(root: _Element) -> bool:
    return any(
        child.get("root") == "2.16.840.1.113883.1.3" and child.get("extension") == "POCD_HD000040"
        for child in root.iterchildren(f"{_HL7}typeId")
    )


def _one_a_cause(root: _Element, failures: Iterable[_Element]) -> list[_Element]:
    """Keep one failure of an element for one cause: the heaviest, else the first.

    Two failures have one cause where they are about the same attribute or child; a rule about
    the whole content gives way to any other of the element; so do all but one where the element
    is null; and a repeated element is not told again where there are too many of its name.
    """
    kept: dict[tuple[str, str], _Element] = {}
    for failure in failures:
        at, about = failure.get("at", ""), failure.get("about", "")
        if about[:1] in ("@", _CONTENT) and _element(root, at).get("nullFlavor") is not None:
            about = "@nullFlavor"
        other = kept.get((at, about))
        if other is None or _rank(failure) < _rank(other):
            kept[at, about] = failure
    return [f for (at, about), f in kept.items() if not _told(root, kept, at, about)]


def _told(root: _Element, kept: dict[tuple[str, str], _Element], at: str, about: str) -> bool:
    """Return whether another failure already says this one."""
    if about == _CONTENT:
        mine = _rank(kept[at, about])
        return any(a == at and b != about and _rank(f) <= mine for (a, b), f in kept.items())
    if about == _SIBLINGS:
        parent = "".join(f"{n} " for n in at.split()[:-1])
        name = _element(root, at).tag.rpartition("}")[2]
        return (parent, name) in kept
    return False


def _rank(failure: _Element) -> int:
    return _ORDER.index(_SEVERITIES[failure.get("role", "")])


def _finding(root: _Element, failure: _Element) -> Finding:
    element = _element(root, failure.get("at", ""))
    subject = _element(root, failure.get("on") or failure.get("at", ""))
    return Finding(
        rule=failure.get("id", ""),
        severity=_SEVERITIES[failure.get("role", "")],
        message=" ".join("".join(failure.itertext()).split()) + ".",
        location=xpath(element),
        line=subject.sourceline,
        layer=LAYER,
    )


def _element(root: _Element, positions: str) -> _Element:
    """Return the element at 0-based positions among elements, on the way down from ``root``."""
    element = root
    for position in positions.split():
        element = [child for child in element.iterchildren("*")][int(position)]
    return element
