"""The children of an element in the order of the schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml.etree import _Element

from cda_tools.validation.xsd.explain import loaded
from cda_tools.validation.xsd.layer import schema_file
from cda_tools.validation.xsd.models import declaration, model_of
from cda_tools.validation.xsd.names import tag_of

if TYPE_CHECKING:
    from collections.abc import Sequence

Rank = tuple[int, ...]


def permutation(
    element: _Element, root: _Element, schema_path: Path | None
) -> Sequence[int] | None:
    """Return the order in which children are to stand, as their present positions.

    None where they stand in it, and where the schema leaves no single order: a child that it does
    not know, a name that it has at two places, a choice that repeats.
    """
    schema = loaded(schema_file(schema_path))
    kind = None
    if schema is not None:
        try:
            kind = declaration(schema, root, element)
        except KeyError:  # an xsi:type that the schema lacks
            return None
    ranks: dict[str, Rank] = {}
    model = None if kind is None else model_of(kind)
    if model is None or not _rank(model, (), ranks):
        return None
    children = [tag_of(one) for one in element.iterchildren("*")]
    if any(tag not in ranks for tag in children):
        return None
    ordered = sorted(range(len(children)), key=lambda number: ranks[children[number]])
    return None if ordered == list(range(len(children))) else ordered


def _rank(group: Any, above: Rank, ranks: dict[str, Rank]) -> bool:
    """Give each name its rank; False where one has two."""
    if group.max_occurs != 1 and group.model == "sequence":
        return False
    for number, particle in enumerate(group):
        rank = above if group.model == "choice" else (*above, number)
        if hasattr(particle, "model"):
            if not _rank(particle, rank, ranks):
                return False
        elif particle.name is not None and ranks.setdefault(particle.name, rank) != rank:
            return False
    return True
