"""A type's quick test (``holds``) implies all its tests: tried on 20,000 elements a type.

An element that a quick test passes is never looked at again, so that a gap would be silent. The
elements are made from good ones by random faults, the same in every run.
"""

import random
from functools import cache

import header_mutations
import pytest
from lxml import etree

from cda_tools.model.editions import NEWEST
from cda_tools.validation.structuration_minimale.functions import FUNCTIONS, NAMESPACES
from profile_compiler.model import load
from profile_compiler.schematron import HOLDS, SCH, schematron
from profile_compiler.stylesheet import _own_tests as own_tests

MANY = 20_000
XSL = "http://www.w3.org/1999/XSL/Transform"
CODE = '<code code="11488-4" codeSystem="2.16.840.1.113883.6.1" displayName="Note"/>'
DATE = '<time value="20240229101500+0100"/>'
NAME = '<name><prefix>M</prefix><family qualifier="BR">A</family><given>B</given></name>'
# By data type: elements that are good, or nearly; the faults are made in them.
GOOD = {
    "II": (
        '<id root="1.2.250.1.71.4.2.1" extension="8"/>',
        '<id root="1.2.3"/>',
        '<id extension="1" root="2.5"/>',
    ),
    "TEL": ('<telecom value="tel:0199" use="WP"/>', '<telecom value="mailto:a@b.fr"/>'),
    "CS": ('<languageCode code="fr-FR"/>', '<realmCode code="FR"/>'),
    "CD": (CODE, '<code code="1" codeSystem="1.2"/>'),
    "ST": ("<title>Titre</title>", "<city>x</city>"),
    "TS": (DATE, '<time value="2024"/>', '<low value="20240101"/>'),
    "AD": (
        "<addr><city>x</city><country>y</country></addr>",
        "<addr><streetAddressLine>x</streetAddressLine></addr>",
    ),
    "EN": (NAME, "<name><family>A</family></name>", "<name>A</name>"),
    "IVL_TS": (
        '<time><low value="20240101"/><high value="20240102"/></time>',
        '<time><low value="2024"/></time>',
    ),
}
LIKE = {
    "CE": "CD", "CV": "CD", "IVXB_TS": "TS", "IVXB": "TS", "PN": "EN", "ON": "EN", "URL": "TEL",
    "ED": "ST", "SC": "ST",
}  # fmt: skip
EDITS = [edit for edit in header_mutations.EDITS if edit.__name__ != "_remove"]


@cache
def schema():
    return schematron(load(NEWEST))


def types():
    """Return the rules of the types that have a quick test, by type."""
    rules = schema().iter(f"{{{SCH}}}rule")
    return {rule.get("id"): rule for rule in rules if rule.get(HOLDS)}


def all_tests(rule, named):
    """Return all tests of a type and its bases."""
    bases = [named[node.get("rule")] for node in rule.iterchildren(f"{{{SCH}}}extends")]
    return own_tests(rule) + [test for base in bases for test in all_tests(base, named)]


@cache
def elements(kind):
    """Return a document of many elements of a type, each first in a parent of its own."""
    chance = random.Random(kind)
    good = [
        etree.fromstring(f'<p xmlns="{NAMESPACES["h"]}">{text}</p>')
        for text in GOOD[LIKE.get(kind, kind)]
    ]
    text = "".join(etree.tostring(chance.choice(good), encoding="unicode") for _ in range(MANY))
    root = etree.fromstring(f'<r xmlns="{NAMESPACES["h"]}">{text}</r>')
    for parent in root:
        for _ in range(chance.choice((0, 1, 1, 2, 2, 3))):
            inside = list(parent[0].iter("*"))
            element = parent[0] if chance.random() < 0.6 else chance.choice(inside)
            edit = chance.choice(EDITS)
            if edit is header_mutations._twin:
                element = parent[0]
                element.addnext(etree.fromstring(etree.tostring(chance.choice(inside))))
            else:
                edit(element, chance)
    return root


def gaps(holds, tests, kind):
    """Return how many elements pass the quick test, and those of them that fail a test."""
    sheet = etree.Element(f"{{{XSL}}}stylesheet", nsmap={"xsl": XSL, **NAMESPACES}, version="1.0")
    template = etree.SubElement(sheet, f"{{{XSL}}}template", match="/")
    found = etree.SubElement(template, "found")
    each = etree.SubElement(found, f"{{{XSL}}}for-each", select="/h:r/h:p/*[1]")
    passing = etree.SubElement(each, f"{{{XSL}}}if", test=holds)
    choose = etree.SubElement(passing, f"{{{XSL}}}choose")
    every = " and ".join(f"({test})" for test in tests)
    etree.SubElement(etree.SubElement(choose, f"{{{XSL}}}when", test=every), "right")
    wrong = etree.SubElement(etree.SubElement(choose, f"{{{XSL}}}otherwise"), "wrong")
    etree.SubElement(wrong, f"{{{XSL}}}copy-of", select="..")
    functions = {(NAMESPACES["f"], name): function for name, function in FUNCTIONS.items()}
    outcome = etree.XSLT(sheet, extensions=functions)(elements(kind)).getroot()
    return len(outcome), [etree.tostring(one) for one in outcome.iter("wrong")]


def kind_of(name):
    """Return the data type whose elements a type is tried on."""
    kind = name.partition(".")[0]
    return kind if kind in GOOD or kind in LIKE else "CD"


def named():
    return {rule.get("id"): rule for rule in schema().iter(f"{{{SCH}}}rule")}


@pytest.mark.slow
@pytest.mark.parametrize("name", types())
def test_what_a_quick_test_passes_passes_all_tests(name):
    rule = types()[name]
    passed, wrong = gaps(rule.get(HOLDS), all_tests(rule, named()), kind_of(name))
    assert wrong[:3] == []
    assert passed > MANY / 20


@pytest.mark.slow
@pytest.mark.parametrize("name", types())
def test_a_rule_that_the_quick_test_does_not_know_is_caught(name):
    """A gap planted in each type: a rule is added, the quick test is left as it was."""
    rule = types()[name]
    planted = "not(@language or @reliability or @displayable or descendant::*[@xsi:type])"
    if kind_of(name) in ("ST",):
        planted = "not(starts-with(., 't'))"
    _, wrong = gaps(rule.get(HOLDS), [*all_tests(rule, named()), planted], kind_of(name))
    assert wrong


@pytest.mark.slow
@pytest.mark.parametrize("name", types())
def test_a_quick_test_that_asks_nothing_is_caught(name):
    rule = types()[name]
    tests = all_tests(rule, named())
    if tests:
        assert gaps("true()", tests, kind_of(name))[1]
