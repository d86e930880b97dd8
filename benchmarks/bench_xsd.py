"""How long our XML Schema takes to validate, against a parse of the same document.

    python benchmarks/bench_xsd.py [FOLDER] [--rounds 15]

Both are measured in the same run, document by document, the fastest of the rounds counting. The
promise: on the mean of the documents, validation takes at most 1.2 x the time of the parse.
Exit 1 where it is not kept.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from cda_tools.validation.xsd import layer as xsd

REPOSITORY = Path(__file__).resolve().parents[1]
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
HL7_ROOT = "{urn:hl7-org:v3}ClinicalDocument"
PROMISED = 1.2


def fastest(work: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("folder", type=Path, nargs="?", default=REPOSITORY / "fixtures" / "gazelle")
    ask.add_argument("--rounds", type=int, default=15)
    args = ask.parse_args()
    start = time.perf_counter()
    xsd.compiled(xsd.schema_file(None))
    compiling = time.perf_counter() - start
    parse, validate, size, documents = 0.0, 0.0, 0, 0
    for path in sorted(args.folder.rglob("*.xml")):
        data = path.read_bytes()
        try:
            tree = etree.fromstring(data, PARSER)
        except etree.XMLSyntaxError:
            continue
        root = next(tree.iter(HL7_ROOT), None)
        if root is None or xsd.check(root):
            continue
        parse += fastest(lambda data=data: etree.fromstring(data, PARSER), args.rounds)
        validate += fastest(lambda root=root: xsd.check(root), args.rounds)
        size += len(data)
        documents += 1
    if not documents:
        print(f"no valid document in {args.folder}", file=sys.stderr)
        return 2
    print(f"{documents} valid documents, mean {size / documents / 1000:.0f} kB")
    print(f"schema compiled in {compiling * 1000:.0f} ms, once a process")
    print(f"parse     {parse / documents * 1000:.2f} ms a document")
    print(f"layer xsd {validate / documents * 1000:.2f} ms a document")
    print(f"ratio     {validate / parse:.2f} (promised: {PROMISED})")
    return 0 if validate / parse <= PROMISED else 1


if __name__ == "__main__":
    sys.exit(main())
