"""The one door to documents: paths, bytes and open files in, documents out.

Whatever takes a PATH takes a file, a folder (recursive), an index of ``cda-tools index``, or
``-`` (standard input: a document, a carrier, or a list of paths), and any carrier where a document
is. What cannot be read is a document with a finding: nothing is lost, and nothing is raised.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from cda_tools.carriers import Carried, open_bytes
from cda_tools.carriers.opening import open_stream
from cda_tools.carriers.reading import UNREADABLE, digest_of, read_carried, read_carried_header
from cda_tools.carriers.sources import (
    ALL,
    STANDARD_INPUT,
    Choice,
    Source,
    is_index,
    sources,
    standard_input,
)
from cda_tools.carriers.walking import LeftOut
from cda_tools.errors import InputError
from cda_tools.model.document import Document
from cda_tools.model.header import Header
from cda_tools.reading.digest import content_digest
from cda_tools.reading.safexml import DEFAULT, Limits

if TYPE_CHECKING:
    from cda_tools.index.pseudonyms import Pseudonymiser

__all__ = [
    "UNREADABLE",
    "Document",
    "Door",
    "Readable",
    "count",
    "found",
    "read",
    "read_all",
    "read_carried",
    "read_carried_header",
    "read_header",
]

Readable: TypeAlias = str | os.PathLike[str] | bytes | BinaryIO
"""A path, the bytes of a document or of a carrier, or a file open in binary mode."""


def read_all(
    source: Readable, limits: Limits = DEFAULT, *, headers: bool = False, checks: bool = True
) -> Iterator[Document]:
    """Yield every document of a path, of bytes or of an open file, in a stable order.

    ``headers``: read headers alone, and stop where bodies start; an index gives no more than
    headers, without the patient's identity. ``checks``: check messages against their documents and
    their guide; what counts them needs none of it, and takes less time without. What cannot be
    read is a document without header whose ``findings`` say why.
    Raise InputError for a path that does not exist or where no document is, for a source of
    another kind, and for an index that cannot be used.

    >>> from cda_tools import read_all
    >>> found = list(read_all("fixtures/gazelle/carriers/mdm-t02.hl7"))
    >>> [(document.path, document.header.version) for document in found]
    [('fixtures/gazelle/carriers/mdm-t02.hl7!OBX[1]', 1)]
    """
    if isinstance(source, (str, os.PathLike)):
        yield from Door(limits, whole=not headers, checks=checks).documents([_path(source)])
        return
    reader = read_carried_header if headers else read_carried
    for carried in _opened(source, limits, checks=checks):
        yield reader(carried, limits)


def read(source: Readable, limits: Limits = DEFAULT) -> Document:
    """Read one whole document from a path, from bytes or from a file open in binary mode.

    A bad document, or a file that cannot be read, is no exception: ``findings`` say what is
    wrong. Raise InputError where the source holds no document or several of them (see
    :func:`read_all`), or is of another kind.

    >>> from cda_tools import read
    >>> document = read("fixtures/gazelle/lettre-niveau-1-pdf.xml")
    >>> document.header.type.display_name
    "Lettre de liaison à la sortie d'un établissement de soins"
    """
    return read_carried(_only(source, limits), limits)


def read_header(source: Readable, limits: Limits = DEFAULT) -> Header:
    """Read a document's header alone: the body is not read, however big it is.

    Raise InputError where there is none to read.

    >>> from cda_tools import read_header
    >>> read_header("fixtures/gazelle/imagerie-v2.xml").version
    2
    """
    document = read_carried_header(_only(source, limits), limits)
    if document.header is None:
        reasons = " ".join(finding.message for finding in document.findings)
        raise InputError(f"{document.path} : {reasons}")
    return document.header


@dataclass(slots=True)
class Door:
    """Turns PATH arguments into documents, the same for every command.

    ``whole``: read whole documents, and not their headers alone. ``digests``: with a digest of
    each that is not a file by itself; :meth:`digest` has that of a file. ``pseudonymiser``: that
    of the index that was among the paths: other headers then lose the patient's identity in the
    same way as the index's have, so that they compare. ``checks``: as :func:`read_all` takes it.
    """

    limits: Limits = DEFAULT
    whole: bool = False
    digests: bool = False
    checks: bool = True
    pseudonymiser: "Pseudonymiser | None" = field(default=None, repr=False)
    left_out: LeftOut = field(default_factory=LeftOut)

    def documents(self, paths: Iterable[str]) -> Iterator[Document]:
        """Yield the documents of the paths; those of an index come first.

        Raise InputError on two indexes, whose patients do not compare, and as :func:`found`
        does for paths that do not exist or hold nothing.
        """
        files, indexes = split_indexes(paths)
        if self.whole:
            files, indexes = [*indexes, *files], []
        if len(indexes) > 1:
            raise InputError("un seul index à la fois : leurs patients ne se comparent pas")
        for path in indexes:
            yield from self._of_index(path)
        if files:
            some = found(files, limits=self.limits, left_out=self.left_out, once=True)
            yield from self.read(some)

    def read(self, some: Iterable[Source]) -> Iterator[Document]:
        """Yield the documents of files that were found."""
        reader = read_carried if self.whole else read_carried_header
        hide = self.pseudonymiser.document if self.pseudonymiser else None
        for source in some:
            for carried in source.open(self.limits, checks=self.checks):
                document = reader(carried, self.limits)
                if self.digests and isinstance(carried.source, bytes):
                    document = replace(document, digest=content_digest(carried.source))
                yield hide(document) if hide else document

    def digest(self, path: str) -> str | None:
        """Return the digest of a file whose document came without, None where it has none."""
        return digest_of(path, self.limits)

    def with_digest(self, document: Document) -> Document:
        """Return a document with the digest of the file that it is, where it came without."""
        if document.digest is not None or document.inside is not None or document.header is None:
            return document
        return replace(document, digest=self.digest(document.file))

    def _of_index(self, path: str) -> Iterator[Document]:
        from cda_tools.index.opening import open_index  # noqa: PLC0415  a file needs none

        with open_index(Path(path)) as index:
            self.pseudonymiser = index.pseudonymiser
            yield from index.documents()


def split_indexes(paths: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the paths of documents and folders, and those of indexes."""
    files: list[str] = []
    indexes: list[str] = []
    for path in paths:
        # os.path says False where pathlib raises: in a folder that may not be entered.
        is_file = path != STANDARD_INPUT and os.path.isfile(path)  # noqa: PTH113
        (indexes if is_file and is_index(Path(path)) else files).append(path)
    return files, indexes


