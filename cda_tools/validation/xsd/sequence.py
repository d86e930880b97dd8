"""What stands before and after a child in the order of the schema.

Read from the schema's own XML: a screen that names two elements need not load ``xmlschema``.
"""

from functools import cache

from lxml import etree

from cda_tools.resources import schemas

_XS = "{http://www.w3.org/2001/XMLSchema}"
_CLASS = "POCD_MT000040."


def neighbours(parent: str, child: str) -> tuple[str, str] | None:
    """Return the elements before and after ``child`` in ``parent``, "" at an end.

    Both are names without prefix. None where the schema has no class of the parent's name, or the
    child stands in it more than once, or in a choice.
    """
    names = _sequences().get(parent.casefold(), ())
    if names.count(child) != 1:
        return None
    at = names.index(child)
    return (names[at - 1] if at else "", names[at + 1] if at + 1 < len(names) else "")


@cache
def _sequences() -> dict[str, tuple[str, ...]]:
    """Return the names of the children of each class, in their order."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((schemas() / "cda").glob("*.xsd")):
        for kind in etree.parse(path).iter(f"{_XS}complexType"):
            sequence = kind.find(f"{_XS}sequence")
            name = kind.get("name") or ""
            if sequence is not None and name.startswith(_CLASS):
                children = [one for one in sequence if one.tag == f"{_XS}element"]
                said = tuple((one.get("name") or one.get("ref") or "") for one in children)
                found[name.removeprefix(_CLASS).casefold()] = tuple(
                    one.rpartition(":")[2] for one in said
                )
    return found
