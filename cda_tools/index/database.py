"""The SQLite file: its tables, what is written in it, what is read from it."""

import json
import os
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from cda_tools.chains.entry import mentioned
from cda_tools.document import Document
from cda_tools.errors import InputError
from cda_tools.index import codec
from cda_tools.index.pseudonyms import KEY_SIZE, Pseudonymiser
from cda_tools.model.carriage import Context, Received
from cda_tools.model.header import Header
from cda_tools.rules.finding import Finding, Severity

_FORMAT = 2
_APPLICATION = 0x43444154  # "CDAT", in the file's own header

_TABLES = """
CREATE TABLE secret (key BLOB NOT NULL);
CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE,
    signature TEXT NOT NULL
);
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
    inside BLOB NOT NULL,
    carrier TEXT NOT NULL,
    header TEXT,
    context TEXT,
    digest TEXT,
    findings TEXT NOT NULL
);
CREATE INDEX documents_of_file ON documents (file);
CREATE TABLE mentions (
    key TEXT NOT NULL,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    PRIMARY KEY (key, document)
) WITHOUT ROWID;
CREATE INDEX mentions_of_document ON mentions (document);
"""
_DOCUMENTS = """
SELECT files.path, inside, carrier, header, context, digest, findings
FROM documents JOIN files ON files.id = documents.file
"""


class Kept(NamedTuple):
    """A document as the index keeps it; ``document.header`` is without the patient's identity."""

    document: Document
    digest: str | None

    @property
    def received(self) -> Received | None:
        """Return what chains and intake work on; None for a document that has no header."""
        one = self.document
        if one.header is None:
            return None
        return Received(one.path, one.header, one.carrier, one.context, self.digest)


class Index:
    """An open index; a context manager. ``pseudonymiser`` makes other headers comparable."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Open an index; raise InputError where the file is none, or cannot be opened."""
        self.path = path
        if not create and not path.exists():
            raise InputError(f"{path} : fichier introuvable")
        if create and not path.exists():
            # For its owner alone: it holds health data. What stands in the way, SQLite tells.
            with suppress(OSError):
                path.touch(mode=0o600)
        try:
            # No transaction is opened behind our back: the places that write say so.
            self._connection = sqlite3.connect(path, timeout=30, isolation_level=None)
        except sqlite3.Error as error:
            raise _unusable(path, error) from None
        try:
            with self._errors():
                self._prepare(create)
                (key,) = self._connection.execute("SELECT key FROM secret").fetchone()
        except InputError:
            self._connection.close()
            raise
        self.pseudonymiser = Pseudonymiser(key)

    def __enter__(self) -> "Index":
        """Return the index itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self._connection.close()

    def _prepare(self, create: bool) -> None:
        run = self._connection.execute
        run("PRAGMA foreign_keys = ON")
        if create and run("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            with self.writing():
                for statement in _TABLES.strip().split(";\n"):
                    run(statement.rstrip(";"))
                run("INSERT INTO secret VALUES (?)", (secrets.token_bytes(KEY_SIZE),))
                run(f"PRAGMA application_id = {_APPLICATION}")
                run(f"PRAGMA user_version = {_FORMAT}")
        if run("PRAGMA application_id").fetchone() != (_APPLICATION,):
            raise InputError(f"{self.path} : base SQLite qui n'est pas un index de cda-tools")
        if run("PRAGMA user_version").fetchone() != (_FORMAT,):
            raise InputError(f"{self.path} : index d'une autre version de cda-tools, à refaire")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Run a transaction: all of it is kept, even if the program dies right after, or none."""
        with self._errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise _unusable(self.path, error) from None

    def signatures(self) -> dict[str, tuple[int, str]]:
        """Return, for each file's absolute path, its number and its signature."""
        with self._errors():
            rows = self._connection.execute("SELECT path, id, signature FROM files")
            return {os.fsdecode(path): (number, signature) for path, number, signature in rows}

    def put(self, path: str, signature: str, documents: Iterable[Kept]) -> None:
        """Keep a file's documents in the place of those it had. To be called while writing."""
        run = self._connection.execute
        run("DELETE FROM files WHERE path = ?", (os.fsencode(path),))
        cursor = run(
            "INSERT INTO files (path, signature) VALUES (?, ?)", (os.fsencode(path), signature)
        )
        for kept in documents:
            self._put_document(cursor.lastrowid, path, kept)

    def _put_document(self, file: int | None, path: str, kept: Kept) -> None:
        one = kept.document
        header = self.pseudonymiser.header(one.header) if one.header else None
        row = (
            file,
            os.fsencode(one.path.removeprefix(path)),
            one.carrier,
            codec.dumps(header) if header else None,
            codec.dumps(one.context) if one.context else None,
            kept.digest,
            json.dumps([_finding_row(finding) for finding in one.findings]),
        )
        cursor = self._connection.execute(
            "INSERT INTO documents (file, inside, carrier, header, context, digest, findings)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            row,
        )
        if header is None:
            return
        keys = mentioned(Received(one.path, header, one.carrier, one.context))
        self._connection.executemany(
            "INSERT OR IGNORE INTO mentions VALUES (?, ?)",
            [(key, cursor.lastrowid) for key in keys],
        )

    def forget(self, numbers: Iterable[int]) -> None:
        """Drop files and their documents. To be called while writing."""
        self._connection.executemany("DELETE FROM files WHERE id = ?", [(n,) for n in numbers])

    def documents(self) -> Iterator[Kept]:
        """Yield every document, by path."""
        with self._errors(), closing(self._connection.cursor()) as cursor:
            for row in cursor.execute(f"{_DOCUMENTS} ORDER BY files.path, documents.id"):
                yield self._kept(row)

    def mentioning(self, keys: Iterable[str]) -> list[Received]:
        """Return the documents that mention one of the keys.

        See :func:`cda_tools.chains.entry.mentioned`.
        """
        found: dict[int, Received] = {}
        with self._errors():
            for key in keys:
                rows = self._connection.execute(
                    "SELECT document FROM mentions WHERE key = ?", (key,)
                ).fetchall()
                for (number,) in rows:
                    if number not in found:
                        row = self._connection.execute(
                            f"{_DOCUMENTS} WHERE documents.id = ?", (number,)
                        ).fetchone()
                        one = self._kept(row).received
                        assert one is not None
                        found[number] = one
        return list(found.values())

    def _kept(self, row: tuple[bytes, bytes, str, str, str, str, str]) -> Kept:
        path, inside, carrier, header, context, digest, findings = row
        try:
            document = Document(
                path=os.fsdecode(path) + os.fsdecode(inside),
                carrier=carrier,
                header=codec.loads(header, Header) if header else None,
                findings=tuple(_finding(one) for one in json.loads(findings)),
                context=codec.loads(context, Context) if context else None,
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            raise InputError(f"{self.path} : index endommagé, à refaire") from None
        return Kept(document, digest)


def _finding_row(finding: Finding) -> list[Any]:
    return [
        finding.rule,
        finding.severity.value,
        finding.layer,
        finding.location,
        finding.line,
        dict(finding.fields),
        finding.text,
    ]


def _finding(row: list[Any]) -> Finding:
    rule, severity, layer, location, line, fields, text = row
    return Finding(rule, Severity(severity), layer, location, line, tuple(fields.items()), text)


def _unusable(path: Path, error: sqlite3.Error) -> InputError:
    busy = "locked" in str(error) or "busy" in str(error)
    reason = "occupé par un autre programme" if busy else f"illisible ou endommagé ({error})"
    return InputError(f"{path} : index {reason}")
