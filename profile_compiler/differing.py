"""Which rules do not say the same in every edition."""

from collections import defaultdict
from collections.abc import Iterable

from lxml.etree import _Element

from profile_compiler.contexts import S

_Said = frozenset[tuple[frozenset[str], str]]


def differing(schemas: Iterable[_Element]) -> frozenset[str]:
    """Return the ids of the rules that differ between the Schematrons of some editions.

    Two rules are the same where the same is tested of the same elements. A test that names its
    edition, to look a code up, is never the same: better one too many than one too few.
    """
    editions = [_said(schema) for schema in schemas]
    everything = {rule_id for said in editions for rule_id in said}
    return frozenset(
        rule_id
        for rule_id in everything
        if len({said.get(rule_id, frozenset()) for said in editions}) > 1
    )


def _said(schema: _Element) -> dict[str, _Said]:
    """Return, for each rule, on which contexts it is tested, and its tests."""
    rules = list(schema.iter(f"{S}rule"))
    users: dict[str, set[str]] = defaultdict(set)
    for rule in rules:
        for node in rule.iterchildren(f"{S}extends"):
            users[node.get("rule", "")].add(_name(rule))

    def contexts(name: str) -> frozenset[str]:
        if name not in users:
            return frozenset((name,))
        return frozenset(context for user in users[name] for context in contexts(user))

    said: dict[str, set[tuple[frozenset[str], str]]] = defaultdict(set)
    for rule in rules:
        where = contexts(_name(rule))
        for node in rule.iterchildren(f"{S}assert", f"{S}report"):
            said[node.get("id", "")].add((where, node.get("test", "")))
    return {rule_id: frozenset(tests) for rule_id, tests in said.items()}


def _name(rule: _Element) -> str:
    """Return the rule's context; of an abstract one, the id by which others extend it."""
    return rule.get("context", "") or rule.get("id", "")
