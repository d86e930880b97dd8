"""For FHIR clients: an OperationOutcome (R4, JSON); several documents are a Bundle of them."""

import json
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import Any

from cda_tools.batch import Result
from cda_tools.reports.contracts import fhir
from cda_tools.reports.contracts.several import only
from cda_tools.reports.contracts.verdict import judged
from cda_tools.reports.escapes import Escape
from cda_tools.reports.paths import relative, shown
from cda_tools.reports.run import Run

ESCAPE = Escape.JSON


def render(results: Iterable[Result], run: Run) -> Iterator[str]:
    """Yield the outcome of the only document; else a Bundle, an entry a document."""
    tool = version("cda-tools")
    single, results = only(results)
    if single and not run.interrupted:
        yield _dump(fhir.outcome(judged(single.report), version=tool)) + "\n"
        return
    separator = '{"resourceType": "Bundle", "type": "collection", "entry": [\n'
    for result in results:
        verdict = judged(result.report)
        name = shown(relative(verdict.path))
        resource = fhir.outcome(verdict, version=tool, name=name)
        yield separator + _dump({"resource": resource})
        separator = ",\n"
    if run.interrupted:
        yield separator + _dump({"resource": fhir.refused("Validation interrompue.")})
        separator = ",\n"
    # FHIR has no empty lists.
    yield "\n]}\n" if separator == ",\n" else '{"resourceType": "Bundle", "type": "collection"}\n'


def _dump(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
