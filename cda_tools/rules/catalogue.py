"""The catalogue: every rule with its text, source and examples.

Reads ``schemas/rules/*.toml``, one file a layer or subject. A layer's has ``order``, that of the
layer.
"""

from dataclasses import dataclass
from functools import cache

from cda_tools.errors import InputError
from cda_tools.resources import resource
from cda_tools.rules import texts
from cda_tools.rules.finding import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    ``title``: what is asked, one French line. ``message``: how a finding says it, with ``{…}`` for
    what depends on the document. ``since``: the publication that asks for it first, with its
    version; cda-tools where it is a limit or a reading of its own. ``right``, ``wrong``: short
    examples. ``until``: the first edition without it, None where the newest has it. ``sets``: the
    value sets in which it looks a code up. ``otherwise``: an older edition and its title, where
    that is another.
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
    until: str | None = None
    sets: tuple[str, ...] = ()
    otherwise: tuple[tuple[str, str], ...] = ()


@cache
def rules() -> tuple[Rule, ...]:
    """Return all rules: the layers in the order in which they run, then the others."""
    names = sorted(path.stem for path in resource("rules").glob("*.toml"))
    return tuple(rule for name in sorted(names, key=_place) for rule in _of_file(name))


def _place(name: str) -> tuple[bool, int]:
    order = texts.order(name)
    return (order is None, order or 0)


def rule(rule_id: str) -> Rule:
    """Return one rule, whatever the case of the id; raise InputError where there is none."""
    for known in rules():
        if known.id == rule_id.upper():
            return known
    raise InputError(f"règle inconnue : {rule_id}")


def looking_up(set_name: str) -> tuple[Rule, ...]:
    """Return the rules that look a code up in a value set, in an edition at least."""
    return tuple(
        known
        for known in rules()
        if set_name in known.sets or any(set_name in text for _, text in known.otherwise)
    )


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
            until=entry.get("until"),
            sets=tuple(entry.get("sets", "").split()),
            otherwise=tuple(
                (edition, changed["title"])
                for edition, changed in entry.get("edition", {}).items()
                if "title" in changed
            ),
        )
        for entry in texts.entries(layer).values()
    ]
