"""libxml2's errors, told in French: one problem for each cause.

The rules and their texts are data, in ``schemas/rules/xsd.toml``. What a message quotes is taken
from the element; libxml2's own text only tells what the schema expected there.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element

from cda_tools.reading.location import Locator
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding
from cda_tools.validation.privacy import HIDDEN, quoted
from cda_tools.validation.xsd.names import named, one_of, plain, tag_of
from cda_tools.validation.xsd.vocabulary import values_of

LAYER = "xsd"

_LIBXML2_NAMES = 10  # libxml2 names no more elements than this as expected
_CODES_SHOWN = 20

# Anchored at the start or the end of libxml2's text: between them stands a value of the document.
_ATTRIBUTE = re.compile(r"^Element '[^']*', attribute '([^']*)'")
_ABSENT = re.compile(r"^Element '[^']*': The attribute '([^']*)' is required but missing")
_EXPECTED = re.compile(r"Expected is(?: one of)? \( (.*) \)\.\s*$")
_CODES = re.compile(r"is not an element of the set \{([^{}]*)\}\.\s*$")
_LIMIT = re.compile(r"(?:constraint |allowed \()'([^']*)'\)?\.\s*$")
_TYPE = re.compile(r"value of the \w+ type '([^']*)'\.\s*$")
_PATTERN = re.compile(
    r"^Element '[^']*'(?:, attribute '[^']*')?: \[facet 'pattern'\] .*"
    r"is not accepted by the pattern '(.*)'\.\s*$",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One cause of invalidity: the rule's id, the element, the attribute if any, the error."""

    rule: str
    element: _Element
    attribute: str | None
    error: etree._LogEntry

    def finding(self, places: Locator) -> Finding:
        """Return the problem in French; ``places`` is that of the document."""
        return texts.finding(
            self.rule,
            layer=LAYER,
            location=places.xpath(self.element),
            line=self.element.sourceline or self.error.line,
            **self._fields(),
        )

    def shows(self) -> str:
        """Return what of the schema explains it: parent, content, attributes, or nothing."""
        return str(texts.entries(LAYER)[self.rule].get("shows", ""))

    def shows_value(self) -> bool:
        """Return True where it is a matter of a value."""
        return "{value}" in texts.entries(LAYER)[self.rule]["message"]

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
            "place": f"Attribut « {attribute} » de {element}"
            if attribute
            else f"Valeur de {element}",
            "value": self.value(),
            "position": _position(self.element),
            "expected": _expected(self.error.message),
            "allowed": _allowed(self.error.message),
            "form": _form(self.error.message, attribute),
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
        about = texts.entries(LAYER)[rule].get("about", rule)
        key = (element, plain(attribute) if attribute else about)
        if key not in seen:
            seen.add(key)
            found.append(Problem(rule, element, attribute, error))
    return found


def rule_for(error: etree._LogEntry) -> str:
    """Return the id of the rule that speaks for the error: the first that covers it."""
    for rule, entry in texts.entries(LAYER).items():
        if error.type_name in entry["errors"] and entry.get("contains", "") in error.message:
            return rule
    return "XSD-OTHER"


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
    better = texts.table(LAYER, "expected").get(", ".join(names))
    if better is not None:
        return better
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


def _form(message: str, attribute: str) -> str:
    pattern = _found(_PATTERN, message)
    if pattern is None:
        return _form_of_type(_found(_TYPE, message), attribute)
    kind = texts.table(LAYER, "patterns").get(pattern)
    return texts.table(LAYER, "forms")[kind] if kind else f"une valeur de la forme {pattern}"


def _form_of_type(name: str | None, attribute: str) -> str:
    if name is None:
        values = values_of(attribute)
        return one_of([f"« {value} »" for value in values]) if values else "une autre valeur"
    local = re.split("[}:]", name)[-1]
    return texts.table(LAYER, "forms").get(local, f"une valeur du type {local}")


def _found(pattern: re.Pattern[str], message: str) -> str | None:
    match = pattern.search(message)
    return match[1] if match else None
