"""Header-only reading and cold starts, against what lxml alone takes in the same run.

    python benchmarks/bench_header.py [FOLDER]

FOLDER defaults to fixtures/gazelle.
"""

import io
import statistics
import sys
import tempfile
from pathlib import Path

from lxml import etree

from cda_tools import one_line, read_header
from measure import best, cold, documents, folder_argument, in_turn, show, verdict

COMPONENT = "{urn:hl7-org:v3}component"
IMPORTS = [sys.executable, "-c", "import lxml.etree, click, jinja2"]


def bare_header(path: Path) -> None:
    """Parse a file with lxml until its body starts, and read nothing."""
    with path.open("rb") as file:
        for _ in etree.iterparse(file, events=("start",), tag=COMPONENT):
            return


def whole(path: Path) -> None:
    """Parse a whole file with lxml."""
    etree.parse(path, etree.XMLParser(huge_tree=True))


def line(path: Path) -> None:
    """Make a document's line."""
    one_line(read_header(path))


def inflated(path: Path, size: int, folder: Path) -> Path:
    """Return a copy of a document whose body is made ``size`` bytes bigger."""
    data = path.read_bytes()
    filler = io.BytesIO()
    while filler.tell() < size:
        filler.write(b"<component><section><text>" + b"x" * 1000 + b"</text></section></component>")
    copy = folder / f"{path.stem}-{size}.xml"
    copy.write_bytes(data.replace(b"</structuredBody>", filler.getvalue() + b"</structuredBody>"))
    return copy


def main() -> None:
    """Print the figures and the ratios."""
    paths = documents(folder_argument())
    print(
        f"{len(paths)} documents, mean {statistics.fmean(p.stat().st_size for p in paths):,.0f} B"
    )
    bare, ours = in_turn([bare_header, read_header], paths)
    show("lxml, whole document", best(whole, paths))
    show("lxml, header only", bare)
    show("read_header", ours)
    show("read_header + one_line", best(line, paths))
    verdict("read_header / lxml header", statistics.median(ours) / statistics.median(bare), 1.5)

    structured = [path for path in paths if b"</structuredBody>" in path.read_bytes()]
    with tempfile.TemporaryDirectory() as name:
        smallest = min(structured, key=lambda path: path.stat().st_size)
        big = inflated(smallest, 3_000_000, Path(name))
        small_time, big_time = best(read_header, [smallest, big], repeat=50)
        verdict("read_header, 3 MB more of body", big_time / small_time, 1.2)

    many = (paths * (1000 // len(paths) + 1))[:1000]
    command = [sys.executable, "-m", "cda_tools", "line"]
    floor = cold(IMPORTS)
    print(f"{'cold: import lxml.etree, click, jinja2':44} {floor:7.1f} ms")
    for label, arguments, limit in [
        ("cold: line, one document", [*command, str(paths[0])], 1.6),
        ("cold: inspect, one document", [*command[:-1], "inspect", str(paths[0])], 3),
    ]:
        took = cold(arguments)
        print(f"{label:44} {took:7.1f} ms")
        verdict(f"{label} / imports", took / floor, limit)
    print(f"{'cold: line, 1000 files':44} {cold([*command, *map(str, many)], repeat=3):7.1f} ms")


if __name__ == "__main__":
    main()
