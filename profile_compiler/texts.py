"""Writes the rules of the profile in the form of the other layers: ``schemas/rules/*.toml``.

A rule has the text of the newest edition that has it; where an older edition words it otherwise,
that is in the rule's table ``edition``. ``since`` is the publication that asked for it first: the
text, where the profile says its ``revision``, else the Schematron of an edition. ``filled`` is the
child that the rule asks for without nullFlavor.
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml.etree import _Element

from profile_compiler.differing import differing
from profile_compiler.messages import allowed_names, check_title, count_title
from profile_compiler.model import SOURCES, Check, DataType, Declared, Profile
from profile_compiler.schematron import HERE, NOT_CDA, SCH, SET, XSI_TYPE

SCHEMATRON = "Schematron officiel de la structuration minimale"
TEXT = "Volet structuration minimale 1.16"
HEAD = (
    "# Made by python -m profile_compiler from its header.xml and types.xml: change those.\n"
    "order = 20\n"
)
NOTES = {
    "left": "ce code est sorti du jeu {left_set} le {left}",
    "instead": "à la place : {instead}",
    "near": "codes proches : {near}",
    "admitted": "admis dans l’édition {admitted}",
    "also": "même cause que {also}",
}
"""What may follow a message (:func:`cda_tools.rules.wording.message`)."""

_FILLED = "not(@nullFlavor)"
_NAMED = {HERE: "name", "local-name(..)": "parent"}


@dataclass(frozen=True, slots=True)
class _Text:
    """One rule as an edition words it."""

    id: str
    severity: str
    title: str
    source: str
    revision: str
    also: str = ""
    filled: str = ""


def fields(assertion: _Element) -> dict[str, str]:
    """Return the fields of an assertion's message, and the XPath that fills in each."""
    named: dict[str, str] = {}
    found = 0
    for value in assertion:
        select = value.get("select", "")
        name = "expected" if select.startswith("'") else _NAMED.get(select, "")
        if not name:
            found += 1
            name = "found" if found == 1 else f"found_{found}"
        named[name] = select
    return named


def message(assertion: _Element) -> str:
    """Return the message of an assertion, its fields between braces."""
    names = {select: name for name, select in fields(assertion).items()}
    parts = [assertion.text or ""]
    for value in assertion:
        parts += [f"{{{names[value.get('select', '')]}}}", value.tail or ""]
    return f"{' '.join(''.join(parts).split())}."


def rules_file(editions: dict[str, tuple[Profile, _Element]]) -> str:
    """Return the file of rules of some editions, newest first: profile and Schematron of each."""
    worded = {name: _worded(*made) for name, made in editions.items()}
    examples = _examples()
    differ = differing(schema for _, schema in editions.values())
    parts = [HEAD, "\n[notes]\n", *(f"{key} = {_quoted(text)}\n" for key, text in NOTES.items())]
    for rule_id in _in_order(worded):
        having = [name for name in worded if rule_id in worded[name]]
        newest, *older = having
        text = worded[newest][rule_id]
        if rule_id not in examples:
            raise ValueError(f"{rule_id}: no line in cases.tsv, or python -m tests.cases not run")
        right, wrong = examples[rule_id]
        told = {
            "id": rule_id,
            "severity": text["severity"],
            "title": text["title"],
            "message": text["message"],
            "source": text["source"],
            "since": _since(text["revision"], having[-1]),
            "until": "" if newest == next(iter(worded)) else _after(newest, list(worded)),
            "differs": "yes" if rule_id in differ else "",
            "sets": text["sets"],
            "also": text["also"],
            "filled": text["filled"],
            "right": right,
            "wrong": wrong,
        }
        parts.append("\n[[rule]]\n")
        parts += [f"{key} = {_quoted(value)}\n" for key, value in told.items() if value]
        for name in older:
            parts.append(_otherwise(name, worded[name][rule_id], told))
    return "".join(parts)


def _since(revision: str, edition: str) -> str:
    """Return the publication that first asks for it: the text, else the Schematron."""
    return f"Structuration minimale {revision}" if revision else f"Schematron {edition}"


def _otherwise(edition: str, text: dict[str, str], newest: dict[str, str]) -> str:
    """Return what an older edition says otherwise of a rule, as a table of the rule."""
    changed = {key: text[key] for key in ("title", "message", "sets") if text[key] != newest[key]}
    if not changed:
        return ""
    lines = (f"{key} = {_quoted(value)}\n" for key, value in changed.items())
    return f"[rule.edition.{_quoted(edition)}]\n{''.join(lines)}"


