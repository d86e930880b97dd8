"""Documents that reach every type and every element position of the tables of facts.

Each document holds one instance of one type with all that it may hold, under the shortest way
from ClinicalDocument to it. All are valid by construction.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from facts_schema import Facts, Row, _place, qualified
from lxml import etree

XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
ROOT = ("hl7", "POCD_MT000040.ClinicalDocument")
SAMPLES = {
    **{"cs": "x", "ts": "2025", "bl": "true", "oid": "1.2", "st": "s"},
    **{"xs:string": "s", "xs:NMTOKEN": "x", "xs:NMTOKENS": "x y", "xs:boolean": "true"},
    **{"xs:integer": "1", "xs:double": "0.5", "xs:decimal": "1.5", "xs:anyURI": "urn:x"},
    **{"xs:base64Binary": "AAAA", "xs:IDREF": "i0", "xs:IDREFS": "i0 i1"},
}

Key = tuple[str, str]


@dataclass
class Node:
    """One particle of a content model, with what is under it."""

    row: Row
    home: str
    under: list["Node"]


class Maker:
    """Makes instances of types; ``alternative`` is which branch of each choice is taken."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.ids = count()
        self.globals = {(r["ns"], r["name"]): r for r in facts.globals}
        self.nsmap = {p or None: u for p, u in facts.uris.items() if p not in ("hl7", "xs")}
        self.nsmap |= {None: facts.uris["hl7"], "xsi": "http://www.w3.org/2001/XMLSchema-instance"}

    def key(self, name: str, home: str) -> Key:
        prefix, _, local = qualified(name, home).partition(":")
        return prefix, local

    def particles(self, key: Key) -> list[Node]:
        """Return the whole content model, that of the base first."""
        row = self.facts.types.get(key)
        if row is None:
            return []
        made: dict[tuple[int, ...], Node] = {}
        own: list[Node] = []
        for particle in self.facts.content[key]:
            if particle["max"] == "0":
                continue
            place, node = _place(particle["path"]), Node(particle, key[0], [])
            made[place] = node
            (made[place[:-1]].under if len(place) > 1 else own).append(node)
            if particle["kind"] == "group":
                prefix, name = self.key(particle["name"], key[0])
                node.under = self.particles((prefix, f"group:{name}"))
        if row["derivation"] == "extension":
            return self.particles(self.key(row["base"], key[0])) + own
        return own

    def attributes(self, key: Key) -> dict[str, tuple[Row, str]]:
        row = self.facts.types.get(key)
        if row is None:
            return {}
        found = self.attributes(self.key(row["base"], key[0])) if row["base"] else {}
        for attribute in self.facts.attributes[key]:
            found[attribute["attribute"]] = (attribute, key[0])
            if attribute["use"] == "prohibited":
                del found[attribute["attribute"]]
        return found

    def value(self, name: str, home: str) -> str:
        if name == "xs:ID":
            return f"i{next(self.ids)}"
        key = self.key(name, home)
        sample = SAMPLES.get(name) or SAMPLES.get(key[1])
        if sample:
            return sample
        row = self.facts.simple[key]
        codes = row["enumeration"].split()
        return codes[0] if codes else self.value(row["base_members_item"].split()[0], key[0])

    def concrete(self, key: Key) -> Key:
        """Return the type itself, or the first concrete one derived from an abstract one."""
        if key not in self.facts.types or not self.facts.types[key]["abstract"]:
            return key
        derived = [k for k, r in self.facts.types.items() if k[0] == key[0] and r["base"] == key[1]]
        return next(k for k in map(self.concrete, derived) if not self.facts.types[k]["abstract"])

    def element(self, parent: etree._Element | None, node: Node) -> tuple[etree._Element, Key]:
        """Make the element of a particle, without content; return it with its concrete type."""
        if node.row["kind"] == "ref":
            home, local = self.key(node.row["name"], node.home)
            declared = self.globals[home, local]["type"]
        else:
            home, local, declared = node.home, node.row["name"], node.row["element_type"]
        tag = f"{{{self.facts.uris[home]}}}{local}"
        if parent is None:
            made = etree.Element(tag, nsmap=self.nsmap)
        else:
            made = etree.SubElement(parent, tag)
        return made, self.typed(made, self.key(declared, home))

    def typed(self, made: etree._Element, declared: Key, wanted: Key | None = None) -> Key:
        actual = wanted or self.concrete(declared)
        if actual != declared:
            prefix = "" if actual[0] == "hl7" else f"{actual[0]}:"
            made.set(XSI_TYPE, prefix + actual[1])
        return actual

    def fill(self, made: etree._Element, key: Key, full: bool, alternative: int = 0) -> None:
        """Give the element its mandatory attributes and children, or all that it may have."""
        for name, (row, home) in self.attributes(key).items():
            if full or row["use"] == "required":
                made.set(*self.attribute(name, row, home))
        if key in self.facts.simple:
            made.text = self.value(key[1], key[0])
        for node in self.particles(key):
            self.particle(made, node, full, alternative)

    def attribute(self, name: str, row: Row, home: str) -> tuple[str, str]:
        if ":" in name:
            prefix, _, local = name.partition(":")
            declared = self.globals[prefix, local]["type"]
            return f"{{{self.facts.uris[prefix]}}}{local}", self.value(declared, prefix)
        codes = row["inline_enum"].split()
        fixed = row["fixed"] or (codes[0] if codes else "")
        return name, fixed or self.value(row["attribute_type"], home)

    def particle(self, made: etree._Element, node: Node, full: bool, alternative: int) -> None:
        kind = node.row["kind"]
        times = int(node.row["min"])
        if full:
            times = 2 if node.row["max"] == "*" else max(times, 1)
        for _ in range(times):
            if kind == "choice":
                branch = node.under[alternative % len(node.under)]
                self.particle(made, branch, full, alternative)
            elif kind in ("seq", "group"):
                for under in node.under:
                    self.particle(made, under, full, alternative)
            elif kind == "any":
                etree.SubElement(made, "{urn:other}anything")
            else:
                child, key = self.element(made, node)
                self.fill(child, key, full=False)


