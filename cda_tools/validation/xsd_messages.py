"""libxml2's errors, told in French: one finding a problem.

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

LAYER = "xsd"

_PREFIXES = {
    "urn:hl7-org:v3": "",
    "urn:hl7-org:sdtc": "sdtc:",
    "urn:oid:1.3.6.1.4.1.19376.1.3.2": "lab:",
    "urn:dicom-org:ps3-20": "ps3-20:",
    "urn:ihe:pharm:medication": "pharm:",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
}
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
    """One kind of error: which of libxml2's it covers, what it is about, what it says."""

    id: str
    severity: Severity
    errors: frozenset[str]
    contains: str
    about: str
    message: str

    def covers(self, error: etree._LogEntry) -> bool:
        """Return True where the rule speaks for this error of libxml2."""
        return error.type_name in self.errors and self.contains in error.message


def findings(errors: Iterable[tuple[etree._LogEntry, _Element]]) -> list[Finding]:
    """Return one finding for each problem, in the order of libxml2.

    ``errors``: each error with the element it is about.
    """
    told: list[Finding] = []
    seen: set[tuple[_Element, str]] = set()
    for error, element in errors:
        rule = rule_for(error)
        attribute = _found(_ATTRIBUTE, error.message) or _found(_ABSENT, error.message)
        key = (element, display_name(attribute) if attribute else rule.about)
        if key in seen:
            continue
        seen.add(key)
        message = rule.message.format_map(_fields(error, element, attribute))
        line = element.sourceline or error.line
        told.append(Finding(rule.id, rule.severity, message, xpath(element), line, LAYER))
    return told


def not_detailed(root: _Element, count: int) -> Finding:
    """Return the finding that says how many errors are not told one by one."""
    rule = next(rule for rule in _rules() if rule.id == "XSD-MORE")
    message = rule.message.format(count=count)
    return Finding(rule.id, rule.severity, message, xpath(root), root.sourceline, LAYER)


def rule_for(error: etree._LogEntry) -> Rule:
    """Return the rule that speaks for the error: the first that covers it, else the last."""
    rules = _rules()
    return next((rule for rule in rules if rule.covers(error)), rules[-1])


def display_name(tag: str) -> str:
    """Return the name of an element or attribute, given as ``{namespace}name``, for a reader.

    CDA's own have no prefix, those of its extensions the usual one.
    """
    namespace, _, name = tag.rpartition("}")
    return _PREFIXES.get(namespace[1:], f"{namespace}}}") + name if namespace else name


def element_name(tag: str) -> str:
    """Return an element's name between guillemets; say so where it has no namespace."""
    without = "" if tag.startswith("{") else " (sans espace de noms)"
    return f"« {display_name(tag)} »{without}"


def _fields(error: etree._LogEntry, element: _Element, attribute: str | None) -> dict[str, str]:
    name = display_name(str(element.tag))
    parent = element.getparent()
    if attribute:
        place = f"attribut « {display_name(attribute)} » de « {name} »"
        value = quoted(element, display_name(attribute), element.get(attribute, ""))
    else:
        place, value = f"valeur de « {name} »", HIDDEN
    return {
        "element": element_name(str(element.tag)),
        "parent": name if parent is None else display_name(str(parent.tag)),
        "attribute": display_name(attribute or ""),
        "place": place,
        "value": value,
        "position": _position(element),
        "expected": _expected(error.message),
        "allowed": _allowed(error.message),
        "form": _form(error.message),
        "error": error.type_name,
    }


def _position(element: _Element) -> str:
    previous = next(element.itersiblings("*", preceding=True), None)
    if previous is None:
        parent = element.getparent()
        return "" if parent is None else f"placé en premier dans {element_name(str(parent.tag))}"
    if previous.tag == element.tag:
        return "répété"
    return f"placé après {element_name(str(previous.tag))}"


def _expected(message: str) -> str:
    found = _found(_EXPECTED, message)
    if found is None:
        return "aucun autre élément"
    names = [_expected_name(tag) for tag in found.split(", ")]
    if len(names) >= _LIBXML2_NAMES:
        return ", ".join(names) + "…"
    return one_of(names)


def _expected_name(tag: str) -> str:
    return "un élément d'un autre espace de noms" if tag.endswith("*") else element_name(tag)


def one_of(names: list[str]) -> str:
    """Return ``a, b ou c``."""
    return " ou ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


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
