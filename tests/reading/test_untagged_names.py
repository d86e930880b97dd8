"""Text of a name outside of its tags is kept, where a reader of the document would read it."""

import pytest
from lxml import etree

from cda_tools.reading.datatypes import person_name


@pytest.mark.parametrize(
    ("content", "prefix", "suffix"),
    [
        ("Pr <given>Inès</given><family>VALMORET</family>", ("Pr",), ()),
        ("<given>Inès</given><family>VALMORET</family> (chef)", (), ("(chef)",)),
        ("<given>Inès</given> de <family>VALMORET</family>", ("de",), ()),
        ("Pr <prefix>M</prefix><family>VALMORET</family>", ("Pr", "M"), ()),
        ("<given>Inès</given>, <family>VALMORET</family>.", (), ()),
        ("\n  <given>Inès</given>\n  <family>VALMORET</family>\n", (), ()),
    ],
)
def test_untagged_text_is_kept(
    content: str, prefix: tuple[str, ...], suffix: tuple[str, ...]
) -> None:
    element = etree.fromstring(f'<name xmlns="urn:hl7-org:v3">{content}</name>')
    name = person_name(element)
    assert name is not None
    assert (name.prefix, name.suffix) == (prefix, suffix)
    assert name.family == ("VALMORET",)
