"""Small files in Parquet: a cluster reads a few large files faster than a million small ones."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from cda_tools.arrow.schemas import utf8
from cda_tools.carriers.sources import Source
from cda_tools.carriers.walking import LeftOut
from cda_tools.document import found
from cda_tools.errors import InputError, os_reason
from cda_tools.reading.safexml import Limits
from cda_tools.reports.paths import shown

_SCHEMA = pa.schema([("path", pa.string()), ("content", pa.binary())])
# XML shrinks to a tenth or a fifth; content has no statistics or dictionary worth their place.
_WRITING = {"compression": "zstd", "use_dictionary": ["path"], "write_statistics": ["path"]}
_LARGEST = 1024**3
"""Bytes of a document: a column of Parquet's readers holds twice as much."""


@dataclass(slots=True)
class Packed:
    """What was packed. ``size``: bytes of documents. ``left_out``: path and French reason.

    ``passed_by``: what folders held that is no document.
    """

    documents: int = 0
    files: int = 0
    size: int = 0
    left_out: list[tuple[str, str]] = field(default_factory=list)
    passed_by: LeftOut = field(default_factory=LeftOut)


def pack(
    paths: Iterable[str], into: Path, row_group: int, file_size: int, limits: Limits
) -> Packed:
    """Write the files of ``paths`` as rows into Parquet files under ``into``.

    ``row_group``, ``file_size``: bytes of documents after which a row group, a file, is ended.
    Memory is that of a row group. Raise InputError where the folder is not empty or cannot be
    written.
    """
    try:
        into.mkdir(parents=True, exist_ok=True)
        if any(into.iterdir()):
            raise InputError(f"{into} : ce dossier n'est pas vide")
        return _packed(paths, into, row_group, file_size, limits)
    except OSError as error:
        raise InputError(f"{into} : {os_reason(error)}") from None


def _packed(
    paths: Iterable[str], into: Path, row_group: int, file_size: int, limits: Limits
) -> Packed:
    done = Packed()
    writer: pq.ParquetWriter | None = None
    rows: list[dict[str, object]] = []
    held = written = 0
    try:
        for source in found(paths, limits=limits, left_out=done.passed_by):
            data = _content(source, limits, done)
            if data is None:
                continue
            rows.append({"path": utf8(source.path), "content": data})
            done.documents += 1
            done.size += len(data)
            held += len(data)
            if held >= row_group:
                writer = _write(rows, into, writer, done)
                written, held, rows = written + held, 0, []
                if written >= file_size:
                    writer.close()
                    writer, written = None, 0
        if rows:
            writer = _write(rows, into, writer, done)
    finally:
        if writer is not None:
            writer.close()
    return done


def _content(source: Source, limits: Limits, done: Packed) -> bytes | None:
    most = min(limits.size, _LARGEST)
    try:
        data = source.data
        if data is None:
            with Path(source.path).open("rb") as file:
                data = file.read(most + 1)
    except OSError as error:
        done.left_out.append((shown(source.path), os_reason(error)))
        return None
    if len(data) > most:
        told = f"plus de {most // (1024 * 1024)} Mio (--max-size)"
        done.left_out.append((shown(source.path), told))
        return None
    return data


def _write(
    rows: list[dict[str, object]], into: Path, writer: pq.ParquetWriter | None, done: Packed
) -> pq.ParquetWriter:
    if writer is None:
        writer = pq.ParquetWriter(into / f"part-{done.files:05}.parquet", _SCHEMA, **_WRITING)
        done.files += 1
    writer.write_table(pa.Table.from_pylist(rows, _SCHEMA))
    return writer
