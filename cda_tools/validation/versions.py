"""Layer versions: do id, setId, versionNumber and relatedDocument agree with each other?"""

from collections.abc import Iterable

from lxml.etree import _Element as Element

from cda_tools.reading.location import xpath
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding, Severity
from cda_tools.validation import xpath_rules

LAYER = "versions"
_MISSING_BEFORE_1_16 = frozenset({"SM-SETID-01", "SM-VERSION-01"})


def check(
    root: Element, *, profile: str, encoding: str, before: Iterable[Finding]
) -> list[Finding]:
    """Return the layer's findings; ``before`` are those of the layers that ran before it.

    Where missing setId and versionNumber are all that makes the document invalid, a finding
    says that it is as before 1.16, and how its versions can be told all the same.
    """
    findings = xpath_rules.check(LAYER, root, profile, encoding)
    errors = {finding.rule for finding in before if finding.severity is Severity.ERROR}
    if errors and errors <= _MISSING_BEFORE_1_16:
        findings.append(
            texts.finding("VER-11", layer=LAYER, location=xpath(root), line=root.sourceline)
        )
    return findings
