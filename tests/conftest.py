"""What all tests share."""

import shutil
import sys
from pathlib import Path

import pytest
from browsing import chromium, sheet  # noqa: F401  fixtures for any folder
from hypothesis import settings

try:
    import resource
except ImportError:  # POSIX alone has it
    resource = None

pytest_plugins = ["service_fixtures"]

# The same inputs at each run: what fails in CI fails here. Other ones are drawn with
# --hypothesis-profile=drawn, and --hypothesis-seed=N repeats them.
settings.register_profile("tests", deadline=None, derandomize=True)
settings.register_profile("drawn", deadline=None)
settings.load_profile("tests")

ROOT = Path(__file__).resolve().parent.parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests in a browser last: what drives it keeps an event loop running in the process.

    No test can start another there, which those of the service do.
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


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


@pytest.fixture(autouse=True)
def own_kit_places(tmp_path_factory, monkeypatch):
    """Keep compiled kits and their names away from those of the user."""
    folder = tmp_path_factory.getbasetemp() / "kits-of-tests"
    monkeypatch.setenv("CDA_TOOLS_CACHE", str(folder / "cache"))
    monkeypatch.setenv("CDA_TOOLS_KITS", str(folder / "kits.json"))
    yield folder
    if kit := sys.modules.get("cda_tools.kit.kit"):
        kit.open_kit.cache_clear()
    (folder / "kits.json").unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def memory_as_before():
    """Give back the memory that a test took from this process, as a worker does from its own.

    With less, neither a browser nor SaxonC starts, in this test or any later one.
    """
    if resource is None:
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


@pytest.fixture(scope="session")
def small():
    """Return the small kit of fixtures/kit, compiled once."""
    from cda_tools.kit.folder import open_folder  # noqa: PLC0415  most tests need no kit
    from cda_tools.kit.kit import Kit  # noqa: PLC0415

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CDA_TOOLS_CACHE", "/nonexistent/never")
        return Kit(open_folder(ROOT / "fixtures" / "kit"), "petit")


@pytest.fixture
def copied(tmp_path) -> Path:
    """Return a copy of the small kit that a test may spoil."""
    return Path(shutil.copytree(ROOT / "fixtures" / "kit", tmp_path / "kit"))
