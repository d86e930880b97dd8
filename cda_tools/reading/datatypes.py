"""HL7 V3 data types as elements (II, CE, TS, IVL_TS, PN, ST) to values of the model."""

import re
from collections.abc import Iterator
from itertools import pairwise

from lxml.etree import _Element as Element

from cda_tools.model.header import Code, Identifier, Interval, PersonName
from cda_tools.model.timestamp import Timestamp
from cda_tools.text import clean

HL7 = "{urn:hl7-org:v3}"
_ID = HL7 + "id"
_GIVEN, _FAMILY = HL7 + "given", HL7 + "family"
_NAME_PARTS = (_GIVEN, _FAMILY, HL7 + "prefix", HL7 + "suffix")
_WORD = re.compile(r"\w+")


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child of that name in HL7's namespace; None has no children."""
    if element is None:
        return None
    tag = HL7 + name
    for one in element:  # half of what iterchildren takes, where it is among the first
        if one.tag == tag:
            return one
    return None


def parts(element: Element | None) -> dict[str, Element]:
    """Return the first child of each name, by its full name, for :func:`part`.

    Where several children are wanted, one walk is cheaper than a search for each.
    """
    return {} if element is None else {str(one.tag): one for one in reversed(element)}


def part(among: dict[str, Element], name: str) -> Element | None:
    """Return the one of that name in HL7's namespace."""
    return among.get(HL7 + name)


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Yield the children of that name in HL7's namespace."""
    return iter(()) if element is None else element.iterchildren(HL7 + name)


def text(element: Element | None) -> str | None:
    """Return the whole text, trimmed, white space folded; None where nothing is left."""
    if element is None:
        return None
    content = "".join(element.itertext()) if len(element) else element.text
    return _folded(content)


def attribute(element: Element, name: str) -> str | None:
    """Return an attribute's value, trimmed; None where it is missing or blank.

    Controls and marks that turn the direction of a text are left out here, for all who show it.
    """
    value = element.get(name)
    if not value:
        return None
    return value.strip() or None if value.isprintable() else clean(value)


def identifier(element: Element | None) -> Identifier | None:
    """Return an II, or None where it has neither root nor extension."""
    if element is None:
        return None
    root, extension = attribute(element, "root"), attribute(element, "extension")
    return Identifier(root, extension) if root or extension else None


def identifiers(element: Element | None) -> tuple[Identifier, ...]:
    """Return the ``id`` children that identify something."""
    if element is None:
        return ()
    return tuple([found for one in element if one.tag == _ID and (found := identifier(one))])


def code(element: Element | None) -> Code | None:
    """Return a CE. One without a label is named by its originalText or first translation."""
    if element is None:
        return None
    value, label = attribute(element, "code"), _folded(element.get("displayName"))
    if label is None and len(element):
        label = _other_label(element)
    if value is None and label is None:
        return None
    return Code(value, attribute(element, "codeSystem"), label)


def _other_label(element: Element) -> str | None:
    labels = [text(child(element, "originalText"))]
    labels += [_folded(one.get("displayName")) for one in children(element, "translation")]
    return next((label for label in labels if label), None)


def _folded(value: str | None) -> str | None:
    if not value:
        return None
    return " ".join(value.split()) or None if value.isprintable() else clean(value)


def timestamp(element: Element | None) -> Timestamp | None:
    """Return a TS, or None where it has no value."""
    value = None if element is None else attribute(element, "value")
    return Timestamp(value) if value else None


def interval(element: Element | None) -> Interval | None:
    """Return an IVL_TS; a value of its own, or a lone ``center``, stands in ``low``."""
    if element is None:
        return None
    point = timestamp(element)
    if point:
        return Interval(point)
    low, high = timestamp(child(element, "low")), timestamp(child(element, "high"))
    if low or high:
        return Interval(low, high)
    center = timestamp(child(element, "center"))
    return Interval(center) if center else None


def person_name(element: Element | None) -> PersonName | None:
    """Return a PN: its parts in their order of kind, or its text where it has no parts.

    Text outside of its parts is kept where a reader of the document reads it: a title before
    them, a particle before the family name, the name itself where only a title has a tag.
    """
    if element is None:
        return None
    texts: dict[str, list[str]] = {}
    loose = not _is_blank(element.text)
    for one in element:
        loose = loose or not _is_blank(one.tail)
        if value := text(one):
            texts.setdefault(str(one.tag), []).append(value)
    if texts.keys().isdisjoint(_NAME_PARTS):
        whole = text(element)
        return PersonName(text=whole) if whole else None
    before, after = _untagged(element, texts) if loose else ((), ())
    given, family, prefix, suffix = (tuple(texts.get(tag, ())) for tag in _NAME_PARTS)
    if not given and not family:
        return PersonName((), (*before, *after), prefix, suffix)
    return PersonName(given, family, (*before, *prefix), (*suffix, *after))


def _untagged(
    element: Element, texts: dict[str, list[str]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return a name's text outside of its parts: before the last of them, and behind it.

    « Pr <given>Inès</given> … » is how some write a title. Signs alone are no text, nor is what
    the parts say again. A particle is put before the family name that it stands before.
    """
    tails = [element.text, *(one.tail for one in element)]
    known = {word for values in texts.values() for word in _words(" ".join(values))}
    told = [
        value if value and set(_words(value)) - known else None for value in map(_folded, tails)
    ]
    families = texts.get(_FAMILY, [])
    number = 0  # of the family names that the text has passed
    for place, (one, following) in enumerate(pairwise(element), start=1):
        number += one.tag == _FAMILY and text(one) is not None
        between = one.tag in (_GIVEN, _FAMILY) and following.tag == _FAMILY
        if told[place] and between and number < len(families):
            families[number] = f"{told[place]} {families[number]}"
            told[place] = None
    before = tuple(one for one in told[:-1] if one)
    return before, (told[-1],) if told[-1] else ()


def _is_blank(text: str | None) -> bool:
    return text is None or text.isspace()


def _words(value: str) -> list[str]:
    return _WORD.findall(value.casefold())
