"""JSON objects that several commands have: an identifier, a validated document.

Those of a finding, a layer and a report are their own ``to_dict``.
"""

import json
from typing import TYPE_CHECKING, Any

from cda_tools.model.header import Identifier
from cda_tools.text import without_ins

if TYPE_CHECKING:
    from cda_tools.batch import Result


SCHEMA_VERSION = 1
"""The version of the JSON that commands print (``schemas/json/``): another one where a key goes or
changes its meaning, the same where a key is added."""


def identifier_to_json(
    identifier: Identifier | None, *, of_patient: bool = False
) -> dict[str, str | None] | None:
    """Return ``{"root": …, "extension": …}``, or None.

    What looks like an INS is left out, unless the identifier is the patient's, who was asked for.
    """
    if identifier is None:
        return None
    root, extension = identifier.root, identifier.extension
    if of_patient:
        return {"root": root, "extension": extension}
    return {
        "root": without_ins(root) if root else root,
        "extension": without_ins(extension) if extension else extension,
    }


def result_to_json(result: "Result") -> dict[str, Any]:
    """Return a document's object; ``hidden`` is there only where findings were left out."""
    found: dict[str, Any] = {"schema_version": SCHEMA_VERSION, **result.report.to_dict()}
    if result.known or result.ignored:
        found["hidden"] = {"baseline": result.known, "ignored": len(result.ignored)}
    return found


def line(result: "Result") -> str:
    """Return the document's object on one line, without its end."""
    return json.dumps(result_to_json(result), ensure_ascii=False)
