"""The header that holds every element once, cut down and changed in small, named steps."""

import copy
import re
from functools import cache
from pathlib import Path

from lxml import etree
from lxml.etree import _Element

from cda_tools.reading.location import local_name
from cda_tools.validation.structuration_minimale.functions import NAMESPACES
from profile_compiler.model import Declared, load

COMPLETE = Path(__file__).parents[1] / "cases" / "structuration-minimale" / "complete-header.xml"
# Not mandatory by count, but by a rule on the whole document, or one of a choice.
ALWAYS = (
    "documentationOf/serviceEvent/effectiveTime",
    "documentationOf/serviceEvent/performer",
    "component/nonXMLBody",
    "component/nonXMLBody/text",
)
CHOICES = {
    "informant": ("assignedEntity", "relatedEntity"),
    "guardian": ("guardianPerson", "guardianOrganization"),
}
NAMES = {prefix: uri for prefix, uri in NAMESPACES.items() if prefix not in ("f", "str")}
HL7 = NAMES["h"]


def serialized(root: _Element) -> bytes:
    """Return the document as the files hold it."""
    etree.cleanup_namespaces(root, keep_ns_prefixes=["xsi"])
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


@cache
def complete() -> _Element:
    """Return the header that holds every element once."""
    parser = etree.XMLParser(remove_comments=True, resolve_entities=False)
    return etree.parse(COMPLETE, parser).getroot()


def find(root: _Element, path: str) -> _Element:
    """Return the one element at a path without prefixes."""
    found = root if path == "." else None
    if found is None:
        steps = re.sub(r"(^|/)([A-Za-z]\w*)", r"\1*[local-name()='\2']", path)
        nodes = root.xpath(steps, namespaces=NAMES)
        if len(nodes) != 1:
            raise LookupError(f"{path}: {len(nodes)} elements")
        found = nodes[0]
    return found


def cut(at: str) -> tuple[_Element, _Element]:
    """Return the header with what is mandatory and the element at a path, and that element."""
    root = copy.deepcopy(complete())
    target = find(root, at)
    kept = {target, *target.iterancestors()}
    for path in ALWAYS:
        always = find(root, path.replace("documentationOf", "documentationOf[1]"))
        kept |= {always, *always.iterancestors()}
    _cut(root, load().root, kept)
    return root, target


def _cut(element: _Element, declared: Declared | None, kept: set[_Element]) -> None:
    if declared is None or not declared.children:
        return
    condition = re.findall(r"(?<![\w@:/])h:\w+", declared.when)
    children = list(element.iterchildren("*"))
    chosen: set[_Element] = set()
    for child in declared.children:
        found = among(element, child)
        if (child.minimum or child.qname in condition) and not kept.intersection(found):
            chosen.update(found[:1])
    choice = [c for c in children if local_name(c) in CHOICES.get(declared.name, ())]
    if not kept.intersection(choice):
        chosen.update(choice[:1])
    if not element.attrib and not chosen and not kept.intersection(children):
        chosen.update(children[:1])  # it would be empty
    for child in children:
        if child in kept or child in chosen:
            _cut(child, _declaration(child, declared), kept)
        else:
            element.remove(child)


def among(element: _Element, child: Declared) -> list[_Element]:
    """Return the children of an element that a declaration is about."""
    return element.xpath(child.step, namespaces=dict(NAMESPACES), extensions=PAIR)


def _declaration(element: _Element, parent: Declared) -> Declared | None:
    above = element.getparent()
    return next((c for c in parent.children if element in among(above, c)), None)


PAIR = {("urn:cda-tools:functions", "pair"): lambda _context, _edition, _name, code, _system: code}


def change(target: _Element, changes: str) -> None:
    """Apply changes, separated by `` ; ``, to an element or below it (tests/cases/README.md)."""
    for one in filter(None, changes.split(" ; ")):
        below, colon, what = one.partition(": ")
        if not colon or " " in below:
            below, what = "", one
        _apply(find(target, below) if below else target, what)


def _apply(element: _Element, what: str) -> None:
    verb, _, argument = what.partition(" ")
    VERBS[verb](element, argument)


def _remove(element: _Element, _argument: str) -> None:
    element.getparent().remove(element)


def _repeat(element: _Element, _argument: str) -> None:
    element.addnext(copy.deepcopy(element))


def _empty(element: _Element, _argument: str) -> None:
    del element[:]
    element.text = None


def _set(element: _Element, argument: str) -> None:
    name, _, value = argument.removeprefix("@").partition("=")
    element.set(_attribute(name), value.replace("\\t", "\t"))


def _drop(element: _Element, argument: str) -> None:
    del element.attrib[argument.removeprefix("@")]


def _text(element: _Element, argument: str) -> None:
    element.text = argument


def _add(element: _Element, argument: str) -> None:
    element.append(_fragment(argument))


def _after(element: _Element, argument: str) -> None:
    element.addnext(_fragment(argument))


VERBS = {
    "remove": _remove,
    "repeat": _repeat,
    "empty": _empty,
    "set": _set,
    "drop": _drop,
    "text": _text,
    "add": _add,
    "after": _after,
}


def _fragment(xml: str) -> _Element:
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMES.items())
    return etree.fromstring(f'<r xmlns="{HL7}" {spaces}>{xml}</r>')[0]


def _attribute(name: str) -> str:
    prefix, _, local = name.rpartition(":")
    return f"{{{NAMES[prefix]}}}{local}" if prefix else local
