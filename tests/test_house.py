"""The layout of the package: rooms in one order, few modules at the top, none of them long."""

import importlib.util
from collections import Counter, defaultdict
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
MOST_IN_ROOT = 8
MOST_LINES = 400

ORDER = (
    *("closing", "collector", "errors", "text", "resources", "pages"),
    *("rules", "model", "reading", "chains", "indicators"),
    *("carriers", "kit", "index", "lookup", "line", "dmp", "document", "validation", "batch"),
    *("mending", "reports", "dossier", "rendering", "arrow", "spark", "serve", "cli", "__main__"),
)
"""The rooms, lowest first: each imports from those before it alone.

A new room takes its place here; until then it must only be in no circle.
"""


@pytest.fixture(scope="module")
def house() -> ModuleType:
    spec = importlib.util.spec_from_file_location("house", ROOT / "benchmarks" / "house.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def known(house: ModuleType) -> dict[str, Path]:
    return house.modules(ROOT)


def test_the_order_names_rooms_that_are_there(house, known) -> None:
    rooms = {house.room(name).removeprefix("cda_tools.") for name in known}
    assert set(ORDER) <= rooms


def test_a_room_imports_from_those_before_it_alone(house, known) -> None:
    position = {f"cda_tools.{name}": number for number, name in enumerate(ORDER)}
    position["cda_tools"] = len(ORDER)  # the public names: for users, not for the rooms
    upwards = [
        f"{one} imports {other}"
        for one, other in sorted(house.arrows(known))
        if {one, other} <= set(position) and position[one] <= position[other]
    ]
    assert upwards == []


def test_no_rooms_are_in_a_circle(house, known) -> None:
    between = defaultdict(set)
    for one, other in house.arrows(known):
        between[one].add(other)
    assert house.circles(between) == []


def test_no_modules_import_one_another_when_they_are_loaded(house, known) -> None:
    loaded = {
        name: set(house.imports(name, path, known, loading=True)) - {name}
        for name, path in known.items()
    }
    assert house.circles(loaded) == []


def test_few_modules_stand_at_the_top_of_the_package(house) -> None:
    assert len(list((ROOT / "cda_tools").glob("*.py"))) <= MOST_IN_ROOT


def test_no_module_is_long(known) -> None:
    long = {
        name: lines
        for name, path in known.items()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }
    assert long == {}


def test_the_measure_finds_a_circle_and_leaves_types_aside(house, tmp_path) -> None:
    files = {
        "low/__init__.py": "",
        "low/one.py": "def late():\n    from cda_tools.high import two\n    return two\n",
        "high/__init__.py": "",
        "high/two.py": "from cda_tools.low import one\n",
        "high/three.py": "from cda_tools.high import four\n",
        "high/four.py": "import cda_tools.high.three\n",
        "types.py": "if TYPE_CHECKING:\n    import cda_tools.high\n",
        "__init__.py": "",
    }
    for name, text in files.items():
        path = tmp_path / "cda_tools" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    known = house.modules(tmp_path)
    between = defaultdict(set)
    for one, other in house.arrows(known):
        between[one].add(other)
    assert house.circles(between) == [["cda_tools.high", "cda_tools.low"]]
    assert "cda_tools.types" not in between
    loaded = {
        name: set(house.imports(name, path, known, loading=True)) for name, path in known.items()
    }
    assert house.circles(loaded) == [["cda_tools.high.four", "cda_tools.high.three"]]


def test_no_two_test_files_share_a_name() -> None:
    # pytest collects them by name alone: a second one of a name stops the whole run.
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, count in names.items() if count > 1] == []
