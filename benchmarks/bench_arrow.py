"""Documents a second of the Arrow functions, and what batches cost over reading in this process.

    python benchmarks/bench_arrow.py [FOLDER] [--documents 120] [--repeat 3] [--no-processes]

FOLDER defaults to fixtures/gazelle; its CDA files are taken in turn until there are enough.
Figures are of processor time, so that other load on the machine weighs little: the best of
``--repeat`` rounds, in which a function and the same work without Arrow take turns. With two
processes, each does half of the batches: processor time of both over that of one says what sharing
costs, wall time of one over that of two what it gains (at most 2, on two idle cores).
"""

import argparse
import itertools
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pyarrow as pa

from cda_tools.arrow import header_batches, line_batches, validate_batches
from cda_tools.batch.work import Settings, results
from cda_tools.carriers.sources import Source
from cda_tools.document import Door
from cda_tools.line import one_line
from cda_tools.reading.safexml import DEFAULT
from cda_tools.reports import line as lines
from cda_tools.validation import Options
from measure import FIXTURES, documents, verdict

_SCHEMA = pa.schema([("path", pa.string()), ("content", pa.binary())])
_ROWS = 16
_SETTINGS = Settings(Options(), DEFAULT)
Content = list[tuple[str, bytes]]


def validated(content: Content) -> None:
    """Validate the documents one after another, and make each one's object for JSON."""
    for path, data in content:
        for result in results(Source(path, data), _SETTINGS):
            result.report.to_dict()


def with_lines(content: Content) -> None:
    """Make the line of each document, and its object for JSON."""
    for path, data in content:
        for one in lines.lines(Door().read([Source(path, data)])):
            lines.to_json(one)


def with_headers(content: Content) -> None:
    """Read each header, with its digest, and make its line: what HEADERS is made of."""
    for path, data in content:
        for document in Door(digests=True).read([Source(path, data)]):
            if document.header:
                one_line(document.header)


WORK: dict[str, tuple[Callable[..., Iterator[pa.RecordBatch]], Callable[[Content], None]]] = {
    "validate": (validate_batches, validated),
    "lines": (line_batches, with_lines),
    "headers": (header_batches, with_headers),
}
_MOST = {"validate": 1.25, "lines": 1.5}
_FEWEST = {"validate": 200, "lines": 1000}


def batched(content: Content) -> list[pa.RecordBatch]:
    """Return the documents as batches."""
    rows = [{"path": path, "content": data} for path, data in content]
    return [
        pa.RecordBatch.from_pylist(rows[at : at + _ROWS], _SCHEMA)
        for at in range(0, len(rows), _ROWS)
    ]


def mapped(name: str, batches: list[pa.RecordBatch]) -> float:
    """Return the processor time of one function over batches, in seconds."""
    start = time.process_time()
    for _ in WORK[name][0](iter(batches)):
        pass
    return time.process_time() - start


def directly(name: str, content: Content) -> float:
    """Return the processor time of the same work without Arrow, in seconds."""
    start = time.process_time()
    WORK[name][1](content)
    return time.process_time() - start


def shared(name: str, batches: list[pa.RecordBatch], processes: int) -> tuple[float, float]:
    """Return wall and processor time of ``processes``, each with its part of the batches."""
    parts = [batches[number::processes] for number in range(processes)]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        warm = [pool.submit(mapped, name, part[:1]) for part in parts]
        for one in warm:
            one.result()
        start = time.perf_counter()
        used = sum(pool.map(mapped, itertools.repeat(name), parts))
        return time.perf_counter() - start, used


def main() -> None:
    """Print the figures and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FIXTURES)
    parser.add_argument("--documents", type=int, default=120)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--processes", action=argparse.BooleanOptionalAction, default=True)
    arguments = parser.parse_args()
    files = [(str(path), path.read_bytes()) for path in documents(arguments.folder)]
    content = list(itertools.islice(itertools.cycle(files), arguments.documents))
    batches = batched(content)
    size = sum(len(data) for _, data in content) / len(content)
    print(f"{len(content)} documents, mean {size / 1000:,.0f} kB")
    for name in WORK:
        rounds = [(mapped(name, batches), directly(name, content)) for _ in range(arguments.repeat)]
        ours, floor = (min(times) for times in zip(*rounds, strict=True))
        rate = len(content) / ours
        goal = f"   (goal: {_FEWEST[name]})" if name in _FEWEST else ""
        print(f"{name:10} {rate:8.0f} documents a second a core{goal}")
        if name in _MOST:
            verdict("  over the same work without Arrow", ours / floor, _MOST[name])
        else:
            print(f"  over the same work without Arrow           {ours / floor:6.2f} x")
        if arguments.processes:
            (wall, alone), (wall_of_two, both) = (shared(name, batches, n) for n in (1, 2))
            print(f"  two processes over one: processor time     {both / alone:6.2f} x")
            print(f"  one process over two: wall time            {wall / wall_of_two:6.2f} x")


if __name__ == "__main__":
    main()
