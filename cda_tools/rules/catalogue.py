"""The catalogue: every rule with its text, source and examples.

Reads the profile (rules ``SM-…``) and ``schemas/rules/*.toml`` (all other layers).
"""

import csv
from dataclasses import dataclass
from functools import cache

from cda_tools.errors import InputError
from cda_tools.resources import resource
from cda_tools.rules import texts
from cda_tools.rules.finding import Severity
from cda_tools.validation.profile.model import FOLDER, load
from cda_tools.validation.profile.rules import profile_rules


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    ``title``: what is asked, one French line. ``message``: how a finding says it, with ``{…}`` for
    what depends on the document. ``since``: the revision of the text, or the date of the
    Schematron, that asks for it. ``right``, ``wrong``: short examples.
    """

    id: str
    severity: Severity
    layer: str
    title: str
    message: str
    source: str
    since: str
    right: str
    wrong: str


@cache
def rules() -> tuple[Rule, ...]:
    """Return all rules: the layers in the order in which they run, then the others."""
    folder = resource("rules")
    names = sorted(path.stem for path in folder.glob("*.toml"))
    first = [name for name in ("xml", "xsd") if name in names]
    last = [name for name in names if name not in first]
    found = [rule for name in first for rule in _of_file(name)]
    found += _of_profile()
    return tuple(found + [rule for name in last for rule in _of_file(name)])


def rule(rule_id: str) -> Rule:
    """Return one rule, whatever the case of the id; raise InputError where there is none."""
    for one in rules():
        if one.id == rule_id.upper():
            return one
    raise InputError(f"règle inconnue : {rule_id}")


def _of_profile() -> list[Rule]:
    with resource(FOLDER, "examples.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        examples = {name: (right, wrong) for name, right, wrong in rows}
    return [
        Rule(
            id=one.id,
            severity=Severity(one.severity),
            layer=FOLDER,
            title=one.title,
            message=f"{one.title.removesuffix('.')} ; trouvé : {{valeur}}.",
            source=one.source,
            since=one.since,
            right=examples[one.id][0],
            wrong=examples[one.id][1],
        )
        for one in profile_rules(load())
    ]


def _of_file(layer: str) -> list[Rule]:
    return [
        Rule(
            id=entry["id"],
            severity=Severity(entry["severity"]),
            layer=layer,
            title=entry["title"],
            message=entry["message"],
            source=entry["source"],
            since=str(entry["since"]),
            right=entry["right"],
            wrong=entry["wrong"],
        )
        for entry in texts.entries(layer).values()
    ]
