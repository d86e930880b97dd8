"""What stands before a root, as a regular expression: expat sees no document type in it."""

from contextlib import suppress
from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cda_tools.reading.safexml import _NO_DOCTYPE as NO_DOCTYPE

PIECES = [
    *(b" \n", b"<?xml version='1.0'?>", b"<?a b??>", b"<?a ? > ?>", b"<?b <!-- ?>"),
    *(b"<!---->", b"<!-- - -->", b"<!-- <a/> -->", b"<!-- <!DOCTYPE a> -->", b"<!-- ?> -->"),
    *(b"<!DOCTYPE a>", b"<!DOCTYPE a [<!-- --> <?b c?>]>"),
    *(b"<!--", b"-->", b"<?", b"?>", b"-", b">"),
]
ENTITY = "<!DOCTYPE a [<!ENTITY e 'f'>]><a b='&e;'/>"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize(
    "declared", ["", "<?xml version='1.0' encoding='UTF-16'?>\n", "\n", "<!--x-->"]
)
def test_no_document_type_is_plain_in_any_encoding(encoding, declared):
    assert not NO_DOCTYPE.match((declared + ENTITY).encode(encoding))


def has_doctype(data: bytes) -> bool:
    """Tell whether expat meets a document type before it stops."""
    found = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: found.append(True)
    with suppress(expat.ExpatError):
        parser.Parse(data, True)
    return bool(found)


@given(st.lists(st.sampled_from(PIECES), max_size=8))
def test_a_plain_prolog_has_no_document_type(pieces):
    data = b"".join(pieces) + b"<a/>"
    if NO_DOCTYPE.match(data):
        assert not has_doctype(data)


@pytest.mark.parametrize(
    "before",
    [
        b"",
        b"<?xml version='1.0' encoding='UTF-8'?>\n",
        b"<!-- <!DOCTYPE a> -->\r\n\t<?a b ? ?>",
        b"<!---->" * 1000,
        b"<!--" + b"- " * 100_000 + b"-->",
    ],
)
def test_instructions_and_comments_are_plain(before):
    assert NO_DOCTYPE.match(before + b"<a/>")


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE a><a/>",
        b"<!-- --><!DOCTYPE a><a/>",
        b"<!-- <a/>",
        b"<?a <a/>",
        b"text <a/>",
        b"< a/>",
        b"",
    ],
)
def test_nothing_else_is(data):
    assert not NO_DOCTYPE.match(data)


def test_a_comment_that_never_ends_is_looked_at_once():
    """A hundred thousand beginnings of comments: quadratic matching would take minutes."""
    assert not NO_DOCTYPE.match(b"<!--" * 1_000_000)
    assert not NO_DOCTYPE.match(b"<!---->" * 300_000 + b"<?" * 1_000_000)
