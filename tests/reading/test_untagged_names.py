"""Text of a name outside of its tags is kept, where a reader of the document would read it."""

import pytest
from lxml import etree

from cda_tools.model.naming import person
from cda_tools.reading.datatypes import person_name


@pytest.mark.parametrize(
    ("content", "prefix", "suffix"),
    [
        ("Pr <given>Inès</given><family>VALMORET</family>", ("Pr",), ()),
        ("<given>Inès</given><family>VALMORET</family> (chef)", (), ("(chef)",)),
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


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("<prefix>DR</prefix> Inès VALMORET", "Dr Inès VALMORET"),
        ("Inès VALMORET<suffix>DR</suffix>", "Dr Inès VALMORET"),
        ("<given>Inès</given> de la <family>TOUR</family>", "Inès de la TOUR"),
        ("Pr <given>Inès</given> d' <family>ALMORE</family>", "Pr Inès d' ALMORE"),
        ("<family>ALMORE</family> ou <family>TOUR</family>", "ALMORE ou TOUR"),
        ("<given>Inès</given> VALMORET", "Inès VALMORET"),
        ("Inès VALMORET<given>Inès</given><family>VALMORET</family>", "Inès VALMORET"),
        ("Dr <given>Inès</given> <family>VALMORET</family> (chef)", "Dr Inès VALMORET (chef)"),
    ],
)
def test_a_name_is_shown_as_it_reads(content: str, shown: str) -> None:
    element = etree.fromstring(f'<name xmlns="urn:hl7-org:v3">{content}</name>')
    assert person(person_name(element)) == shown
