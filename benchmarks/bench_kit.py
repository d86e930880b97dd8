"""What the layers of an official kit cost, against the parse, the schema and the official engine.

    python benchmarks/bench_kit.py KIT [EVERY]

KIT is a checkout of TestContenuCDA with its examples, its ``schematrons/moteur`` included: the
official style sheets are made from it and kept warm in SaxonC (``saxonche``), in this same run, on
one example in EVERY (3 by default), where a person would start Java 24 times a document.
"""

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from cda_tools import Options, read, validate
from cda_tools.kit.folder import open_folder
from cda_tools.kit.kit import Kit, open_kit
from cda_tools.reading import safexml
from cda_tools.resources import resource as shipped
from measure import show, verdict

STEPS = ("iso_dsdl_include.xsl", "iso_abstract_expand.xsl", "iso_svrl_for_xslt2.xsl")
COMMAND = (sys.executable, "-m", "cda_tools")


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    folder, every = open_folder(Path(sys.argv[1])).root, int((sys.argv[2:] or ["3"])[0])
    examples = sorted((folder / "ExemplesCDA").glob("*.xml"))
    with tempfile.TemporaryDirectory() as places:
        os.environ["CDA_TOOLS_CACHE"] = f"{places}/cache"
        os.environ["CDA_TOOLS_KITS"] = f"{places}/kits.json"
        added(folder, places)
        first(folder, examples[0])
        kit = open_kit(str(folder))
        per_document = warm(kit, examples)
        memory(folder)
        official(kit, examples[::every], per_document, Path(places))


def added(folder: Path, places: str) -> None:
    """Time ``kit add`` of the whole kit, nothing being kept of it."""
    times = []
    for _ in range(3):
        shutil.rmtree(f"{places}/cache", ignore_errors=True)
        times.append(spent("kit", "add", folder, "--name", "k"))
    verdict("kit add, seconds of processor", min(times), 3)


def first(folder: Path, example: Path) -> None:
    """Time a document alone in a new process, with and without the kit, from the cache."""
    bare = min(spent("validate", "--no-progress", example) for _ in range(5))
    kit = min(spent("validate", "--no-progress", "--kit", folder, example) for _ in range(5))
    print(f"{'cold, without kit, seconds':44} {bare:6.2f}")
    verdict("cold, with the kit, seconds", kit, 0.5)


def spent(*arguments: str | Path) -> float:
    """Return the seconds of processor that a command takes in a new process: load weighs less."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*COMMAND, *arguments], check=False, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def warm(kit: Kit, examples: list[Path]) -> dict[str, float]:
    """Time all layers in one process; return the milliseconds of the kit's for each example."""
    schema = etree.XMLSchema(etree.parse(shipped("cda", "CDA.xsd")))
    options, without = Options(kit=str(kit.folder.root)), Options()
    data = [path.read_bytes() for path in examples]
    roots = [safexml.parse(one) for one in data]
    for one in data:
        validate(read(one), options)  # what is compiled and read once a process

    def schematrons(root: etree._Element) -> None:
        kit.forget()
        kit.check(root)

    def floor(one: bytes) -> None:
        schema.validate(etree.fromstring(one, etree.XMLParser(huge_tree=True)))

    floors, alls, fewer = in_turn(
        [floor, lambda one: validate(read(one), options), lambda one: validate(read(one), without)],
        data,
    )
    (kits,) = in_turn([schematrons], roots)
    show("lxml parse + XSD", floors)
    show("all layers, without the kit", fewer)
    show("the kit's five Schematrons", kits)
    show("all layers, with the kit", alls)
    verdict("all layers / (parse + XSD)", statistics.fmean(alls) / statistics.fmean(floors), 6)
    return {path.name: taken for path, taken in zip(examples, kits, strict=True)}


def in_turn(
    functions: Sequence[Callable[[Any], object]], items: Sequence[Any]
) -> list[list[float]]:
    """Return the best of 5 times of processor, in milliseconds, of each function on each item."""
    times: list[list[float]] = [[] for _ in functions]
    for item in items:
        for function, taken in zip(functions, times, strict=True):
            runs = []
            for _ in range(5):
                start = time.process_time()
                function(item)
                runs.append(time.process_time() - start)
            taken.append(min(runs) * 1000)
    return times


def memory(folder: Path) -> None:
    """Measure the memory of one process that validates all examples."""
    code = (
        "import resource, sys\nfrom cda_tools.cli import cli\n"
        "try:\n    cli()\nexcept SystemExit:\n    pass\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )
    arguments = ["validate", "--no-progress", "--jobs", "1", "--format", "jsonl"]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments, "--kit", folder, folder / "ExemplesCDA"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    valid = sum(report["valid"] is True for report in reports)
    print(f"{'examples validated':44} {len(reports):10}, {valid} valid")
    verdict("memory of that process, MiB", int(done.stderr.splitlines()[-1]) / 1024, 400)


def official(kit: Kit, examples: list[Path], ours: dict[str, float], places: Path) -> None:
    """Time the official style sheets of the same Schematrons, kept warm in SaxonC."""
    try:
        from saxonche import PySaxonApiError, PySaxonProcessor
    except ImportError:
        print("saxonche is not installed: no comparison with the official engine")
        return
    for name in ("schematrons", "jeuxDeValeurs"):
        shutil.copytree(kit.folder.root / name, places / "official" / name)
    theirs, mine = [], []
    with PySaxonProcessor(license=False) as processor:
        sheets: dict[str, object] = {}
        engine = places / "official" / "schematrons" / "moteur"

        def compiled(path: Path) -> object:
            return processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(path))

        steps = [compiled(engine / name) for name in STEPS]

        def sheet(file: str) -> object:
            if file not in sheets:
                source = places / "official" / file
                node = processor.parse_xml(xml_file_name=str(source))
                for step in steps:
                    text = step.transform_to_string(xdm_node=node)
                    node = processor.parse_xml(xml_text=text)
                written = source.with_suffix(".official.xsl")
                written.write_text(text, "utf-8")
                sheets[file] = compiled(written)
            return sheets[file]

        for example in examples:
            claim = kit.check(safexml.parse(example.read_bytes())).claim
            chosen = [one.file for one in kit.layers]
            chosen += [claim.volet.file] if claim and claim.volet else []
            run = [sheet(file) for file in chosen]
            node = processor.parse_xml(xml_file_name=str(example))
            start = time.process_time()
            try:
                for one in run:
                    one.transform_to_string(xdm_node=node)
            except PySaxonApiError:
                continue  # a list of the kit is missing: SaxonC stops there
            theirs.append((time.process_time() - start) * 1000)
            mine.append(ours[example.name])
    show("official sheets, warm in SaxonC", theirs)
    gain = statistics.fmean(theirs) / statistics.fmean(mine)
    word = "ok" if gain >= 40 else "BELOW"
    print(f"{'official / ours':44} {gain:6.1f} x   (at least 40 x)   {word}")


if __name__ == "__main__":
    main()
