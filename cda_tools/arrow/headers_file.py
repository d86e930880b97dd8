"""Writes headers to one Parquet file, which :mod:`cda_tools.index.headers_file` reads."""

import os
import secrets
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cda_tools.arrow.batches import Work, header_row
from cda_tools.arrow.schemas import HEADERS
from cda_tools.errors import InputError, os_reason
from cda_tools.index.headers_file import SECRET
from cda_tools.index.pseudonyms import KEY_SIZE, Pseudonymiser
from cda_tools.model.document import Document

_FORM = {b"cda-tools.form": b"headers-1"}
_ROWS = 2048


def write(path: Path, documents: Iterable[Document]) -> int:
    """Write the headers of documents to a file that only its owner may read; return how many.

    The file is there only once it is whole. Raise InputError where it cannot be written.
    """
    work = Work(secret=secrets.token_bytes(KEY_SIZE))
    assert work.secret is not None
    schema = HEADERS.with_metadata({**_FORM, SECRET: work.secret.hex().encode()})
    hiding = Pseudonymiser(work.secret)
    number = 0
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
        os.close(handle)
        try:
            with pq.ParquetWriter(name, schema, compression="zstd") as writer:
                for rows in _tables(documents, hiding):
                    writer.write_table(pa.Table.from_pylist(rows, schema))
                    number += len(rows)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{path} : {os_reason(error)}") from None
    return number


def _tables(documents: Iterable[Document], hiding: Pseudonymiser) -> Iterator[list[dict[str, Any]]]:
    rows = []
    for document in documents:
        rows.append(header_row(document, hiding))
        if len(rows) >= _ROWS:
            yield rows
            rows = []
    if rows:
        yield rows
