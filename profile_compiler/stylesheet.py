"""Compiles the Schematron to the XSLT 1.0 style sheet that lxml runs.

The usual way walks the whole document and tries every rule's context on every node. Here each
element of the header is reached once, from its parent, by a template that its name selects; the
body is never reached. Each parent has its own mode, in which the last template, for any name, is
what a closed element says of a child that it does not admit. The tests of one rule are first
tried together: most elements pass. The outcome is one ``f`` for each failed assertion::

    <f id="SM-DATE-01" role="error" about="effectiveTime" at="" on="6" name="…" found="0"/>

``at`` is the context element and ``on`` the assertion's subject, as the positions of the elements
on the way down from the root (0-based, blank-separated). The last attributes are the fields of
the rule's message (:mod:`profile_compiler.texts`).
"""

from collections import Counter, defaultdict

from lxml import etree
from lxml.etree import _Element

from profile_compiler.contexts import (
    S,
    Step,
    abstract,
    alternatives,
    concrete,
    predicates,
)
from profile_compiler.schematron import ABOUT, ADMITS, HOLDS, ONCE, SET, UNLESS
from profile_compiler.texts import fields

XSL = "http://www.w3.org/1999/XSL/Transform"


def stylesheet(schema: _Element) -> _Element:
    """Return the root of the style sheet made from the Schematron's root."""
    spaces = {n.get("prefix", ""): n.get("uri", "") for n in schema.iterchildren(f"{S}ns")}
    sheet = etree.Element(
        f"{{{XSL}}}stylesheet",
        nsmap={"xsl": XSL, **spaces},
        version="1.0",
        attrib={"exclude-result-prefixes": " ".join(spaces)},
    )
    _xsl(sheet, "output", method="xml", encoding="UTF-8")
    for let in schema.iterchildren(f"{S}let"):
        _xsl(sheet, "param", name=let.get("name", ""), select=let.get("value", ""))
    steps = _Steps(sheet)
    top = _xsl(sheet, "template", match="/")
    steps.write_each(etree.SubElement(top, "failures"), concrete(schema))
    for name, step in abstract(schema).items():
        steps.write(_xsl(sheet, "template", name=name), step, name)
    _write_abstract_rules(sheet, schema)
    return sheet


def _xsl(parent: _Element, tag: str, **attributes: str) -> _Element:
    return etree.SubElement(parent, f"{{{XSL}}}{tag}", attributes)


def _write_abstract_rules(sheet: _Element, schema: _Element) -> None:
    """Write a named template for each; those that elements use try all their tests at once."""
    rules = list(schema.iter(f"{S}rule"))
    named = {rule.get("id", ""): rule for rule in rules if rule.get("abstract") == "true"}
    used = {
        node.get("rule")
        for rule in rules
        if rule.get("abstract") != "true"
        for node in rule.iterchildren(f"{S}extends")
    }
    for name, rule in named.items():
        template = _xsl(sheet, "template", name=name)
        tests = _tests(rule, named)
        if tests and (name in used or rule.get(HOLDS)):
            template = _xsl(template, "if", test=f"not({_all(tests)})")
        _write_rule(template, rule, [])


