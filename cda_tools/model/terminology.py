"""Value sets (jeux de valeurs): a code to its French label.

The files are ``schemas/valuesets/*.tsv``; ``index.tsv`` there records each set's OID, date and
source. A set is read once, when it is first asked for.
"""

import csv
from functools import cache

from cda_tools.model.header import Code
from cda_tools.resources import resource

DOCUMENT_TYPES = "J07"
PROFESSIONS = "J01"
FACILITIES = "J02"
PRACTICE_SETTINGS = "J04"
FUNCTIONS = "J47"
ENCOUNTERS = "J142"
GENDERS = "J143"
TITLES = "J246"
CONFIDENTIALITIES = "confidentiality-hl7"


@cache
def value_set(name: str) -> dict[tuple[str, str], str]:
    """Return a set by its short name (``J07``): (code, codeSystem OID) to displayName.

    Raise ResourceError where there is no such set.
    """
    path = resource("valuesets", f"{name}.tsv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return {(code, system): label for code, system, label in rows}


def label(code: Code | None, set_name: str) -> str | None:
    """Return the document's own displayName, else the set's label, else None."""
    if code is None:
        return None
    if code.display_name or code.code is None:
        return code.display_name
    return value_set(set_name).get((code.code, code.system or ""))
