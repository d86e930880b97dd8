from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cda_tools.model.timestamp import Precision, Timestamp


@pytest.mark.parametrize(
    ("raw", "iso", "french"),
    [
        ("2021", "2021", "2021"),
        ("202101", "2021-01", "01/2021"),
        ("20210104", "2021-01-04", "04/01/2021"),
        ("2021010416", "2021-01-04T16", "04/01/2021 16 h"),
        ("202101041605+0100", "2021-01-04T16:05+01:00", "04/01/2021 16:05"),
        ("20210104160527+0100", "2021-01-04T16:05:27+01:00", "04/01/2021 16:05"),
        ("20210104160527", "2021-01-04T16:05:27", "04/01/2021 16:05"),
        ("20210104160527.250-0330", "2021-01-04T16:05:27.25-03:30", "04/01/2021 16:05"),
        ("20210104160527+100", "2021-01-04T16:05:27+01:00", "04/01/2021 16:05"),
        ("20210104160527+01", "2021-01-04T16:05:27+01:00", "04/01/2021 16:05"),
        ("09990104", "0999-01-04", "04/01/0999"),
    ],
)
def test_a_possible_date_keeps_its_precision_and_offset(raw, iso, french):
    timestamp = Timestamp(raw)
    assert (timestamp.iso, timestamp.french) == (iso, french)


@pytest.mark.parametrize(
    "raw",
    [
        "20210230",
        "202113",
        "2021010425",
        "0000",
        "20210104160561",
        "20210104160527+0199",
        "20210104160527+9900",
        "20210104+0100",
        "202101041605.5",
        "4 janvier 2021",
        "２０２１",
        "",
    ],
)
def test_an_impossible_date_is_kept_raw_and_has_no_moment(raw):
    timestamp = Timestamp(raw)
    assert timestamp.raw == raw
    assert (timestamp.moment, timestamp.precision, timestamp.iso) == (None, None, None)
    assert (timestamp.french, timestamp.utc) == (None, None)


def test_utc_needs_an_offset():
    assert Timestamp("20210104160527+0100").utc == datetime(2021, 1, 4, 15, 5, 27, tzinfo=UTC)
    assert Timestamp("20210104160527").utc is None


def test_utc_beyond_the_calendar_is_unknown_and_not_an_error():
    assert Timestamp("00010101000000+1200").utc is None


@given(
    st.datetimes(min_value=datetime(1000, 1, 1)),
    st.sampled_from(Precision),
    st.integers(-14 * 60, 14 * 60),
)
def test_any_real_date_is_read_back(moment, precision, offset):
    digits = moment.strftime("%Y%m%d%H%M%S")[: 2 + 2 * precision]
    zone = f"{'-' if offset < 0 else '+'}{abs(offset) // 60:02d}{abs(offset) % 60:02d}"
    timestamp = Timestamp(digits + (zone if precision >= Precision.HOUR else ""))
    assert timestamp.precision == precision
    assert timestamp.moment is not None
    assert timestamp.moment.strftime("%Y%m%d%H%M%S").startswith(digits)


@given(st.text(max_size=30))
def test_no_text_makes_reading_fail(raw):
    timestamp = Timestamp(raw)
    assert (timestamp.iso is None) == (timestamp.moment is None)
