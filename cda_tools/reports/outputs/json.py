"""For programs: one JSON object, with every document and the summary."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from cda_tools.batch import Result
from cda_tools.reports.escapes import Escape
from cda_tools.reports.objects import SCHEMA_VERSION, line
from cda_tools.reports.run import Run
from cda_tools.reports.tally import Tally

ESCAPE = Escape.JSON


def render(results: Iterable[Result], run: Run) -> Iterator[str]:
    """Yield ``documents`` one by one (the objects of jsonl), then ``summary``."""
    tally = Tally()
    separator = f'{{"schema_version": {SCHEMA_VERSION}, "documents": [\n'
    for result in tally.watch(results):
        yield separator + line(result)
        separator = ",\n"
    start = separator if not tally.documents else ""
    yield f'{start}\n],\n"summary": {json.dumps(_summary(tally, run), ensure_ascii=False)}}}\n'


def _summary(tally: Tally, run: Run) -> dict[str, Any]:
    return {
        "documents": tally.documents,
        "valid": tally.valid,
        "invalid": tally.invalid,
        "unchecked": tally.unchecked,
        "interrupted": run.interrupted,
        "profile": run.options.profile,
        "strict": run.options.strict,
        "edition": run.options.edition,
        "kit": run.options.kit_label,
        "kit_defects": [defect.to_dict() for defect in run.kit_defects],
        "clean": tally.clean,
        "remarks": tally.remarks,
        "layers": {name: asdict(layer) for name, layer in tally.layers.items()},
        "rules": [asdict(rule) for rule in tally.rules()],
        "baseline": {"path": run.baseline, "hidden": tally.known} if run.baseline else None,
        "ignored": [
            {"rule": rule, "reason": reason, "hidden": tally.ignored[rule]}
            for rule, reason in run.ignored.items()
        ],
    }
