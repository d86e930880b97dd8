"""Layer versions: do id, setId, versionNumber and relatedDocument agree with each other?"""

from cda_tools.reading.location import xpath
from cda_tools.rules import texts
from cda_tools.rules.finding import Severity
from cda_tools.validation import xpath_rules
from cda_tools.validation.layers import Checked, Job, Layer, is_official

NAME = "versions"
_MISSING_BEFORE_1_16 = frozenset({"SM-SETID-01", "SM-VERSION-01"})


def check(job: Job) -> Checked:
    """Return the layer's findings.

    Where missing setId and versionNumber are all that makes the document invalid, a finding
    says that it is as before 1.16, and how its versions can be told all the same.
    """
    root = job.root
    findings = xpath_rules.check(NAME, root, job.profile, job.document.encoding)
    errors = {
        one.rule for one in job.before if one.severity is Severity.ERROR and is_official(one.layer)
    }
    if errors and errors <= _MISSING_BEFORE_1_16:
        findings.append(
            texts.finding("VER-11", layer=NAME, location=xpath(root), line=root.sourceline)
        )
    return Checked(findings)


LAYER = Layer(NAME, order=110, check=check)
