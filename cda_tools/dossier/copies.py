"""The files of a dossier, copied under other names before anything is read.

Every piece is then made from the same bytes, whatever happens to the folder meanwhile, and no
piece can show a name that it has never seen.
"""

import re
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cda_tools.carriers.sources import STANDARD_INPUT, Source
from cda_tools.errors import InputError, os_reason
from cda_tools.reports import digests
from cda_tools.reports.paths import below

FOLDER = "documents"
_SUFFIXES = frozenset({".xml", ".cda", ".hl7", ".er7", ".zip", ".xdm", ".eml", ".mbox", ".b64"})
_REQUEST = ".request"
# What IHE XDM names itself; a name of that form says nothing of a patient.
_PLAIN = re.compile(
    r"(?:IHE_XDM|SUBSET\d+|DOC\d+|METADATA|INDEX|README|STYLE|[A-Z]{1,4}\d+)$", re.I
)
_IS_FILE = re.compile(r"/|\.[A-Za-z]\w{1,4}$")


@dataclass(frozen=True, slots=True)
class Copy:
    """One file: ``name`` in the dossier, ``digest``: SHA-256 in hexadecimal, ``size`` in bytes.

    Of the folder of an unpacked archive, each of its files is one.
    """

    name: str
    digest: str
    size: int


class Copies:
    """Copies sources below a folder, under pseudonyms unless ``named``."""

    def __init__(self, folder: Path, roots: Iterable[str] = (), *, named: bool = False) -> None:
        """Copy below ``folder``; ``roots``: the paths that were given, for names to start at."""
        self._folder, self._roots, self._named = folder, tuple(roots), named
        self._taken: set[str] = set()
        self.files: list[Copy] = []
        self.paths: list[str] = []
        """The sources that were copied, in their order, below the folder."""
        self.unread: list[str] = []
        self.inner: set[str] = set()
        """Names inside archives that may name someone."""

    def add(self, sources: Iterable[Source]) -> None:
        """Copy each source; one that cannot be read is noted in ``unread``, by its new name.

        Raise InputError where the folder cannot be written.
        """
        found = list(sources)
        numbers = {one.path: number for number, one in enumerate(found, start=1)}
        for source in found:
            name = f"{FOLDER}/{self._name(source, numbers)}"
            target = self._folder / name
            self.paths.append(name)
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                self._copy(source, target)
            except OSError as error:
                self.unread.append(f"{name} : {os_reason(error)}")
                self.paths.pop()
                continue
            self._note(target)

    def note_visit(self, path: Path) -> None:
        """List the file of the last visit, which is read where it is.

        Raise InputError where it cannot be read.
        """
        suffix = path.suffix.lower() if len(path.suffix) <= 8 else ""
        try:
            size = path.stat().st_size
        except OSError as error:
            raise InputError(f"{path.name} : {os_reason(error)}") from None
        self.files.append(Copy(f"visite{suffix}", digest(path), size))

    def _copy(self, source: Source, target: Path) -> None:
        path = Path(source.path)
        if source.data is not None:
            target.write_bytes(source.data)
        elif path.is_dir():
            shutil.copytree(path, target, ignore=partial(_only_archive, str(path)))
        else:
            shutil.copyfile(path, target)

    def _name(self, source: Source, numbers: Mapping[str, int]) -> str:
        path, number = Path(source.path), numbers[source.path]
        if self._named and source.path != STANDARD_INPUT:
            parts = below(source.path, self._roots).replace("\\", "/").split("/")
            name = "/".join(one for one in parts if one not in {"", ".", ".."} and ":" not in one)
            name = name or f"document-{number:04d}"
            name = f"{number:04d}/{name}" if name in self._taken else name
        else:
            request = ""
            if path.stem.endswith(_REQUEST):  # goes with its answer, by its name
                request = _REQUEST
                answer = path.with_name(path.stem.removesuffix(_REQUEST) + path.suffix)
                number = numbers.get(str(answer), number)
            suffix = path.suffix.lower()
            name = f"document-{number:04d}{request}{suffix if suffix in _SUFFIXES else ''}"
        self._taken.add(name)
        return name

    def _note(self, target: Path) -> None:
        files = sorted(one for one in target.rglob("*") if one.is_file()) if target.is_dir() else []
        for file in files or [target]:
            name = file.relative_to(self._folder).as_posix()
            if files:
                self._note_inner(file.relative_to(target).as_posix())
            self.files.append(Copy(name, digest(file), file.stat().st_size))
        if not self._named and not files and zipfile.is_zipfile(target):
            try:
                with zipfile.ZipFile(target) as archive:
                    for inner in archive.namelist():
                        self._note_inner(inner)
            except (zipfile.BadZipFile, OSError, ValueError):
                return  # reading it says what is wrong with it

    def _note_inner(self, path: str) -> None:
        parts = [one for one in path.split("/") if one]
        if not self._named and not all(_PLAIN.match(Path(one).stem) for one in parts):
            self.inner.add(path.rstrip("/"))

    def masks(self, insides: Iterable[str | None] = ()) -> list[tuple[str, str]]:
        """Return (name, what stands for it) of names inside archives, the longest first.

        ``insides``: names that carriers gave to their documents.
        """
        if self._named:
            return []
        for inside in insides:
            if inside and _IS_FILE.search(inside):
                self._note_inner(inside)
        found: dict[str, str] = {}
        for number, path in enumerate(sorted(self.inner), start=1):
            suffix = Path(path).suffix if len(Path(path).suffix) <= 5 else ""
            found[path] = f"contenu-{number}{suffix}"
            base = path.rpartition("/")[2]
            if "." in base and not _PLAIN.match(Path(base).stem):
                found.setdefault(base, found[path])
        return sorted(found.items(), key=lambda item: (-len(item[0]), item))


def digest(path: Path) -> str:
    """Return a file's SHA-256; raise InputError where it cannot be read."""
    try:
        return digests.digest(path)
    except OSError as error:
        raise InputError(f"{path.name} : {os_reason(error)}") from None


def _only_archive(top: str, folder: str, names: list[str]) -> list[str]:
    """Return what of an unpacked archive's folder is no part of it: it is copied by itself."""
    if folder != top:
        return []
    return [one for one in names if one.upper() not in {"IHE_XDM", "INDEX.HTM", "README.TXT"}]
