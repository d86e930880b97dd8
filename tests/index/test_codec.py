"""Headers survive the way to JSON and back, whole."""

import json

import pytest
from documents import PARTS, header
from hypothesis import given
from hypothesis import strategies as st

from cda_tools.carriers import open_path
from cda_tools.document import read_carried_header
from cda_tools.index import codec
from cda_tools.model.carriage import Action, Availability, Context, RegistryEntry
from cda_tools.model.header import Code, Header, Identifier
from cda_tools.model.timestamp import Timestamp


def test_a_whole_header_comes_back():
    one = header()
    assert codec.loads(codec.dumps(one), Header) == one
    assert json.loads(codec.dumps(one))["version"] == 1


@pytest.mark.parametrize("part", PARTS)
def test_a_header_without_one_of_its_parts_comes_back(part):
    one = header(**{part: ""})
    assert codec.loads(codec.dumps(one), Header) == one


def test_every_document_and_carrier_of_ours_comes_back(gazelle):
    seen = 0
    for path in sorted(gazelle.rglob("*.*")):
        if path.suffix.lower() not in (".xml", ".hl7", ".zip"):
            continue
        for carried in open_path(path):
            document = read_carried_header(carried)
            if document.header:
                assert codec.loads(codec.dumps(document.header), Header) == document.header
                seen += 1
            if document.context and not document.is_statement:
                assert codec.loads(codec.dumps(document.context), Context) == document.context
    assert seen > 20


def test_a_context_comes_back():
    context = Context(
        action=Action.REPLACE,
        id=Identifier(None, "7"),
        flags=(("MASQUE_PS", "Y"),),
        sent=Timestamp("2025"),
        registry=RegistryEntry(
            availability=Availability.APPROVED, size=3, replaces=("urn:uuid:1",)
        ),
    )
    assert codec.loads(codec.dumps(context), Context) == context


@given(title=st.text(), language=st.text(st.characters()))
def test_any_text_comes_back(title, language):
    one = Header(title=title, language=language, type=Code(title))
    assert codec.loads(codec.dumps(one), Header) == one


def test_what_is_empty_takes_no_place():
    assert codec.dumps(Header()) == "{}"


@pytest.mark.parametrize("text", ["", "[", '{"nothing": 1}', "[1]", '{"id": 3}'])
def test_what_is_no_header_is_refused(text):
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        codec.loads(text, Header)
