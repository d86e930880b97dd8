"""Reads ``../shared/facts/header-profile.tsv`` directly, to compare with the layer.

Written from the table and its guide alone: nothing of the profile, the Schematron or the style
sheet is used. XPath 2.0 of the table is evaluated by elementpath. Returns (row id, element).
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path

import elementpath
from lxml import etree
from lxml.etree import _Element

HL7 = "urn:hl7-org:v3"
PREFIXES = {
    "": HL7,
    "hl7": HL7,
    "sdtc": "urn:hl7-org:sdtc",
    "lab": "urn:oid:1.3.6.1.4.1.19376.1.3.2",
    "dcm": "urn:dicom-org:ps3-20",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
FORMATS = {
    "st": lambda v: v != "",
    "cs": lambda v: v != "" and not re.search(r"[ \t\r\n]", v),
    "oid": lambda v: re.fullmatch(r"[0-2](\.(0|[1-9]\d*))*", v),
    "uid": lambda v: (
        re.fullmatch(r"[0-2](\.(0|[1-9]\d*))*", v)
        or re.fullmatch(r"[A-Fa-f\d]{8}-([A-Fa-f\d]{4}-){3}[A-Fa-f\d]{12}", v)
        or re.fullmatch(r"[A-Za-z][A-Za-z\d\-]*", v)
    ),
    "ts": lambda v: re.match("[0-9]{4,14}", v),
}
DEFAULTS = {
    ("mediaType", "text/plain"),
    ("representation", "TXT"),
    ("integrityCheckAlgorithm", "SHA-1"),
    ("operator", "I"),
    ("inclusive", "true"),
}
SELECTOR = elementpath.XPath2Parser(namespaces=PREFIXES)

Row = dict[str, str]
Failed = tuple[str, _Element]


class Table:
    """The rows by path, the types, and the value sets."""

    def __init__(self, facts: Path) -> None:
        with (facts / "header-profile.tsv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self.children: dict[str, list[tuple[str, str, Row]]] = defaultdict(list)
        self.types: dict[str, list[Row]] = defaultdict(list)
        self.bases: dict[str, str] = {}
        self.severities = {row["id"]: row["severity"] for row in rows}
        for row in rows:
            self._file(row)
        self.sets: dict[str, list[tuple[str, str]]] = {}
        with (facts / "valuesets" / "index.tsv").open(encoding="utf-8") as file:
            for line in list(file)[1:]:
                oid, name = line.split("\t")[:2]
                with (facts / "valuesets" / name).open(encoding="utf-8") as codes:
                    pairs = [tuple(code.split("\t")[:2]) for code in list(codes)[1:]]
                self.sets[oid] = self.sets[name[:-4]] = pairs

    def _file(self, row: Row) -> None:
        path = row["path"]
        if row["id"].startswith("SM-GEN"):
            return
        if path.startswith(("type:", "DT:")):
            name, _, child = path.split(":", 1)[1].partition("/")
            if row["facet"] == "type":
                self.bases[name] = row["type"]
            elif child:
                self.children[f"type:{name}"].append((child, path, row))
            else:
                self.types[name].append(row)
            return
        if row["facet"] == "element":
            parent, _, child = path.rpartition("/")
            self.children[parent].append((re.sub(r"\{.*", "", child), path, row))
        else:
            self.rows["" if path == "ClinicalDocument" else path].append(row)

    def check(self, root: _Element) -> set[Failed]:
        """Return what fails in a ClinicalDocument."""
        documents = [e for e in root.iter(f"{{{HL7}}}ClinicalDocument") if has_type_id(e)]
        if not documents:
            return {("SM-GEN-02", root)}
        return set(self.element(root, "", "")) if root in documents else set()

    def element(self, element: _Element, path: str, type_name: str) -> Iterator[Failed]:
        """Yield what the rows of a path, and of a type, say of an element."""
        for row in self.rows[path]:
            if row["facet"] == "closed":
                yield from self.closed(element, path, type_name, row)
            elif not self.holds(element, row):
                yield row["id"], element
        if type_name:
            yield from self.typed(element, type_name)
        yield from self.count(element, path)
        yield from self.down(element, path)

    def count(self, element: _Element, path: str) -> Iterator[Failed]:
        for name, _, row in self.children[path]:
            if row["asserts"] == "0":
                continue
            condition = row["discriminant"]
            if row["constraint"].startswith("count those with "):
                condition = row["constraint"].removeprefix("count those with ")
            found = sum(self.meets(c, condition) for c in element if is_named(c, name))
            low, _, high = row["card"].partition("..")
            if found < int(low) or (high != "*" and found > int(high)):
                yield row["id"], element

    def down(self, element: _Element, path: str) -> Iterator[Failed]:
        for child in element.iterchildren("*"):
            for name, child_path, row in self.children[path]:
                if is_named(child, name) and self.meets(child, row["discriminant"]):
                    below = "" if path.startswith("type:") else child_path
                    if below:
                        yield from self.element(child, below, row["type"])
                    else:
                        yield from self.typed(child, row["type"])
                    break

    def closed(self, element: _Element, path: str, type_name: str, row: Row) -> Iterator[Failed]:
        declared = [*self.children[path], *self.children[f"type:{type_name}"]]
        listed = row["constraint"].split()
        for child in element.iterchildren("*"):
            if child.get(f"{XSI}nil") == "true":
                continue
            known = any(
                is_named(child, name) and self.meets(child, one["discriminant"])
                for name, _, one in declared
            )
            if not declared:  # the list has names without condition
                known = any(is_named(child, name) for name in listed)
            if not known:
                yield row["id"], child

    def typed(self, element: _Element, name: str) -> Iterator[Failed]:
        if not name:
            return
        xsi_type = element.get(f"{XSI}type")
        if xsi_type is not None and name != "ANY":
            prefix, _, local = xsi_type.strip().rpartition(":")
            if element.nsmap.get(prefix or None) != HL7 or local != name.partition(".")[0]:
                yield "SM-GEN-01", element
        while name:
            for row in self.types[name]:
                if row["facet"] == "closed":
                    yield from self.closed(element, f"type:{name}", name, row)
                elif not self.holds(element, row):
                    yield row["id"], element
            yield from self.count(element, f"type:{name}")
            yield from self.down(element, f"type:{name}")
            name = self.bases.get(name, "")

    def meets(self, element: _Element, condition: str) -> bool:
        """Return whether an element meets a discriminant."""
        if condition.startswith("inset("):
            pair = (element.get("code"), element.get("codeSystem"))
            return pair in self.sets[condition[6:-1]]
        return not condition or self.true(element, condition)

    def holds(self, element: _Element, row: Row) -> bool:
        """Return whether an element keeps a row."""
        constraint = row["constraint"]
        if row["facet"] == "attribute":
            return attribute_holds(element, constraint)
        if row["facet"] == "valueset":
            return self.in_set(element, row)
        civility = re.fullmatch(r"every \$x in (.*) satisfies \$x = codes\((\w+)\)", constraint)
        if civility:
            codes = {code for code, _ in self.sets[civility[2]]}
            found = etree.ETXPath(".//*")(element)
            steps = civility[1].split("/")
            return all("".join(e.itertext()) in codes for e in found if below(element, e) == steps)
        if constraint.startswith("every $e in"):
            return all(null_consistent(e) for e in element.iter("*"))
        special = re.fullmatch(r"(valid-ts|valid-ts-bound|ordered-bounds)\((.*)\)", constraint)
        if special:
            values = [self.value(element, one.strip()) for one in special[2].split(",")]
            return times_hold(special[1], values)
        return self.true(element, constraint)

    def in_set(self, element: _Element, row: Row) -> bool:
        pairs = [pair for oid in row["valueset"].split() for pair in self.sets[oid]]
        if row["constraint"].startswith("@code+@codeSystem"):
            return (element.get("code"), element.get("codeSystem")) in pairs
        value = element.get(re.match(r"@(\w+)", row["constraint"])[1])
        return value is None or value in {code for code, _ in pairs}

    def value(self, element: _Element, path: str) -> str | None:
        found = evaluate(element, path)
        return str(found[0]) if found else None

    def true(self, element: _Element, test: str) -> bool:
        return bool(evaluate(element, f"boolean({bound(test)})"))


def attribute_holds(element: _Element, constraint: str) -> bool:
    name, rest = re.fullmatch(r"@(\w+) (.*)", constraint).groups()
    value = element.get(name)
    if rest.startswith("if present"):
        allowed = rest.removeprefix("if present ").removeprefix("= ").removeprefix("in ")
        return value is None or value in [one.strip("'") for one in allowed.split()]
    if rest.startswith("="):
        return value == re.match(r"= '(.*?)'", rest)[1]
    required, form = rest.startswith("required"), rest.removeprefix("required").strip()
    if value is None:
        return not required
    return not form or bool(FORMATS[form](value))


def is_named(element: _Element, name: str) -> bool:
    prefix, _, local = name.rpartition(":")
    return element.tag == f"{{{PREFIXES[prefix]}}}{local}"


def has_type_id(document: _Element) -> bool:
    return any(
        e.get("root") == "2.16.840.1.113883.1.3" and e.get("extension") == "POCD_HD000040"
        for e in document.iterchildren(f"{{{HL7}}}typeId")
    )


def below(top: _Element, element: _Element) -> list[str]:
    steps = []
    while element is not top:
        steps.append(element.tag.removeprefix(f"{{{HL7}}}"))
        element = element.getparent()
    return steps[::-1]


def null_consistent(element: _Element) -> bool:
    flavor = element.get("nullFlavor")
    if flavor is None:
        return True
    others = {
        name
        for name, value in element.attrib.items()
        if name != "nullFlavor" and not name.startswith(XSI) and (name, value) not in DEFAULTS
    }
    inside = {child.tag.removeprefix(f"{{{HL7}}}") for child in element.iterchildren("*")}
    own = (element.text or "") + "".join(child.tail or "" for child in element)
    if not others and not inside and not own.strip():
        return True
    codes = {"codeSystem", "codeSystemName", "codeSystemVersion", "extension"}
    evidence = ({"extension", "codeSystem"} & others) | ({"originalText", "translation"} & inside)
    return flavor in ("OTH", "NA", "UNC") and others <= codes and bool(evidence)


def times_hold(kind: str, values: list[str | None]) -> bool:
    zone = "{1,4}" if kind == "valid-ts" else "{4}"
    moments = [moment(value, zone) for value in values]
    if kind != "ordered-bounds":
        return values[0] is None or moments[0] is not None
    return None in moments or moments[0] <= moments[1]


def moment(value: str | None, zone: str) -> datetime | None:
    form = rf"(\d\d|\d{{4}}|\d{{6}}|\d{{8}}|\d{{10}}|\d{{12}}|\d{{14}}(?:\.\d+)?)([+-]\d{zone})?"
    match = re.fullmatch(form, value or "")
    if not match:
        return None
    digits = match[1].partition(".")[0]
    digits = digits + "00" if len(digits) == 2 else digits
    try:
        read = datetime.strptime((digits + "0101000000"[len(digits) - 4 :])[:14], "%Y%m%d%H%M%S")
    except ValueError:
        return None
    hours, minutes = 0, 0
    if match[2]:
        padded = match[2][1:].ljust(4, "0")
        hours, minutes = int(padded[:2]), int(padded[2:])
        if minutes > 59 or hours * 60 + minutes > 840:
            return None
    shift = timedelta(hours=hours, minutes=minutes) * (-1 if (match[2] or "+")[0] == "-" else 1)
    return read.replace(tzinfo=timezone(shift))


@cache
def bound(test: str) -> str:
    """Bind what the table calls ``current()`` and ``$siblings``."""
    if "current()" not in test and "$siblings" not in test:
        return test
    siblings = "$c/(preceding-sibling::*|following-sibling::*)[node-name(.)=node-name($c)]"
    return f"for $c in . return ({test.replace('$siblings', siblings).replace('current()', '$c')})"


@cache
def compiled(test: str) -> elementpath.XPathToken:
    return SELECTOR.parse(test)


class Tree:
    """elementpath's nodes of one document, kept for the evaluations of that document."""

    def __init__(self) -> None:
        self.root: _Element | None = None
        self.nodes: dict[_Element, object] = {}

    def node(self, element: _Element) -> object:
        root = element.getroottree().getroot()
        if root is not self.root:
            self.root = root
            tree = elementpath.get_node_tree(root)
            self.nodes = {n.elem: n for n in tree.iter() if hasattr(n, "elem")}
            self.tree = tree
        return self.nodes[element]


TREE = Tree()


def evaluate(element: _Element, test: str) -> object:
    node = TREE.node(element)
    context = elementpath.XPathContext(TREE.tree, item=node)
    result = compiled(test).get_results(context)
    return result
