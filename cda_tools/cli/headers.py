"""PATH arguments to documents read from their headers, where a path may also be an index."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from cda_tools.carriers.sources import STANDARD_INPUT, is_index
from cda_tools.cli import inputs
from cda_tools.document import Document, read_carried_header
from cda_tools.reading.safexml import Limits


def documents(paths: Iterable[str], limits: Limits) -> Iterator[Document]:
    """Yield the documents of paths, with their headers alone; an index gives those it has."""
    files, indexes = split(paths)
    for path in indexes:
        from cda_tools.index import Index  # noqa: PLC0415  the line of a file needs no database

        with Index(path) as index:
            yield from index.documents()
    for carried in inputs.carried(files) if files or not indexes else ():
        yield read_carried_header(carried, limits)


def split(paths: Iterable[str]) -> tuple[list[str], list[Path]]:
    """Return the paths of documents and folders, and those of SQLite files."""
    files: list[str] = []
    indexes: list[Path] = []
    for path in paths:
        # os.path says False where pathlib raises: in a folder that may not be entered.
        is_file = path != STANDARD_INPUT and os.path.isfile(path)  # noqa: PTH113
        if is_file and is_index(Path(path)):
            indexes.append(Path(path))
        else:
            files.append(path)
    return files, indexes
