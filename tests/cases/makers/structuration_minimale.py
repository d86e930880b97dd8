"""The cases of the header profile, made from ``structuration-minimale/cases.tsv``.

The table has a line a rule:

- ``at``: the element of ``complete-header.xml`` that the rule is about, as a path below
  ClinicalDocument without prefixes. Cut down to it and to what is mandatory, the header is the
  base of both files (``.`` for ClinicalDocument itself).
- ``both``: changes that both files need, so that the rule has something to say.
- ``fail``: the one change that breaks the rule.

Changes are separated by `` ; `` and apply to ``at``, or to the path below it before ``: ``::

    remove | repeat | empty | set @a=value | drop @a | text words | add <xml/> | after <xml/>
"""

import csv
from dataclasses import dataclass

from header_changes import change, cut, serialized

from .. import FOLDER

LAYERS = ("structuration-minimale",)
CASES = FOLDER / LAYERS[0]


@dataclass(frozen=True)
class Case:
    """A line of ``cases.tsv``."""

    rule: str
    at: str
    both: str
    fail: str


def cases() -> list[Case]:
    """Read the table."""
    with (CASES / "cases.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Case(*row) for row in list(rows)[1:]]


def made(case: Case) -> dict[str, bytes]:
    """Return the two files of a case, by their path from the root of the project."""
    base, target = cut(case.at)
    change(target, case.both)
    passing = serialized(base)
    change(target, case.fail)
    start = f"tests/cases/{LAYERS[0]}/{case.rule}"
    return {f"{start}-pass-a.xml": passing, f"{start}-fail-a.xml": serialized(base)}


def files() -> dict[str, bytes]:
    """Return all files of all cases."""
    return {path: content for case in cases() for path, content in made(case).items()}
