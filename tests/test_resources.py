import subprocess
import sys
import venv
from pathlib import Path

import pytest

import cda_tools
from cda_tools import resources
from cda_tools.errors import ResourceError

ROOT = Path(__file__).resolve().parent.parent
WHERE = "from cda_tools.resources import resource; print(resource('valuesets', 'J07.tsv'))"


def lay_out(folder, *parts):
    """Make a package cda_tools with the real resources.py, and a schemas folder somewhere."""
    package = folder / "cda_tools"
    package.mkdir(parents=True)
    for name in ("resources.py", "errors.py"):
        (package / name).write_bytes((ROOT / "cda_tools" / name).read_bytes())
    (package / "__init__.py").touch()
    sets = folder.joinpath(*parts) / "valuesets"
    sets.mkdir(parents=True)
    (sets / "J07.tsv").touch()
    return sets / "J07.tsv"


def found_from(folder):
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(folder)!r}); {WHERE}"],
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(done.stdout.strip())


def test_in_a_wheel_schemas_lies_in_the_package(tmp_path):
    expected = lay_out(tmp_path, "cda_tools", "schemas")
    assert found_from(tmp_path) == expected


def test_in_a_checkout_schemas_lies_beside_the_package(tmp_path):
    expected = lay_out(tmp_path, "schemas")
    assert found_from(tmp_path) == expected


def test_in_an_editable_install_schemas_is_found_where_the_package_points(tmp_path):
    expected = lay_out(tmp_path / "checkout", "schemas")
    environment = tmp_path / "venv"
    venv.create(environment, with_pip=False)
    (python,) = [*environment.glob("bin/python"), *environment.glob("Scripts/python.exe")]
    (site,) = environment.glob("**/site-packages")
    # What an editable install leaves: a .pth file that names the checkout.
    (site / "cda_tools.pth").write_text(str(tmp_path / "checkout"), encoding="utf-8")
    done = subprocess.run(
        [python, "-I", "-c", WHERE], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert Path(done.stdout.strip()) == expected


def test_a_wheel_ships_the_schemas():
    hatchling = pytest.importorskip("hatchling.builders.wheel", reason="hatchling is not here")
    builder = hatchling.WheelBuilder(str(ROOT))
    shipped = {Path(file.distribution_path).as_posix() for file in builder.recurse_included_files()}
    assert "cda_tools/py.typed" in shipped
    assert builder.config.force_include[str(ROOT / "schemas")] == "cda_tools/schemas"
    assert not [name for name in shipped if "profile_compiler" in name]
    made_from = {path.name for path in (ROOT / "profile_compiler").iterdir() if path.is_file()}
    assert not made_from & {path.name for path in (ROOT / "schemas").rglob("*")}


def test_a_missing_file_is_one_clear_line():
    with pytest.raises(ResourceError, match=r"« cda/none\.xsd » est introuvable"):
        resources.resource("cda", "none.xsd")


def test_an_installation_without_schemas_is_one_clear_line(monkeypatch, tmp_path):
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "a" / "b")
    resources.schemas.cache_clear()
    try:
        with pytest.raises(ResourceError, match="installation incomplète"):
            resources.schemas()
    finally:
        resources.schemas.cache_clear()


def test_all_that_the_package_exports_is_there():
    assert all(hasattr(cda_tools, name) for name in cda_tools.__all__)
    assert sorted(cda_tools.__all__) == list(cda_tools.__all__)
