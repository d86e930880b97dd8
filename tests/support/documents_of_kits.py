"""Small documents for the kit: a ClinicalDocument around what a test is about."""

from lxml import etree

from cda_tools.reading import safexml
from cda_tools.validation.kit_layers import checked

HL7 = "urn:hl7-org:v3"
FAMILY = '<templateId root="1.2.250.1.213.1.1.1.45" extension="2024.01"/>'
LAYERS = ("modeles-ihe", "modeles-cda", "modeles-ans", "terminologies", "volet")


def written(body: str, *, head: str = FAMILY) -> bytes:
    """Return a document with ``body`` in its structuredBody and ``head`` in its header."""
    return (
        f'<ClinicalDocument xmlns="{HL7}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{head}<component><structuredBody>{body}</structuredBody></component></ClinicalDocument>"
    ).encode()


def section(content: str) -> str:
    return f"<component><section>{content}</section></component>"


def root(document: bytes) -> etree._Element:
    return safexml.parse(document)


def findings(kit, document: bytes, layer: str, volet: str = "auto"):
    """Return what a layer of the kit says of a document."""
    return checked(kit, root(document), layer, volet)


def failed(kit, document: bytes, layer: str) -> list[tuple[str, str]]:
    """Return pattern and place of each error of a layer."""
    said = findings(kit, document, layer)
    return [
        (one.rule.partition("/")[0], (one.location or "").removeprefix("/ClinicalDocument/"))
        for one in said.findings
        if one.severity == "error"
    ]
