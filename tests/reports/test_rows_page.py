"""The page of rows in a real browser: no fault, no sideways scroll, nothing WCAG refuses."""

from typing import Any

import pytest
from dmp_command import NOW, run

from conftest import ROOT

FOLDER = ROOT / "fixtures" / "dmp"


@pytest.fixture(scope="module")
def markup() -> str:
    printed = run(
        FOLDER / "local", FOLDER / "visite-2", f"--visit={FOLDER / 'visite-1' / 'visite.json'}",
        NOW, "--page", "--structure=1990000045",
    )  # fmt: skip
    return printed.stdout


def test_the_page_holds_at_any_width_and_has_nothing_that_wcag_refuses(
    sheet: Any, markup: str
) -> None:
    shown = sheet(markup)
    for width in (280, 420, 640, 1280):
        assert not shown.at(width).scrolls_sideways(), width
    assert shown.at(1024).violations() == []
