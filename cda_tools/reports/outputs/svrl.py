"""For tools that read Schematron reports: SVRL, a pattern a document and layer."""

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from lxml import etree

from cda_tools.batch import Result
from cda_tools.reports.contracts.several import inside
from cda_tools.reports.contracts.svrl import SVRL, patterns
from cda_tools.reports.contracts.verdict import judged
from cda_tools.reports.escapes import Escape
from cda_tools.reports.paths import relative
from cda_tools.reports.run import Run

ESCAPE = Escape.MARKUP


def render(results: Iterable[Result], run: Run) -> Iterator[str]:
    """Yield the report document by document; that a run was interrupted stands in a comment."""
    title = f"cda-tools, {run.described}"
    root = etree.Element(f"{{{SVRL}}}schematron-output", {"title": title}, nsmap={"svrl": SVRL})
    root.text = "\n"
    start, end = etree.tostring(root, encoding="unicode").rsplit("</", 1)
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n{start}'
    for result in results:
        verdict = judged(result.report)
        uri = quote(relative(verdict.path), errors="surrogateescape", safe="/!")
        for element in patterns(verdict, uri):
            yield inside(element) + "\n"
    if run.interrupted:
        yield "<!-- validation interrompue -->\n"
    yield f"</{end}\n"
