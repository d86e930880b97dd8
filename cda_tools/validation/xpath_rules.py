"""Runs the layers whose rules are XPath in ``schemas/rules/<layer>.toml``.

The cost grows linearly with the document, also where a rule finds a hundred thousand faults, on
two conditions: no expression has a union, which libxml2 sorts, and those that start from a
``$group`` are run on a part of its elements at a time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

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

_OF_ACTS = "h:*[self::h:documentationOf or self::h:componentOf]/h:*"
_TIMES = (
    "h:participant/h:time",
    f"{_OF_ACTS}/h:*[self::h:performer or self::h:encounterParticipant]/h:time",
    "h:componentOf/h:encompassingEncounter/h:effectiveTime",
)
_GROUPS = {
    "header": ("h:*[not(self::h:component)]",),
    "times": (*_TIMES, *(f"{path}/*" for path in _TIMES)),
}
"""The variables that stand for many elements, and what these are, from ClinicalDocument.

``header``: its children without the body. ``times``: the times of participants and of care, with
their bounds.
"""
_PART = 200
"""How many elements of a group an expression is given at a time.

libxml2 compares each element that it finds below one with all that it found below the others.
"""
_VARIABLE = re.compile(r"\$(\w+)")


@dataclass(frozen=True, slots=True)
class _Select:
    """One expression, the variables that it names, and the group that it starts from."""

    find: etree.XPath
    variables: tuple[str, ...]
    group: str | None


@dataclass(frozen=True, slots=True)
class _XPathRule:
    """``select`` gives the elements at fault, ``value`` what the message quotes of one."""

    id: str
    profile: str | None
    select: tuple[_Select, ...]
    value: etree.XPath | None


def check(layer: str, root: Element, profile: str, encoding: str) -> list[Finding]:
    """Return what the layer's rules say of a ClinicalDocument, in the order of the rules.

    A rule with a ``profile`` applies in that profile alone.
    """
    findings = []
    places = Locator()
    groups = _Groups(root)
    given: dict[str, Any] = {
        "encoding": encoding,
        "year": datetime.now(UTC).year,
        **{name: root.findall(f"h:{tag}", _NAMESPACES)[:1] for name, tag in _FIRST.items()},
    }
    for rule in _compiled(layer):
        if rule.profile not in {None, profile}:
            continue
        for element in _at_fault(rule, root, groups, given):
            fields = {"value": _text(rule.value(element, **given))} if rule.value else {}
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


class _Groups:
    """The groups of one document, in parts; each is looked for when first asked for."""

    def __init__(self, root: Element) -> None:
        """Know nothing yet."""
        self._root = root
        self._parts: dict[str, list[list[Any]]] = {}

    def parts(self, name: str) -> list[list[Any]]:
        """Return the elements of a group, some at a time; nothing where there are none."""
        if name not in self._parts:
            found = [element for find in _group(name) for element in find(self._root)]
            starts = range(0, len(found), _PART)
            self._parts[name] = [found[start : start + _PART] for start in starts]
        return self._parts[name]


def _at_fault(
    rule: _XPathRule, root: Element, groups: _Groups, given: dict[str, Any]
) -> Iterator[Element]:
    for select in rule.select:
        variables = {name: given[name] for name in select.variables}
        if select.group is None:
            yield from select.find(root, **variables)
            continue
        for part in groups.parts(select.group):
            yield from select.find(root, **{select.group: part}, **variables)


def _text(value: list[Any] | str | float) -> str:
    """Return what a message says of an attribute, or of what was counted or computed."""
    if isinstance(value, list):
        attribute = value[0]  # where an element that should stand alone is repeated: the first
        return quoted(attribute.getparent(), attribute.attrname, attribute)
    return f"{value:g}" if isinstance(value, float) else value


@cache
def _compiled(layer: str) -> tuple[_XPathRule, ...]:
    return tuple(
        _XPathRule(
            id=entry["id"],
            profile=entry.get("profile"),
            select=tuple(map(_select, _expressions(entry))),
            value=_xpath(entry["value"]) if "value" in entry else None,
        )
        for entry in texts.entries(layer).values()
        if "select" in entry
    )


@cache
def _group(name: str) -> tuple[etree.XPath, ...]:
    return tuple(map(_xpath, _GROUPS[name]))


def _expressions(entry: dict[str, Any]) -> list[str]:
    """Return the expressions of a rule, each with the condition that its table gives once."""
    select = entry["select"]
    condition = f"[{entry['where']}]" if "where" in entry else ""
    return [f"{path}{condition}" for path in ([select] if isinstance(select, str) else select)]


def _select(expression: str) -> _Select:
    names = dict.fromkeys(_VARIABLE.findall(expression))
    group = next((name for name in names if name in _GROUPS), None)
    return _Select(_xpath(expression), tuple(name for name in names if name != group), group)


def _xpath(expression: str) -> etree.XPath:
    return etree.XPath(expression, namespaces=_NAMESPACES, extensions=_FUNCTIONS, regexp=True)
