"""The files of an archive or an unpacked folder, read in memory and within limits.

Names are looked up, never written to a disk.
Source: IHE ITI TF-2 § 3.32 (ITI-32).
"""

import io
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from cda_tools.carriers.sniffing import ENOUGH
from cda_tools.reading.safexml import DEFAULT, Limits
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding

LAYER = "xdm"

MOST_ENTRIES = 2000
_MOST_DIRECTORY = MOST_ENTRIES * 1024
"""Bytes of a zip's central directory, which zipfile reads whole before it can be counted."""
HIGHEST_RATIO = 200
"""Bytes out for a byte in; XML rarely passes 50."""
_RATIO_FROM = 1024 * 1024
# The end of a zip (APPNOTE 4.3.14 to 4.3.16), its comment, and zip64's two records before it.
_END_SIZE, _LOCATOR_SIZE, _WIDE_END_SIZE = 22, 20, 56
_END_AT_MOST = _END_SIZE + 65535 + _LOCATOR_SIZE + _WIDE_END_SIZE
_TOTAL_FACTOR = 2
_BLOCK = 64 * 1024
# What zipfile and its decompressors raise of a damaged archive, beside their own.
_DAMAGED = (OSError, ValueError, LookupError, OverflowError, struct.error)
_MAC = "__macosx"
_LEFT_BEHIND = frozenset(
    {".ds_store", "thumbs.db", "desktop.ini", ".directory", "ehthumbs.db", ".gitkeep"}
)
_UTF_8_NAME = 0x800  # general purpose bit 11 (APPNOTE 4.4.4)


class Unreadable(Exception):
    """A file of the archive cannot be read; the message says why, in French."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file: ``name`` with slashes, without ``./``; ``compressed`` in bytes, 0 if it is not."""

    name: str
    opener: Callable[[], IO[bytes]] = field(repr=False)
    compressed: int = 0

    @property
    def folder(self) -> str:
        """Return the folder's name, "" at the top."""
        return self.name.rpartition("/")[0]


@dataclass(slots=True)
class Archive:
    """Files by the key of their name; what was wrong with the others; what was read so far.

    ``on_disk``: it is a folder, and no zip.
    """

    members: dict[str, Member] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    limits: Limits = DEFAULT
    total: int = 0
    on_disk: bool = False
    _read: dict[str, bytes] = field(default_factory=dict, repr=False)

    def find(self, folder: str, name: str) -> Member | None:
        """Return the file that a name in a folder means, whatever the case and form of either."""
        parts = [*folder.split("/"), *name.replace("\\", "/").split("/")]
        return self.members.get(_key("/".join(one for one in parts if one not in ("", "."))))

    def start(self, member: Member) -> bytes:
        """Return a file's first bytes, enough to tell what it is; raise Unreadable."""
        with _reading(), member.opener() as file:
            return file.read(ENOUGH)

    def read(self, member: Member) -> bytes:
        """Return a file's bytes, read once; raise Unreadable, also beyond the limits."""
        if (known := self._read.get(member.name)) is not None:
            return known
        content = bytearray()
        with _reading(), member.opener() as file:
            while block := file.read(_BLOCK):
                content += block
                self.total += len(block)
                if len(content) > self.limits.size:
                    raise Unreadable(f"plus de {self.limits.size // 1_048_576} Mio")
                if self.total > _TOTAL_FACTOR * self.limits.size:
                    most = _TOTAL_FACTOR * self.limits.size // 1_048_576
                    raise Unreadable(f"plus de {most} Mio dans l'archive")
                if member.compressed and len(content) > max(
                    _RATIO_FROM, HIGHEST_RATIO * member.compressed
                ):
                    raise Unreadable(f"taux de compression de plus de {HIGHEST_RATIO}")
        self._read[member.name] = bytes(content)
        return self._read[member.name]

    def add(self, name: str, opener: Callable[[], IO[bytes]], compressed: int = 0) -> None:
        """Keep a file under its name, unless that name is unsafe or taken."""
        shown = plain(name)
        if shown is None:
            self._note("XDM-15")
            return
        if "\\" in name:
            self._note("XDM-22")
        if not shown or is_left_behind(shown):
            return
        if _key(shown) in self.members:
            self._note("XDM-20")
            return
        self.members[_key(shown)] = Member(shown, opener, compressed)

    def _note(self, rule: str) -> None:
        # One finding a rule, however many names are at fault: a bomb may hold thousands.
        if all(one.rule != rule for one in self.findings):
            self.findings.append(finding(rule))


