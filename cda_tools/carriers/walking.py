"""The files of a folder and below, in a stable order, whatever stands among them.

Each entry is guarded by itself: one that is damaged or endless never takes the others along. What
is passed by is counted.
"""

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cda_tools.carriers import sniffing
from cda_tools.carriers.opening import is_xdm_folder, kind_of_file

# In a folder, a file of these names is a document even where its content looks like nothing.
_SUFFIXES = frozenset({".xml", ".cda", ".hl7", ".er7"})
_ARCHIVES = frozenset({".zip", ".xdm"})
_XDM_FOLDER = "IHE_XDM"
UNFINISHED = ".cda-tools"
"""Ends the name of a hidden file that a run is writing: nothing of the user's, and not counted."""
_HIDDEN, _SPECIAL, _AGAIN, _ARCHIVE, _NO_SUFFIX, _CHOSEN = (
    "cachés",
    "tubes ou périphériques",
    "dossiers déjà parcourus",
    "archives sans document",
    "sans extension",
    "écartés par --include ou --exclude",
)
_ONE = {
    _HIDDEN: "caché",
    _SPECIAL: "tube ou périphérique",
    _AGAIN: "dossier déjà parcouru",
    _ARCHIVE: "archive sans document",
    _CHOSEN: "écarté par --include ou --exclude",
}


@dataclass(slots=True)
class LeftOut:
    """What walks passed by: how many, by suffix or by reason (French words)."""

    counts: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """Return how many entries were left out."""
        return self.counts.total()

    def note_choice(self) -> None:
        """Count a file that the user's patterns leave out."""
        self.counts[_CHOSEN] += 1

    def __str__(self) -> str:
        """Return the sentence for a summary: « 3 fichiers laissés de côté : 2 .pdf, 1 .txt »."""
        plural = "s" if self.total > 1 else ""
        told = ", ".join(
            f"{number} {_ONE.get(name, name) if number == 1 else name}"
            for name, number in sorted(self.counts.items())
        )
        return f"{self.total} fichier{plural} laissé{plural} de côté : {told}"


def files(path: Path, left_out: LeftOut | None = None, but: Sequence[Path] = ()) -> Iterator[Path]:
    """Yield a file itself, or the files of a folder and below, sorted.

    In a folder, hidden files are left out, pipes and devices, whose reading may never end, and
    what by content and name is no document and no carrier (a README, a PDF, an Office file). A
    folder or file that cannot be read is yielded, so that reading it says why. The folder IHE_XDM
    of an unpacked archive is one thing: the folder that holds it is yielded, before the other
    files in it. A folder to which several links lead is walked through once.

    ``but``: files that are neither yielded nor counted.
    """
    if not os.path.isdir(path):  # noqa: PTH112  False where pathlib raises: a name too long
        if not _is_among(path, but):
            yield path
        return
    left_out = LeftOut() if left_out is None else left_out
    seen: set[tuple[int, int]] = set()
    waiting = [path]
    while waiting:
        entry = waiting.pop()
        if not os.path.isdir(entry):  # noqa: PTH112
            yield entry
            continue
        identity = _identity(entry)
        if identity in seen:
            left_out.counts[_AGAIN] += 1
            continue
        if identity is not None:
            seen.add(identity)
        found = _entries(entry, left_out, but)
        if found is None:
            yield entry
            continue
        if is_xdm_folder(entry):
            yield entry
        waiting += reversed(found)


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino


def _entries(folder: Path, left_out: LeftOut, but: Sequence[Path]) -> list[Path] | None:
    """Return the folders and documents of a folder, sorted; None where it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries)
    except OSError:
        return None
    archive = is_xdm_folder(folder)
    found = []
    for name in names:
        path = folder / name
        if archive and name.upper() == _XDM_FOLDER:
            continue  # read with the folder that holds it
        if _is_among(path, but) or (name.startswith(".") and name.endswith(UNFINISHED)):
            continue
        if name.startswith("."):
            left_out.counts[_HIDDEN] += 1
        elif (reason := _why_not(path)) is None:
            found.append(path)
        elif not (archive and name.upper() in ("INDEX.HTM", "README.TXT")):
            left_out.counts[reason] += 1
    return found


def _why_not(path: Path) -> str | None:
    """Return why an entry of a folder is left out; None where it is taken."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return None  # a link that leads nowhere or to itself: reading it says so
    if stat.S_ISDIR(mode):
        return None
    if not stat.S_ISREG(mode):
        return _SPECIAL
    suffix = path.suffix.lower()
    if suffix in _SUFFIXES:
        return None
    kind = kind_of_file(path)
    if kind == sniffing.XDM or suffix in _ARCHIVES:
        return _ARCHIVE if _is_ordinary(path) else None
    return (suffix or _NO_SUFFIX) if kind is None else None


def _is_among(path: Path, others: Sequence[Path]) -> bool:
    return any(path.name == one.name and _same(path, one) for one in others)


def _same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False


def _is_ordinary(path: Path) -> bool:
    from cda_tools.carriers.xdm import layout  # noqa: PLC0415  imported only where used

    return layout.is_ordinary(path)
