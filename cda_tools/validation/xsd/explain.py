"""Why a document fails the XML Schema, with the part of the schema that says so.

libxml2 decides (:mod:`cda_tools.validation.xsd.layer`); ``xmlschema`` then reads the schema to
show what it asks for at each place. It is slow to load, so it is imported only here and only when
asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lxml.etree import _Element

from cda_tools.validation.xsd.messages import Problem
from cda_tools.validation.xsd.models import attributes, content, declaration, missing

if TYPE_CHECKING:
    from xmlschema import XMLSchema10
    from xmlschema.validators import XsdType

_UNREADABLE = "modèle non disponible : la bibliothèque xmlschema ne peut pas charger ce schéma"
_UNKNOWN = "modèle non disponible : le schéma ne dit pas le type de cet élément"


def notes_on(
    problems: Iterable[Problem], root: _Element, schema_path: Path
) -> list[dict[str, str]]:
    """Return what explains each problem of ``root``, by its name in the rules' table ``notes``.

    ``absent``: mandatory children that are absent, where the problem does not say it itself.
    ``model``: what the schema asks for there, cardinalities in words, or why that cannot be said.
    """
    schema = loaded(schema_path)
    return [_notes(problem, root, schema) for problem in problems]


@cache
def loaded(path: Path) -> XMLSchema10 | None:
    """Return the schema as xmlschema reads it; None where it refuses it."""
    import xmlschema  # noqa: PLC0415  (slow, and needed only here)

    try:
        return xmlschema.XMLSchema10(path)
    except xmlschema.XMLSchemaException:
        return None


def _notes(problem: Problem, root: _Element, schema: XMLSchema10 | None) -> dict[str, str]:
    if not problem.shows():
        return {}
    model, absent = _model(problem, root, schema)
    told = {"absent": absent} if absent and not problem.fault.missing else {}
    return {**told, "model": model}


def _model(problem: Problem, root: _Element, schema: XMLSchema10 | None) -> tuple[str, str]:
    """Return what the schema asks for, and the mandatory children that are absent."""
    if schema is None:
        return _UNREADABLE, ""
    shows = problem.shows()
    holder = problem.element.getparent() if shows == "parent" else problem.element
    kind = None if holder is None else _type(schema, root, holder)
    if holder is None or kind is None:
        return _UNKNOWN, ""
    if shows == "attributes":
        return attributes(kind), ""
    incomplete = problem.rule.startswith("XSD-CHILD")
    return content(kind), missing(kind, holder) if incomplete else ""


def _type(schema: XMLSchema10, root: _Element, element: _Element) -> XsdType | None:
    try:
        return declaration(schema, root, element)
    except KeyError:  # an xsi:type on the way names a type that the schema lacks
        return None
