"""The SQLite file: its tables, what is written in it, what is read from it."""

import json
import os
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from cda_tools.chains.entry import mentioned
from cda_tools.closing import Closing
from cda_tools.errors import InputError
from cda_tools.index import codec
from cda_tools.index.pseudonyms import KEY_SIZE, Pseudonymiser
from cda_tools.model.carriage import Context
from cda_tools.model.document import Document, Known, known
from cda_tools.model.header import Header, Identifier
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
# Made when the first visit is kept: most indexes have none.
_VISITS = """
CREATE TABLE IF NOT EXISTS visits (patient TEXT PRIMARY KEY, kept TEXT NOT NULL) WITHOUT ROWID
"""
_HAS_VISITS = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'visits'"


def is_kept(document: Document) -> bool:
    """Tell whether an index keeps it.

    Neither a message without document, nor an answer of the DMP that lists none, is kept.
    """
    known_of = document.header or document.context or document.findings
    return bool(known_of) and not document.is_statement


class Index(Closing):
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
            key = self._key()
        except InputError:
            self._connection.close()
            raise
        self.pseudonymiser = Pseudonymiser(key)

    def close(self) -> None:
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

    def _key(self) -> bytes:
        with self._errors():
            row = self._connection.execute("SELECT key FROM secret").fetchone()
        key = row[0] if row else None
        if not isinstance(key, bytes) or len(key) != KEY_SIZE:
            raise _damaged(self.path)
        return key

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
        except UnicodeDecodeError:  # a name of the database itself is damaged
            raise _damaged(self.path) from None

    def signatures(self) -> dict[str, tuple[int, str]]:
        """Return, for each file's absolute path, its number and its signature."""
        with self._errors():
            rows = self._connection.execute("SELECT path, id, signature FROM files").fetchall()
        return {self._path(path): (number, signature) for path, number, signature in rows}

    def files(self) -> list[str]:
        """Return the absolute paths of the files, sorted."""
        with self._errors():
            rows = self._connection.execute("SELECT path FROM files ORDER BY path").fetchall()
        return [self._path(path) for (path,) in rows]

    def _path(self, path: object) -> str:
        if not isinstance(path, bytes):
            raise _damaged(self.path)
        return os.fsdecode(path)

    def put(self, path: str, signature: str, documents: Iterable[Document]) -> None:
        """Keep a file's documents in the place of those it had. To be called while writing."""
        run = self._connection.execute
        run("DELETE FROM files WHERE path = ?", (os.fsencode(path),))
        cursor = run(
            "INSERT INTO files (path, signature) VALUES (?, ?)", (os.fsencode(path), signature)
        )
        for one in documents:
            self._put_document(cursor.lastrowid, one)

    def _put_document(self, file: int | None, one: Document) -> None:
        hidden = self.pseudonymiser.document(one)
        row = (
            file,
            os.fsencode(one.inside or ""),
            one.carrier,
            codec.dumps(hidden.header) if hidden.header else None,
            codec.dumps(hidden.context) if hidden.context else None,
            one.digest,
            json.dumps([_finding_row(finding) for finding in one.findings]),
        )
        cursor = self._connection.execute(
            "INSERT INTO documents (file, inside, carrier, header, context, digest, findings)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            row,
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO mentions VALUES (?, ?)",
            [(key, cursor.lastrowid) for one in known([hidden]) for key in mentioned(one)],
        )

    def forget(self, numbers: Iterable[int]) -> None:
        """Drop files and their documents. To be called while writing."""
        self._connection.executemany("DELETE FROM files WHERE id = ?", [(n,) for n in numbers])

    def documents(self) -> Iterator[Document]:
        """Yield every document, by path; headers are without the patient's identity."""
        with self._errors(), closing(self._connection.cursor()) as cursor:
            for row in cursor.execute(f"{_DOCUMENTS} ORDER BY files.path, documents.id"):
                yield self._document(row)

    def mentioning(self, keys: Iterable[str]) -> list[Known]:
        """Return the documents that mention one of the keys.

        See :func:`cda_tools.chains.entry.mentioned`.
        """
        found: dict[int, Document] = {}
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
                        found[number] = self._document(row)
        return list(known(found.values()))

    def visit(self, ins: Identifier) -> str | None:
        """Return what was kept of a patient's last visit to the DMP, or None."""
        with self._errors():
            if not self._connection.execute(_HAS_VISITS).fetchone():
                return None
            found = self._connection.execute(
                "SELECT kept FROM visits WHERE patient = ?", (self.pseudonymiser.visit_key(ins),)
            ).fetchone()
        return found[0] if found else None

    def keep_visit(self, ins: Identifier, kept: str) -> None:
        """Keep what a visit leaves, in the place of what the last one left."""
        with self.writing():
            self._connection.execute(_VISITS)
            self._connection.execute(
                "INSERT OR REPLACE INTO visits VALUES (?, ?)",
                (self.pseudonymiser.visit_key(ins), kept),
            )

    def _document(self, row: tuple[bytes, bytes, str, str, str, str, str] | None) -> Document:
        try:
            if row is None:  # a mention of a document that is not there
                raise TypeError("row expected")
            file, inside, carrier, header, context, digest, findings = row
            found = Document(
                self._path(file),
                inside=os.fsdecode(inside) or None,
                carrier=_text(carrier) or "",
                header=codec.loads(header, Header) if header else None,
                context=codec.loads(context, Context) if context else None,
                findings=tuple(_finding(one) for one in json.loads(findings)),
                digest=_text(digest),
            )
            if not is_kept(found):
                raise TypeError("a header, a context or a finding expected")
            return found
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise _damaged(self.path) from None


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
    found = Finding(rule, Severity(severity), layer, location, line, tuple(fields.items()), text)
    _ = found.message  # a rule of another version, or fields that are not its own
    return found


def _text(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError("text expected")
    return value


def _damaged(path: Path) -> InputError:
    return InputError(f"{path} : index endommagé, à refaire")


def _unusable(path: Path, error: sqlite3.Error) -> InputError:
    busy = "locked" in str(error) or "busy" in str(error)
    reason = "occupé par un autre programme" if busy else f"illisible ou endommagé ({error})"
    return InputError(f"{path} : index {reason}")
