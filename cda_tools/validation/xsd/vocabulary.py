"""The values of attributes whose type has no name.

libxml2 tells the values of a vocabulary, but not where a value is already no NMTOKEN: of such an
attribute of the narrative block it only says « local atomic type ».
"""

from functools import cache

from lxml import etree

from cda_tools.resources import resource

_XS = {"xs": "http://www.w3.org/2001/XMLSchema"}


def values_of(attribute: str) -> tuple[str, ...]:
    """Return the values that the narrative block admits; none for an attribute not of that kind.

    >>> values_of("listType")
    ('ordered', 'unordered')
    """
    return _vocabularies().get(attribute, ())


@cache
def _vocabularies() -> dict[str, tuple[str, ...]]:
    schema = etree.parse(resource("cda", "narrative.xsd"))
    return {
        node.get("name", ""): tuple(
            value.get("value", "") for value in node.iterfind(".//xs:enumeration", _XS)
        )
        for node in schema.iterfind(".//xs:attribute[xs:simpleType]", _XS)
    }
