"""The tables that are shipped: tab-separated, a heading, no quotes."""

import csv

from cda_tools.resources import resource


def rows(*parts: str) -> list[list[str]]:
    """Return the rows of ``schemas/…``, without the heading; raise ResourceError for no such file.

    >>> rows("valuesets", "index.tsv")[0][1]
    'J01.tsv'
    """
    with resource(*parts).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