class _Steps:
    """Writes the tree of contexts: what is said of an element, then the way down."""

    def __init__(self, sheet: _Element) -> None:
        """Add templates to ``sheet``."""
        self._sheet = sheet
        self._modes: Counter[str] = Counter()

    def write_each(self, parent: _Element, step: Step) -> None:
        """Write the steps from the document down to the ClinicalDocument."""
        for select, below in step.below.items():
            self.write(_xsl(parent, "for-each", select=select), below, select.partition("[")[0])

    def write(self, parent: _Element, step: Step, name: str) -> None:
        """Write what is said of the element of a step and of what it contains."""
        for rule in step.rules:
            _write_rule(parent, rule, _own_tests(rule))
        for call in step.calls:
            _xsl(parent, "call-template", name=call)
        if step.below:
            mode = self._mode(name)
            _xsl(parent, "apply-templates", select="*", mode=mode)
            self._write_children(mode, step.below)

    def _mode(self, name: str) -> str:
        name = name.rpartition(":")[2]
        self._modes[name] += 1
        return f"{name}-{self._modes[name]}"

    def _write_children(self, mode: str, below: dict[str, Step]) -> None:
        """Write a template for each name, one for names that are fine, one for all others."""
        others = below.get("*", Step()).rules
        admitted = {step for rule in others for step in alternatives(rule.get(ADMITS, ""))}
        names = _by_name(below)
        for name, variants in names.items():
            template = _xsl(self._sheet, "template", match=name, mode=mode)
            for text, step in variants.items():
                test = _all(predicates(text))
                self.write(_xsl(template, "if", test=test) if test else template, step, name)
            if others and name not in admitted:
                fine = [_all(predicates(text)) for text in variants if text in admitted]
                _xsl(_unless(template, fine), "call-template", name=mode)
        silent = sorted(step for step in admitted if "[" not in step and step not in names)
        if silent:
            _xsl(self._sheet, "template", match=" | ".join(silent), mode=mode)
        fallback = _xsl(self._sheet, "template", match="*", mode=mode, name=mode)
        for rule in others:
            _write_rule(fallback, rule, [])


def _by_name(below: dict[str, Step]) -> dict[str, dict[str, Step]]:
    """Group the steps of one parent by element name; ``*`` is no name."""
    names: dict[str, dict[str, Step]] = defaultdict(dict)
    for text, step in below.items():
        if text != "*":
            names[text.partition("[")[0]][text] = step
    return names


def _unless(parent: _Element, tests: list[str]) -> _Element:
    """Return where to write what is only for elements that pass none of the tests."""
    either = " or ".join(f"({test})" for test in tests)
    return _xsl(parent, "if", test=f"not({either})") if tests else parent


def _all(tests: list[str]) -> str:
    return tests[0] if len(tests) == 1 else " and ".join(f"({test})" for test in tests)


def _own_tests(rule: _Element) -> list[str]:
    """Return what is true of an element of which the rule says nothing, ``extends`` left out."""
    asserts = {f"{S}assert": "{}", f"{S}report": "not({})"}
    return [asserts[node.tag].format(node.get("test")) for node in rule if node.tag in asserts]


def _tests(rule: _Element, named: dict[str, _Element]) -> list[str]:
    """Return what is true of an element of which the rule and its bases say nothing."""
    if rule.get(HOLDS):
        return [rule.get(HOLDS, "")]
    bases = (named[node.get("rule", "")] for node in rule.iterchildren(f"{S}extends"))
    return _own_tests(rule) + [test for base in bases for test in _tests(base, named)]


def _write_rule(parent: _Element, rule: _Element, tests: list[str]) -> None:
    """Write the assertions of a rule, to be tried one by one only where ``tests`` do not hold."""
    one_by_one = _xsl(parent, "if", test=f"not({_all(tests)})") if len(tests) > 1 else parent
    for node in rule:
        if node.tag == f"{S}extends":
            _xsl(parent, "call-template", name=node.get("rule", ""))
        else:
            _write_assertion(one_by_one, node)


def _write_assertion(parent: _Element, node: _Element) -> None:
    test = node.get("test", "")
    if node.tag == f"{S}assert":
        test = f"not({test})"
    names = {"id": "id", "role": "role", "about": ABOUT, "unless": UNLESS, "once": ONCE, "set": SET}
    values = {new: node.get(old) for new, old in names.items()}
    failure = etree.SubElement(_xsl(parent, "if", test=test), "f")
    failure.attrib.update({name: value for name, value in values.items() if value})
    failure.set("at", "{f:place(.)}")
    if node.get("subject"):
        failure.set("on", f"{{f:place({node.get('subject')})}}")
    for name, select in fields(node).items():
        failure.set(name, f"{{{select}}}")
