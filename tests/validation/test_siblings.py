"""The functions that compare an element with its siblings say what XPath would."""

import random
import re

import pytest
from lxml import etree

from cda_tools.resources import resource
from cda_tools.validation.structuration_minimale.functions import FUNCTIONS, NAMESPACES

SIBLINGS = (
    "(preceding-sibling::* | following-sibling::*)"
    "[local-name()=local-name($e) and namespace-uri()=namespace-uri($e)]"
)
# The function, and the same in XPath, where the siblings are looked at for every element.
SAME = {
    "f:twin-id(.)": f"boolean({SIBLINGS}[@root=$e/@root]"
    "[not($e/@extension) or @extension=$e/@extension])",
    "f:twin-telecom(.)": f"boolean({SIBLINGS}[string(@use)=string($e/@use)]"
    "[string(@value)=string($e/@value)])",
    "f:twin-text(.)": f"boolean({SIBLINGS}[str:concat(.//@use | .//text())="
    "str:concat($e//@use | $e//text())])",
    "f:filled-sibling(.)": f"boolean({SIBLINGS}[not(@nullFlavor)])",
    "f:alone(., 'root')": "not((preceding-sibling::* | following-sibling::*)/@root=@root)",
    "f:lacks(.., \"h:a[@root='1']\")": "not(../h:a[@root='1'])",
}
CALLS = {
    "f:twin-id(.)": "not(@root) or {}",
    "f:filled-sibling(.)": "not(@nullFlavor) or {}",
    "f:alone(., 'root')": "not(@root) or {}",
    "f:twin-telecom(.)": "not(@use and @value) or {}",
}


def parent(seed):
    chance = random.Random(seed)
    root = etree.Element(f"{{{NAMESPACES['h']}}}r")
    for _ in range(chance.randrange(1, 9)):
        name = chance.choice(["a", "b"])
        child = etree.SubElement(root, f"{{{NAMESPACES['h']}}}{name}")
        for attribute in ("root", "extension", "use", "value", "nullFlavor"):
            if chance.random() < 0.4:
                child.set(attribute, chance.choice("12"))
        child.text = chance.choice([None, "x", "y"])
        if chance.random() < 0.3:
            etree.SubElement(child, "c", use="1").tail = chance.choice([None, "x"])
        child.append(etree.Comment("x"))
    return root


@pytest.mark.parametrize("call", SAME)
def test_a_function_says_what_xpath_says(call):
    extensions = {(NAMESPACES["f"], name): function for name, function in FUNCTIONS.items()}
    guard = CALLS.get(call, "{}")
    options = {"namespaces": NAMESPACES, "extensions": extensions}
    ours = etree.XPath(guard.format(call), **options)
    theirs = etree.XPath(guard.format(SAME[call]), **options)
    said = set()
    for seed in range(400):
        for child in parent(seed):
            said.add(ours(child))
            assert ours(child) == theirs(child, e=child), etree.tostring(child.getparent())
    assert said == {True, False}


def test_only_a_few_siblings_are_ever_looked_at_by_xpath():
    """What grows with the square of what a header repeats would be here."""
    for path in resource("structuration-minimale").glob("*/header.xsl"):
        for node in etree.parse(path).getroot().iter("*"):
            test = node.get("test", "")
            assert test.count("-sibling::") == 2 * test.count(
                "not(../*[50]) and not(preceding-sibling"
            )


def test_a_rule_on_each_child_never_looks_at_all_children_of_its_parent():
    """Each of ten thousand acts looked at all ten thousand: the second of a name is enough."""
    for path in resource("structuration-minimale").glob("*/header.xsl"):
        for node in etree.parse(path).getroot().iter("*"):
            for value in node.attrib.values():
                for steps in re.findall(r"\.\./(?!\.\.)([^\s()]+)", value):
                    assert re.match(r"(@|[\w:*-]+\[\d+\])", steps), (path, node.sourceline, steps)
