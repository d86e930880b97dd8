"""Compare our XML Schema with one made straight from the tables of facts, on mutated documents.

    python benchmarks/agree_xsd.py [FOLDER] [--mutants 200] [--seed 0]

For each document of FOLDER, and for each document made to reach one type of the tables, random
mutants are validated with both schemas (libxml2). Verdicts and whole lists of errors must be
equal. Needs the tables of facts beside the checkout; exit 1 where a difference is found.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from random import Random

from lxml import etree

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY / "tests" / "validation"))

import facts_schema  # noqa: E402
import maximal  # noqa: E402
import mutations  # noqa: E402

PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
HL7_ROOT = "{urn:hl7-org:v3}ClinicalDocument"


def documents(folder: Path) -> Iterator[etree._Element]:
    for path in sorted(folder.rglob("*.xml")):
        try:
            root = etree.parse(path, PARSER).getroot()
        except (etree.XMLSyntaxError, OSError):
            continue
        found = next(root.iter(HL7_ROOT), None)
        if found is not None:
            yield etree.fromstring(etree.tostring(found, with_tail=False), PARSER)


def errors(schema: etree.XMLSchema, root: etree._Element) -> list[tuple[str, str | None, str]]:
    schema.validate(root)
    return [(error.type_name, error.path, error.message) for error in schema.error_log]


def compare(
    ours: etree.XMLSchema, theirs: etree.XMLSchema, root: etree._Element, seen: Counter[str]
) -> None:
    mine, other = errors(ours, root), errors(theirs, root)
    seen["documents"] += 1
    seen["valid"] += not other
    seen["other verdict"] += bool(mine) != bool(other)
    if mine != other:
        seen["other errors"] += 1
        first = next(pair for pair in zip_longest(mine, other) if pair[0] != pair[1])
        print("ours:", first[0], "\ntheirs:", first[1])


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("folder", type=Path, nargs="?", default=REPOSITORY / "fixtures" / "gazelle")
    ask.add_argument("--mutants", type=int, default=200, help="mutants of each document (200)")
    ask.add_argument("--of-types", type=int, default=20, help="mutants of each made document (20)")
    ask.add_argument("--seed", type=int, default=0)
    args = ask.parse_args()
    if not facts_schema.FACTS.is_dir():
        print(facts_schema.ABSENT, file=sys.stderr)
        return 2
    facts = facts_schema.read()
    names = sorted(set(facts_schema.element_names(facts)))
    ours = etree.XMLSchema(etree.parse(REPOSITORY / "schemas" / "cda" / "CDA.xsd"))
    with tempfile.TemporaryDirectory() as folder:
        theirs = etree.XMLSchema(etree.parse(facts_schema.write(facts, Path(folder))))
    random, start, differ = Random(args.seed), time.perf_counter(), 0
    sources = {
        "documents of the folder": (documents(args.folder), args.mutants),
        "documents made from the tables": ((r for _, r in maximal.documents(facts)), args.of_types),
    }
    for title, (roots, times) in sources.items():
        seen: Counter[str] = Counter()
        for root in roots:
            compare(ours, theirs, root, seen)
            for _ in range(times):
                compare(ours, theirs, mutations.mutant(root, random, names), seen)
        differ += seen["other errors"]
        print(title + ":", ", ".join(f"{count} {what}" for what, count in seen.items()))
    print(f"{time.perf_counter() - start:.0f} s")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
