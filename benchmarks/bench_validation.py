"""Whole validation against what lxml's parser and the schema alone take in the same run.

    python benchmarks/bench_validation.py [FOLDER]

FOLDER defaults to fixtures/gazelle. The limit is for documents as they arrive, some 200 kB, as
those of ../shared/conformance/corpus: ours are nearly all header. Cold starts are in
bench_header.py.
"""

import statistics
from pathlib import Path

from lxml import etree

from cda_tools import Options, read, validate
from cda_tools.reading.header import clinical_document
from cda_tools.validation import LAYERS
from cda_tools.validation.xsd.layer import compiled, schema_file
from measure import best, documents, folder_argument, in_turn, show, verdict


def main() -> None:
    """Print the figures and the ratio."""
    paths = documents(folder_argument())
    schema = compiled(schema_file(None))

    def floor(path: Path) -> None:
        tree = etree.fromstring(path.read_bytes(), etree.XMLParser(huge_tree=True))
        schema.validate(clinical_document(tree))

    print(
        f"{len(paths)} documents, mean {statistics.fmean(p.stat().st_size for p in paths):,.0f} B"
    )
    bare, read_times, whole = in_turn([floor, read, lambda path: validate(read(path))], paths)
    show("lxml parse + XSD", bare)
    show("read (parse and header)", read_times)
    show("read and validate, all layers", whole)
    for layer in LAYERS[1:]:
        options = Options(layers=(layer,))
        documents_read = [read(path) for path in paths]
        show(f"  {layer}", best(lambda document, o=options: validate(document, o), documents_read))
    verdict(
        "read and validate / (parse + XSD), means",
        statistics.fmean(whole) / statistics.fmean(bare),
        3,
    )


if __name__ == "__main__":
    main()
