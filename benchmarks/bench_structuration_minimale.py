"""How long the header profile takes, against a parse of the same document.

    python benchmarks/bench_structuration_minimale.py [FOLDER]

Both are measured in the same run, document by document; so is the first use in a process.
The layer looks at the header alone: its time hardly depends on the size of the document, so that
the ratio is that of the folder, large on small documents.
"""

import statistics
import time

from lxml import etree

from cda_tools.model.editions import NEWEST
from cda_tools.validation.structuration_minimale import layer as structuration_minimale
from measure import best, folder_argument, show


def main() -> None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    paths = [str(path) for path in sorted(folder_argument().rglob("*.xml"))]
    paths = [path for path in paths if root(path, parser) is not None]
    start = time.perf_counter()
    structuration_minimale.transform(NEWEST)
    first = (time.perf_counter() - start) * 1000
    parse = best(lambda path: etree.parse(path, parser), paths)
    layer = best(structuration_minimale.check, [root(path, parser) for path in paths])
    show("lxml parse", parse)
    show("structuration-minimale", layer)
    print(f"{'compiled once a process':44} {first:14.3f} ms")
    ratio = statistics.fmean(layer) / statistics.fmean(parse)
    print(f"{'structuration-minimale / parse':44} {ratio:14.2f} x")


def root(path: str, parser: etree.XMLParser) -> etree._Element | None:
    """Return the ClinicalDocument of a file; None where it is not one CDA document."""
    try:
        tree = etree.parse(path, parser).getroot()
    except (etree.XMLSyntaxError, OSError):
        return None
    return next(tree.iter("{urn:hl7-org:v3}ClinicalDocument"), None)


if __name__ == "__main__":
    main()
