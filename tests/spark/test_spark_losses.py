"""An executor that is killed costs time, and nothing else."""

import os
import signal
from pathlib import Path

import pytest
from tables import as_chains, as_jsonl, chained, validated

if not Path("/proc/self/stat").exists():
    pytest.skip("this test needs /proc", allow_module_level=True)

from with_spark import MARKS, SECRET, collected, documents, files, session  # noqa: F401

from cda_tools.arrow import Work
from cda_tools.spark import components, headers, validation
from cda_tools.spark.running import Source, run

pytestmark = MARKS


def killer(marker: Path):
    """Return what kills the executor that first calls it; ``marker``: says that it was done.

    A function within a function goes to executors by value: they have no such module.
    """
    done = str(marker)

    def kill(batches):
        number = 0 if os.path.exists(done) else os.getpid()  # noqa: PTH110
        while number:
            with open(f"/proc/{number}/cmdline", encoding="utf-8") as file:  # noqa: PTH123
                if "ExecutorBackend" in file.read():
                    os.mkdir(done)  # noqa: PTH102  one alone can
                    os.kill(number, signal.SIGKILL)
            with open(f"/proc/{number}/stat", encoding="utf-8") as file:  # noqa: PTH123
                number = int(file.read().rpartition(")")[2].split()[1])
        yield from batches

    return kill


def test_verdicts_are_the_same(documents, files, tmp_path):
    kill = killer(tmp_path / "killed")
    found = collected(validation(documents.repartition(3).mapInArrow(kill, documents.schema)))
    (tmp_path / "killed").rmdir()
    by_path = {row["path"]: as_jsonl(row) for row in found}
    assert [by_path[str(path)] for path in files] == validated(files)


def test_chains_are_the_same(session, documents, files, tmp_path, monkeypatch):
    kept, into = tmp_path / "headers", tmp_path / "chains"
    headers(documents, SECRET).write.parquet(str(kept))
    kill, small_star = killer(tmp_path / "killed"), components._small_star

    def small_star_after_a_loss(stars):
        session.range(4).repartition(4).mapInArrow(kill, "id long").count()
        return small_star(stars)

    monkeypatch.setattr(components, "_small_star", small_star_after_a_loss)
    run("chain", Source(str(kept)), str(into), Work())
    (tmp_path / "killed").rmdir()
    assert as_chains(collected(session.read.parquet(str(into)))) == chained(files)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["chains", "headers"]
