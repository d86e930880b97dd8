"""Where an element stands, as findings name it."""

from lxml.etree import _Element

ROOT = "ClinicalDocument"


def local_name(element: _Element) -> str:
    """Return the element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def xpath(element: _Element) -> str:
    """Return e.g. ``/ClinicalDocument/author[2]/time``: no prefixes, ``[n]`` only among several.

    The path starts at ClinicalDocument, also where that lies inside a stylesheet.
    """
    steps: list[str] = []
    current: _Element | None = element
    while current is not None:
        name = local_name(current)
        parent = current.getparent()
        if name == ROOT or parent is None:
            steps.append(name)
            break
        steps.append(name + _position(current, parent))
        current = parent
    return "/" + "/".join(reversed(steps))


def _position(element: _Element, parent: _Element) -> str:
    same = [sibling for sibling in parent if sibling.tag == element.tag]
    return f"[{same.index(element) + 1}]" if len(same) > 1 else ""
