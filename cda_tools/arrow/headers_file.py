"""Headers in one Parquet file: an index that DuckDB, Polars or Spark read as well.

The key under which patients are hashed is in the file's metadata, as in the SQLite index: whoever
has the file and a list of INS numbers can tell which of them are in it.
"""

import os
import secrets
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cda_tools.arrow.batches import Work, header_row
from cda_tools.arrow.schemas import HEADERS
from cda_tools.errors import InputError
from cda_tools.index import codec
from cda_tools.index.pseudonyms import KEY_SIZE, Pseudonymiser
from cda_tools.model.document import Document
from cda_tools.rules.finding import Finding, Severity

_SECRET = b"cda-tools.secret"
_FORM = {b"cda-tools.form": b"headers-1"}
_ROWS = 2048


def write(path: Path, documents: Iterable[Document]) -> int:
    """Write the headers of documents to a file that only its owner may read; return how many.

    The file is there only once it is whole. Raise InputError where it cannot be written.
    """
    work = Work(secret=secrets.token_bytes(KEY_SIZE))
    assert work.secret is not None
    schema = HEADERS.with_metadata({**_FORM, _SECRET: work.secret.hex().encode()})
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
        raise InputError(f"{path} : {error.strerror or 'écriture impossible'}") from None
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


class HeadersFile:
    """An open file of headers, with what the SQLite index has for its readers."""

    def __init__(self, path: Path) -> None:
        """Open a file; raise InputError where it is none of ours, or damaged."""
        self.path = path
        try:
            self._file = pq.ParquetFile(path)
            metadata = self._file.schema_arrow.metadata or {}
            secret = bytes.fromhex(metadata[_SECRET].decode("ascii"))
        except (OSError, pa.ArrowException, KeyError, ValueError):
            raise InputError(f"{path} : ce Parquet n'est pas un index de cda-tools") from None
        self.pseudonymiser = Pseudonymiser(secret)

    def __enter__(self) -> "HeadersFile":
        """Return the file."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        """Close it."""
        self._file.close()

    def documents(self) -> Iterator[Document]:
        """Yield the documents; raise InputError where a row cannot be read."""
        names = ["path", "carrier", "document", "findings"]
        try:
            for batch in self._file.iter_batches(columns=names):
                for row in batch.to_pylist():
                    findings = tuple(_finding(one) for one in row["findings"] or ())
                    yield _document(row["path"], row["carrier"], row["document"], findings)
        except (OSError, pa.ArrowException, ValueError):
            raise InputError(f"{self.path} : index endommagé, à refaire") from None

    def files(self) -> list[str]:
        """Return the files that the documents are from."""
        return list(dict.fromkeys(document.file for document in self.documents()))


def _document(path: str, carrier: str, text: str | None, findings: tuple[Finding, ...]) -> Document:
    if text is None:
        return Document(path, carrier=carrier, findings=findings)
    document = codec.document_from_text(text)
    return Document(
        document.file,
        inside=document.inside,
        carrier=document.carrier,
        header=document.header,
        context=document.context,
        findings=findings,
        digest=document.digest,
    )


def _finding(row: dict[str, str | int | None]) -> Finding:
    return Finding(
        str(row["rule"]),
        Severity(str(row["severity"])),
        str(row["layer"]),
        row["location"],  # type: ignore[arg-type]
        row["line"],  # type: ignore[arg-type]
        text=str(row["message"]),
    )
