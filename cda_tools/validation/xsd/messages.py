"""libxml2's errors, told in French: one problem for each cause.

The rules and their texts are data, in ``schemas/rules/xsd.toml``. What a message quotes is taken
from the element; libxml2's own text only tells what the schema expected there.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from lxml import etree
from lxml.etree import _Element

from cda_tools.reading.location import Locator, unnumbered
from cda_tools.reading.privacy import HIDDEN, quoted
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding
from cda_tools.validation.xsd.libxml2 import MOST_EXPECTED, expected_in, is_content, is_incomplete
from cda_tools.validation.xsd.names import all_of, local, named, one_of, plain, tag_of
from cda_tools.validation.xsd.recovery import Fault, Kind
from cda_tools.validation.xsd.vocabulary import values_of

LAYER = "xsd"
_HL7 = "urn:hl7-org:v3"

_CODES_SHOWN = 20

# Anchored at the start or the end of libxml2's text: between them stands a value of the document.
_ATTRIBUTE = re.compile(r"^Element '[^']*', attribute '([^']*)'")
_ABSENT = re.compile(r"^Element '[^']*': The attribute '([^']*)' is required but missing")
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
    """One cause of invalidity: the rule's id, the attribute if any, and the error."""

    rule: str
    attribute: str | None
    fault: Fault

    @property
    def element(self) -> _Element:
        """Return the element that it is about."""
        return self.fault.element

    def finding(self, places: Locator, notes: Mapping[str, str] | None = None) -> Finding:
        """Return the problem in French; ``places`` is that of the document.

        ``notes``: what is to follow the message, by its name in the table ``notes`` of the rules.
        """
        told = dict(notes or {})
        if self.fault.later:
            told = {"later": self._missing(), **told}
        if told:
            told["notes"] = " ".join(told)
        place = places.xpath(self.element)
        found = texts.finding(
            self.rule,
            layer=LAYER,
            location=place,
            line=self.element.sourceline or self.fault.error.line,
            **self._fields(),
            **told,
        )
        return replace(found, about=self._about(place))

    def _about(self, place: str) -> tuple[str, ...]:
        """Return what it is about as :class:`Finding` has it."""
        if self.attribute is not None:
            name = plain(self.attribute).removeprefix("xsi:")
            if not name.isalnum():
                return ()  # of another namespace: none of the profile's
            # A profile that asks for an element without nullFlavor says that it is not there.
            null = (unnumbered(place),) if name == "nullFlavor" else ()
            return f"{place}/@{name}", f"{unnumbered(place)}/@{name}", *null
        if self.fault.kind is Kind.MISSING:
            parent = place if is_incomplete(self.fault.error) else place.rpartition("/")[0]
            missing = (f"{parent}/{local(tag)}" for tag in self.fault.missing)
            return f"{parent}/?", *missing
        return (f"{place}/.", unnumbered(place)) if is_content(self.fault.error) else ()

    def shows(self) -> str:
        """Return what of the schema explains it: parent, content, attributes, or nothing."""
        shows = str(texts.entries(LAYER)[self.rule].get("shows", ""))
        incomplete = self.fault.kind is Kind.MISSING and is_incomplete(self.fault.error)
        return "parent" if self.fault.kind is Kind.MISSING and not incomplete else shows

    def value(self) -> str:
        """Return the offending value as it may be shown; the text of an element never is."""
        if self.attribute is None:
            return HIDDEN
        return quoted(self.element, plain(self.attribute), self.element.get(self.attribute, ""))

    def _fields(self) -> dict[str, str]:
        element = named(tag_of(self.element))
        attribute = plain(self.attribute or "")
        message = self.fault.error.message
        fields = {
            "element": element,
            "name": local(tag_of(self.element)),
            "attribute": attribute,
            "place": f"Attribut « {attribute} » de {element}"
            if attribute
            else f"Valeur de {element}",
            "value": self.value(),
            "position": _position(self.element),
            "expected": _expected(message),
            "allowed": _allowed(message),
            "form": _form(message, attribute),
            "missing": self._missing(),
            "where": self._where(),
            "namespace": _namespace(tag_of(self.element)),
            "right": _right_namespace(tag_of(self.element), message),
            "error": self.fault.error.type_name,
        }
        asked = texts.entries(LAYER)[self.rule]["message"]
        return {name: text for name, text in fields.items() if f"{{{name}}}" in asked}

    def _missing(self) -> str:
        tags = [named(tag) for tag in self.fault.missing]
        if self.fault.later:
            return f"{all_of(tags)} {'se trouve' if len(tags) == 1 else 'se trouvent'}"
        if not tags:
            return f"Attendu encore {_expected(self.fault.error.message)}"
        if self.fault.choice or len(tags) == 1:
            return f"{one_of(tags)} manque"
        return f"{all_of(tags)} manquent"

    def _where(self) -> str:
        element = named(tag_of(self.element))
        if not is_incomplete(self.fault.error):
            return f"avant {element}"
        return f"à la fin de {element}" if len(self.element) else f"dans {element}"


def problems_of(faults: Iterable[Fault]) -> list[Problem]:
    """Return one problem for each cause, in the order of the faults."""
    found: list[Problem] = []
    seen: set[tuple[_Element, str]] = set()
    for fault in faults:
        message = fault.error.message
        rule = fault.kind.value or rule_for(fault.error)
        attribute = None
        if fault.kind is Kind.OTHER:
            attribute = _found(_ATTRIBUTE, message) or _found(_ABSENT, message)
        about = texts.entries(LAYER)[rule].get("about", rule)
        key = (fault.element, plain(attribute) if attribute else about)
        if key not in seen:
            seen.add(key)
            found.append(Problem(rule, attribute, fault))
    return found


def rule_for(error: etree._LogEntry) -> str:
    """Return the id of the rule that speaks for the error: the first that covers it."""
    for rule, entry in texts.entries(LAYER).items():
        if error.type_name in entry["errors"] and entry.get("contains", "") in error.message:
            return rule
    return "XSD-OTHER"


def _namespace(tag: str) -> str:
    namespace = tag.rpartition("}")[0][1:]
    return f"dans l'espace de noms « {namespace} »" if namespace else "sans espace de noms"


def _right_namespace(tag: str, message: str) -> str:
    """Return the namespace in which the schema expects an element of that name."""
    local = tag.rpartition("}")[2]
    names = [name.rpartition("}") for name in expected_in(message)]
    found = next((space for space, _, name in names if name == local), "{" + _HL7)
    return f"« {found[1:]} »" if found else "par défaut"


def _position(element: _Element) -> str:
    previous = next(element.itersiblings("*", preceding=True), None)
    if previous is None:
        parent = element.getparent()
        return "" if parent is None else f"placé en premier dans {named(tag_of(parent))}"
    if previous.tag == element.tag:
        return "répété"
    return f"placé après {named(tag_of(previous))}"


def _expected(message: str) -> str:
    names = [_expected_name(tag) for tag in expected_in(message)]
    if not names:
        return "aucun autre élément"
    better = texts.table(LAYER, "expected").get(", ".join(names))
    if better is not None:
        return better
    if len(names) >= MOST_EXPECTED:
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
