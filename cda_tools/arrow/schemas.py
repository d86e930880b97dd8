"""The published schemas of what goes in and out; a change of one is a change of contract."""

import pyarrow as pa

PATH, CONTENT, FILE = "path", "content", "file"

_TEXT = pa.string()
_IDENTIFIER = pa.struct([("root", _TEXT), ("extension", _TEXT)])
_FINDING = pa.struct(
    [
        ("layer", _TEXT),
        ("rule", _TEXT),
        ("severity", _TEXT),
        ("message", _TEXT),
        ("location", _TEXT),
        ("line", pa.int64()),
    ]
)
_LAYER = pa.struct(
    [
        ("name", _TEXT),
        ("official", pa.bool_()),
        ("ran", pa.bool_()),
        ("valid", pa.bool_()),
        ("state", _TEXT),
    ]
)
_AUTHOR = pa.struct(
    [
        ("kind", _TEXT),
        ("name", _TEXT),
        ("profession", _TEXT),
        ("role", _TEXT),
        ("structure", _TEXT),
    ]
)
_PARENT = pa.struct(
    [("type", _TEXT), ("id", _IDENTIFIER), ("set_id", _IDENTIFIER), ("version", _TEXT)]
)
_MOMENT = pa.timestamp("us", tz="UTC")

VALIDATION = pa.schema(
    [
        ("path", _TEXT),
        ("valid", pa.bool_()),
        ("profile", _TEXT),
        ("edition", _TEXT),
        ("kit", _TEXT),
        ("layers", pa.list_(_LAYER)),
        ("findings", pa.list_(_FINDING)),
    ]
)
"""A row a document: the object of ``validate --format jsonl``, its findings beside its layers."""

HEADERS = pa.schema(
    [
        ("path", _TEXT),
        ("carrier", _TEXT),
        ("id", _IDENTIFIER),
        ("set_id", _IDENTIFIER),
        ("version", _TEXT),
        ("replaces", pa.list_(_PARENT)),
        ("type", pa.struct([("code", _TEXT), ("system", _TEXT), ("label", _TEXT)])),
        ("date", _MOMENT),
        ("date_written", _TEXT),
        ("title", _TEXT),
        ("authors", pa.list_(_AUTHOR)),
        ("confidentiality", _TEXT),
        ("language", _TEXT),
        ("body", _TEXT),
        ("templates", pa.list_(_TEXT)),
        ("line", _TEXT),
        ("findings", pa.list_(_FINDING)),
        ("statement", pa.bool_()),
        ("keys", pa.list_(pa.int64())),
        ("patients", pa.list_(_TEXT)),
        ("document", _TEXT),
    ]
)
"""A row a document. ``version``: an integer without bound, as text. ``date``: the moment, where
the document tells one; ``date_written``: as written. ``statement``: it is a message that carries
no document (an ACK, an ADT). ``keys``: hashes of what may link it to others. ``patients``: keyed
hashes. ``document``: what chains are built from, without identity; null for what has no header."""

LINES = pa.schema(
    [
        ("path", _TEXT),
        ("carrier", _TEXT),
        ("id", _IDENTIFIER),
        ("line", _TEXT),
        ("type", _TEXT),
        ("date", _TEXT),
        ("datetime", _TEXT),
        ("title", _TEXT),
        ("author", _TEXT),
        ("profession", _TEXT),
        ("structure", _TEXT),
        ("place", _TEXT),
        ("state", _TEXT),
        ("pdf", _TEXT),
        ("others", pa.int64()),
        ("findings", pa.list_(_FINDING)),
    ]
)
"""A row a document: the object of ``line --format json``."""

KEYS = pa.schema([("node", pa.int64()), ("key", pa.int64())])
"""An edge: a document, by a hash of its path, mentions an identifier, by a hash."""

CHAINS = pa.schema(
    [
        ("chain", _TEXT),
        ("by", _TEXT),
        ("current", _IDENTIFIER),
        (
            "documents",
            pa.list_(
                pa.struct(
                    [
                        ("path", _TEXT),
                        ("id", _IDENTIFIER),
                        ("set_id", _IDENTIFIER),
                        ("version", _TEXT),
                        ("date", _TEXT),
                        ("status", _TEXT),
                    ]
                )
            ),
        ),
        (
            "findings",
            pa.list_(
                pa.struct(
                    [
                        ("rule", _TEXT),
                        ("severity", _TEXT),
                        ("message", _TEXT),
                        ("location", _TEXT),
                        ("line", pa.int64()),
                        ("documents", pa.list_(pa.struct([("path", _TEXT), ("id", _IDENTIFIER)]))),
                    ]
                )
            ),
        ),
    ]
)
"""A row a chain: the objects of ``chain --format json``. A row whose ``chain`` is null has the
findings that concern several chains, or a document that could not be read."""


def utf8(text: str) -> str:
    """Return a text as Arrow has it: a path of another encoding with ``\\udce9`` for its bytes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def version_text(number: int | None) -> str | None:
    """Return a versionNumber as our columns have it: it has no bound."""
    return None if number is None else str(number)


def output_schema(given: pa.Schema, ours: pa.Schema) -> pa.Schema:
    """Return the schema of an output: ours, then what the input has beside the document itself.

    Raise ValueError where the input has a column of a name of ours, or neither path and content
    nor file.
    """
    document = {FILE} if is_file(given) else {PATH, CONTENT}
    missing = [name for name in (PATH, CONTENT) if name in document.difference(given.names)]
    if missing:
        raise ValueError(f"columns missing: {', '.join(missing)}")
    others = [one for one in given if one.name not in document]
    taken = [one.name for one in others if one.name in ours.names]
    if taken:
        raise ValueError(f"columns with names of the output: {', '.join(taken)}")
    return pa.schema([*ours, *others])


def is_file(given: pa.Schema) -> bool:
    """Tell whether an input names files to read, and does not bring what is in them."""
    return FILE in given.names and not {PATH, CONTENT}.intersection(given.names)
