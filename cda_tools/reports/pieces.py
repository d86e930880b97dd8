"""Reports written piece by piece, so that a million rows take no more memory than one."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from cda_tools.indicators.remarks import Remark
from cda_tools.reports.paths import shown
from cda_tools.reports.words import SEVERITIES


def json_object(head: Mapping[str, Any], lists: Mapping[str, Iterable[Any]]) -> Iterator[str]:
    """Yield one JSON object: ``head``, then each list, a line an item."""
    text = json.dumps(head, ensure_ascii=False, indent=2)
    yield text.removesuffix("\n}")
    for name, items in lists.items():
        yield f",\n  {json.dumps(name)}: ["
        before = "\n    "
        for item in items:
            yield before + json.dumps(item, ensure_ascii=False)
            before = ",\n    "
        yield "]" if before == "\n    " else "\n  ]"
    yield "\n}\n"


def csv_rows(header: Sequence[str], rows: Iterable[Sequence[str | None]]) -> Iterator[str]:
    """Yield a table for spreadsheets, with semicolons as the French ones have it."""
    yield _row(header)
    for row in rows:
        yield _row(row)


def _row(cells: Sequence[str | None]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";", lineterminator="\n").writerow(
        ["" if cell is None else _text(shown(cell)) for cell in cells]
    )
    return buffer.getvalue()


def _text(cell: str) -> str:
    """Return a cell that a spreadsheet takes for a text, and not for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell


def period(since: date | None, until: date | None) -> str:
    """Return a period in words, with a blank before; nothing where there is no bound."""
    if since and until:
        return f" du {since:%d/%m/%Y} au {until:%d/%m/%Y}"
    if since:
        return f" depuis le {since:%d/%m/%Y}"
    return f" jusqu'au {until:%d/%m/%Y}" if until else ""


def remarks(found: Sequence[Remark]) -> Iterator[str]:
    """Yield what was noted on the messages, a rule a line, with the first places."""
    if found:
        yield f"Remarques : {len(found)}"
    for one in found:
        finding = one.finding
        places = ", ".join(map(shown, one.places)) + (", …" if one.count > len(one.places) else "")
        weight = SEVERITIES[finding.severity]
        yield f"  {finding.rule} ({weight}, {one.count} fois) {finding.message}"
        yield f"        {places}"