def found(
    paths: Iterable[str],
    choice: Choice = ALL,
    limits: Limits = DEFAULT,
    left_out: LeftOut | None = None,
    *,
    once: bool = False,
) -> Iterator[Source]:
    """Yield the files under ``paths`` that ``choice`` takes, in a stable order.

    An index stands for the files that it was made of. A path that does not exist is yielded
    among others, so that reading it says so. Raise InputError where none of them exists, before
    anything is read, and where nothing at all is found. ``left_out`` counts what is passed by.
    ``once``: as :func:`standard_input` takes it.
    """
    paths = list(paths)
    left_out = LeftOut() if left_out is None else left_out
    missing = [one for one in paths if one != STANDARD_INPUT and not os.path.lexists(one)]
    if missing and len(missing) == len(paths):
        raise InputError(
            "\n".join(f"{path or '(chemin vide)'} : fichier introuvable" for path in missing)
        )
    nothing = True
    for path in paths:
        for source in _under(path, choice, limits, left_out, once=once):
            nothing = False
            yield source
    if nothing:
        told = f" : {left_out}" if left_out.total else ""
        raise InputError(f"{', '.join(paths)} : aucun document trouvé{told}")


def count(paths: Iterable[str], choice: Choice = ALL) -> int | None:
    """Return how many files ``found`` yields; None where standard input would have to be read."""
    paths = list(paths)
    if STANDARD_INPUT in paths:
        return None
    return sum(1 for path in paths for _ in _under(path, choice, DEFAULT, LeftOut()))


def _under(
    path: str, choice: Choice, limits: Limits, left_out: LeftOut, *, once: bool = False
) -> Iterator[Source]:
    if path == STANDARD_INPUT:
        yield from standard_input(sys.stdin.buffer, choice, limits, left_out, once=once)
        return
    _, indexes = split_indexes([path])
    if indexes:
        from cda_tools.index.opening import open_index  # noqa: PLC0415  a file needs none

        with open_index(Path(path)) as index:
            yield from sources(index.files(), choice, left_out)
        return
    yield from sources([path], choice, left_out)


def _opened(source: Readable, limits: Limits, *, checks: bool = True) -> Iterator[Carried]:
    """Yield what a source carries; its path, where it has one, is that of a single file."""
    if isinstance(source, (str, os.PathLike)):
        yield from Source(_path(source)).open(limits, checks=checks)
    elif isinstance(source, (bytes, bytearray, memoryview)):
        yield from open_bytes(bytes(source), STANDARD_INPUT, limits, checks=checks)
    else:
        name = getattr(source, "name", None)
        path = name if isinstance(name, str) else STANDARD_INPUT
        yield from open_stream(_reading(source), path, limits, checks=checks)


def _path(source: str | os.PathLike[str]) -> str:
    path = os.fspath(source)
    if path.lstrip("\ufeff \t\r\n").startswith("<"):
        raise InputError("un texte XML n'est pas un chemin : donner ses octets (bytes)")
    return path


def _reading(file: object) -> Callable[[int], bytes]:
    """Return what reads an open file; what it raises is InputError."""
    reading = getattr(file, "read", None)
    if reading is None:
        kind = type(file).__name__
        raise InputError(f"source de type {kind} : chemin, octets ou fichier ouvert attendu")

    def read(size: int) -> bytes:
        try:
            data = reading(size)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "fichier fermé ou illisible"
            raise InputError(f"lecture impossible : {reason}") from None
        if isinstance(data, str):
            raise InputError("fichier ouvert en mode texte : l'ouvrir en mode binaire")
        return bytes(data or b"")

    read(0)
    return read


def _only(source: Readable, limits: Limits) -> Carried:
    carried = list(_opened(source, limits))
    if len(carried) != 1:
        raise InputError(f"{len(carried)} documents, et non un seul")
    return carried[0]
