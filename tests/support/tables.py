"""Documents as Arrow batches, and rows back as the command line's objects."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
from click.testing import CliRunner

from cda_tools.cli import cli

INPUT = pa.schema([("path", pa.string()), ("content", pa.binary())])


def batches(paths: list[Path], size: int = 3) -> list[pa.RecordBatch]:
    """Return the files as batches of ``size`` rows."""
    rows = [{"path": str(path), "content": path.read_bytes()} for path in paths]
    return [
        pa.RecordBatch.from_pylist(rows[at : at + size], INPUT) for at in range(0, len(rows), size)
    ]


def rows(found) -> list[dict[str, Any]]:
    """Return the rows of some batches."""
    return [row for batch in found for row in batch.to_pylist()]


def printed(*arguments: str) -> str:
    """Return what a command prints."""
    return CliRunner().invoke(cli, [str(one) for one in arguments]).stdout


def validated(paths: list[Path], *options: str) -> list[dict[str, Any]]:
    """Return the objects of ``validate --format jsonl``."""
    text = printed("validate", "--format", "jsonl", "--no-progress", *options, *paths)
    found = [json.loads(line) for line in text.splitlines()]
    for one in found:
        del one["schema_version"]  # of the text's form: columns have theirs
    return found


def as_jsonl(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of VALIDATION as the object of ``validate``."""
    names = ("rule", "severity", "message", "location", "line")
    layers = [
        layer
        | {
            "issues": [
                {name: one[name] for name in names}
                for one in row["findings"]
                if one["layer"] == layer["name"]
            ]
        }
        for layer in row["layers"]
    ]
    return {name: row[name] for name in ("path", "valid", "profile", "edition", "kit")} | {
        "layers": layers
    }


def chained(paths: list[Path]) -> dict[str, Any]:
    """Return the object of ``chain --format json``, its versions as text, its findings sorted."""
    found = json.loads(printed("chain", "--format", "json", *paths))
    del found["schema_version"]
    for chain in found["chains"]:
        for one in chain["documents"]:
            one["version"] = None if one["version"] is None else str(one["version"])
    found["findings"].sort(key=_order)
    return found


def as_chains(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Return rows of CHAINS as the object of ``chain``, in its order."""
    chains = [
        {
            "key": row["chain"],
            "by": row["by"],
            "current": row["current"],
            "documents": row["documents"],
            "findings": row["findings"],
        }
        for row in found
        if row["chain"] is not None
    ]
    chains.sort(key=lambda chain: f"{chain['documents'][0]['path']}\0{chain['key']}")
    findings = [one for row in found if row["chain"] is None for one in row["findings"]]
    return {"chains": chains, "findings": sorted(findings, key=_order)}


def _order(finding: dict[str, Any]) -> tuple[Any, ...]:
    paths = tuple(one["path"] for one in finding["documents"])
    return finding["rule"], paths, finding["message"]
