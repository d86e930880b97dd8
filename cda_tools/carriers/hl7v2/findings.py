"""Findings of this carrier."""

from cda_tools.rules import texts
from cda_tools.rules.finding import Finding

LAYER = "hl7v2"


def finding(rule: str, location: str | None = None, **fields: str | int | None) -> Finding:
    """Return a finding of this carrier; ``location``: ``TXA-12``, ``OBX[2]-5``."""
    return texts.finding(rule, layer=LAYER, location=location, line=None, **fields)
