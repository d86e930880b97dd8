"""A registry's UTC is shown as clocks in France show it."""

import pytest

from cda_tools.model.carriage import Context, RegistryEntry
from cda_tools.model.header import Header
from cda_tools.model.localtime import for_display, in_local_time
from cda_tools.model.timestamp import Timestamp


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


def test_only_a_registry_s_utc_is_turned() -> None:
    registry = Context(registry=RegistryEntry())
    utc, paris = Timestamp("20250514082000+0000"), Timestamp("20250514102000+0200")
    assert for_display(Header(date=utc), registry).date == paris
    assert for_display(Header(date=paris), registry).date == paris
    assert for_display(Header(date=utc), Context()).date == utc
    assert for_display(Header(date=utc), None).date == utc
    assert for_display(Header(), registry).date is None
