"""Chains 10^4, 10^5 and 10^6 invented headers: time, growth, peak memory.

Each size runs in a process of its own, because a process's peak memory never goes down.
``python benchmarks/bench_chains.py`` prints a table; ``--sizes 10000,100000`` for less. The
headers come as from a store, one after the other; the time to make them is not counted, and is
the floor that chaining is compared with: this machine's pace varies, the ratio does not.
"""

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice

from cda_tools.chains import build
from cda_tools.model.document import Document
from cda_tools.model.header import Code, Header, Identifier, ParentDocument, Patient
from cda_tools.model.timestamp import Timestamp

SIZES = (10_000, 100_000, 1_000_000)
_LENGTHS = (1, 1, 1, 1, 2, 2, 3, 3, 4, 8)
_INS = "1.2.250.1.213.1.4.8"
_LOCAL = "1.2.250.1.999.77"
_OIDS = "1.2.250.1.999.1"


def headers(count: int, seed: int = 1) -> Iterator[Document]:
    """Yield ``count`` documents of invented patients, in histories of 1 to 8 versions.

    A third have no setId (before 1.16), one in two hundred names a document nobody has, one in
    a hundred comes twice; the documents of 1,000 come shuffled.
    """
    rng = random.Random(seed)
    waiting: list[Document] = []
    for number, received in enumerate(_histories(rng)):
        if number >= count:
            break
        waiting.append(received)
        if len(waiting) == 1000:
            rng.shuffle(waiting)
            yield from waiting
            waiting.clear()
    yield from waiting


def _histories(rng: random.Random) -> Iterator[Document]:
    serial = 0
    while True:
        patient_number = rng.randrange(10**12, 10**13)
        with_set = rng.random() < 0.67
        set_id = serial
        parent: str | None = f"{_OIDS}.0.{serial}" if rng.random() < 0.005 else None
        for version in range(1, rng.choice(_LENGTHS) + 1):
            serial += 1
            # Every string is new, as when each header comes from a document of its own.
            own = f"{_OIDS}.{serial}"
            month = 1 + (serial + version) % 12
            zone = "+0200" if 4 <= month <= 10 else "+0100"
            header = Header(
                id=Identifier(own),
                set_id=Identifier(f"{_OIDS}.9.{set_id}") if with_set else None,
                version=version if with_set else None,
                related=(ParentDocument("RPLC", Identifier(parent)),) if parent else (),
                type=Code("11502-2", "2.16.840.1.113883.6.1", "CR d'examens biologiques"),
                title="Compte rendu",
                date=Timestamp(f"{2010 + version}{month:02d}04160527{zone}"),
                patient=Patient(
                    ids=(
                        Identifier(f"{_INS}", f"{patient_number}"),
                        Identifier(f"{_LOCAL}", f"{serial}"),
                    )
                    if rng.random() < 0.001
                    else (Identifier(f"{_INS}", f"{patient_number}"),)
                ),
            )
            received = Document(
                f"depot/{serial % 1000:03d}/{serial}.xml",
                header=header,
                digest=sha256(own.encode()).hexdigest(),
            )
            yield received
            if rng.random() < 0.01:
                yield Document(
                    f"copies/{serial}.xml", header=header, digest=sha256(own.encode()).hexdigest()
                )
            parent = own


def measure(count: int) -> dict[str, float]:
    """Return the seconds to chain the headers, by the clock and of processor, and the memory."""
    making = Stopwatch()

    def fed() -> Iterator[Document]:
        source = headers(count)
        while True:
            with making:
                some = list(islice(source, 1000))
            if not some:
                return
            yield from some

    everything = Stopwatch()
    with everything:
        chains = build(fed())
    documents = sum(len(chain.documents) for chain in chains.chains)
    if documents != count:
        raise SystemExit(f"{documents} documents in chains, {count} given")
    return {
        "documents": count,
        "chains": len(chains.chains),
        "findings": len(chains.all_findings),
        "clock": everything.clock - making.clock,
        "processor": everything.processor - making.processor,
        "floor": making.processor,
        "memory": peak_memory(),
    }


class Stopwatch:
    """Adds up seconds, by the clock and of this process's processor time."""

    def __init__(self) -> None:
        self.clock = self.processor = 0.0

    def __enter__(self) -> None:
        self.clock -= time.perf_counter()
        self.processor -= time.process_time()

    def __exit__(self, *_: object) -> None:
        self.clock += time.perf_counter()
        self.processor += time.process_time()


def peak_memory() -> float:
    """Return this process's peak memory in MiB, on Linux, macOS and Windows."""
    if sys.platform == "win32":
        return _windows_peak() / 2**20
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 1024


def _windows_peak() -> int:
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            ("PeakWorkingSetSize", ctypes.c_size_t),
            ("rest", ctypes.c_size_t * 7),
        )

    counters = Counters()
    counters.cb = ctypes.sizeof(counters)
    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined]
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.K32GetProcessMemoryInfo.argtypes = (
        wintypes.HANDLE,
        ctypes.POINTER(Counters),
        wintypes.DWORD,
    )
    kernel.K32GetProcessMemoryInfo(kernel.GetCurrentProcess(), ctypes.byref(counters), counters.cb)
    return counters.PeakWorkingSetSize


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--repeat", type=int, default=3, help="the fastest run counts")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one)))
        return
    titles = (
        "documents",
        "chains",
        "findings",
        "seconds",
        "processor",
        "µs each",
        "x floor",
        "MiB",
    )
    print("".join(f"{title:>10}" for title in titles))
    for size in map(int, options.sizes.split(",")):
        command = [sys.executable, __file__, "--one", str(size)]
        runs = [
            json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
            for _ in range(options.repeat)
        ]
        best = min(runs, key=lambda run: run["clock"])
        processor = min(run["processor"] for run in runs)
        ratio = processor / min(run["floor"] for run in runs)
        memory = max(run["memory"] for run in runs)
        print(
            f"{size:>10}{best['chains']:>10}{best['findings']:>10}{best['clock']:>10.2f}"
            f"{processor:>10.2f}{processor / size * 1e6:>10.2f}{ratio:>10.2f}{memory:>10.0f}"
        )


if __name__ == "__main__":
    main()
