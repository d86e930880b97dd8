"""A second XML Schema of CDA, made straight from the tables of facts, to compare ours with.

One flat file a namespace, every data type copied into each namespace that uses it, no group, no
chameleon include: nothing of its layout is ours, so a slip in ours shows as a difference.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

FACTS = Path(__file__).resolve().parents[3] / "shared" / "facts" / "cda-model"
ABSENT = "the tables of facts (../shared/facts/cda-model) are not beside the checkout"

XS = "{http://www.w3.org/2001/XMLSchema}"
GROUPS = {"seq": "sequence", "choice": "choice"}

Row = dict[str, str]


def rows(name: str) -> list[Row]:
    with (FACTS / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@dataclass
class Facts:
    """The tables, by namespace prefix and type name; ``dt`` resolved into each namespace."""

    uris: dict[str, str] = field(default_factory=dict)
    types: dict[tuple[str, str], Row] = field(default_factory=dict)
    simple: dict[tuple[str, str], Row] = field(default_factory=dict)
    content: dict[tuple[str, str], list[Row]] = field(default_factory=dict)
    attributes: dict[tuple[str, str], list[Row]] = field(default_factory=dict)
    globals: list[Row] = field(default_factory=list)


def read() -> Facts:
    facts = Facts(
        uris={r["prefix"]: r["uri"] for r in rows("namespaces") if r["uri"]},
        globals=rows("globals"),
    )
    content, attributes = defaultdict(list), defaultdict(list)
    for row in sorted(rows("content"), key=lambda r: _place(r["path"])):
        content[row["ns"], row["type"]].append(row)
    for row in rows("attributes"):
        attributes[row["ns"], row["type"]].append(row)
    for table, name, kept in (
        ("types", "type", facts.types),
        ("simple-types", "name", facts.simple),
    ):
        for row in rows(table):
            homes = row["reached_in"].split(",") if row["ns"] == "dt" else [row["ns"]]
            for home in homes:
                kept[home, row[name]] = row
    for home, name in facts.types:
        written = facts.types[home, name]["ns"]
        facts.content[home, name] = content[written, name]
        facts.attributes[home, name] = attributes[written, name]
    return facts


def write(facts: Facts, folder: Path) -> Path:
    """Write the files into ``folder``; return the one to validate with."""
    for home, uri in facts.uris.items():
        if home != "xs":
            tree = etree.ElementTree(_schema(facts, home, uri))
            tree.write(folder / f"{home}.xsd", encoding="UTF-8", xml_declaration=True)
    return folder / "hl7.xsd"


def _schema(facts: Facts, home: str, uri: str) -> etree._Element:
    prefixes = {**facts.uris, "xs": XS[1:-1]}
    schema = etree.Element(XS + "schema", nsmap=prefixes)
    schema.set("targetNamespace", uri)
    schema.set("elementFormDefault", "qualified")
    for other, other_uri in facts.uris.items():
        if other not in (home, "xs"):
            _add(schema, "import", namespace=other_uri, schemaLocation=f"{other}.xsd")
    for row in facts.globals:
        if row["ns"] == home:
            _global(schema, facts, home, row)
    for (ns, name), row in facts.simple.items():
        if ns == home:
            _simple(schema, home, name, row)
    for (ns, name), row in facts.types.items():
        if ns != home or name.startswith("#"):
            continue
        if name.startswith("group:"):
            group = _add(schema, "group", name=name.removeprefix("group:"))
            _content(group, facts, home, name)
        else:
            _complex(schema, facts, home, name, row)
    return schema


def _global(schema: etree._Element, facts: Facts, home: str, row: Row) -> None:
    made = _add(schema, row["kind"], name=row["name"])
    if row["type"].startswith("#"):
        _complex(made, facts, home, row["type"], facts.types[home, row["type"]])
    else:
        made.set("type", qualified(row["type"], home))
    if row["nillable"]:
        made.set("nillable", "true")


def _simple(schema: etree._Element, home: str, name: str, row: Row) -> None:
    made = _add(schema, "simpleType", name=name)
    used = " ".join(qualified(base, home) for base in row["base_members_item"].split())
    if row["variety"] == "union":
        _add(made, "union", memberTypes=used)
    elif row["variety"] == "list":
        _add(made, "list", itemType=used)
    else:
        restriction = _add(made, "restriction", base=used)
        if row["pattern"]:
            _add(restriction, "pattern", value=row["pattern"])
        for facet in row["facets"].split():
            kind, _, value = facet.partition("=")
            _add(restriction, kind, value=value)
        for value in row["enumeration"].split():
            _add(restriction, "enumeration", value=value)


def _complex(parent: etree._Element, facts: Facts, home: str, name: str, row: Row) -> None:
    made = _add(parent, "complexType")
    if not name.startswith("#"):
        made.set("name", name)
    for flag in ("mixed", "abstract"):
        if row[flag]:
            made.set(flag, "true")
    if row["derivation"]:
        body = _add(made, "complexContent")
        made = _add(body, row["derivation"], base=qualified(row["base"], home))
    _content(made, facts, home, name)
    for attribute in facts.attributes[home, name]:
        _attribute(made, home, attribute)


def _content(parent: etree._Element, facts: Facts, home: str, name: str) -> None:
    made = {(): parent}
    for row in facts.content[home, name]:
        place = _place(row["path"])
        made[place] = _particle(made[place[:-1]], home, row)


def _particle(parent: etree._Element, home: str, row: Row) -> etree._Element:
    kind = row["kind"]
    if kind in GROUPS:
        made = _add(parent, GROUPS[kind])
    elif kind == "any":
        made = _add(parent, "any", namespace=row["name"], processContents=row["element_type"])
    elif kind == "el":
        made = _add(parent, "element", name=row["name"], type=qualified(row["element_type"], home))
    else:
        made = _add(parent, "element" if kind == "ref" else "group", ref=row["name"])
    for bound in ("min", "max"):
        if row[bound] != "1":
            made.set(f"{bound}Occurs", row[bound].replace("*", "unbounded"))
    if row["nillable"]:
        made.set("nillable", "true")
    return made


def _attribute(parent: etree._Element, home: str, row: Row) -> None:
    name = row["attribute"]
    made = _add(parent, "attribute", **{"ref" if ":" in name else "name": name})
    if row["inline_enum"]:
        kind = _add(_add(made, "simpleType"), "restriction", base=row["attribute_type"])
        for value in row["inline_enum"].split():
            _add(kind, "enumeration", value=value)
    elif row["attribute_type"]:
        made.set("type", qualified(row["attribute_type"], home))
    for flag in ("use", "default", "fixed"):
        if row[flag]:
            made.set(flag, row[flag])


def _add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, XS + tag, attributes)


def _place(path: str) -> tuple[int, ...]:
    return tuple(int(step) for step in path.split("."))


def qualified(name: str, home: str) -> str:
    return name if ":" in name else f"{home}:{name}"


def element_names(facts: Facts) -> Iterator[str]:
    """Give the name ``{namespace}name`` of every element there is."""
    for (home, _), particles in facts.content.items():
        for row in particles:
            if row["kind"] == "el":
                yield f"{{{facts.uris[home]}}}{row['name']}"
    for row in facts.globals:
        if row["kind"] == "element":
            yield f"{{{facts.uris[row['ns']]}}}{row['name']}"
