"""Runs the layers whose rules are XPath in ``schemas/rules/<layer>.toml``.

The cost grows linearly with the document, also where a rule finds a hundred thousand faults, on
two conditions: no expression has a union, which libxml2 sorts, and those that start from a
``$group`` are run on a part of its elements at a time.

Most documents have few faults, and calling an expression takes longer than evaluating it: one
that joins all the others tells first which of them find anything.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

from cda_tools.reading.datatypes import HL7
from cda_tools.reading.location import Locator
from cda_tools.reading.privacy import quoted
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding
from cda_tools.text import holds_ins

_NAMESPACES = {
    "h": "urn:hl7-org:v3",
    "re": "http://exslt.org/regular-expressions",
    "f": "urn:cda-tools:functions",
}


def _holds_ins(_context: object, text: str) -> bool:
    return holds_ins(text)


_FUNCTIONS: Any = {(_NAMESPACES["f"], "holds-ins"): _holds_ins}

# The variables that stand for the first element of a name.
_FIRST = {"id": "id", "set": "setId", "version": "versionNumber"}

_GROUPS = {
    "header": ("h:*[not(self::h:component)]",),
    "times": (
        "h:participant/h:time",
        "h:documentationOf/h:*/h:performer/h:time",
        "h:documentationOf/h:*/h:encounterParticipant/h:time",
        "h:componentOf/h:*/h:performer/h:time",
        "h:componentOf/h:*/h:encounterParticipant/h:time",
        "h:componentOf/h:encompassingEncounter/h:effectiveTime",
    ),
}
"""The variables that stand for many elements, and what these are, from ClinicalDocument.

``header``: its children without the body. ``times``: the times of participants and of care, with
their bounds.
"""
_WITH_CHILDREN = "times"
_PART = 200
"""How many elements of a group an expression is given at a time.

libxml2 compares each element that it finds below one with all that it found below the others.
"""
_NONE = "0"
_VARIABLE = re.compile(r"\$(\w+)")


class _Expression:
    """An XPath expression, which is given the variables that it names, and no others."""

    def __init__(self, expression: str) -> None:
        self._evaluate = etree.XPath(
            expression, namespaces=_NAMESPACES, extensions=_FUNCTIONS, regexp=True
        )
        self._variables = tuple(dict.fromkeys(_VARIABLE.findall(expression)))

    def __call__(self, element: Element, given: Mapping[str, Any]) -> Any:
        return self._evaluate(element, **{name: given[name] for name in self._variables})


@dataclass(frozen=True, slots=True)
class _Select:
    """One expression, the group that it starts from, and its place among those that do."""

    find: _Expression
    group: str
    number: int


@dataclass(frozen=True, slots=True)
class _XPathRule:
    """``select`` gives the elements at fault, ``value`` what the message quotes of one."""

    id: str
    profile: str | None
    select: tuple[_Select, ...]
    value: _Expression | None


@dataclass(frozen=True, slots=True)
class _Compiled:
    """The rules of a layer, and by group what tells which of its expressions find anything.

    That is a text of one digit for each of them.
    """

    rules: tuple[_XPathRule, ...]
    together: dict[str, _Expression]


def check(layer: str, root: Element, profile: str, encoding: str) -> list[Finding]:
    """Return what the layer's rules say of a ClinicalDocument, in the order of the rules.

    A rule with a ``profile`` applies in that profile alone.
    """
    findings = []
    places = Locator()
    compiled = _compiled(layer)
    given: dict[str, Any] = {
        "encoding": encoding,
        "year": datetime.now(UTC).year,
        **{name: _first(root, tag) for name, tag in _FIRST.items()},
    }
    tried = _Tried(compiled, root, given)
    for rule in compiled.rules:
        if rule.profile not in {None, profile}:
            continue
        for element in tried.at_fault(rule):
            fields = {"value": _text(rule.value(element, given))} if rule.value else {}
            findings.append(
                texts.finding(
                    rule.id,
                    layer=layer,
                    location=places.xpath(element),
                    line=element.sourceline,
                    **fields,
                )
            )
    return findings


class _Tried:
    """One document, on which all expressions were tried together."""

    def __init__(self, compiled: _Compiled, root: Element, given: dict[str, Any]) -> None:
        """Try them."""
        self._root = root
        # By group, what an expression is given at a time, and what they found in it.
        self._found: dict[str, list[tuple[dict[str, Any], str]]] = {}
        for group, together in compiled.together.items():
            parts = [{**given, group: part} for part in _parts(root, group)] if group else [given]
            self._found[group] = [(part, together(root, part)) for part in parts]

    def at_fault(self, rule: _XPathRule) -> Iterator[Element]:
        """Yield the elements that a rule finds."""
        for select in rule.select:
            for part, found in self._found[select.group]:
                if found[select.number] != _NONE:
                    yield from select.find(self._root, part)


def _parts(root: Element, group: str) -> list[list[Element]]:
    """Return the elements of a group, some at a time; nothing where there are none."""
    found = [element for find in _group(group) for element in find(root, {})]
    if group == _WITH_CHILDREN:
        found += [child for element in found for child in element]
    return [found[start : start + _PART] for start in range(0, len(found), _PART)]


def _first(root: Element, tag: str) -> list[Element]:
    # Below libxml2: a hundred thousand others may stand before it.
    first = next(root.iterchildren(HL7 + tag), None)
    return [] if first is None else [first]


def _text(value: list[Any] | str | float) -> str:
    """Return what a message says of an attribute, or of what was counted or computed."""
    if isinstance(value, list):
        attribute = value[0]  # where an element that should stand alone is repeated: the first
        return quoted(attribute.getparent(), attribute.attrname, attribute)
    return f"{value:g}" if isinstance(value, float) else value


@cache
def _compiled(layer: str) -> _Compiled:
    expressions: dict[str, list[str]] = {}
    rules = []
    for entry in texts.entries(layer).values():
        if "select" not in entry:
            continue
        select = []
        for expression in _expressions(entry):
            group = next((name for name in _GROUPS if expression.startswith(f"${name}")), "")
            of_group = expressions.setdefault(group, [])
            select.append(_Select(_Expression(expression), group, len(of_group)))
            of_group.append(expression)
        value = _Expression(entry["value"]) if "value" in entry else None
        rules.append(_XPathRule(entry["id"], entry.get("profile"), tuple(select), value))
    together = {group: _together(of_group) for group, of_group in expressions.items()}
    return _Compiled(tuple(rules), together)


def _together(expressions: list[str]) -> _Expression:
    digits = [f"number(boolean({expression}))" for expression in expressions]
    return _Expression(f"concat({', '.join(digits)}, '')")  # two arguments at least


@cache
def _group(name: str) -> tuple[_Expression, ...]:
    return tuple(map(_Expression, _GROUPS[name]))


def _expressions(entry: dict[str, Any]) -> list[str]:
    """Return the expressions of a rule, each with the condition that its table gives once."""
    select = entry["select"]
    condition = f"[{entry['where']}]" if "where" in entry else ""
    return [f"{path}{condition}" for path in ([select] if isinstance(select, str) else select)]
