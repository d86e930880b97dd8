"""The field rules of the two guides: SEND 2.1.3 (producer to PFI) and LPS 1.1.3 (mail to DPI).

MSH-21 says which guide a message follows. An older profile is read, and said to be old: what was
normal then is no fault. Sources: ANS, guide « Transmission d'un document CDA-R2 en HL7v2 » 2.1.3
(21/04/2026) and guide « Transmission au LPS d'un document CDA provenant d'un courriel MSSanté »
1.1.3 (04/2025).
"""

from cda_tools.carriers.hl7v2.guide import (
    document,
    header,
    indicators,
    patient,
    recipients,
    visibility,
)
from cda_tools.carriers.hl7v2.guide.reading import Reading, is_foreign, reading
from cda_tools.rules.finding import Finding

__all__ = ["Reading", "check", "is_foreign", "reading"]

_ALL_PROFILES = (header.of_any_profile,)
_CURRENT = (
    header.check,
    patient.check,
    document.check,
    recipients.check,
    indicators.check,
    visibility.check,
)


def check(told: Reading) -> list[Finding]:
    """Return what a message that carries documents breaks of its guide."""
    if is_foreign(told.message):
        return []
    rules = _ALL_PROFILES if told.old else (*_ALL_PROFILES, *_CURRENT)
    return [finding for rule in rules for finding in rule(told)]
