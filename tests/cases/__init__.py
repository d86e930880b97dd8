"""The cases: documents, messages and archives that keep to a rule, and that break it.

``python -m tests.cases`` writes all that is made, ``python -m tests.cases --check`` compares.
README.md beside this file says how to add a case.
"""

import importlib
import pkgutil
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
BY_HAND = ("cases.tsv", "complete-header.xml", "README.md")  # the sources of makers
_OF_PYTHON = ("makers", "__pycache__")


@cache
def made() -> dict[str, bytes]:
    """Return every made file by its path from the root of the project."""
    return {path: content for maker in _makers() for path, content in maker.files().items()}


def layers() -> list[Path]:
    """Return the folder of each layer or subject."""
    return sorted(p for p in FOLDER.iterdir() if p.is_dir() and p.name not in _OF_PYTHON)


def stale() -> list[str]:
    """Return the files that stand in a made folder and that no maker makes."""
    folders = {FOLDER / layer for maker in _makers() for layer in maker.LAYERS}
    found = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    names = sorted(path.relative_to(ROOT).as_posix() for path in found)
    return [name for name in names if name not in made() and not name.endswith(BY_HAND)]


def differences() -> list[str]:
    """Return what the folder and its makers do not agree on, a line each."""
    told = [f"{path}: not made by any maker" for path in stale()]
    for path, content in made().items():
        file = ROOT / path
        if not file.is_file():
            told.append(f"{path}: missing")
        elif file.read_bytes() != content:
            told.append(f"{path}: not what its maker makes")
    return told


def write() -> None:
    """Write every made file, and remove those of no case."""
    for path in stale():
        (ROOT / path).unlink()
    for path, content in made().items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_bytes(content)


def _makers():
    folder = str(Path(__file__).parent / "makers")
    names = sorted(module.name for module in pkgutil.iter_modules([folder]))
    return [importlib.import_module(f".makers.{name}", __package__) for name in names]
