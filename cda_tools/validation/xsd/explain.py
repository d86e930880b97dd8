"""Why a document fails the XML Schema, with the part of the schema that says so.

libxml2 decides (:mod:`cda_tools.validation.xsd`); ``xmlschema`` then reads the schema to show what
it asks for at each place. It is slow to load, so it is imported only here and only when asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lxml.etree import _Element

from cda_tools.reading.location import Locator
from cda_tools.validation.xsd.layer import problems, schema_file
from cda_tools.validation.xsd.messages import Problem
from cda_tools.validation.xsd.models import attributes, content, declaration, missing

if TYPE_CHECKING:
    from xmlschema import XMLSchema10
    from xmlschema.validators import XsdType

_UNREADABLE = "modèle non disponible : la bibliothèque xmlschema ne peut pas charger ce schéma"
_UNKNOWN = "modèle non disponible : le schéma ne dit pas le type de cet élément"


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one place is invalid.

    ``location`` and ``line``: as in the finding. ``reason``: the finding's message, and which
    mandatory children are absent. ``model``: what the schema asks for there, cardinalities in
    words, or why that cannot be said. ``value``: the offending value, None where it is no matter
    of a value. All in French, without patient identity.
    """

    location: str | None
    line: int | None
    reason: str
    model: str | None
    value: str | None


def explain(root: _Element, schema_path: Path | None = None) -> list[Explanation]:
    """Return one explanation for each problem of ``root``; none for a valid document.

    Parameters and errors are those of :func:`cda_tools.validation.xsd.check`.
    """
    found, _ = problems(root, schema_path)
    if not found:
        return []
    schema = _loaded(schema_file(schema_path))
    places = Locator()
    return [_explanation(problem, root, schema, places) for problem in found]


@cache
def _loaded(path: Path) -> XMLSchema10 | None:
    """Return the schema as xmlschema reads it; None where it refuses it."""
    import xmlschema  # noqa: PLC0415  (slow, and needed only here)

    try:
        return xmlschema.XMLSchema10(path)
    except xmlschema.XMLSchemaException:
        return None


def _explanation(
    problem: Problem, root: _Element, schema: XMLSchema10 | None, places: Locator
) -> Explanation:
    finding = problem.finding(places)
    reason, model = finding.message, None
    if problem.shows():
        model, absent = _model(problem, root, schema)
        if absent:
            reason += f" Obligatoire et absent : {absent}."
    value = problem.value() if problem.shows_value() else None
    return Explanation(finding.location, finding.line, reason, model, value)


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
