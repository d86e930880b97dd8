"""Batches of documents in, batches of rows out."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC
from hashlib import blake2b
from typing import Any

import pyarrow as pa

from cda_tools.arrow.schemas import (
    CONTENT,
    FILE,
    HEADERS,
    LINES,
    PATH,
    VALIDATION,
    is_file,
    output_schema,
    utf8,
    version_text,
)
from cda_tools.batch.work import Settings, results
from cda_tools.carriers.sources import Source
from cda_tools.chains.entry import mentioned
from cda_tools.document import UNREADABLE, Door
from cda_tools.errors import InputError
from cda_tools.index import codec
from cda_tools.index.pseudonyms import Pseudonymiser
from cda_tools.model.document import Document, known
from cda_tools.reading.decoded import bytes_of
from cda_tools.reading.safexml import DEFAULT, Limits
from cda_tools.reading.safexml import LAYER as XML
from cda_tools.reports import line as lines
from cda_tools.reports.inspection import header_to_json
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding
from cda_tools.validation import Options, troubles, validate

_ROWS = 1024
"""Rows of an output batch at most: a document's findings may be many."""

Batches = Iterable[pa.RecordBatch]
Rows = Callable[[Source], Iterator[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Work:
    """What to do with each document; frozen, so that it goes to a cluster as it is.

    ``options``: how to validate. ``limits``: of what is read. ``secret``: the key, of 16 to 64
    bytes, under which patients' identifiers are hashed: the same for documents whose chains are
    to be built; without it no hash leaves a document, and two patients' documents of one id are
    not told apart.
    """

    options: Options = field(default_factory=Options)
    limits: Limits = DEFAULT
    secret: bytes | None = field(default=None, repr=False)


def validate_batches(batches: Batches, work: Work | None = None) -> Iterator[pa.RecordBatch]:
    """Yield the verdict on each document (:data:`VALIDATION`): the rows of ``validate``.

    ``batches`` have ``path`` (string) and ``content`` (binary, or string: a text decoded once);
    or, in their place, ``file`` (binary: a file's name as the system has it), which is read where
    this runs. A row that is a carrier gives a row a document; more columns pass through.

    >>> import pyarrow as pa
    >>> from cda_tools.arrow import validate_batches
    >>> batch = pa.RecordBatch.from_pydict({"path": ["a.xml"], "content": [b"<a/>"]})
    >>> [row["valid"] for one in validate_batches([batch]) for row in one.to_pylist()]
    [False]
    """
    chosen = work or Work()
    settings = Settings(chosen.options, chosen.limits)

    def rows(source: Source) -> Iterator[dict[str, Any]]:
        for result in results(source, settings):
            yield _verdict(result.report.to_dict())

    yield from _mapped(batches, VALIDATION, rows, chosen)


def header_batches(batches: Batches, work: Work | None = None) -> Iterator[pa.RecordBatch]:
    """Yield the header of each document (:data:`HEADERS`); bodies are not read."""
    chosen = work or Work()
    hiding = Pseudonymiser(chosen.secret) if chosen.secret else None

    def rows(source: Source) -> Iterator[dict[str, Any]]:
        for document in _read(source, chosen, digests=True):
            yield header_row(document, hiding)

    yield from _mapped(batches, HEADERS, rows, chosen)


def line_batches(batches: Batches, work: Work | None = None) -> Iterator[pa.RecordBatch]:
    """Yield the line of each document (:data:`LINES`), as ``line`` shows that file alone."""
    chosen = work or Work()

    def rows(source: Source) -> Iterator[dict[str, Any]]:
        for one in lines.lines(_read(source, chosen)):
            found = lines.to_json(one)
            yield {**found, **(found["fields"] or {}), "findings": _findings(one.findings)}

    yield from _mapped(batches, LINES, rows, chosen)


def _mapped(
    batches: Batches, schema: pa.Schema, rows: Rows, work: Work
) -> Iterator[pa.RecordBatch]:
    """Yield the rows of every document; where something unforeseen breaks, its row says so."""
    for batch in batches:
        whole = output_schema(batch.schema, schema)
        others = [name for name in whole.names if name not in schema.names]
        beside = batch.select(others)
        made: list[dict[str, Any]] = []
        origins: list[int] = []  # of each row made: the row that it is of
        for number in range(batch.num_rows):
            for row in _guarded(batch, number, rows, work):
                # A name inside a carrier may be of any encoding.
                made.append(row | {"path": utf8(row["path"])})
                origins.append(number)
                if len(made) >= _ROWS:
                    yield _batch(made, schema, beside, origins, whole)
                    made, origins = [], []
        if made:
            yield _batch(made, schema, beside, origins, whole)


def _batch(
    made: list[dict[str, Any]],
    schema: pa.Schema,
    beside: pa.RecordBatch,
    origins: list[int],
    whole: pa.Schema,
) -> pa.RecordBatch:
    """Return rows with the columns that stood beside their documents, of whatever type."""
    ours = pa.RecordBatch.from_pylist(made, schema)
    if not beside.num_columns:
        return ours
    taken = beside.take(pa.array(origins, pa.int64()))
    return pa.RecordBatch.from_arrays([*ours.columns, *taken.columns], schema=whole)


def _guarded(
    batch: pa.RecordBatch, number: int, rows: Rows, work: Work
) -> Iterator[dict[str, Any]]:
    path = ""
    try:
        if is_file(batch.schema):
            path = os.fsdecode(batch.column(FILE)[number].as_py() or b"")
            source = Source(path)
        else:
            path = str(batch.column(PATH)[number].as_py() or "")
            source = Source(path, _bytes(batch.column(CONTENT)[number].as_py()))
        yield from rows(source)
    except InputError as error:
        reason = {"reason": str(error)}
        finding = texts.finding(UNREADABLE, layer=XML, location=None, line=None, **reason)
        yield _failed(path, finding, work)
    except Exception as error:  # a row, never an exception: one task must not end a job
        yield _failed(path, troubles.unexpected("lecture du document", error), work)


def _bytes(content: bytes | str | None) -> bytes:
    """Return a document's bytes; raise InputError, with the reason alone, where there are none."""
    if content is None:
        raise InputError("la colonne content est vide (NULL)")
    if not isinstance(content, (bytes, str)):
        raise InputError(f"la colonne content n'a ni octets ni texte ({type(content).__name__})")
    try:
        return bytes_of(content) if isinstance(content, str) else content
    except UnicodeEncodeError:
        raise InputError("la colonne content a un caractère incomplet") from None


def _failed(path: str, finding: Finding, work: Work) -> dict[str, Any]:
    """Return one row that any of the schemas takes the columns that it has from."""
    document = Document(path, findings=(finding,))
    verdict = _verdict(validate(document, work.options).to_dict())
    return header_row(document, None) | verdict | {"findings": _findings([finding])}


def _read(source: Source, work: Work, *, digests: bool = False) -> Iterator[Document]:
    door = Door(work.limits, digests=digests)
    for document in door.read([source]):
        yield door.with_digest(document) if digests else document


def _verdict(report: dict[str, Any]) -> dict[str, Any]:
    findings = [
        {"layer": layer["name"], **issue} for layer in report["layers"] for issue in layer["issues"]
    ]
    return report | {"findings": findings}


def _findings(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [{"layer": one.layer, **one.to_dict()} for one in findings]


def header_row(document: Document, hiding: Pseudonymiser | None) -> dict[str, Any]:
    """Return a row of HEADERS; ``hiding`` hashes the patient, who is left out without it."""
    found = header_to_json(document)
    header = document.header
    found["path"] = utf8(found["path"])
    date = header.date if header else None
    moment = date.moment if date else None
    found["date"] = moment.astimezone(UTC) if moment and moment.tzinfo else None
    found["date_written"] = date.raw if date else None
    found["version"] = version_text(found["version"])
    found["replaces"] = [
        parent | {"version": version_text(parent["version"])} for parent in found["replaces"]
    ]
    found["findings"] = _findings(document.findings)
    found["statement"] = document.is_statement
    kept = _without_identity(document, hiding)
    found["keys"] = [hashed(key) for one in known([kept]) for key in sorted(mentioned(one))]
    found["patients"] = _patients(kept) if hiding else None
    found["document"] = codec.document_to_text(kept) if header else None
    return found


def _without_identity(document: Document, hiding: Pseudonymiser | None) -> Document:
    """Return what chains are built from; without a key, patients are left out."""
    bare = replace(document, tree=None, findings=())
    if hiding:
        return hiding.document(bare)
    if bare.header is None:
        return bare
    shown = Pseudonymiser(bytes(16)).document(bare)
    assert shown.header is not None
    return replace(shown, header=replace(shown.header, patient=None))


def _patients(document: Document) -> list[str]:
    patient = document.header.patient if document.header else None
    return sorted({str(one) for one in patient.ids}) if patient else []


def hashed(text: str) -> int:
    """Return 63 bits of a hash; two texts of one hash only make a group larger than it need be."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) >> 1
