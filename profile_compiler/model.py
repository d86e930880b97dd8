"""Reads the profile's two source files, as they are in one edition.

Both are in the namespace ``urn:cda-tools:profile``; their elements are described in
``docs/structuration-minimale.md``. XPath in them is XPath 1.0 with the prefixes of
``cda_tools.validation.structuration_minimale.functions.NAMESPACES``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from lxml import etree
from lxml.etree import _Element

from cda_tools.model.editions import NEWEST

FOLDER = "structuration-minimale"
SOURCES = Path(__file__).resolve().parent
"""Where ``header.xml``, ``types.xml`` and ``examples.tsv`` lie."""
PROFILE = "{urn:cda-tools:profile}"
ADDRESS_FORMS = ("AD.fields", "AD.lines")


@dataclass(frozen=True, slots=True)
class Check:
    """A rule about one element that is not about how many children it has.

    ``kind`` is the source's element name: attribute, codes, civility or rule. ``about`` names what
    the rule looks at (``@root``, a child, ``*`` for the content, ``siblings``).
    """

    kind: str
    id: str
    severity: str
    source: _Element

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute of the source element."""
        return self.source.get(name, default)


@dataclass(frozen=True, slots=True)
class Declared:
    """An element of the header, or a child that a type allows.

    ``minimum`` and ``maximum`` are occurrences in the parent (None: no bound), checked where
    ``id`` is given; ``when`` is the predicate that selects this variant of the name, ``that`` the
    same in French. ``revision``: that of the text which asked for it first, where it is known.
    ``closed`` is the rule that admits no other child than ``children`` and those
    of the type ``allows``. ``counted``, where it differs from ``when``, is what is counted.
    """

    name: str
    id: str
    minimum: int
    maximum: int | None
    type: str
    when: str
    that: str
    label: str
    closed: str
    allows: str
    counted: str
    optional_before: bool
    reference: str
    revision: str
    checks: tuple[Check, ...]
    children: tuple["Declared", ...]

    @property
    def qname(self) -> str:
        """Return the name with the prefix that XPath needs."""
        return self.name if ":" in self.name else f"h:{self.name}"

    @property
    def step(self) -> str:
        """Return the XPath step that selects this variant."""
        return f"{self.qname}[{self.when}]" if self.when else self.qname


@dataclass(frozen=True, slots=True)
class DataType:
    """A data type, or one of our stricter forms of it (``II.root``).

    ``holds`` is a quick test that implies the type's rules and those of its bases: most texts and
    codes of a header pass it and need no other.
    """

    name: str
    base: str
    when: str
    holds: str
    closed: str
    checks: tuple[Check, ...]
    children: tuple[Declared, ...]

    @property
    def hl7_name(self) -> str:
        """Return what xsi:type would say: ``II`` for ``II.root``."""
        return self.name.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Profile:
    """The header as a tree, and the types by name, in one edition."""

    edition: str
    root: Declared
    types: MappingProxyType[str, DataType]

    def allowed(self, declared: Declared) -> tuple[Declared, ...]:
        """Return the children that a closed element admits: its own, else those of its type."""
        if declared.children or declared.allows not in self.types:
            return declared.children
        return self.types[declared.allows].children

    def elements(self) -> Iterator[tuple[Declared, ...]]:
        """Yield every element of the header, each with its ancestors before it."""
        yield from _walk((self.root,))


def _walk(path: tuple[Declared, ...]) -> Iterator[tuple[Declared, ...]]:
    yield path
    for child in path[-1].children:
        yield from _walk((*path, child))


@cache
def load(edition: str = NEWEST) -> Profile:
    """Read the profile of an edition."""
    types = _source("types.xml", edition)
    by_name = {node.get("name", ""): _data_type(node) for node in types}
    root = _source("header.xml", edition)[0]
    return Profile(edition, _declared(root, "", by_name), MappingProxyType(by_name))


def _source(name: str, edition: str) -> _Element:
    """Return a source file without what came after an edition (``since``) or left (``until``)."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    root = etree.parse(SOURCES / name, parser).getroot()
    for node in list(root.iter("*")):
        since, until = node.get("since", ""), node.get("until", "")
        if edition < since or (until and until <= edition):
            above = node.getparent()
            if above is not None:
                above.remove(node)
        for key, value in node.attrib.items():
            # Which codes a set has depends on the edition.
            node.set(key, value.replace("f:pair(", f"f:pair('{edition}', "))
    return root


def _data_type(node: _Element) -> DataType:
    return DataType(
        name=node.get("name", ""),
        base=node.get("base", ""),
        when=node.get("when", ""),
        holds=node.get("holds", ""),
        closed=node.get("closed", ""),
        checks=_checks(node),
        children=tuple(
            _declared(child, "", {}) for child in node.iterchildren(f"{PROFILE}element")
        ),
    )


def _checks(node: _Element) -> tuple[Check, ...]:
    return tuple(
        Check(
            str(child.tag).removeprefix(PROFILE),
            child.get("id", ""),
            child.get("severity", "error"),
            child,
        )
        for child in node.iterchildren()
        if child.tag != f"{PROFILE}element"
    )


def _declared(node: _Element, reference: str, types: dict[str, DataType]) -> Declared:
    minimum, _, maximum = node.get("card", "0..*").partition("..")
    reference = node.get("source", reference)
    children: list[Declared] = []
    for child in node.iterchildren(f"{PROFILE}element"):
        if child.get("type") == "addr":
            children += (_address(types[form]) for form in ADDRESS_FORMS)
        else:
            children.append(_declared(child, reference, types))
    return Declared(
        name=node.get("name", ""),
        id=node.get("id", ""),
        minimum=int(minimum),
        maximum=None if maximum == "*" else int(maximum),
        type=node.get("type", ""),
        when=node.get("when", ""),
        that=node.get("that", ""),
        label=node.get("label", ""),
        closed=node.get("closed", ""),
        allows=node.get("allows", node.get("type", "")),
        counted=node.get("count", node.get("when", "")),
        optional_before=node.get("before") == "0..1",
        reference=reference,
        revision=node.get("revision", ""),
        checks=_checks(node),
        children=tuple(children),
    )


def _address(form: DataType) -> Declared:
    """Return the element ``addr`` in one of its two forms: fields or lines."""
    return Declared(
        name="addr",
        id="",
        minimum=0,
        maximum=None,
        type=form.name,
        when=form.when,
        that="",
        label="adresse",
        closed="",
        allows=form.name,
        counted="",
        optional_before=False,
        reference="",
        revision="",
        checks=(),
        children=(),
    )
