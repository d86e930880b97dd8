"""Runs the layers whose rules are XPath in ``schemas/rules/<layer>.toml``."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from lxml import etree

from cda_tools.reading.location import Locator
from cda_tools.reading.privacy import quoted
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding

_NAMESPACES = {"h": "urn:hl7-org:v3", "re": "http://exslt.org/regular-expressions"}


# The variables that stand for the first element of a name.
_FIRST = {"id": "id", "set": "setId", "version": "versionNumber"}


@dataclass(frozen=True, slots=True)
class _XPathRule:
    """``select`` gives the elements at fault, ``value`` what the message quotes of one."""

    id: str
    profile: str | None
    select: etree.XPath
    value: etree.XPath | None


def check(layer: str, root: etree._Element, profile: str, encoding: str) -> list[Finding]:
    """Return what the layer's rules say of a ClinicalDocument, in the order of the rules.

    A rule with a ``profile`` applies in that profile alone.
    """
    findings = []
    places = Locator()
    given: dict[str, Any] = {
        "encoding": encoding,
        "year": datetime.now(UTC).year,
        **{name: root.findall(f"h:{tag}", _NAMESPACES)[:1] for name, tag in _FIRST.items()},
    }
    for rule in _compiled(layer):
        if rule.profile not in {None, profile}:
            continue
        for element in rule.select(root, **given):
            fields = {"value": _text(rule.value(element, **given))} if rule.value else {}
            findings.append(
                texts.finding(
                    rule.id,
                    layer=layer,
                    location=places.xpath(element),
                    line=element.sourceline,
                    **fields,
                )
            )
    return findings


def _text(value: list[Any] | str | float) -> str:
    """Return what a message says of an attribute, or of what was counted or computed."""
    if isinstance(value, list):
        attribute = value[0]  # where an element that should stand alone is repeated: the first
        return quoted(attribute.getparent(), attribute.attrname, attribute)
    return f"{value:g}" if isinstance(value, float) else value


@cache
def _compiled(layer: str) -> tuple[_XPathRule, ...]:
    return tuple(
        _XPathRule(
            id=entry["id"],
            profile=entry.get("profile"),
            select=_xpath(entry["select"]),
            value=_xpath(entry["value"]) if "value" in entry else None,
        )
        for entry in texts.entries(layer).values()
        if "select" in entry
    )


def _xpath(expression: str) -> etree.XPath:
    return etree.XPath(expression, namespaces=_NAMESPACES, regexp=True)
