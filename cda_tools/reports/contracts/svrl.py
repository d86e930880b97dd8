"""SVRL, the report of ISO Schematron (ISO/IEC 19757-3): a pattern a layer that ran.

Our rules are no XPath: ``test`` is a stand-in that is one. ``location`` leads to the element
whatever the document's prefixes.
"""

from collections.abc import Iterator

from lxml import etree

from cda_tools.reports.contracts.places import executable
from cda_tools.reports.contracts.verdict import Item, Judged, Level, Step

SVRL = "http://purl.oclc.org/dsdl/svrl"


def patterns(verdict: Judged, uri: str) -> Iterator[etree._Element]:
    """Yield the elements of one document: for each layer its pattern, a rule and what it found."""
    for step in verdict.steps:
        if step.shown:
            yield from _step(step, verdict, uri)
    if verdict.unlooked:
        # Nothing failed, and something was not looked at: a reader must not find it passed.
        yield _new("active-pattern", id="check", name="check", documents=uri)
        yield _new("fired-rule", context="/")
        layers = ", ".join(verdict.not_run)
        text = f"Document non vérifié ; couches non exécutées : {layers}."
        yield _item(Item("incomplete", Level.FATAL, text, None, None, "check"), wrapped=False)


def _step(step: Step, verdict: Judged, uri: str) -> Iterator[etree._Element]:
    yield _new("active-pattern", id=step.name, name=step.name, documents=uri)
    yield _new("fired-rule", context="/")
    for item in step.items:
        yield _item(item, wrapped=verdict.wrapped)


def _item(item: Item, *, wrapped: bool) -> etree._Element:
    location = executable(item.location, wrapped=wrapped)
    level = item.level.value
    if item.level is Level.INFORMATION:
        found = _new(
            "successful-report", id=_name(item.rule), role=level, test="true()", location=location
        )
    else:
        found = _new(
            "failed-assert",
            id=_name(item.rule),
            role=level,
            flag=level,
            test="false()",
            location=location,
        )
    etree.SubElement(found, f"{{{SVRL}}}text").text = item.message
    return found


def _name(rule: str) -> str:
    """Return a rule's id as an NMTOKEN: a kit's ids have a stroke."""
    return "".join(one if one.isalnum() or one in "-._:" else "_" for one in rule)


def _new(element: str, **attributes: str) -> etree._Element:
    return etree.Element(f"{{{SVRL}}}{element}", attributes, nsmap={"svrl": SVRL})