def _key(name: str) -> str:
    """Return what the forms of a name share: case, and accents composed or not."""
    return unicodedata.normalize("NFC", name).casefold()


def is_left_behind(name: str) -> bool:
    """Tell whether a system left a file there: nothing of a sender's."""
    parts = name.casefold().split("/")
    return parts[-1] in _LEFT_BEHIND or parts[-1].startswith(("._", "~$")) or _MAC in parts


def plain(name: str) -> str | None:
    """Return a name with slashes and without ``./``; None where it points out of the archive."""
    name = name.replace("\\", "/")
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if name.startswith("/") or ".." in parts or any(part[1:2] == ":" for part in parts[:1]):
        return None
    return "/".join(parts)


@contextmanager
def _reading() -> Iterator[None]:
    """Turn what reading a damaged archive raises into Unreadable."""
    try:
        yield
    except NotImplementedError:
        raise Unreadable("compression inconnue") from None
    except RuntimeError:
        raise Unreadable("entrée chiffrée") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, *_DAMAGED):
        raise Unreadable("données endommagées") from None


@contextmanager
def zipped(source: Path | bytes, limits: Limits) -> Iterator[Archive]:
    """Open a zip; raise Unreadable where it is none, or has too many entries."""
    with ExitStack() as stack:
        try:
            stream: IO[bytes] = (
                io.BytesIO(source)
                if isinstance(source, bytes)
                else stack.enter_context(source.open("rb"))
            )
            if _directory_size(stream) > _MOST_DIRECTORY:
                raise Unreadable(f"plus de {MOST_ENTRIES} entrées")
            archive = stack.enter_context(zipfile.ZipFile(stream))
        except (zipfile.BadZipFile, *_DAMAGED, NotImplementedError):
            raise Unreadable("ce n'est pas un zip lisible, ou il est tronqué") from None
        entries = archive.infolist()
        if len(entries) > MOST_ENTRIES:
            raise Unreadable(f"plus de {MOST_ENTRIES} entrées")
        found = Archive(limits=limits)
        for entry in entries:
            # A name may be empty, which zipfile itself does not expect.
            if entry.filename and not entry.is_dir():
                # An empty file has no ratio; a stored one has a ratio of 1.
                found.add(_name(entry), _opener(archive, entry), max(entry.compress_size, 1))
        yield found


def _name(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name; in UTF-8 also where its bytes are, and its flag does not say so."""
    if entry.flag_bits & _UTF_8_NAME or entry.filename.isascii():
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode()
    except UnicodeError:
        return entry.filename


def _directory_size(stream: IO[bytes]) -> int:
    """Return the bytes of the central directory that a zip's end tells, zip64 included."""
    end = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, end - _END_AT_MOST))
    tail = stream.read()
    stream.seek(0)
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + _END_SIZE:
        return 0
    (size,) = struct.unpack_from("<L", tail, place + 12)
    wide = place - _LOCATOR_SIZE - _WIDE_END_SIZE
    if wide >= 0 and tail.startswith(b"PK\x06\x06", wide):
        size = max(size, *struct.unpack_from("<Q", tail, wide + 40))
    return int(size)


def _opener(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.open(entry)


def unpacked(folder: Path, limits: Limits) -> Archive:
    """Return the files of the folder IHE_XDM in a folder; links are not followed.

    What else the folder holds is no part of the archive. Raise Unreadable.
    """
    found = Archive(limits=limits, on_disk=True)
    try:
        for number, path in enumerate(_files_of_archive(folder)):
            if number >= MOST_ENTRIES:
                raise Unreadable(f"plus de {MOST_ENTRIES} fichiers")
            name = str(PurePosixPath(*path.relative_to(folder).parts))
            found.add(name, _file_opener(path))
    except OSError:
        raise Unreadable("le dossier ne peut pas être parcouru") from None
    return found


def _files_of_archive(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.name.upper() == "IHE_XDM" and entry.is_dir() and not entry.is_symlink():
            yield from _files(entry)


def _files(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.is_symlink():
            continue
        if entry.is_dir():
            yield from _files(entry)
        elif entry.is_file():
            yield entry


def _file_opener(path: Path) -> Callable[[], IO[bytes]]:
    return lambda: path.open("rb")


def finding(rule: str, location: str | None = None, **fields: str | int) -> Finding:
    """Return a finding of this carrier."""
    return texts.finding(rule, layer=LAYER, location=location, line=None, **fields)
