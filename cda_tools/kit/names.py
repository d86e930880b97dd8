"""The names under which the user's kits were added: ``cda-tools kit add``."""

import json
import os
import re
from pathlib import Path

from platformdirs import user_config_path

from cda_tools.errors import InputError, os_reason
from cda_tools.kit.kept import replace

FILE = "CDA_TOOLS_KITS"
"""The environment variable that names another file of names."""
_NAME = re.compile(r"[\w][\w.\-]*")


def file() -> Path:
    """Return the file of the names: JSON, from each name to the kit's folder."""
    chosen = os.environ.get(FILE)
    return Path(chosen) if chosen else user_config_path("cda-tools", appauthor=False) / "kits.json"


def names() -> dict[str, Path]:
    """Return the folders by name; raise InputError where the file cannot be read."""
    try:
        table = json.loads(file().read_text(encoding="utf-8"))
        return {str(name): Path(path) for name, path in table.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError, TypeError):
        raise InputError(f"{file()} : liste de kits illisible") from None


def check(name: str) -> None:
    """Raise InputError for a name that is none."""
    if not _NAME.fullmatch(name):
        raise InputError(f"« {name} » : un nom de kit a des lettres, chiffres, tirets et points")


def add(name: str, path: Path) -> None:
    """Give a name to a folder; raise InputError for a name that is none."""
    check(name)
    _write({**names(), name: path.resolve()})


def remove(name: str) -> None:
    """Take a name away; raise InputError where there is none such."""
    known = names()
    if name not in known:
        raise InputError(f"kit inconnu : {name} ({', '.join(sorted(known)) or 'aucun kit ajouté'})")
    del known[name]
    _write(known)


def path_of(location: str) -> tuple[Path, str]:
    """Return the folder and the name of a kit given by its name or by its folder.

    A name that was added stands before a folder of that name. Raise InputError for neither.
    """
    known = names()
    if location in known:
        return known[location], location
    path = Path(location)
    if path.is_dir():
        resolved = path.resolve()
        added = next((name for name, folder in known.items() if folder == resolved), None)
        return resolved, added or resolved.name
    raise InputError(f"kit inconnu : {location} (ni un nom ajouté par « kit add », ni un dossier)")


def _write(table: dict[str, Path]) -> None:
    text = json.dumps(
        {name: str(table[name]) for name in sorted(table)}, ensure_ascii=False, indent=1
    )
    try:
        replace(file(), text.encode())
    except OSError as error:
        raise InputError(f"{file()} : {os_reason(error)}") from None
