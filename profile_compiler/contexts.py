"""The contexts of the Schematron's rules, merged into one tree of steps.

All contexts of ours are absolute paths of child steps (``/h:ClinicalDocument[...]/h:author``), or
several of them joined by ``|``; in an abstract pattern they start at its parameter (``$addr``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element

from profile_compiler.schematron import SCH

S = f"{{{SCH}}}"


@dataclass
class Step:
    """A node of the tree: the rules that end here, and the steps below, by their text.

    ``calls`` are the abstract patterns that apply from here on.
    """

    rules: list[_Element] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    below: dict[str, "Step"] = field(default_factory=dict)

    def at(self, context: str) -> Iterator["Step"]:
        """Yield the step of each path in a context, made where it is missing."""
        for path in alternatives(context):
            step = self
            for part in cut(path.removeprefix("/"), "/"):
                step = step.below.setdefault(part, Step())
            yield step


def concrete(schema: _Element) -> Step:
    """Return the tree of all concrete rules; where an abstract pattern is used, its name."""
    top = Step()
    for pattern in schema.iterchildren(f"{S}pattern"):
        if pattern.get("is-a"):
            for step in top.at(pattern[0].get("value", "")):
                step.calls.append(pattern.get("is-a", ""))
        elif pattern.get("abstract") != "true":
            _add_rules(top, pattern)
    return top


def abstract(schema: _Element) -> dict[str, Step]:
    """Return the tree of each abstract pattern, from its parameter down."""
    trees = {}
    for pattern in schema.iterchildren(f"{S}pattern"):
        if pattern.get("abstract") == "true":
            top = Step()
            _add_rules(top, pattern)
            [trees[pattern.get("id", "")]] = top.below.values()
    return trees


def _add_rules(top: Step, pattern: _Element) -> None:
    for rule in pattern.iterchildren(f"{S}rule"):
        if rule.get("abstract") != "true":
            for step in top.at(rule.get("context", "")):
                step.rules.append(rule)


def alternatives(text: str) -> list[str]:
    """Return the parts that ``|`` joins; none for an empty text."""
    return [part.strip() for part in cut(text, "|") if part]


def cut(text: str, at: str) -> list[str]:
    """Cut an XPath expression at each character ``at`` outside brackets and literals."""
    parts, start = [], 0
    for place, mark, depth in _marks(text, at):
        if mark == at and depth == 0:
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]


def predicates(step: str) -> list[str]:
    """Return what stands in each pair of brackets after a step's name."""
    found, start = [], 0
    for place, mark, depth in _marks(step, ""):
        if mark == "[" and depth == 1:
            start = place + 1
        elif mark == "]" and depth == 0:
            found.append(step[start:place])
    return found


def _marks(text: str, at: str) -> Iterator[tuple[int, str, int]]:
    """Yield place and depth of each bracket and each ``at`` outside literals."""
    depth = 0
    for match in re.finditer(rf"'[^']*'|[\[\]{re.escape(at)}]", text):
        depth += {"[": 1, "]": -1}.get(match[0], 0)
        yield match.start(), match[0], depth
