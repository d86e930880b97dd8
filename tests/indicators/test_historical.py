"""Historical documents: edge days, leap years, dates that are missing or partial."""

from datetime import date

import pytest

from cda_tools.indicators.sendings.historical import (
    days,
    five_years_before,
    historical,
    is_historical,
)
from cda_tools.model.timestamp import Timestamp

SENT = date(2025, 6, 10)


@pytest.mark.parametrize(
    ("day", "sent", "historical"),
    [
        (date(2021, 1, 15), SENT, True),
        (date(2025, 6, 9), SENT, True),
        (date(2025, 6, 10), SENT, False),
        (date(2025, 6, 11), SENT, False),
        (date(2020, 6, 10), SENT, True),
        (date(2020, 6, 9), SENT, False),
        (date(2019, 2, 28), date(2024, 2, 29), True),
        (date(2019, 2, 27), date(2024, 2, 29), False),
        (date(2020, 2, 29), date(2025, 2, 28), True),
        (date(2020, 2, 29), date(2025, 3, 1), False),
        (date(2020, 2, 28), date(2025, 2, 28), True),
    ],
)
def test_edge_days(day: date, sent: date, *, historical: bool) -> None:
    assert is_historical(day, sent) is historical


def test_five_years_before_the_first_years() -> None:
    assert five_years_before(date(3, 2, 1)) == date(1, 2, 1)


@pytest.mark.parametrize(
    ("created", "signed", "expected"),
    [
        ("20210115", None, True),
        # Either date is enough.
        ("20250610101500+0200", "20250609235959+0200", True),
        ("20150101", "20220101", True),
        ("20220101", "20250610", True),
        (None, "20220101", True),
        ("20150101", "20150102", False),
        ("20250610000000+0200", None, False),
        ("29180101", None, False),
        # The day is the one that the document shows.
        ("20250609233000-1000", None, True),
        # Partial dates count where every day that they may mean counts.
        ("2021", None, True),
        ("202505", None, True),
        ("2019", None, False),
        ("2026", None, False),
        ("2020", None, None),
        ("202006", None, None),
        ("202506", None, None),
        ("2025", None, None),
        ("202506", "20250601", True),
        (None, None, None),
        ("20250230", "?", None),
    ],
)
def test_creation_or_signature(
    created: str | None, signed: str | None, expected: bool | None
) -> None:
    both = (Timestamp(one) if one else None for one in (created, signed))
    dates = [known for one in both if (known := days(one))]
    assert historical(dates, SENT) is expected
