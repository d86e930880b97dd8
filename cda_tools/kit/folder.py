"""Opens the files of a kit, and nothing outside it.

Kits are written on Windows: a name is found with its letter case, its Unicode form and its
percent-encoding forgiven, and what had to be forgiven is remembered.
"""

import os
import posixpath
import unicodedata
from pathlib import Path
from urllib.parse import unquote

from lxml.etree import _Element

from cda_tools.errors import InputError, os_reason
from cda_tools.reading import safexml

# The whole of a file is read: none of the official ones comes near, LOINC aside (60 MB).
LARGEST = 128 * 1024 * 1024
_SCHEMATRONS = "schematrons"
_MOST_NAMES = 10_000


class Unreadable(Exception):
    """A file of the kit cannot be used; the message says why, in French, without its name."""


class Folder:
    """The files of one kit, by names relative to its root, ``/`` between the parts."""

    def __init__(self, root: Path) -> None:
        """Take ``root``, which holds the folder ``schematrons``."""
        self.root = root.resolve()
        self.forgiven: dict[str, str] = {}
        self._names: dict[Path, dict[str, str]] = {}
        self._found: dict[str, Path | None] = {}

    def resolve(self, href: str, beside: str) -> str:
        """Return the name that ``href`` means in the file ``beside``.

        Raise Unreadable where it leads out of the kit.
        """
        name = posixpath.normpath(posixpath.join(posixpath.dirname(beside), href))
        if name.startswith(("..", "/")) or "\\" in name or ":" in name:
            raise Unreadable("le nom mène hors du kit")
        return name

    def find(self, name: str) -> Path | None:
        """Return the file of that name; None where there is none inside the kit.

        Each name is looked for once: a kit names the same value set in many Schematrons.
        """
        if name not in self._found:
            if len(self._found) >= _MOST_NAMES:
                self._found.clear()
            self._found[name] = self._find(name)
        return self._found[name]

    def _find(self, name: str) -> Path | None:
        where = self.root
        found: list[str] = []
        for part in name.split("/"):
            actual = self._entry(where, part)
            if actual is None:
                return None
            where /= actual
            found.append(actual)
        if not where.is_file() or not self._inside(where):
            return None
        if (actual := "/".join(found)) != name:
            self.forgiven[name] = actual
        return where

    def _inside(self, path: Path) -> bool:
        """Tell whether a path stays in the kit: a symbolic link may lead anywhere."""
        real = os.path.realpath(path)
        return real == str(path) or Path(real).is_relative_to(self.root)

    def read(self, name: str) -> bytes:
        """Return the bytes of a file; raise Unreadable."""
        path = self.find(name)
        if path is None:
            raise Unreadable("fichier absent")
        try:
            if path.stat().st_size > LARGEST:
                raise Unreadable("fichier trop volumineux")
            return path.read_bytes()
        except OSError as error:
            raise Unreadable(f"lecture impossible ({os_reason(error)})") from None

    def xml(self, name: str) -> _Element:
        """Return the root element of an XML file, without DTD nor entity; raise Unreadable."""
        return parse(self.read(name))

    def files(self, folder: str, suffix: str) -> list[str]:
        """Return the names of the files of a folder with that ending, sorted."""
        where = self._folder(folder)
        if where is None:
            return []
        prefix = where.relative_to(self.root).as_posix()
        names = set(self._listed(where).values())
        return sorted(f"{prefix}/{name}" for name in names if name.casefold().endswith(suffix))

    def below(self, folder: str, suffixes: tuple[str, ...]) -> list[str]:
        """Return the names of the files at any depth below a folder, sorted without their case."""
        where = self._folder(folder)
        found = []
        for parent, _, names in os.walk(where) if where else ():
            prefix = Path(parent).relative_to(self.root).as_posix()
            found += [f"{prefix}/{name}" for name in names if name.casefold().endswith(suffixes)]
        return sorted(found, key=lambda name: (name.casefold(), name))

    def _folder(self, folder: str) -> Path | None:
        where = self.root
        for part in folder.split("/"):
            actual = self._entry(where, part)
            if actual is None:
                return None
            where /= actual
        return where

    def _entry(self, folder: Path, part: str) -> str | None:
        if part in {"", ".", ".."}:
            return None
        names = self._listed(folder)
        for candidate in (part, unquote(part)):
            if candidate in names:
                return names[candidate]
            if (folded := _folded(candidate)) in names:
                return names[folded]
        return None

    def _listed(self, folder: Path) -> dict[str, str]:
        """Return the names in a folder by themselves and, after those, by their folded form."""
        if folder not in self._names:
            try:
                names = sorted(entry.name for entry in folder.iterdir())
            except OSError:
                names = []
            listed = {name: name for name in names}
            for name in names:
                listed.setdefault(_folded(name), name)
            self._names[folder] = listed
        return self._names[folder]


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def parse(data: bytes) -> _Element:
    """Return the root element of a kit's XML; raise Unreadable."""
    try:
        return safexml.parse(data)
    except safexml.XmlRefused as refusal:
        raise Unreadable(f"XML refusé : {refusal.finding.message.rstrip('.')}") from None


def open_folder(path: Path) -> Folder:
    """Return the kit at ``path``: its root, or a folder that holds the root, two levels at most.

    Raise InputError where there is no folder ``schematrons``, or several of them.
    """
    if not path.is_dir():
        raise InputError(f"{path} : pas de dossier à cet endroit")
    for depth in range(3):
        roots = [
            folder
            for folder in _levels(path, depth)
            if any(e.is_dir() and e.name.casefold() == _SCHEMATRONS for e in _entries(folder))
        ]
        if len(roots) > 1:
            names = ", ".join(sorted(root.relative_to(path).as_posix() for root in roots))
            raise InputError(f"{path} : plusieurs kits ({names}), lequel prendre ?")
        if roots:
            return Folder(roots[0])
    raise InputError(
        f"{path} : aucun dossier « {_SCHEMATRONS} », ce n'est pas un kit TestContenuCDA"
    )


def _levels(path: Path, depth: int) -> list[Path]:
    folders = [path]
    for _ in range(depth):
        folders = [entry for folder in folders for entry in _entries(folder) if entry.is_dir()]
    return folders


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
