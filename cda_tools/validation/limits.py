"""How many findings of one document are told one by one.

A document can break one rule at a hundred thousand places: telling them all helps no one.
"""

from collections.abc import Sequence

from lxml.etree import _Element

from cda_tools.reading.location import xpath
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding

MOST = 500


def limited(findings: Sequence[Finding], layer: str, root: _Element) -> list[Finding]:
    """Return 500 findings of a layer in their order, and one that counts the others.

    Errors are kept before warnings, and warnings before information: the verdict stays. One
    finding more than 500 is told rather than counted.
    """
    if len(findings) <= MOST + 1:
        return list(findings)
    kept = sorted(range(len(findings)), key=lambda n: findings[n].severity, reverse=True)[:MOST]
    return [
        *(findings[number] for number in sorted(kept)),
        more(layer, root, len(findings) - MOST),
    ]


def more(layer: str, root: _Element, count: int) -> Finding:
    """Return the finding that says how many are not told one by one."""
    return texts.finding(
        "MORE-01", layer=layer, location=xpath(root), line=root.sourceline, count=count
    )
