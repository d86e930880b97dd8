"""Names of elements and attributes, as a French message writes them."""

from lxml.etree import _Element

_PREFIXES = {
    "urn:hl7-org:v3": "",
    "urn:hl7-org:sdtc": "sdtc:",
    "urn:oid:1.3.6.1.4.1.19376.1.3.2": "lab:",
    "urn:dicom-org:ps3-20": "ps3-20:",
    "urn:ihe:pharm:medication": "pharm:",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
}


def plain(tag: str) -> str:
    """Return the name written ``{namespace}name`` for a reader.

    CDA's own names have no prefix, those of its extensions the usual one.
    """
    namespace, _, name = tag.rpartition("}")
    return _PREFIXES.get(namespace[1:], f"{namespace}}}") + name if namespace else name


def local(tag: str) -> str:
    """Return the name without its namespace."""
    return tag.rpartition("}")[2]


def named(tag: str) -> str:
    """Return an element's name between guillemets; say so where it has no namespace."""
    without = "" if tag.startswith("{") else " (sans espace de noms)"
    return f"« {plain(tag)} »{without}"


def tag_of(element: _Element) -> str:
    """Return ``{namespace}name`` of the element."""
    return str(element.tag)


def one_of(names: list[str]) -> str:
    """Return ``a, b ou c``."""
    return _joined(names, " ou ")


def all_of(names: list[str]) -> str:
    """Return ``a, b et c``."""
    return _joined(names, " et ")


def _joined(names: list[str], last: str) -> str:
    return last.join(filter(None, [", ".join(names[:-1]), names[-1]]))
