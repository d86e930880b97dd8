"""libxml2's errors, told in French: one problem for each cause.

The rules and their texts are data, in ``schemas/rules/xsd.toml``. What a message quotes is taken
from the element; libxml2's own text only tells what the schema expected there.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree
from lxml.etree import _Element

from cda_tools.finding import Finding, Severity
from cda_tools.location import xpath
from cda_tools.resources import resource
from cda_tools.validation.privacy import HIDDEN, quoted
from cda_tools.validation.xsd_names import named, one_of, plain, tag_of

LAYER = "xsd"

_LIBXML2_NAMES = 10  # libxml2 names no more elements than this as expected
_CODES_SHOWN = 20

_ATTRIBUTE = re.compile(r"Element '[^']*', attribute '([^']*)'")
_ABSENT = re.compile(r"The attribute '([^']*)' is required but missing")
_EXPECTED = re.compile(r"Expected is(?: one of)? \( (.*) \)\.\s*$")
_CODES = re.compile(r"is not an element of the set \{([^{}]*)\}\.\s*$")
_LIMIT = re.compile(r"(?:constraint |allowed \()'([^']*)'\)?\.\s*$")
_TYPE = re.compile(r"value of the \w+ type '([^']*)'\.\s*$")
_PATTERN = re.compile(r"is not accepted by the pattern '(.*)'\.\s*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of error: which of libxml2's it covers, what it is about, what it says.

    ``shows``: what of the schema explains it: ``parent`` or ``content`` (a content model),
    ``attributes``, or nothing.
    """

    id: str
    severity: Severity
    errors: frozenset[str]
    contains: str
    about: str
    shows: str
    message: str

    def covers(self, error: etree._LogEntry) -> bool:
        """Return True where the rule speaks for this error of libxml2."""
        return error.type_name in self.errors and self.contains in error.message


@dataclass(frozen=True, slots=True)
class Problem:
    """One cause of invalidity: the rule, the element, the attribute if any, libxml2's error."""

    rule: Rule
    element: _Element
    attribute: str | None
    error: etree._LogEntry

    def finding(self) -> Finding:
        """Return the problem in French."""
        message = self.rule.message.format_map(self._fields())
        line = self.element.sourceline or self.error.line
        return Finding(self.rule.id, self.rule.severity, message, xpath(self.element), line, LAYER)

    def value(self) -> str:
        """Return the offending value as it may be shown; the text of an element never is."""
        if self.attribute is None:
            return HIDDEN
        return quoted(self.element, plain(self.attribute), self.element.get(self.attribute, ""))

    def _fields(self) -> dict[str, str]:
        element = named(tag_of(self.element))
        attribute = plain(self.attribute or "")
        return {
            "element": element,
            "attribute": attribute,
            "place": f"attribut « {attribute} » de {element}"
            if attribute
            else f"valeur de {element}",
            "value": self.value(),
            "position": _position(self.element),
            "expected": _expected(self.error.message),
            "allowed": _allowed(self.error.message),
            "form": _form(self.error.message),
            "error": self.error.type_name,
        }


def problems_of(errors: Iterable[tuple[etree._LogEntry, _Element]]) -> list[Problem]:
    """Return one problem for each cause, in the order of libxml2.

    ``errors``: each error with the element it is about.
    """
    found: list[Problem] = []
    seen: set[tuple[_Element, str]] = set()
    for error, element in errors:
        rule = rule_for(error)
        attribute = _found(_ATTRIBUTE, error.message) or _found(_ABSENT, error.message)
        key = (element, plain(attribute) if attribute else rule.about)
        if key not in seen:
            seen.add(key)
            found.append(Problem(rule, element, attribute, error))
    return found


def not_detailed(root: _Element, count: int) -> Finding:
    """Return the finding that says how many errors are not told one by one."""
    rule = next(rule for rule in _rules() if rule.id == "XSD-MORE")
    message = rule.message.format(count=count)
    return Finding(rule.id, rule.severity, message, xpath(root), root.sourceline, LAYER)


def rule_for(error: etree._LogEntry) -> Rule:
    """Return the rule that speaks for the error: the first that covers it, else the last."""
    rules = _rules()
    return next((rule for rule in rules if rule.covers(error)), rules[-1])


def _position(element: _Element) -> str:
    previous = next(element.itersiblings("*", preceding=True), None)
    if previous is None:
        parent = element.getparent()
        return "" if parent is None else f"placé en premier dans {named(tag_of(parent))}"
    if previous.tag == element.tag:
        return "répété"
    return f"placé après {named(tag_of(previous))}"


def _expected(message: str) -> str:
    found = _found(_EXPECTED, message)
    if found is None:
        return "aucun autre élément"
    names = [_expected_name(tag) for tag in found.split(", ")]
    if len(names) >= _LIBXML2_NAMES:
        return ", ".join(names) + "…"
    return one_of(names)


def _expected_name(tag: str) -> str:
    return "un élément d'un autre espace de noms" if tag.endswith("*") else named(tag)


def _allowed(message: str) -> str:
    limit = _found(_LIMIT, message)
    if limit is not None:
        return f"« {limit} »"
    codes = re.findall(r"'([^']*)'", _found(_CODES, message) or "")
    if len(codes) > _CODES_SHOWN:
        shown = ", ".join(codes[:_CODES_SHOWN])
        return f"l'une des {len(codes)} valeurs du vocabulaire ({shown}…)"
    return one_of([f"« {code} »" for code in codes]) if codes else ""


def _form(message: str) -> str:
    name = _found(_TYPE, message)
    if name is not None:
        local = re.split("[}:]", name)[-1]
        return _forms().get(local, f"une valeur du type {local}")
    pattern = _found(_PATTERN, message) or ""
    return _forms().get(pattern, f"une valeur de la forme {pattern}")


def _found(pattern: re.Pattern[str], message: str) -> str | None:
    match = pattern.search(message)
    return match[1] if match else None


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resource("rules", "xsd.toml").read_text(encoding="utf-8"))


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(
        Rule(
            rule["id"],
            Severity(rule["severity"]),
            frozenset(rule["errors"]),
            rule.get("contains", ""),
            rule.get("about", rule["id"]),
            rule.get("shows", ""),
            rule["message"],
        )
        for rule in _data()["rule"]
    )


@cache
def _forms() -> dict[str, str]:
    """Return what a type asks for, by the type's name and by its pattern."""
    forms: dict[str, str] = {}
    for form in _data()["form"]:
        forms[form["type"]] = form["text"]
        if "pattern" in form:
            forms[form["pattern"]] = form["text"]
    return forms
