"""A registry's UTC is shown as clocks in France show it."""

import pytest

from cda_tools.model.timestamp import Timestamp, in_local_time


@pytest.mark.parametrize(
    ("utc", "local"),
    [
        ("20250514082000+0000", "20250514102000+0200"),
        ("20250114082000+0000", "20250114092000+0100"),
        ("202501312330+0000", "202502010030+0100"),
        ("2025011408+0000", "2025011409+0100"),
        # Summer time starts on 30 March 2025 at 01:00 UTC.
        ("20250330005959+0000", "20250330015959+0100"),
        ("20250330010000+0000", "20250330030000+0200"),
        ("20250514102000+0200", "20250514102000+0200"),
        ("20250514", "20250514"),
        ("20250514082000", "20250514082000"),
        ("not a date", "not a date"),
        ("99991231235959+0000", "99991231235959+0000"),
    ],
)
def test_local_time(utc: str, local: str) -> None:
    assert in_local_time(Timestamp(utc)) == Timestamp(local)


def test_other_places_have_other_clocks() -> None:
    shown = in_local_time(Timestamp("20250514082000+0000"), "Indian/Reunion")
    assert shown == Timestamp("20250514122000+0400")
