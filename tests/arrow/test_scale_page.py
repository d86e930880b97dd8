"""The examples of docs/scale.md, run where DuckDB and Polars are installed."""

import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tables import printed

from conftest import ROOT

BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LIBRARIES = ("duckdb", "polars")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scale")
    documents = ROOT / "fixtures" / "gazelle"
    assert "fichiers rangés" in printed("pack", documents, "--into", folder / "paquets")
    assert "documents" in printed("index", documents, "--into", folder / "entetes.parquet")
    return folder


def examples(*wanted: str) -> str:
    """Return the page's programs that need no other library than those, joined."""
    text = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    blocks = [block for block in BLOCK.findall(text) if "spark" not in block]
    others = set(LIBRARIES) - set(wanted)
    return "\n".join(one for one in blocks if not any(name in one for name in others))


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, *wanted: str) -> dict[str, object]:
    monkeypatch.chdir(folder)
    names: dict[str, object] = {}
    exec(compile(examples(*wanted), "scale.md", "exec"), names)  # our own page
    return names


def test_pyarrow_writes_verdicts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(folder, monkeypatch)
    verdicts, headers = (
        pq.read_table(folder / f"{name}.parquet", columns=["path"]).column("path").to_pylist()
        for name in ("verdicts", "entetes")
    )
    assert len(headers) > 40
    assert set(headers) <= set(verdicts), "messages that only answer have a verdict alone"


def test_duckdb_counts_rules(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    rules = dict(run(folder, monkeypatch, "duckdb")["rules"])  # type: ignore[call-overload]
    assert rules["SM-SETID-01"] == 3
    query = "SELECT count(type.label) FROM 'entetes.parquet' WHERE year(date) = 2025"
    ((counted,),) = duckdb.sql(query).fetchall()
    assert counted > 20


def test_polars_shows_lines(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    polars = pytest.importorskip("polars", reason="Polars is not installed")
    lines = run(folder, monkeypatch, "polars")["lines"]
    assert isinstance(lines, polars.DataFrame)
    assert "CR d'imagerie médicale · 14/05/2025 10:20" in "".join(lines["line"].drop_nulls())
    kept = polars.read_parquet(folder / "entetes.parquet")
    assert kept["date"].dtype == polars.Datetime("us", "UTC")
