"""Makes the case files ``tests/cases/RULE-pass-a.xml`` and ``RULE-fail-a.xml``.

``tests/cases/cases.tsv`` has a line a rule:

- ``at``: the element of ``complete-header.xml`` that the rule is about, as a path below
  ClinicalDocument without prefixes. Cut down to it and to what is mandatory, the header is the
  base of both files (``.`` for ClinicalDocument itself).
- ``both``: changes that both files need, so that the rule has something to say.
- ``fail``: the one change that breaks the rule.

Changes are separated by `` ; `` and apply to ``at``, or to the path below it before ``: ``::

    remove | repeat | empty | set @a=value | drop @a | text words | add <xml/> | after <xml/>

Run it to write the files: ``python tests/validation/case_files.py``.
"""

import copy
import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree
from lxml.etree import _Element

from cda_tools.reading.location import local_name
from cda_tools.validation.profile.model import NAMESPACES, Declared, load

CASES = Path(__file__).resolve().parent.parent / "cases"
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


@dataclass(frozen=True)
class Case:
    """A line of ``cases.tsv``."""

    rule: str
    at: str
    both: str
    fail: str


def cases() -> list[Case]:
    """Read the table."""
    with (CASES / "cases.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Case(*row) for row in list(rows)[1:]]


def made(case: Case) -> dict[str, bytes]:
    """Return the two files of a case, by name."""
    base, target = cut(case.at)
    change(target, case.both)
    passing = serialized(base)
    change(target, case.fail)
    return {f"{case.rule}-pass-a.xml": passing, f"{case.rule}-fail-a.xml": serialized(base)}


def serialized(root: _Element) -> bytes:
    """Return the document as the files hold it."""
    etree.cleanup_namespaces(root, keep_ns_prefixes=["xsi"])
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


@cache
def complete() -> _Element:
    """Return the header that holds every element once."""
    parser = etree.XMLParser(remove_comments=True, resolve_entities=False)
    return etree.parse(CASES / "complete-header.xml", parser).getroot()


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
        among = _among(element, child)
        if (child.minimum or child.qname in condition) and not kept.intersection(among):
            chosen.update(among[:1])
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


def _among(element: _Element, child: Declared) -> list[_Element]:
    return element.xpath(child.step, namespaces=dict(NAMESPACES), extensions=PAIR)


def _declaration(element: _Element, parent: Declared) -> Declared | None:
    above = element.getparent()
    return next((c for c in parent.children if element in _among(above, c)), None)


PAIR = {("urn:cda-tools:functions", "pair"): lambda _context, _name, code, _system: code}


def change(target: _Element, changes: str) -> None:
    """Apply the changes of a case to its element, or below it."""
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


def main() -> None:
    """Write all case files, and remove those of no case."""
    files = {name: content for case in cases() for name, content in made(case).items()}
    for path in CASES.glob("SM-*.xml"):
        if path.name not in files:
            path.unlink()
    for name, content in files.items():
        (CASES / name).write_bytes(content)


if __name__ == "__main__":
    main()
