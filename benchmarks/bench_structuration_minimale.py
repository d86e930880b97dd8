"""How long the header profile takes, against a parse of the same document.

    python benchmarks/bench_structuration_minimale.py [FOLDER]

Both are measured in the same run, document by document; so is the first use in a process.
Exit 1 where the mean of the layer exceeds 3 x the mean of the parse.
"""

import statistics
import sys
import time

from lxml import etree

from cda_tools.validation import structuration_minimale
from measure import best, documents, folder_argument, show, verdict

LIMIT = 3.0


def main() -> int:
    paths = [str(path) for path in documents(folder_argument())]
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    start = time.perf_counter()
    structuration_minimale._transform()
    first = (time.perf_counter() - start) * 1000
    parse = best(lambda path: etree.parse(path, parser), paths)
    layer = best(structuration_minimale.check, [root(path, parser) for path in paths])
    show("lxml parse", parse)
    show("structuration-minimale", layer)
    print(f"{'compiled once a process':44} {first:14.3f} ms")
    ratio = statistics.fmean(layer) / statistics.fmean(parse)
    verdict("structuration-minimale / parse", ratio, LIMIT)
    return 0 if ratio <= LIMIT else 1


def root(path: str, parser: etree.XMLParser) -> etree._Element:
    tree = etree.parse(path, parser).getroot()
    return next(tree.iter("{urn:hl7-org:v3}ClinicalDocument"), tree)


if __name__ == "__main__":
    sys.exit(main())
