"""A document as a page, against what lxml takes to parse it in the same run.

    python benchmarks/bench_render.py [FOLDER]

FOLDER defaults to fixtures/gazelle.
"""

import statistics
from pathlib import Path

from lxml import etree

from cda_tools import pdf_of, read, render
from measure import documents, folder_argument, in_turn, show, verdict


def parse(path: Path) -> None:
    """Parse a whole file with lxml."""
    etree.parse(path, etree.XMLParser(huge_tree=True))


def page(path: Path) -> None:
    """Read a document and make its page."""
    render(read(path))


def pdf(path: Path) -> None:
    """Read a document and take its PDF out."""
    pdf_of(read(path))


def readable(path: Path) -> bool:
    """Tell whether a file is a document that can be shown."""
    document = read(path)
    return document.header is not None and document.tree is not None


def main() -> None:
    """Print the figures and the ratio."""
    paths = [path for path in documents(folder_argument()) if readable(path)]
    size = statistics.fmean(path.stat().st_size for path in paths)
    print(f"{len(paths)} documents, mean {size:,.0f} B")
    floor, ours, taken = in_turn([parse, page, pdf], paths)
    show("lxml, whole document", floor)
    show("read and render", ours)
    show("read and pdf_of", taken)
    verdict("read and render / lxml", sum(ours) / sum(floor), 12)


if __name__ == "__main__":
    main()
