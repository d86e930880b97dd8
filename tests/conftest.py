"""What all tests share."""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("tests", deadline=None)
settings.load_profile("tests")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def gazelle() -> Path:
    """Return the folder of our own documents."""
    return ROOT / "fixtures" / "gazelle"


@pytest.fixture
def shared() -> Path:
    """Return the folder of real documents that stands beside a developer's checkout."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the real documents of ../shared are not here")
    return folder