def documents(facts: Facts) -> Iterator[tuple[str, etree._Element]]:
    """Give each document with the name of the type it is about."""
    maker = Maker(facts)
    for key, steps in _ways(maker).items():
        if facts.types.get(key, {}).get("abstract"):
            continue
        for alternative in range(_branches(maker.particles(key))):
            yield f"{key[0]}:{key[1]}", _document(maker, key, steps, alternative)


Step = tuple[Node, Key]


def _ways(maker: Maker) -> dict[Key, list[Step]]:
    """Return the shortest way to each type: the particles to go through, each with its type."""
    found: dict[Key, list[Step]] = {ROOT: []}
    queue = deque([ROOT])
    while queue:
        key = queue.popleft()
        for node in _elements(maker.particles(key)):
            declared = _declared(maker, node)
            for actual in _substitutes(maker, declared):
                if actual not in found:
                    found[actual] = [*found[key], (node, actual)]
                    queue.append(actual)
    return found


def _declared(maker: Maker, node: Node) -> Key:
    if node.row["kind"] == "ref":
        home, local = maker.key(node.row["name"], node.home)
        return maker.key(maker.globals[home, local]["type"], home)
    return maker.key(node.row["element_type"], node.home)


def _substitutes(maker: Maker, key: Key) -> list[Key]:
    """Return the type and all those derived from it, in the same namespace."""
    found = [key]
    for other, row in maker.facts.types.items():
        if row["base"] and maker.key(row["base"], other[0]) == key:
            found += _substitutes(maker, other)
    return found


def _elements(nodes: list[Node]) -> Iterator[Node]:
    for node in nodes:
        if node.row["kind"] in ("el", "ref"):
            yield node
        yield from _elements(node.under)


def _branches(nodes: list[Node]) -> int:
    """Return how many instances it takes to go through every branch of the choices."""
    most = 1
    for node in nodes:
        if node.row["kind"] == "choice":
            most = max(most, len(node.under))
        most = max(most, _branches(node.under))
    return most


def _document(maker: Maker, key: Key, steps: list[Step], alternative: int) -> etree._Element:
    root = etree.Element(f"{{{maker.facts.uris['hl7']}}}ClinicalDocument", nsmap=maker.nsmap)
    place, here = root, ROOT
    for node, actual in steps:
        place = _through(maker, place, here, node, actual)
        here = actual
    maker.fill(place, key, full=True, alternative=alternative)
    return root


def _through(
    maker: Maker, place: etree._Element, key: Key, wanted: Node, actual: Key
) -> etree._Element:
    """Fill ``place`` with its minimum, and the wanted particle; return the latter's element."""
    for name, (row, home) in maker.attributes(key).items():
        if row["use"] == "required":
            place.set(*maker.attribute(name, row, home))
    made = None
    for node in _spread(maker.particles(key), wanted):
        if node.row is wanted.row:
            made, _ = maker.element(place, node)
            made.attrib.pop(XSI_TYPE, None)
            maker.typed(made, _declared(maker, node), actual)
        else:
            maker.particle(place, node, full=False, alternative=0)
    assert made is not None
    return made


def _spread(nodes: list[Node], wanted: Node) -> Iterator[Node]:
    """Give the particles in order, opening only those that hold the wanted one."""
    for node in nodes:
        if node.row is not wanted.row and _holds(node, wanted):
            inside = node.under
            if node.row["kind"] == "choice":
                inside = [branch for branch in inside if _holds(branch, wanted)]
            yield from _spread(inside, wanted)
        else:
            yield node


def _holds(node: Node, wanted: Node) -> bool:
    return any(found.row is wanted.row for found in _elements([node]))
