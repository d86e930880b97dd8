"""Words that several outputs have; apart from ``screen``, which loads what validates."""

from cda_tools.rules.finding import Severity

SEVERITIES = {
    Severity.ERROR: "erreur",
    Severity.WARNING: "avertissement",
    Severity.INFORMATION: "information",
}
