"""Compiles the Schematron to the XSLT 1.0 style sheet that lxml runs.

The usual way walks the whole document and tries every rule's context on every node. All contexts
of ours are absolute paths of child steps, so they are merged here into one tree of ``for-each``:
each element of the header is reached once, and the body never. Abstract rules, and the rules of
abstract patterns, become named templates. The outcome is one ``f`` for each failed assertion::

    <f id="SM-DATE-01" role="error" about="effectiveTime" at="" on="6">message</f>

``at`` is the context element and ``on`` the assertion's subject, as the positions of the elements
on the way down from the root (0-based, blank-separated).
"""

import re
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element

from cda_tools.validation.profile.schematron import ABOUT, HOLDS, ONCE, SCH, UNLESS

XSL = "http://www.w3.org/1999/XSL/Transform"
_S = f"{{{SCH}}}"


@dataclass
class _Step:
    """A node of the tree of contexts: the rules that end here, and the steps below.

    ``calls`` are the names of rules that many contexts share, those of abstract patterns.
    """

    rules: list[_Element] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    below: dict[str, "_Step"] = field(default_factory=dict)


def stylesheet(schema: _Element) -> _Element:
    """Return the root of the style sheet made from the Schematron's root."""
    spaces = {n.get("prefix", ""): n.get("uri", "") for n in schema.iterchildren(f"{_S}ns")}
    excluded = " ".join(spaces)
    sheet = etree.Element(
        f"{{{XSL}}}stylesheet",
        nsmap={"xsl": XSL, **spaces},
        version="1.0",
        attrib={"exclude-result-prefixes": excluded},
    )
    _xsl(sheet, "output", method="xml", encoding="UTF-8")
    for let in schema.iterchildren(f"{_S}let"):
        _xsl(sheet, "param", name=let.get("name", ""), select=let.get("value", ""))
    template = _xsl(sheet, "template", match="/")
    _write_steps(etree.SubElement(template, "failures"), _contexts(schema))
    for name, rule in _named_rules(schema).items():
        named = _xsl(sheet, "template", name=name)
        holds = rule.get(HOLDS)
        _write_rule(_xsl(named, "if", test=f"not({holds})") if holds else named, rule)
    path = _xsl(sheet, "template", name="path")
    _xsl(path, "value-of", select="f:place(.)")
    return sheet


def _xsl(parent: _Element, tag: str, **attributes: str) -> _Element:
    return etree.SubElement(parent, f"{{{XSL}}}{tag}", attributes)


def _named_rules(schema: _Element) -> dict[str, _Element]:
    """Return the rules that are called: abstract ones, and those of abstract patterns."""
    named = {r.get("id", ""): r for r in schema.iter(f"{_S}rule") if r.get("abstract") == "true"}
    for pattern in schema.iterchildren(f"{_S}pattern"):
        if pattern.get("abstract") == "true":
            named |= {_shared(pattern, n): rule for n, rule in enumerate(pattern)}
    return named


def _shared(pattern: _Element, number: int) -> str:
    return f"{pattern.get('id')}-{number}"


def _contexts(schema: _Element) -> _Step:
    """Merge the contexts of all concrete rules; those of abstract patterns are filled in."""
    top = _Step()
    patterns = list(schema.iterchildren(f"{_S}pattern"))
    abstract = {p.get("id"): p for p in patterns if p.get("abstract") == "true"}
    for pattern in patterns:
        if pattern.get("is-a"):
            body = abstract[pattern.get("is-a")]
            for number, rule in enumerate(body):
                context = rule.get("context", "")
                for param in pattern:
                    context = context.replace(f"${param.get('name')}", param.get("value", ""))
                _step(top, context).calls.append(_shared(body, number))
        elif pattern.get("abstract") != "true":
            for rule in pattern.iterchildren(f"{_S}rule"):
                if rule.get("abstract") != "true":
                    _step(top, rule.get("context", "")).rules.append(rule)
    return top


def _step(top: _Step, context: str) -> _Step:
    step = top
    for part in _split(context):
        step = step.below.setdefault(part, _Step())
    return step


def _split(context: str) -> list[str]:
    """Cut an absolute path into its steps: at slashes outside brackets."""
    parts, depth, start = [], 0, 1
    for match in re.finditer(r"'[^']*'|[\[\]/]", context):
        if match[0] == "/" and depth == 0 and match.start() >= start:
            parts.append(context[start : match.start()])
            start = match.end()
        depth += {"[": 1, "]": -1}.get(match[0], 0)
    return [*parts, context[start:]]


def _write_steps(parent: _Element, step: _Step) -> None:
    for rule in step.rules:
        _write_rule(parent, rule)
    for name in step.calls:
        _xsl(parent, "call-template", name=name)
    for select, below in step.below.items():
        _write_steps(_xsl(parent, "for-each", select=select), below)


def _write_rule(parent: _Element, rule: _Element) -> None:
    for node in rule:
        if node.tag == f"{_S}extends":
            _xsl(parent, "call-template", name=node.get("rule", ""))
        else:
            _write_assertion(parent, node)


def _write_assertion(parent: _Element, node: _Element) -> None:
    test = node.get("test", "")
    if node.tag == f"{_S}assert":
        test = f"not({test})"
    failed = _xsl(parent, "if", test=test)
    names = {"id": "id", "role": "role", "about": ABOUT, "unless": UNLESS, "once": ONCE}
    values = {new: node.get(old) for new, old in names.items()}
    failure = etree.SubElement(failed, "f", {name: v for name, v in values.items() if v})
    _xsl(_xsl(failure, "attribute", name="at"), "call-template", name="path")
    if node.get("subject"):
        subject = _xsl(failure, "attribute", name="on")
        _xsl(
            _xsl(subject, "for-each", select=node.get("subject", "")), "call-template", name="path"
        )
    failure[-1].tail = node.text
    for value in node:
        copy = _xsl(failure, "value-of", select=value.get("select", ""))
        copy.tail = value.tail
