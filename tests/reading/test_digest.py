"""A digest tells contents apart, and not the ways in which carriers write one content."""

import pytest

from cda_tools.reading.digest import content_digest

TEXT = b"<a>\n<b/>\n</a>\n"


@pytest.mark.parametrize(
    "same",
    [
        TEXT,
        TEXT.replace(b"\n", b"\r\n"),
        TEXT.replace(b"\n", b"\r"),
        b"\xef\xbb\xbf" + TEXT,
    ],
)
def test_line_ends_and_byte_order_mark_do_not_count(same):
    assert content_digest(same) == content_digest(TEXT)


@pytest.mark.parametrize(
    "other", [b"", TEXT + b" ", TEXT.replace(b"b", b"c"), TEXT + b"\xef\xbb\xbf"]
)
def test_all_else_counts(other):
    assert content_digest(other) != content_digest(TEXT)
