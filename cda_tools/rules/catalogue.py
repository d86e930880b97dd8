"""The catalogue: every rule with its text, source and examples.

Reads ``schemas/rules/*.toml``, one file a layer or subject.
"""

from dataclasses import dataclass
from functools import cache

from cda_tools.errors import InputError
from cda_tools.resources import resource
from cda_tools.rules import texts
from cda_tools.rules.finding import Severity

_LAYERS = ("xml", "xsd", "structuration-minimale", "text-1.16", "versions")
"""The layers of a validation, in the order in which they run."""


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
    names = {path.stem for path in resource("rules").glob("*.toml")}
    first = [name for name in _LAYERS if name in names]
    return tuple(
        rule for name in [*first, *sorted(names.difference(first))] for rule in _of_file(name)
    )


def rule(rule_id: str) -> Rule:
    """Return one rule, whatever the case of the id; raise InputError where there is none."""
    for one in rules():
        if one.id == rule_id.upper():
            return one
    raise InputError(f"règle inconnue : {rule_id}")


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