def _after(edition: str, names: list[str]) -> str:
    return names[names.index(edition) - 1]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _in_order(worded: dict[str, dict[str, dict[str, str]]]) -> list[str]:
    """Return all rules in the newest edition's order, a rule that left after the one before it."""
    newest, *older = worded.values()
    order = list(newest)
    for rules in older:
        place = 0
        for rule_id in rules:
            if rule_id in order:
                place = order.index(rule_id) + 1
            else:
                order.insert(place, rule_id)
                place += 1
    return order


def _examples() -> dict[str, tuple[str, str]]:
    with (SOURCES / "examples.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {name: (right, wrong) for name, right, wrong in rows}


def _worded(profile: Profile, schema: _Element) -> dict[str, dict[str, str]]:
    """Return what one edition says of each rule; the same rule has the same message anywhere."""
    messages: dict[str, str] = {}
    sets: dict[str, str] = {}
    for assertion in schema.iter(f"{{{SCH}}}assert", f"{{{SCH}}}report"):
        rule_id, text = assertion.get("id", ""), message(assertion)
        sets[rule_id] = assertion.get(SET, "")
        if messages.setdefault(rule_id, text) != text:
            raise ValueError(f"{rule_id}: two messages: {messages[rule_id]} | {text}")
    return {
        rule.id: {
            "severity": rule.severity,
            "title": rule.title,
            "message": messages[rule.id],
            "sets": sets.get(rule.id, ""),
            "source": rule.source,
            "revision": rule.revision,
            "also": rule.also,
            "filled": rule.filled,
        }
        for rule in _rules(profile)
    }


def _rules(profile: Profile) -> Iterator[_Text]:
    """Yield every rule, in the order of the source."""
    yield _text("SM-GEN-01", "error", XSI_TYPE, "", "en-tête")
    yield _text("SM-GEN-02", "warning", NOT_CDA, "§3.5.5.2", "typeId")
    seen: set[str] = set()
    for path in profile.elements():
        for rule in _of_element(path, profile):
            if rule.id not in seen:
                seen.add(rule.id)
                yield rule
    for data_type in profile.types.values():
        yield from _of_type(data_type)


def _of_element(path: tuple[Declared, ...], profile: Profile) -> Iterator[_Text]:
    declared = path[-1]
    place = "/".join(step.name for step in path)
    if len(path) > 1 and declared.id:
        above = "/".join(step.name for step in path[:-1])
        title = count_title(declared, f"« {path[-2].name} »")
        text = _text(
            declared.id, "error", title, declared.reference, above, revision=declared.revision
        )
        yield replace(text, filled=declared.name if _FILLED in declared.counted else "")
    for check in declared.checks:
        yield _of_check(check, declared.name, declared.reference, place)
    if declared.closed:
        title = closed_title(declared, profile)
        yield _text(declared.closed, "warning", title, declared.reference, place)


def closed_title(declared: Declared, profile: Profile) -> str:
    """Return which children an element admits."""
    names = allowed_names(profile.allowed(declared))
    return f"« {declared.name} » ne doit contenir que : {names}"


def _of_check(check: Check, name: str, reference: str, place: str) -> _Text:
    title = f"« {name} » : {check_title(check).replace('{name}', name)}"
    text = _text(check.id, check.severity, title, reference, place, revision=check.get("revision"))
    return replace(text, also=check.get("also"))


def _of_type(data_type: DataType) -> Iterator[_Text]:
    place = f"type de données {data_type.name}"
    for check in data_type.checks:
        title = check_title(check)
        yield _text(
            check.id,
            check.severity,
            f"{title[0].upper()}{title[1:]}",
            "",
            place,
            revision=check.get("revision"),
        )
    for child in data_type.children:
        yield _text(child.id, "error", count_title(child, "L’élément"), "", place)
    if data_type.closed:
        names = allowed_names(data_type.children)
        title = f"L’élément ne doit contenir que : {names}"
        yield _text(data_type.closed, "warning", title, "", place)


def _text(
    rule_id: str, severity: str, title: str, reference: str, place: str, revision: str = ""
) -> _Text:
    text = f" ; {TEXT} {reference}" if reference else ""
    return _Text(rule_id, severity, f"{title}.", f"{SCHEMATRON} ({place}){text}", revision)
