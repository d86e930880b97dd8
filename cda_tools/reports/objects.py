"""JSON objects that several commands have: an identifier, a validated document.

Those of a finding, a layer and a report are their own ``to_dict``.
"""

import json
from typing import TYPE_CHECKING, Any

from cda_tools.model.header import Identifier

if TYPE_CHECKING:
    from cda_tools.batch import Result


def identifier_to_json(identifier: Identifier | None) -> dict[str, str | None] | None:
    """Return ``{"root": …, "extension": …}``, or None."""
    if identifier is None:
        return None
    return {"root": identifier.root, "extension": identifier.extension}


def result_to_json(result: "Result") -> dict[str, Any]:
    """Return a document's object; ``hidden`` is there only where findings were left out."""
    found = result.report.to_dict()
    if result.known or result.ignored:
        found["hidden"] = {"baseline": result.known, "ignored": len(result.ignored)}
    return found


def line(result: "Result") -> str:
    """Return the document's object on one line, without its end."""
    return json.dumps(result_to_json(result), ensure_ascii=False)
