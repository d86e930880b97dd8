"""Layer ``structuration-minimale``: the verdict of the official Schematron of the header profile.

Runs ``schemas/structuration-minimale/<edition>/header.xsl`` (made from the profile beside it) on
a copy of the header. ``location`` is the element that the official report names (a missing
element's parent); ``line`` is that of the most precise element, e.g. the second setId.
"""

import copy
import re
from dataclasses import replace
from functools import cache
from typing import Any

from lxml import etree
from lxml.etree import _Element

from cda_tools.model.editions import EDITIONS, NEWEST
from cda_tools.reading.location import Locator, Position, Tree, local_name
from cda_tools.resources import resource
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding, Severity
from cda_tools.validation.limits import heaviest, more, numbers_told
from cda_tools.validation.structuration_minimale.causes import CLOSED, Failure, one_a_cause
from cda_tools.validation.structuration_minimale.functions import FUNCTIONS, NOWHERE
from cda_tools.validation.structuration_minimale.notes import LAYER, Notes, depends_on_edition

_HL7 = "{urn:hl7-org:v3}"
_NAMESPACE = "urn:cda-tools:functions"
# What the style sheet says of a failure; its other attributes are the fields of the message.
_OURS = frozenset(("id", "role", "about", "at", "on", "unless", "once", "set"))
# What a failure is about, where that is an attribute or a child, of the element or of a child.
_PATH = re.compile(r"(?:[\w:]+/)?@?[\w:]+")
_PREFIX = re.compile(r"\w+:")
_MOST_COMPARED = 20_000
_SEVERITIES = {
    "error": Severity.ERROR,
    "warning": Severity.WARNING,
    "info": Severity.INFORMATION,
}


def check(
    root: _Element, profile: str = "1.16", edition: str = NEWEST, *, explain: bool = False
) -> list[Finding]:
    """Return what the header profile says of a ClinicalDocument, in document order.

    ``root`` is the ClinicalDocument element, which may lie inside a style sheet. With profile
    ``pre-1.16``, setId and versionNumber are optional (§3.5.5.10, §3.5.5.11 before 1.16).
    ``edition``: the official profile that applies, one of EDITIONS. An error that another edition
    does not have says so, unless more fails than is compared; so does one about a code that has
    left its value set. ``explain``: an error about a code names the codes that look most like it.
    At most 500 findings, and one that counts the others.
    """
    tree = Tree(root)
    header = header_of(root)
    places = Locator()
    failed, beyond = failures(tree, header, profile, edition)
    found = one_a_cause(failed)
    others = {}
    if not beyond and any(map(depends_on_edition, found)):
        for name in EDITIONS:
            if name != edition:
                failed, left_out = failures(tree, header, profile, name)
                if not left_out:
                    others[name] = one_a_cause(failed)
    notes = Notes(edition, found, others, explain=explain)
    told = numbers_told([failure.severity for failure in found], beyond)
    findings = [_finding(tree, found[number], places, notes) for number in told]
    counted = len(found) - len(told) + beyond
    return [*findings, more(LAYER, root, counted)] if counted else findings


def failures(
    tree: Tree, header: _Element, profile: str = "1.16", edition: str = NEWEST
) -> tuple[list[Failure], int]:
    """Return the assertions that fail, several of them perhaps for one cause.

    ``header``: what :func:`header_of` gives for the tree's root. Beyond 20,000 of them, the
    heaviest come back, and the number of the others: a failure only ever gives way to one that
    weighs as much, so no verdict depends on what is left out.
    """
    result = transform(edition)(header, profile=etree.XSLT.strparam(profile))
    nodes = list(result.getroot())
    beyond = max(0, len(nodes) - _MOST_COMPARED)
    if beyond:
        severities = [_SEVERITIES[node.get("role", "")] for node in nodes]
        nodes = [nodes[number] for number in heaviest(severities, _MOST_COMPARED)]
    return [_failure(tree, node) for node in nodes], beyond


@cache
def transform(edition: str) -> etree.XSLT:
    """Return the style sheet of an edition, ready to run."""
    extensions: Any = {(_NAMESPACE, name): function for name, function in FUNCTIONS.items()}
    sheet = etree.parse(resource(LAYER, edition, "header.xsl"))
    return etree.XSLT(sheet, extensions=extensions, access_control=etree.XSLTAccessControl.DENY_ALL)


def header_of(root: _Element) -> _Element:
    """Copy the header, and of the body only what the profile looks at.

    lxml copies what it transforms; the body, which is most of a document, is left out of it.
    """
    if not _has_type_id(root):
        # By itself: places are told from the root down.
        return root if root.getparent() is None else copy.copy(root)
    header = etree.Element(root.tag, root.attrib, nsmap=root.nsmap)
    for child in root.iterchildren("*"):
        if child.tag == f"{_HL7}component":
            shallow = etree.SubElement(header, child.tag, child.attrib)
            for body in child.iterchildren("*"):
                etree.SubElement(shallow, body.tag, body.attrib)
        else:
            header.append(copy.copy(child))  # lxml's copy is deep, and spares deepcopy's memo
    return header


def _has_type_id(root: _Element) -> bool:
    return any(
        child.get("root") == "2.16.840.1.113883.1.3" and child.get("extension") == "POCD_HD000040"
        for child in root.iterchildren(f"{_HL7}typeId")
    )


def _failure(tree: Tree, node: _Element) -> Failure:
    at = _position(node.get("at", ""))
    about = node.get("about", "")
    subject = node.get("on", NOWHERE)
    on = at if subject == NOWHERE else _position(subject)
    element = tree.element(at)
    return Failure(
        rule=node.get("id", ""),
        severity=_SEVERITIES[node.get("role", "")],
        about=about,
        at=at,
        on=on,
        name=local_name(element),
        null=element.get("nullFlavor") is not None,
        unless=frozenset(node.get("unless", "").split()),
        once=node.get("once") is not None,
        sets=tuple(node.get("set", "").split()),
        value=_value(about, element, tree.element(on)) if node.get("set") else "",
        label=element.get("displayName", ""),
        fields=tuple(
            (name, " ".join(value.split()))
            for name, value in node.attrib.items()
            if name not in _OURS
        ),
    )


def _value(about: str, element: _Element, subject: _Element) -> str:
    """Return what stands where a code of a value set must: an attribute, or an element's text."""
    return element.get(about[1:], "") if about.startswith("@") else (subject.text or "").strip()


def _finding(tree: Tree, failure: Failure, places: Locator, notes: Notes) -> Finding:
    place = places.xpath(tree.element(failure.at[:-1] if failure.once else failure.at))
    found = texts.finding(
        failure.rule,
        layer=LAYER,
        location=place,
        line=tree.element(failure.on).sourceline,
        **dict(failure.fields),
        **notes.of(failure, private=_is_private(tree, failure.at)),
    )
    return replace(found, about=_about(failure.about, place))


def _about(about: str, place: str) -> tuple[str, ...]:
    """Return what a failure is about as :class:`Finding` has it."""
    if about == CLOSED:
        return (f"{place}/.",)
    if about == "choice":
        return (f"{place}/?",)
    if about == "body":
        return f"{place}/component/structuredBody", f"{place}/component/nonXMLBody"
    return (f"{place}/{_PREFIX.sub('', about)}",) if _PATH.fullmatch(about) else ()


def _is_private(tree: Tree, place: Position) -> bool:
    """Return whether an element is the patient's (recordTarget) or inside it."""
    return bool(place) and local_name(tree.element(place[:1])) == "recordTarget"


def _position(positions: str) -> Position:
    return tuple(int(position) for position in positions.split())
