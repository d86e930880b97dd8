"""How the header profile's layer grows with what a header repeats: linearly, it must be.

    python benchmarks/bench_growth.py [COUNT]

One element of the header that holds every element is repeated COUNT times (1,000 unless given),
then ten times as often, as it is and with every attribute spoiled. Shown: CPU milliseconds an
element at the greater count, and the exponent of the growth (1: linear; above 1.1 is a fault).
"""

import copy
import math
import sys
import time
from pathlib import Path

from lxml import etree

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "tests" / "support")]

from header_changes import complete, find  # noqa: E402

from cda_tools.validation.structuration_minimale import layer  # noqa: E402

ELEMENTS = (
    "templateId[1]",
    "id",
    "setId",
    "recordTarget/patientRole/id",
    "recordTarget/patientRole/addr[1]",
    "recordTarget/patientRole/telecom",
    "recordTarget/patientRole/patient/name",
    "author[1]",
    "documentationOf[1]",
    "relatedDocument",
)


def repeated(path: str, count: int, *, spoiled: bool) -> etree._Element:
    root = copy.deepcopy(complete())
    element = find(root, path)
    again = copy.deepcopy(element)
    again.tail = None
    for name in again.attrib if spoiled else ():
        again.set(name, "x y")
    element.addnext(etree.Comment("here"))
    text = etree.tostring(root).replace(b"<!--here-->", etree.tostring(again) * count)
    return etree.fromstring(text, etree.XMLParser(huge_tree=True))


def seconds(root: etree._Element) -> float:
    start = time.process_time()
    layer.check(root)
    return time.process_time() - start


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    layer.check(complete())  # the style sheets are compiled
    for path in ELEMENTS:
        for spoiled in (False, True):
            few, many = (seconds(repeated(path, n, spoiled=spoiled)) for n in (count, 10 * count))
            name = f"{path}{' (spoiled)' if spoiled else ''}"
            each = many / count * 100
            print(f"{name:48} {each:8.3f} ms {math.log10(many / few):6.2f}", flush=True)


if __name__ == "__main__":
    main()
