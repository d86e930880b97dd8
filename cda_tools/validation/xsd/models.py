"""What a schema asks for, in French words: content models, cardinalities, attributes.

Works on the schema components of ``xmlschema``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml.etree import _Element

from cda_tools.validation.xsd.names import named, one_of, plain, tag_of

if TYPE_CHECKING:
    from xmlschema import XMLSchema10
    from xmlschema.validators import XsdType

_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"


def declaration(schema: XMLSchema10, root: _Element, element: _Element) -> XsdType | None:
    """Return the type that governs ``element``, a descendant of ``root`` or ``root`` itself.

    None where the schema does not foresee the element. Raise KeyError where an xsi:type on the
    way names an unknown type.
    """
    if element is root:
        found: Any = schema.maps.elements.get(tag_of(root))
    else:
        parent = element.getparent()
        holder = None if parent is None else declaration(schema, root, parent)
        found = None if holder is None else _child(holder, tag_of(element))
    return None if found is None else _actual(schema, element, found.type)


def _child(holder: XsdType, tag: str) -> Any:
    model = model_of(holder)
    elements = () if model is None else model.iter_elements()
    return next((particle for particle in elements if particle.name == tag), None)


def model_of(kind: Any) -> Any:
    """Return the outermost group of the content; None where the content is a simple value."""
    found = getattr(kind, "content", None)
    return found if hasattr(found, "iter_elements") else None


def _actual(schema: XMLSchema10, element: _Element, declared: XsdType) -> XsdType:
    written = element.get(_XSI_TYPE)
    if written is None:
        return declared
    prefix, _, local = written.strip().rpartition(":")
    namespace = element.nsmap.get(prefix or None)
    found: XsdType = schema.maps.types[f"{{{namespace}}}{local}" if namespace else local]
    return found


def content(kind: Any) -> str:
    """Return the content model in words."""
    model = model_of(kind)
    if model is None:
        return "une simple valeur, sans élément"
    words = _particle(model)
    if not words:
        return "du texte seulement" if kind.mixed else "aucun contenu"
    if _once(model):
        words = words.removeprefix("[").removesuffix("]")
    return f"{'texte et éléments' if kind.mixed else 'éléments'}, {words}"


def attributes(kind: Any) -> str:
    """Return the attributes in words."""
    known = getattr(kind, "attributes", {})
    told = [_attribute(name, known[name]) for name in known if known[name].use != "prohibited"]
    return "attributs : " + " ; ".join(told) if told else "aucun attribut"


def _attribute(name: str, attribute: Any) -> str:
    words = "obligatoire" if attribute.use == "required" else "facultatif"
    if attribute.fixed is not None:
        words += f", valeur fixe « {attribute.fixed} »"
    if attribute.type.local_name:
        words += f", type {attribute.type.local_name}"
    return f"« {plain(name)} » ({words})"


def missing(kind: Any, element: _Element) -> str:
    """Return the mandatory children of ``element`` that it lacks, e.g. ``« id », « code »``."""
    model = model_of(kind)
    present = {tag_of(child) for child in element.iterchildren("*")}
    mandatory = [] if model is None else _mandatory(model)
    return ", ".join(named(name) for name in mandatory if name not in present)


def _mandatory(group: Any) -> list[str]:
    """Return the elements that every valid content has."""
    if group.min_occurs == 0 or group.model == "choice":
        return []
    names: list[str] = []
    for particle in group:
        if hasattr(particle, "model"):
            names += _mandatory(particle)
        elif particle.min_occurs:
            names.append(particle.name)
    return names


def _particle(particle: Any) -> str:
    if not hasattr(particle, "model"):
        name = named(particle.name) if particle.name else "un élément d'un autre espace de noms"
        return f"{name} ({_occurs(particle)})"
    parts = _parts(particle)
    if not parts:
        return ""
    if particle.model == "choice":
        words = "au choix : " + one_of(parts)
    else:
        words = "dans cet ordre : " + ", ".join(parts)
    return f"[{words}]" if _once(particle) else f"[{words}] ({_occurs(particle)})"


def _parts(group: Any) -> list[str]:
    """Return the parts in words; a plain sequence inside a sequence is only a grouping."""
    parts: list[str] = []
    for particle in group:
        if getattr(particle, "model", "") == group.model and _once(particle):
            parts += _parts(particle)
        else:
            parts.append(_particle(particle))
    return [part for part in parts if part]


def _once(particle: Any) -> bool:
    return (particle.min_occurs, particle.max_occurs) == (1, 1)


def _occurs(particle: Any) -> str:
    lowest, highest = particle.min_occurs, particle.max_occurs
    words = "facultatif" if lowest == 0 else "obligatoire"
    if lowest > 1:
        words += f", {lowest} fois au moins"
    if highest is None:
        return f"{words}, répétable"
    return words if highest == 1 else f"{words}, {highest} fois au plus"
