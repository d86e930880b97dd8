"""The two sides of a comparison: an edition of the header profile, or an official kit.

Of both are known the value sets that the header's rules look codes up in, and where; of an
edition also its rules.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree
from lxml.etree import _Element

from cda_tools.errors import InputError
from cda_tools.model.editions import EDITIONS
from cda_tools.model.terminology import codes
from cda_tools.model.valuesets import named
from cda_tools.resources import resource

if TYPE_CHECKING:
    from cda_tools.kit.folder import Folder

_SCH = "{http://purl.oclc.org/dsdl/schematron}"
_SET = "{urn:cda-tools:profile}set"
_LAYER = "structuration-minimale"
_PROFILE = "schematrons/profils/structurationMinimale/include"
_KIT_RULES = re.compile(r"1\.2\.250\.1\.213\.1\.1\.1\.1-[\dT-]+\.sch")
_READ = re.compile(r"voc-([\d.]+)-DYNAMIC\.xml")
_PAIR = re.compile(r"f:pair\('[\d-]+', '([\w-]+)'")

Codes = dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Side:
    """What is compared.

    ``sets``: by OID, each set that is looked up, (code, code system) to label. ``uses``: path of
    an element and OID of a set that its code must be of. ``tests``: by rule, where it applies and
    its condition; ``types``: by data type, the elements that have it and their condition. The
    last two are None for a kit, whose rules have no ids of ours. ``missing``: files that the kit
    reads and has not.
    """

    name: str
    sets: dict[str, Codes]
    uses: frozenset[tuple[str, str]]
    tests: dict[str, set[tuple[str, str]]] | None = None
    types: dict[str, set[tuple[str, str]]] | None = None
    missing: tuple[str, ...] = ()


def side(word: str) -> Side:
    """Return an edition by its name, else a kit by its folder or name; raise InputError."""
    if word in EDITIONS:
        return of_edition(word)
    if not Path(word).exists() and re.fullmatch(r"\d{4}-\d\d", word):
        raise InputError(f"édition inconnue : {word} ({', '.join(EDITIONS)})")
    from cda_tools.kit.folder import open_folder  # noqa: PLC0415  only where a kit is given
    from cda_tools.kit.names import path_of  # noqa: PLC0415

    path, name = path_of(word)
    return of_kit(open_folder(path), name)


@dataclass(slots=True)
class _Reading:
    """What is gathered of an edition's Schematron."""

    uses: set[tuple[str, str]] = field(default_factory=set)
    tests: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    types: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))


def of_edition(name: str) -> Side:
    """Return an edition."""
    reading = _Reading()
    schema = etree.parse(resource(_LAYER, name, "header.sch")).getroot()
    for rule in schema.iter(f"{_SCH}rule"):
        _read_rule(rule, name, reading)
    oids = {oid for _, oid in reading.uses}
    sets = {oid: codes(known.name, name) for oid in oids if (known := named(oid))}
    return Side(name, sets, frozenset(reading.uses), dict(reading.tests), dict(reading.types))


def _read_rule(rule: _Element, edition: str, reading: _Reading) -> None:
    context = rule.get("context", "")
    place = path(context) if context else f"type {rule.get('id', '')}"
    closed = place.endswith("/*")
    for node in rule:
        test = node.get("test", "")
        if node.tag == f"{_SCH}extends":
            if context:
                name = node.get("rule", "").removeprefix("typed-")
                reading.types[name].add((place, _condition(context).replace(f"'{edition}', ", "")))
            continue
        # The codes of a set are compared as codes.
        told = "" if node.get(_SET) else test.replace(f"'{edition}', ", "")
        reading.tests[node.get("id", "")].add((place, told))
        looked_up = node.get(_SET, "").split()
        if not closed:
            looked_up += _PAIR.findall(test)
        reading.uses |= _uses(place, looked_up)
    if not closed:
        reading.uses |= _uses(place, _PAIR.findall(context.rpartition("/h:")[2]))


def _uses(place: str, sets: list[str]) -> set[tuple[str, str]]:
    return {(place, known.oid) for name in sets if (known := named(name))}


def path(context: str) -> str:
    """Return a rule's context as element names, without prefixes and conditions."""
    bare = context
    while (shorter := re.sub(r"\[[^\[\]]*\]", "", bare)) != bare:
        bare = shorter
    return re.sub(r"\w+:", "", bare).strip("/")


def _condition(context: str) -> str:
    """Return the condition of the last element of a context, without brackets; "" for none."""
    found = re.search(r"/[\w:*-]+\[(.*)\]$", context[context.rfind("/h:") :])
    return found[1] if found else ""


def of_kit(folder: "Folder", name: str) -> Side:
    """Return a kit; raise InputError where its header profile cannot be read."""
    from cda_tools.kit.folder import Unreadable, parse  # noqa: PLC0415  only where a kit is given

    def read(file: str) -> _Element:
        found = folder.find(f"{_PROFILE}/{file}")
        if found is None:
            raise InputError(f"{name} : « {_PROFILE}/{file} » manque")
        try:
            return parse(found.read_bytes())
        except (Unreadable, OSError) as error:
            raise InputError(f"{name} : {file} : {error}") from None

    include = folder.root / _PROFILE
    if not include.is_dir():
        raise InputError(f"{name} : pas de dossier « {_PROFILE} »")
    uses: set[tuple[str, str]] = set()
    for file in sorted(entry.name for entry in include.iterdir()):
        if _KIT_RULES.fullmatch(file):
            uses |= _kit_uses(read(file))
    if not uses:
        raise InputError(f"{name} : aucune règle d'en-tête lue dans « {_PROFILE} »")
    files = {oid: f"voc-{oid}-DYNAMIC.xml" for oid in sorted({oid for _, oid in uses})}
    missing = tuple(file for file in files.values() if folder.find(f"{_PROFILE}/{file}") is None)
    sets = {oid: _kit_codes(read(file)) for oid, file in files.items() if file not in missing}
    return Side(name, sets, frozenset(uses), missing=missing)


def _kit_uses(schema: _Element) -> set[tuple[str, str]]:
    return {
        (path(rule.get("context", "")), oid)
        for rule in schema.iter(f"{_SCH}rule")
        for node in rule
        if isinstance(node.tag, str)
        for oid in _READ.findall(node.get("test", "") + node.get("value", ""))
    }


def _kit_codes(root: _Element) -> Codes:
    return {
        (concept.get("code", ""), concept.get("codeSystem", "")): concept.get("displayName", "")
        for concept in root.iter("{*}concept")
        if concept.get("code")
    }
