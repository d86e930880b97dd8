"""Throughput of ``validate`` with two processes against one, and its memory on many documents.

    python benchmarks/bench_batch.py [FOLDER] [--documents 2000] [--many 20000] [--repeat 3]

FOLDER defaults to fixtures/gazelle; its documents are copied under other ids into a temporary
folder, as many times as it takes. Times are wall times of the whole command, the best of
``--repeat``; one and two processes take turns, so that other load weighs on both. Memory is the
peak of the command's own process and of its largest worker (not measured on Windows).
"""

import argparse
import itertools
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import FIXTURES, documents

DOCUMENT_ID = re.compile(rb'(<(?:\w+:)?id root="[0-9.]+)')
FORMATS = ("jsonl", "text", "junit", "sarif", "html")
# Runs the command in a process of its own, then prints the peaks of it and of its workers in kB.
MEASURED = """
import resource, sys
from cda_tools.cli import cli
try:
    cli(["validate", *sys.argv[1:]])
except SystemExit:
    pass
for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
    print(resource.getrusage(who).ru_maxrss, file=sys.stderr)
"""


def copies(sources: list[Path], number: int, folder: Path) -> Path:
    """Write ``number`` documents, each with an id of its own, and return their folder."""
    folder.mkdir()
    texts = [path.read_bytes() for path in sources]
    for index, data in zip(range(number), itertools.cycle(texts)):
        copy = DOCUMENT_ID.sub(rb"\1.%d" % (index + 1), data, count=1)
        (folder / f"{index:06}.xml").write_bytes(copy)
    return folder


def seconds(folder: Path, jobs: int) -> float:
    """Return the wall time of validating a folder."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "cda_tools", "validate", "--format=jsonl", f"--jobs={jobs}", folder],
        check=False,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - start


def peaks(folder: Path, form: str) -> tuple[float, float]:
    """Return the peaks, in MB, of the command and of its largest worker."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, "--jobs", "2", "--format", form, str(folder)],
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    own, worker = (int(line) / 1024 for line in done.stderr.split()[-2:])
    return own, worker


def throughput(folder: Path, number: int, repeat: int) -> None:
    """Print what two processes gain."""
    best = {1: float("inf"), 2: float("inf")}
    for jobs in [1, 2] * repeat:
        best[jobs] = min(best[jobs], seconds(folder, jobs))
    for jobs, took in best.items():
        print(f"--jobs {jobs}: {took:8.2f} s   {number / took:8.1f} documents a second")
    ratio = best[1] / best[2]
    print(f"two processes / one: {ratio:.2f} x   (at least 1.8)   {_word(ratio >= 1.8)}")


def memory(some: Path, many: Path) -> None:
    """Print what ten times the documents cost."""
    for form in FORMATS:
        before, after = peaks(some, form), peaks(many, form)
        ratio = (after[0] + 2 * after[1]) / (before[0] + 2 * before[1])
        print(
            f"{form:6} command {before[0]:6.1f} -> {after[0]:6.1f} MB, "
            f"largest of two workers {before[1]:6.1f} -> {after[1]:6.1f} MB   "
            f"all three: {ratio:.2f} x   (at most 1.1)   {_word(ratio <= 1.1)}"
        )


def _word(holds: bool) -> str:
    return "ok" if holds else "NOT HELD"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FIXTURES)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--many", type=int, default=20000)
    parser.add_argument("--repeat", type=int, default=3)
    chosen = parser.parse_args()
    sources = documents(chosen.folder)
    size = sum(path.stat().st_size for path in sources) / len(sources)
    print(f"{chosen.documents:,} documents made from {len(sources)}, mean {size:,.0f} B")
    with tempfile.TemporaryDirectory() as name:
        some = copies(sources, chosen.documents, Path(name) / "some")
        throughput(some, chosen.documents, chosen.repeat)
        if sys.platform != "win32":
            memory(some, copies(sources, chosen.many, Path(name) / "many"))


if __name__ == "__main__":
    main()
