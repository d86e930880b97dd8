"""Headers in one Parquet file: an index that DuckDB, Polars or Spark read as well.

The key under which patients are hashed is in the file's metadata, as in the SQLite index: whoever
has the file and a list of INS numbers can tell which of them are in it. Such a file is written by
:mod:`cda_tools.arrow.headers_file`.
"""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from cda_tools.closing import Closing
from cda_tools.errors import InputError
from cda_tools.index import codec
from cda_tools.index.pseudonyms import Pseudonymiser
from cda_tools.model.document import Document
from cda_tools.rules.finding import Finding, Severity

SECRET = b"cda-tools.secret"
"""Under which the key stands in the metadata, in hexadecimal."""


class HeadersFile(Closing):
    """An open file of headers, with what the SQLite index has for its readers."""

    def __init__(self, path: Path) -> None:
        """Open a file; raise InputError where it is none of ours, or damaged."""
        self.path = path
        try:
            self._file = pq.ParquetFile(path)
            metadata = self._file.schema_arrow.metadata or {}
            secret = bytes.fromhex(metadata[SECRET].decode("ascii"))
        except (OSError, pa.ArrowException, KeyError, ValueError):
            raise InputError(f"{path} : ce Parquet n'est pas un index de cda-tools") from None
        self.pseudonymiser = Pseudonymiser(secret)

    def close(self) -> None:
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
