"""What libxml2 says when it validates: its errors, and the element that each is about.

Where a content model is broken, libxml2 checks nothing more of that parent: what follows is for
:mod:`cda_tools.validation.xsd.recovery`.
"""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from threading import Lock

from lxml import etree
from lxml.etree import _Element

from cda_tools.errors import InputError, ResourceError
from cda_tools.resources import resource

_LONGEST_NAME = 98  # bytes: libxml2 cuts a name with its prefix in its paths
# Anchored at the end of libxml2's text: before it may stand a value of the document.
_EXPECTED = re.compile(r"Expected is(?: one of)? \( (.*) \)\.\s*$")
MOST_EXPECTED = 10
"""Elements that libxml2 names as expected: there may be more."""
CONTENT = "SCHEMAV_ELEMENT_CONTENT"
_INCOMPLETE = "Missing child element(s)"

_validating = Lock()  # an etree.XMLSchema holds the log of its last validation


@cache
def compiled(path: Path) -> etree.XMLSchema:
    """Return the schema at ``path``, compiled once a process.

    Raise InputError with one French line, or ResourceError where it is ours that is damaged.
    """
    try:
        return etree.XMLSchema(etree.parse(path, etree.XMLParser(no_network=True)))
    except (OSError, etree.LxmlError) as error:
        message = _why(path, error)
    if path.is_relative_to(resource("cda").resolve()):
        raise ResourceError(message)
    raise InputError(message)


def _why(path: Path, error: Exception) -> str:
    if not path.is_file():
        return f"schéma introuvable : « {path} »"
    detail = " ".join(str(error).split())
    return f"le schéma « {path} » ne peut pas être chargé : {detail}"


def errors_of(schema: etree.XMLSchema, root: _Element) -> list[etree._LogEntry]:
    """Return libxml2's errors for ``root`` and what is below it; none where it is valid."""
    with _validating:
        return [] if schema.validate(root) else list(schema.error_log)


def is_content(error: etree._LogEntry) -> bool:
    """Tell whether the error is a break of a content model."""
    return error.type_name == CONTENT


def is_incomplete(error: etree._LogEntry) -> bool:
    """Tell whether it is about the end of the content: the element is then the parent itself."""
    return is_content(error) and _INCOMPLETE in error.message


def expected_in(message: str) -> list[str]:
    """Return the tags that libxml2 says could stand there, a wildcard ending in ``*``; 10 at most.

    >>> expected_in("… This element is not expected. Expected is ( {urn:x}a ).")
    ['{urn:x}a']
    """
    found = _EXPECTED.search(message)
    return found[1].split(", ") if found else []


def depth(error: etree._LogEntry) -> int:
    """Return how deep its element stands below the root, which is at 0."""
    return path_of(error).count("/") - 1


def places(root: _Element, errors: list[etree._LogEntry]) -> list[_Element]:
    """Return the element that each error is about, or the nearest that its path leads to.

    libxml2 writes ``/*/*[3]/p:name[2]``: ``*`` stands for an element without prefix but in a
    namespace, and is numbered among all elements; a name among those of the same name.
    """
    known: dict[_Element, dict[str, list[_Element]]] = {}
    found = []
    for error in errors:
        place = root
        for step in path_of(error).split("/")[2:]:
            name, _, position = step.rstrip("]").partition("[")
            if place not in known:
                known[place] = _children(place)
            same = known[place].get(name, [])
            if len(same) < int(position or 1):
                break
            place = same[int(position or 1) - 1]
        found.append(place)
    return found


def path_of(error: etree._LogEntry) -> str:
    """Return the path that libxml2 gives the element, "" where it cut it inside a character."""
    try:
        return error.path or ""
    except UnicodeDecodeError:
        return ""


def _children(parent: _Element) -> dict[str, list[_Element]]:
    """Return the child elements by the names that libxml2's paths give them."""
    named: dict[str, list[_Element]] = defaultdict(list)
    for child in parent.iterchildren("*"):
        named["*"].append(child)
        name = etree.QName(child)
        if child.prefix:
            whole = f"{child.prefix}:{name.localname}".encode()
            named[whole[:_LONGEST_NAME].decode(errors="ignore")].append(child)
        elif not name.namespace:
            named[name.localname].append(child)
    return named
