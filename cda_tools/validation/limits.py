"""How many findings of one document are told one by one.

A document can break one rule at a hundred thousand places: telling them all helps no one.
"""

from collections.abc import Sequence

from lxml.etree import _Element

from cda_tools.reading.location import xpath
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding, Severity

MOST = 500


def limited(findings: Sequence[Finding], layer: str, root: _Element) -> list[Finding]:
    """Return the findings of a layer that are told, and one that counts the others."""
    told = numbers_told([finding.severity for finding in findings])
    left_out = len(findings) - len(told)
    kept = [findings[number] for number in told]
    return [*kept, more(layer, root, left_out)] if left_out else kept


def numbers_told(severities: Sequence[Severity], beyond: int = 0) -> Sequence[int]:
    """Return which findings are told one by one: 500 of them, in their order.

    Errors are kept before warnings, and warnings before information: the verdict stays. One
    finding more than 500 is told rather than counted. ``beyond``: how many more there are, none
    of which weighs more.
    """
    if len(severities) + beyond <= MOST + 1:
        return range(len(severities))
    return heaviest(severities, MOST)


def heaviest(severities: Sequence[Severity], most: int) -> Sequence[int]:
    """Return the numbers of the ``most`` heaviest, in their order; of two alike, the first one."""
    by_weight = sorted(range(len(severities)), key=lambda n: severities[n], reverse=True)
    return sorted(by_weight[:most])


def more(layer: str, root: _Element, count: int) -> Finding:
    """Return the finding that says how many are not told one by one."""
    return texts.finding(
        "MORE-01", layer=layer, location=xpath(root), line=root.sourceline, count=count
    )
