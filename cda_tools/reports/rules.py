"""The catalogue of rules as text, JSON and Markdown."""

import json as _json
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from cda_tools.reports.screen import SEVERITIES
from cda_tools.rules.catalogue import Rule


def text(rules: Sequence[Rule]) -> str:
    """Return a page for one rule, a line a rule for several."""
    if len(rules) == 1:
        return _page(rules[0])
    width = max((len(rule.id) for rule in rules), default=0)
    lines = (f"{rule.id:{width}}  {SEVERITIES[rule.severity]:13}  {rule.title}" for rule in rules)
    return "".join(f"{line}\n" for line in lines)


def _page(rule: Rule) -> str:
    rows = {
        "Sévérité": SEVERITIES[rule.severity],
        "Couche": rule.layer,
        "Message": rule.message,
        "Source": rule.source,
        "Depuis": rule.since,
        "Correct": rule.right,
        "Incorrect": rule.wrong,
    }
    lines = [f"{rule.id} : {rule.title}", *(f"  {name:11}{row}" for name, row in rows.items())]
    return "".join(f"{line}\n" for line in lines)


def json(rules: Iterable[Rule]) -> str:
    """Return a list of objects, one a rule, with the fields of Rule."""
    return _json.dumps([asdict(rule) for rule in rules], ensure_ascii=False, indent=1) + "\n"


def markdown(rules: Iterable[Rule]) -> str:
    """Return the catalogue as a document: a part a layer, a paragraph a rule."""
    parts = ["# Catalogue des règles\n"]
    layer = ""
    for rule in rules:
        if rule.layer != layer:
            layer = rule.layer
            parts.append(f"\n## {layer}\n")
        parts.append(
            f"\n### {rule.id}\n\n{rule.title}\n\n"
            f"- {SEVERITIES[rule.severity].capitalize()}, depuis : {rule.since}\n"
            f"- Source : {rule.source}\n"
            f"- Correct : {_code(rule.right)}\n"
            f"- Incorrect : {_code(rule.wrong)}\n"
        )
    return "".join(parts)


def _code(example: str) -> str:
    """Quote an example: XML as code, prose as it is."""
    one_line = " ".join(example.split())
    fence = "``" if "`" in one_line else "`"
    return f"{fence}{one_line}{fence}" if "<" in one_line else one_line
