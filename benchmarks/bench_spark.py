"""What Spark costs over the same functions in this process, and chains of many headers in it.

    python benchmarks/bench_spark.py [FOLDER] [--documents 2000] [--headers 1000000] [--memory 4g]

FOLDER defaults to fixtures/gazelle; its CDA files are taken in turn until there are enough. Wall
times on this machine (local[1], then local[2]), the best of two, the first of which warms up the
workers; they say something on a machine at rest alone, and of many documents: a job has a cost of
its own, about a second. Chains are counted, and must be as many as in memory. An executor that is
killed is a test (tests/spark/test_spark_losses.py).
"""

import argparse
import itertools
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import DataFrame, SparkSession

from bench_arrow import WORK, batched, mapped
from bench_chains import headers as invented
from cda_tools import spark
from cda_tools.arrow import HEADERS
from cda_tools.arrow.batches import header_row
from cda_tools.chains import build
from cda_tools.index.pseudonyms import Pseudonymiser
from measure import FIXTURES, documents, verdict

_MOST = {"validate": 1.25, "lines": 1.5}
_JOBS: dict[str, Callable[[DataFrame], DataFrame]] = {
    "validate": spark.validation,
    "lines": spark.lines,
    "headers": spark.headers,
}
_BATCH = 64
_ROWS = 20_000


def started(cores: int, memory: str) -> SparkSession:
    """Return a session on that many cores of this machine."""
    session = (
        SparkSession.builder.master(f"local[{cores}]")
        .config("spark.driver.memory", memory)
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", str(4 * cores))
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", str(_BATCH))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    return session


def timed(work: Callable[[], object], repeat: int = 2) -> float:
    """Return the best wall time of some work, in seconds."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def done(frame: DataFrame) -> None:
    """Make every row and column of a frame, and keep none."""
    frame.write.format("noop").mode("overwrite").save()


def of_documents(content: list[tuple[str, bytes]], folder: Path, memory: str) -> None:
    """Print the time of each function in Spark over that in this process; two cores over one."""
    batches = batched(content)
    pq.write_table(pa.Table.from_batches(batches), folder / "packed.parquet", row_group_size=_BATCH)
    alone = {name: timed(partial(mapped, name, batches)) for name in WORK}
    found: dict[int, dict[str, float]] = {}
    for cores in (1, 2):
        session = started(cores, memory)
        packed = session.read.parquet(str(folder / "packed.parquet")).repartition(4 * cores).cache()
        packed.count()
        found[cores] = {name: timed(partial(done, job(packed))) for name, job in _JOBS.items()}
        session.stop()
    for name, base in alone.items():
        one, two = found[1][name], found[2][name]
        print(f"{name:10} {len(content) / one:8.0f} documents a second on one core in Spark")
        if name in _MOST:
            verdict("  over the same function in this process", one / base, _MOST[name])
        else:
            print(f"  over the same function in this process   {one / base:6.2f} x")
        print(f"  one core over two: wall time             {one / two:6.2f} x")


def of_chains(count: int, folder: Path, memory: str) -> None:
    """Print the time of chains in Spark, and in memory, of the same headers."""
    hiding, kept = Pseudonymiser(bytes(32)), folder / "headers"
    kept.mkdir()
    source = invented(count)
    for part in itertools.count():
        rows = [header_row(one, hiding) for one in itertools.islice(source, _ROWS)]
        if not rows:
            break
        pq.write_table(pa.Table.from_pylist(rows, HEADERS), kept / f"{part:05}.parquet")
    start = time.perf_counter()
    in_memory = len(build(invented(count)).chains)
    memory_time = time.perf_counter() - start
    session = started(2, memory)
    session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "10000")
    session.sparkContext.setCheckpointDir(str(folder / "rounds"))
    start = time.perf_counter()
    spark.chains(session.read.parquet(str(kept))).write.parquet(str(folder / "chains"))
    in_spark = session.read.parquet(str(folder / "chains")).where("chain IS NOT NULL").count()
    print(f"chains of {count} headers: {memory_time:.0f} s in memory, with making them;")
    print(f"  {time.perf_counter() - start:.0f} s in Spark on two cores, from Parquet to Parquet")
    session.stop()
    if in_spark != in_memory:
        raise SystemExit(f"{in_spark} chains in Spark, {in_memory} in memory")
    print(f"  {in_memory} chains in both")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FIXTURES)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--headers", type=int, default=1_000_000)
    parser.add_argument("--memory", default="4g", help="of Spark's driver")
    arguments = parser.parse_args()
    files = [(str(path), path.read_bytes()) for path in documents(arguments.folder)]
    content = list(itertools.islice(itertools.cycle(files), arguments.documents))
    with tempfile.TemporaryDirectory() as folder:
        if content:
            of_documents(content, Path(folder), arguments.memory)
        if arguments.headers:
            of_chains(arguments.headers, Path(folder), arguments.memory)


if __name__ == "__main__":
    main()
