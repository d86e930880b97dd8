"""The layer ``xsd``: does the document follow the XML Schema of CDA?

libxml2 decides; :mod:`cda_tools.validation.xsd.messages` says it in French.
"""

from functools import cache
from pathlib import Path

from lxml.etree import _Element

from cda_tools.reading.location import Locator
from cda_tools.resources import resource
from cda_tools.rules.finding import Finding
from cda_tools.validation.limits import MOST, more
from cda_tools.validation.xsd.libxml2 import compiled
from cda_tools.validation.xsd.messages import LAYER, Problem, problems_of
from cda_tools.validation.xsd.slices import placed_errors

__all__ = ["LAYER", "check", "compiled", "problems", "schema_file"]


def check(
    root: _Element, schema_path: Path | None = None, *, explain: bool = False
) -> list[Finding]:
    """Return what the XML Schema says against ``root``, one finding a problem.

    ``root``: the ClinicalDocument element, also where it lies inside a stylesheet.
    ``schema_path``: another schema than ours, e.g. the official CDA_extended.xsd. ``explain``: say
    too what the schema asks for at each place. Raise InputError where that schema is missing or
    does not compile.
    """
    found, left_out = problems(root, schema_path)
    places = Locator()
    notes: list[dict[str, str]] = [{} for _ in found]
    if explain and found:
        from cda_tools.validation.xsd.explain import notes_on  # noqa: PLC0415  xmlschema is slow

        notes = notes_on(found, root, schema_file(schema_path))
    told = [problem.finding(places, note) for problem, note in zip(found, notes, strict=True)]
    return [*told, more(LAYER, root, left_out)] if left_out else told


def problems(root: _Element, schema_path: Path | None = None) -> tuple[list[Problem], int]:
    """Return the problems of ``root``, and how many are left out beyond the first 500.

    Parameters and errors are those of :func:`check`.
    """
    schema = compiled(schema_file(schema_path))
    errors = placed_errors(schema, root)
    if not errors:
        return [], 0
    from cda_tools.validation.xsd.recovery import recover  # noqa: PLC0415  for the invalid

    found = problems_of(recover(root, schema, errors))
    return found[:MOST], len(found) - len(found[:MOST])


def schema_file(schema_path: Path | None) -> Path:
    """Return the schema to use: the given one, else ours."""
    return _ours() if schema_path is None else schema_path.resolve()


@cache
def _ours() -> Path:
    return resource("cda", "CDA.xsd").resolve()
