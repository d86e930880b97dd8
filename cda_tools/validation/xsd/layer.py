"""The layer ``xsd``: does the document follow the XML Schema of CDA?

libxml2 decides; :mod:`cda_tools.validation.xsd.messages` says it in French.
"""

from collections import defaultdict
from functools import cache
from pathlib import Path
from threading import Lock

from lxml import etree
from lxml.etree import _Element

from cda_tools.errors import InputError, ResourceError
from cda_tools.reading.location import Locator
from cda_tools.resources import resource
from cda_tools.rules.finding import Finding
from cda_tools.validation.limits import MOST, more
from cda_tools.validation.xsd.messages import LAYER, Problem, problems_of

__all__ = ["LAYER", "check", "compiled", "problems", "schema_file"]

_LONGEST_NAME = 98  # bytes: libxml2 cuts a name with its prefix in its paths

_validating = Lock()  # an etree.XMLSchema holds the log of its last validation


def check(root: _Element, schema_path: Path | None = None) -> list[Finding]:
    """Return what the XML Schema says against ``root``, one finding a problem.

    ``root``: the ClinicalDocument element, also where it lies inside a stylesheet.
    ``schema_path``: another schema than ours, e.g. the official CDA_extended.xsd.
    Raise InputError where that schema is missing or does not compile.
    """
    found, left_out = problems(root, schema_path)
    places = Locator()
    told = [problem.finding(places) for problem in found]
    return [*told, more(LAYER, root, left_out)] if left_out else told


def problems(root: _Element, schema_path: Path | None = None) -> tuple[list[Problem], int]:
    """Return the problems of ``root``, and how many errors were left out beyond the first 500.

    Parameters and errors are those of :func:`check`.
    """
    schema = compiled(schema_file(schema_path))
    with _validating:
        if schema.validate(root):
            return [], 0
        errors = list(schema.error_log)
    kept = errors[:MOST]
    return problems_of(zip(kept, _places(root, kept), strict=True)), len(errors) - len(kept)


def schema_file(schema_path: Path | None) -> Path:
    """Return the schema to use: the given one, else ours."""
    return _ours() if schema_path is None else schema_path.resolve()


@cache
def _ours() -> Path:
    return resource("cda", "CDA.xsd").resolve()


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


def _places(root: _Element, errors: list[etree._LogEntry]) -> list[_Element]:
    """Return the element that each error is about, or the nearest that its path leads to.

    libxml2 writes ``/*/*[3]/p:name[2]``: ``*`` stands for an element without prefix but in a
    namespace, and is numbered among all elements; a name among those of the same name.
    """
    known: dict[_Element, dict[str, list[_Element]]] = {}
    places = []
    for error in errors:
        place = root
        for step in _path(error).split("/")[2:]:
            name, _, position = step.rstrip("]").partition("[")
            if place not in known:
                known[place] = _children(place)
            same = known[place].get(name, [])
            if len(same) < int(position or 1):
                break
            place = same[int(position or 1) - 1]
        places.append(place)
    return places


def _path(error: etree._LogEntry) -> str:
    try:
        return error.path or ""
    except UnicodeDecodeError:  # a name was cut inside a character
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
