"""HL7 V3 data types as elements (II, CE, TS, IVL_TS, PN, ST) to values of the model."""

from collections.abc import Iterator

from lxml.etree import _Element as Element

from cda_tools.model import Code, Identifier, Interval, PersonName
from cda_tools.timestamp import Timestamp

HL7 = "{urn:hl7-org:v3}"


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child of that name in HL7's namespace; None has no children."""
    return None if element is None else next(element.iterchildren(HL7 + name), None)


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Yield the children of that name in HL7's namespace."""
    return iter(()) if element is None else element.iterchildren(HL7 + name)


def text(element: Element) -> str | None:
    """Return the whole text, trimmed, white space folded; None where nothing is left."""
    content = "".join(element.itertext()) if len(element) else element.text
    return " ".join(content.split()) or None if content else None


def identifier(element: Element | None) -> Identifier | None:
    """Return an II, or None where it has neither root nor extension."""
    if element is None:
        return None
    root, extension = element.get("root"), element.get("extension")
    if not root and not extension:
        return None
    return Identifier(root or None, extension or None)


def identifiers(element: Element | None) -> tuple[Identifier, ...]:
    """Return the ``id`` children that identify something."""
    found = (identifier(one) for one in children(element, "id"))
    return tuple(one for one in found if one)


def code(element: Element | None) -> Code | None:
    """Return a CE. One without a label is named by its originalText or first translation."""
    if element is None:
        return None
    value, label = element.get("code") or None, _folded(element.get("displayName"))
    if label is None and len(element):
        label = _other_label(element)
    if value is None and label is None:
        return None
    return Code(value, element.get("codeSystem") or None, label)


def _other_label(element: Element) -> str | None:
    original = child(element, "originalText")
    labels = [None if original is None else text(original)]
    labels += [_folded(one.get("displayName")) for one in children(element, "translation")]
    return next((label for label in labels if label), None)


def _folded(value: str | None) -> str | None:
    return " ".join(value.split()) or None if value else None


def timestamp(element: Element | None) -> Timestamp | None:
    """Return a TS, or None where it has no value."""
    value = element.get("value") if element is not None else None
    return Timestamp(value.strip()) if value and value.strip() else None


def interval(element: Element | None) -> Interval | None:
    """Return an IVL_TS; a value of its own, or a lone ``center``, stands in ``low``."""
    if element is None:
        return None
    low = timestamp(element) or timestamp(child(element, "low"))
    low = low or timestamp(child(element, "center"))
    high = timestamp(child(element, "high"))
    return Interval(low, high) if low or high else None


def person_name(element: Element | None) -> PersonName | None:
    """Return a PN: its parts in their order of kind, or its text where it has no parts."""
    if element is None:
        return None
    parts: dict[str, list[str]] = {"given": [], "family": [], "prefix": [], "suffix": []}
    for part in element:
        kind = str(part.tag).rpartition("}")[2]
        if kind in parts and (value := text(part)):
            parts[kind].append(value)
    name = PersonName(
        given=tuple(parts["given"]),
        family=tuple(parts["family"]),
        prefix=tuple(parts["prefix"]),
        suffix=tuple(parts["suffix"]),
        text=None if any(parts.values()) else text(element),
    )
    return name if name != PersonName() else None
