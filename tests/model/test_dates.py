"""A date goes back only where that is certain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cda_tools.model.dates import _surely_earlier, goes_back
from cda_tools.model.timestamp import Timestamp


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("20250304101501+0100", "20250304101500+0100"),
        ("20250304101500+0100", "20250304101500+0200"),
        ("202503041016+0100", "202503041015+0100"),
        ("20250304", "20250303"),
        ("202503", "20250227235959+0100"),
        ("2025", "2024"),
        ("20250304", "20250302"),
        ("20250304101500", "20250304101459"),
        ("20250304101500+0100", "20250302"),
        ("20250304101500.5+0100", "20250304101459.4+0100"),
    ],
)
def test_it_goes_back(before, after):
    assert goes_back(before, after)
    assert not goes_back(after, before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("20250304101500+0100", "20250304101500+0100"),
        ("20250304101527+0100", "202503041015+0100"),
        ("20250304101500+0100", "20250304"),
        ("20250304101500+0100", "2025"),
        ("20250304101500+0100", "20250304000000"),
        ("20250304101500+0100", "20250303"),
        ("20250304101500+0100", "20251304101500+0100"),
        ("20251304101500+0100", "20250304101500+0100"),
        ("99991231235959+0100", "9999"),
        ("00010101000000+0100", "0001"),
        ("nothing", "20250304"),
        (None, "20250304"),
        ("20250304", None),
        ("20250304101500+0100", "2025W011101500+0100"),
    ],
)
def test_it_may_not(before, after):
    assert not goes_back(before, after)


moments = st.datetimes().map(lambda one: one.strftime("%Y%m%d%H%M%S").rjust(14, "0"))
zones = st.sampled_from(["+0100", "+0200", "-1000", "+1300", "+9999"])


@given(before=moments, after=moments, one=zones, other=zones)
def test_the_quick_way_is_the_long_way(before, after, one, other):
    before, after = before + one, after + other
    assert goes_back(before, after) == _surely_earlier(Timestamp(after), Timestamp(before))
