"""A valid document to break, for the tests of the layer xsd."""

from lxml import etree

from cases import FOLDER
from cda_tools.rules.finding import Finding

CASES = FOLDER / "xsd"
VALID = (CASES / "XSD-FORM-pass-a.xml").read_text(encoding="utf-8")


def document(*changes: tuple[str, str]) -> etree._Element:
    """Return the valid document with each text replaced, where it stands once."""
    text = VALID
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return etree.fromstring(text.encode())


def the_one(found: list[Finding]) -> Finding:
    assert len(found) == 1, found
    return found[0]
