"""The layer ``xsd``: does the document follow the XML Schema of CDA?

libxml2 decides; :mod:`cda_tools.validation.xsd_messages` says it in French.
"""

from copy import deepcopy
from functools import cache
from itertools import islice
from pathlib import Path
from threading import Lock

from lxml import etree
from lxml.etree import _Element

from cda_tools.errors import InputError, ResourceError
from cda_tools.finding import Finding
from cda_tools.resources import resource
from cda_tools.validation.xsd_messages import LAYER, findings

__all__ = ["LAYER", "check", "compiled", "schema_file"]

_validating = Lock()  # an etree.XMLSchema keeps its last error log


def check(root: _Element, schema_path: Path | None = None) -> list[Finding]:
    """Return what the XML Schema says against ``root``, one finding a problem.

    ``root``: the ClinicalDocument element, also where it lies inside a stylesheet.
    ``schema_path``: another schema than ours, e.g. the official CDA_extended.xsd.
    Raise InputError where that schema is missing or does not compile.
    """
    schema = compiled(schema_file(schema_path))
    document = root if root.getparent() is None else _standalone(root)
    with _validating:
        if schema.validate(document):
            return []
        errors = schema.error_log
    return findings((error, _locate(error.path, document, root)) for error in errors)


def schema_file(schema_path: Path | None) -> Path:
    """Return the schema to use: the given one, else ours."""
    return resource("cda", "CDA.xsd") if schema_path is None else schema_path.resolve()


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


def _standalone(root: _Element) -> _Element:
    """Return a copy of ``root`` as a document that keeps the prefixes declared around it.

    libxml2 would not see those otherwise, and xsi:type needs them.
    """
    copy = etree.Element(root.tag, root.attrib, nsmap=root.nsmap)
    copy.text = root.text
    copy.extend(deepcopy(child) for child in root)
    return copy


def _locate(path: str | None, document: _Element, root: _Element) -> _Element:
    """Return the element of ``root`` at libxml2's ``path`` in ``document`` (its equal).

    libxml2 writes ``/*/*[3]/p:name[2]``: ``*`` stands for an element without prefix, and is
    numbered among all elements; a name with its prefix among those of the same name.
    """
    if path is None:
        return root
    place, original = document, root
    for step in path.split("/")[2:]:
        name, _, position = step.rstrip("]").partition("[")
        found = _child(place, name, int(position or 1))
        if found is None:  # an attribute or a text: its element is the place
            break
        place, index = found
        original = next(islice(original.iterchildren("*"), index, None))
    return original


def _child(parent: _Element, name: str, position: int) -> tuple[_Element, int] | None:
    seen = 0
    for index, child in enumerate(parent.iterchildren("*")):
        if name in ("*", _qualified(child)):
            seen += 1
            if seen == position:
                return child, index
    return None


def _qualified(element: _Element) -> str:
    local = etree.QName(element).localname
    return f"{element.prefix}:{local}" if element.prefix else local
