"""Which volet (content module) a document claims, and which Schematron of the kit is its."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.etree import _Element

from cda_tools.kit.compiled import EVERY_DOCUMENT, FAMILY, Compiled
from cda_tools.kit.facts import PREFIX, Facts, facts

_H = "{urn:hl7-org:v3}"
_VERSION = re.compile(r"_(\d{4}(?:\.\d+)*)$")
_NUMBERS = re.compile(r"(\d{4})\.?(\d{2})?")


@dataclass(frozen=True, slots=True)
class Claim:
    """The volet of a document.

    ``volet``: None where the document names none that the kit has. ``level_1``: its body is no
    XML: the generic Schematrons alone are about it. ``templates``: the templateIds that it has.
    ``wanted``: the version that it names, where the kit has only another. ``by``: the templateId
    that tells the volet where none of a family does.
    """

    volet: Compiled | None
    level_1: bool = False
    templates: tuple[str, ...] = ()
    wanted: str | None = None
    by: str | None = None


def claimed(root: _Element, volets: Sequence[Compiled]) -> Claim:
    """Return the volet that a ClinicalDocument claims by its templateIds.

    The longest root of a family wins. Without version the oldest one is meant; for a version that
    the kit lacks, the nearest one is taken. A document without any root of a family is of the
    volet that alone asks for one of its templateIds, in the version of the document's date.
    """
    known = facts()
    templates = [
        (e.get("root") or "", e.get("extension")) for e in root.iterchildren(f"{_H}templateId")
    ]
    told = tuple(f"{root}:{extension}" if extension else root for root, extension in templates)
    level_1 = root.find(f"{_H}component/{_H}nonXMLBody") is not None
    if level_1:
        code = root.find(f"{_H}code")
        name = _level_1(known, [root for root, _ in templates], code)
        return Claim(_oldest(_of_base(volets, name)), level_1=True, templates=told)
    claims = [t for t in templates if t[0].startswith(FAMILY) and t[0] != EVERY_DOCUMENT]
    for family, extension in sorted(claims, key=lambda claim: -len(claim[0])):
        members = _members(known, volets, family)
        if members:
            volet, exact = _version(known, members, family, extension)
            return Claim(volet, templates=told, wanted=None if exact else extension)
    return _told_apart(volets, root, told)


def _told_apart(volets: Sequence[Compiled], root: _Element, told: tuple[str, ...]) -> Claim:
    roots = [template.get("root") for template in root.iterchildren(f"{_H}templateId")]
    asking = {one: {_base(v) for v in volets if one in v.roots} for one in roots if one}
    found = {one: bases for one, bases in asking.items() if len(bases) == 1}
    bases = {base for only in found.values() for base in only}
    if len(bases) != 1:
        return Claim(None, templates=told)
    time = root.find(f"{_H}effectiveTime")
    month = _months(time.get("value") or "" if time is not None else "")
    members = _of_base(volets, bases.pop())
    in_force = [one for one in members if _months(_versions(one)[1]) <= month]
    volet = max(in_force, key=lambda one: _versions(one)[1], default=_oldest(members))
    return Claim(volet, templates=told, by=next(iter(found)))


def named(name: str, volets: Sequence[Compiled]) -> Compiled | None:
    """Return the volet of that name, with or without ``CI-SIS_``, whatever the letter case."""
    plain = name.removesuffix(".sch")
    if plain.casefold().startswith(PREFIX.casefold()):
        plain = plain[len(PREFIX) :]
    return next((one for one in volets if one.name.casefold() == plain.casefold()), None)


def _members(known: Facts, volets: Sequence[Compiled], family: str) -> list[Compiled]:
    names = known.families.get(family, ())
    return [one for one in volets if _base(one) in names or one.family == family]


def _version(
    known: Facts, members: list[Compiled], family: str, extension: str | None
) -> tuple[Compiled | None, bool]:
    if not extension:
        return _oldest(members), True
    name = known.named.get((family, extension))
    if name is not None and (of_name := _of_base(members, name)):
        return _oldest(of_name), True
    for one in members:
        if _versions(one)[1] == extension:
            return one, True
    wanted = _months(extension)
    return min(members, key=lambda one: abs(_months(_versions(one)[1]) - wanted)), False


def _level_1(known: Facts, roots: list[str], code: _Element | None) -> str | None:
    value = code.get("code", "") if code is not None else ""
    return next((name for (r, c), name in known.level_1.items() if r in roots and c == value), None)


def _of_base(volets: Sequence[Compiled], name: str | None) -> list[Compiled]:
    return [one for one in volets if _base(one) == name]


def _oldest(volets: Sequence[Compiled]) -> Compiled | None:
    return min(volets, key=lambda one: _versions(one)[1], default=None)


def _base(volet: Compiled) -> str:
    return _versions(volet)[0]


def _versions(volet: Compiled) -> tuple[str, str]:
    match = _VERSION.search(volet.name)
    return (volet.name[: match.start()], match[1]) if match else (volet.name, "")


def _months(version: str) -> int:
    match = _NUMBERS.search(version)
    return int(match[1]) * 12 + int(match[2] or 1) if match else 0
