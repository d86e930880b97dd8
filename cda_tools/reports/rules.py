"""The catalogue of rules and the value sets as text, JSON and Markdown."""

import json as _json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from cda_tools.lookup.search import Found, codes_matching
from cda_tools.model.terminology import Concept
from cda_tools.model.valuesets import ValueSet, named
from cda_tools.reports.words import SEVERITIES
from cda_tools.rules.catalogue import Rule, looking_up


def text(found: Sequence[Found], search: str = "") -> str:
    """Return a page for one rule or value set, a line each for several.

    What was found by ``search`` is a line each, and each code that was found, too.
    """
    if len(found) == 1 and not search:
        (only,) = found
        lines = _rule_page(only) if isinstance(only, Rule) else _set_page(only)
    else:
        lines = _lines(found, search)
    return "".join(f"{line}\n" for line in lines)


def _lines(found: Sequence[Found], search: str) -> Iterator[str]:
    width = max((len(_name(one)) for one in found), default=0)
    for one in found:
        yield f"{_name(one):{width}}  {_kind(one):13}  {_title(one)}"
        if search and isinstance(one, ValueSet):
            for concept in codes_matching(search, one):
                yield f"{'':{width}}  {concept.code}  {concept.label}{_dates(concept)}"


def _name(found: Found) -> str:
    return found.id if isinstance(found, Rule) else found.name


def _kind(found: Found) -> str:
    return SEVERITIES[found.severity] if isinstance(found, Rule) else "jeu"


def _title(found: Found) -> str:
    return found.title if isinstance(found, Rule) else f"{found.use} ({found.oid})"


def _rule_page(rule: Rule) -> Iterator[str]:
    rows = {
        "Gravité": SEVERITIES[rule.severity],
        "Couche": rule.layer,
        "Message": rule.message,
        "Source": rule.source,
        "Depuis": rule.since,
        "Jusqu'à": f"l'édition {rule.until} ne l'a plus" if rule.until else "",
        **{f"En {edition}": title for edition, title in rule.otherwise},
        "Correct": rule.right,
        "Incorrect": rule.wrong,
        "Jeux": " ; ".join(_counted(name) for name in rule.sets),
    }
    yield f"{rule.id} : {rule.title}"
    yield from (f"  {name:11}{row}" for name, row in rows.items() if row)


def _counted(name: str) -> str:
    known = named(name)
    now = sum(not concept.until for concept in known.concepts) if known else 0
    return f"{name}, {now} codes (cda-tools rules {name})"


def _set_page(found: ValueSet) -> Iterator[str]:
    rows = {
        "Usage": found.use,
        "OID": found.oid,
        "Nom": found.title,
        "Du": _day(found.date),
        "Source": found.source,
        "Règles": ", ".join(rule.id for rule in looking_up(found.name)) or "aucune",
    }
    yield f"{found.name} : jeu de valeurs"
    yield from (f"  {name:11}{row}" for name, row in rows.items())
    yield ""
    widths = [max(len(part[n]) for part in _columns(found)) for n in (0, 1)]
    for code, system, label in _columns(found):
        yield f"  {code:{widths[0]}}  {system:{widths[1]}}  {label}"


def _columns(found: ValueSet) -> list[tuple[str, str, str]]:
    return [(one.code, one.system, f"{one.label}{_dates(one)}") for one in found.concepts]


def _dates(concept: Concept) -> str:
    """Return when a code came and left, in French; "" for one that was always there."""
    told = []
    if concept.since:
        told.append(f"depuis le {_day(concept.since)}")
    if concept.until:
        told.append(f"jusqu'au {_day(concept.until)}")
    if concept.instead:
        told.append(f"à la place : {concept.instead}")
    return f" ({' ; '.join(told)})" if told else ""


def _day(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))


def json(found: Iterable[Found]) -> str:
    """Return a list of objects: one a rule, with the fields of Rule, or one a value set."""
    return _json.dumps(objects(found), ensure_ascii=False, indent=1) + "\n"


def objects(found: Iterable[Found]) -> list[dict[str, Any]]:
    """Return the JSON objects of rules and value sets."""
    return [_rule_to_json(one) if isinstance(one, Rule) else _set_to_json(one) for one in found]


def _rule_to_json(rule: Rule) -> dict[str, Any]:
    return {**asdict(rule), "otherwise": dict(rule.otherwise)}


def _set_to_json(found: ValueSet) -> dict[str, Any]:
    codes = [
        {name: value or None for name, value in asdict(concept).items()}
        for concept in found.concepts
    ]
    rules = [rule.id for rule in looking_up(found.name)]
    return {**asdict(found), "rules": rules, "codes": codes}


def markdown(found: Iterable[Found]) -> str:
    """Return the catalogue as a document: a part a layer, a paragraph a rule or value set."""
    parts = ["# Catalogue des règles\n"]
    layer = ""
    for one in found:
        heading = one.layer if isinstance(one, Rule) else "Jeux de valeurs"
        if heading != layer:
            layer = heading
            parts.append(f"\n## {layer}\n")
        parts.append(_rule_paragraph(one) if isinstance(one, Rule) else _set_paragraph(one))
    return "".join(parts)


def _rule_paragraph(rule: Rule) -> str:
    changed = "".join(f"- En {edition} : {title}\n" for edition, title in rule.otherwise)
    until = f" ; l'édition {rule.until} ne l'a plus" if rule.until else ""
    return (
        f"\n### {rule.id}\n\n{rule.title}\n\n"
        f"- {SEVERITIES[rule.severity].capitalize()}, depuis : {rule.since}{until}\n"
        f"{changed}"
        f"- Source : {rule.source}\n"
        f"- Correct : {_code(rule.right)}\n"
        f"- Incorrect : {_code(rule.wrong)}\n"
    )


def _set_paragraph(found: ValueSet) -> str:
    rows = "".join(f"| {code} | {system} | {label} |\n" for code, system, label in _columns(found))
    rules = ", ".join(rule.id for rule in looking_up(found.name)) or "aucune"
    return (
        f"\n### {found.name}\n\n{found.use}\n\n"
        f"- {found.title}, {found.oid}, du {_day(found.date)}\n"
        f"- Source : {found.source}\n"
        f"- Règles : {rules}\n\n"
        f"| code | système | libellé |\n|---|---|---|\n{rows}"
    )


def _code(example: str) -> str:
    """Quote an example: XML as code, prose as it is."""
    one_line = " ".join(example.split())
    fence = "``" if "`" in one_line else "`"
    return f"{fence}{one_line}{fence}" if "<" in one_line else one_line
