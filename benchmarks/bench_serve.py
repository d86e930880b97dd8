"""Latency, throughput and memory of ``cda-tools serve`` against parsing alone and a process a call.

    python benchmarks/bench_serve.py [FOLDER] [--seconds 5] [--requests 10000]

Latency is that of one client on a kept connection, warm, in turn with lxml parse + XSD of the
same bytes in this process; a process a call is ``cda-tools validate``. Throughput is counted at
1, 2, 8 and 32 clients, which are threads of this process: they take a part of the two cores too,
so the gain of a second worker is a lower bound. Memory: the service and its workers (Linux).
"""

import argparse
import http.client
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

from lxml import etree

from cda_tools.resources import resource
from measure import FIXTURES, cold, documents, in_turn, show, verdict

CLIENTS = (1, 2, 8, 32)


@contextmanager
def serving(workers: int) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Start a service and give its process and its port once it is ready."""
    command = [sys.executable, "-m", "cda_tools", "serve", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--workers", str(workers)], stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    port = 0
    for line in process.stderr:
        if found := re.search(r"http://\S+:(\d+)/", line):
            port = int(found[1])
        if "prêt" in line:
            break
    threading.Thread(target=process.stderr.read, daemon=True).start()  # the log goes nowhere
    try:
        yield process, port
    finally:
        process.terminate()
        process.wait()


class Client:
    """One client on a kept connection."""

    def __init__(self, port: int) -> None:
        """Connect to ``port`` of this machine."""
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.busy = 0

    def validate(self, data: bytes) -> bytes:
        """Return the report of a document; a busy service is asked again."""
        while True:
            self.connection.request("POST", "/validate?format=jsonl", data)
            answer = self.connection.getresponse()
            body = answer.read()
            if answer.status == 200:
                return body
            assert answer.status == 503, answer.status
            self.busy += 1
            time.sleep(0.01)


def latency(port: int, texts: list[bytes], paths: list[Path]) -> None:
    """Print one document's latency beside the floor and beside a process a call."""
    schema = etree.XMLSchema(etree.parse(resource("cda", "CDA.xsd")))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    client = Client(port)

    def floor(data: bytes) -> object:
        return schema.validate(etree.fromstring(data, parser))

    floors, served = in_turn([floor, client.validate], texts)
    show("lxml parse + XSD, in process", floors)
    show("POST /validate, best of each document", served)
    every = []
    for data in texts * (1 + 400 // len(texts)):
        start = time.perf_counter()
        client.validate(data)
        every.append((time.perf_counter() - start) * 1000)
    every.sort()
    p95 = every[int(len(every) * 0.95)]
    print(f"one client, every request: median {statistics.median(every):.1f} ms, p95 {p95:.1f} ms")
    command = [sys.executable, "-m", "cda_tools", "validate", "--format=jsonl", str(paths[0])]
    call = cold(command, repeat=5)
    print(f"a process a call {call:.0f} ms: {call / statistics.median(every):.0f} x a request")
    verdict("service / (parse + XSD)", statistics.fmean(served) / statistics.fmean(floors), 8)


def throughput(port: int, texts: list[bytes], clients: int, seconds: float) -> float:
    """Return the documents a second that ``clients`` get answered."""
    end = time.perf_counter() + seconds
    counts = [0] * clients

    def ask(number: int) -> None:
        client = Client(port)
        for data in cycle(texts[number % len(texts) :] + texts[: number % len(texts)]):
            if time.perf_counter() >= end:
                return
            client.validate(data)
            counts[number] += 1

    asking = [threading.Thread(target=ask, args=(number,)) for number in range(clients)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    return sum(counts) / seconds


def memory(process: subprocess.Popen[str]) -> float:
    """Return the resident memory, in MB, of the service and its workers."""
    listing = subprocess.run(
        ["ps", "-o", "rss=", "--pid", str(process.pid), "--ppid", str(process.pid)],
        capture_output=True,
        text=True,
        check=True,
    )
    return sum(map(int, listing.stdout.split())) / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FIXTURES)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--requests", type=int, default=10_000)
    given = parser.parse_args()
    paths = documents(given.folder)
    texts = [path.read_bytes() for path in paths]
    rates: dict[int, dict[int, float]] = {1: {}, 2: {}}
    for workers in (1, 2):
        with serving(workers) as (process, port):
            if workers == 2:
                latency(port, texts, paths)
            for clients in CLIENTS:
                throughput(port, texts, clients, 1.0)  # warm
                rates[workers][clients] = throughput(port, texts, clients, given.seconds)
                print(f"{workers} worker(s), {clients:2} clients: {rates[workers][clients]:7.1f}/s")
            if workers == 2:
                client = Client(port)
                for number, data in zip(range(given.requests), cycle(texts), strict=False):
                    client.validate(data)
                    if number + 1 in {given.requests // 10, given.requests}:
                        print(f"memory after {number + 1} requests: {memory(process):.0f} MB")
    gain = rates[2][8] / rates[1][8]
    print(f"two workers / one, 8 clients: {gain:.2f} x   (at least 1.8)")


if __name__ == "__main__":
    main()
