"""What the benchmarks share: documents to run on, and times that other load disturbs little."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from cda_tools import read
from cda_tools.carriers import kind_of_file

Item = TypeVar("Item")

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures" / "gazelle"


def folder_argument() -> Path:
    """Return the folder given on the command line, else our own documents."""
    return Path(sys.argv[1]) if len(sys.argv) > 1 else FIXTURES


def documents(folder: Path) -> list[Path]:
    """Return the CDA files of a folder that can be parsed at all."""
    files = [path for path in sorted(folder.rglob("*.xml")) if kind_of_file(path) == "cda"]
    found = [path for path in files if read(path).root is not None]
    if not found:
        sys.exit(f"no document under {folder}")
    return found


def best(function: Callable[[Item], object], items: Iterable[Item], repeat: int = 9) -> list[float]:
    """Return, for each item, the best of ``repeat`` times in milliseconds."""
    return in_turn([function], items, repeat)[0]


def in_turn(
    functions: Sequence[Callable[[Item], object]], items: Iterable[Item], repeat: int = 9
) -> list[list[float]]:
    """Return :func:`best` of each function, measured in turn on each item.

    Other load on the machine, which comes and goes, then weighs alike on what is compared.
    """
    times: list[list[float]] = [[] for _ in functions]
    for item in items:
        runs: list[list[float]] = [[] for _ in functions]
        for _ in range(repeat):
            for function, taken in zip(functions, runs, strict=True):
                start = time.perf_counter()
                function(item)
                taken.append(time.perf_counter() - start)
        for all_best, taken in zip(times, runs, strict=True):
            all_best.append(min(taken) * 1000)
    return times


def cold(arguments: Sequence[str], repeat: int = 15) -> float:
    """Return the best wall time, in milliseconds, of a command started anew.

    Its modules are compiled, as an installer leaves them: one run more comes first, uncounted.
    """
    runs = []
    with tempfile.TemporaryDirectory() as compiled:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for _ in range(repeat + 1):
            start = time.perf_counter()
            subprocess.run(arguments, check=False, stdout=subprocess.DEVNULL, env=environment)
            runs.append(time.perf_counter() - start)
    return min(runs[1:]) * 1000


def show(name: str, times: Sequence[float]) -> None:
    """Print median, mean and range of a series of milliseconds."""
    print(
        f"{name:44} median {statistics.median(times):7.3f} ms   mean {statistics.fmean(times):7.3f}"
        f"   min {min(times):7.3f}   max {max(times):7.3f}"
    )


def verdict(name: str, ratio: float, limit: float) -> None:
    """Print a ratio beside what it should not exceed."""
    word = "ok" if ratio <= limit else "ABOVE"
    print(f"{name:44} {ratio:6.2f} x   (at most {limit:g} x)   {word}")
