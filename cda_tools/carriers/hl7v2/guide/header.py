"""MSH and EVN. Guide page: profils-messages."""

from collections.abc import Iterator

from cda_tools.carriers.hl7v2.findings import finding
from cda_tools.carriers.hl7v2.guide.reading import Reading
from cda_tools.model.messages import Profile
from cda_tools.rules.finding import Finding

_VERSIONS = {"MDM": "2.6", "ORU": "2.5"}
# Without them, fields lack whose absence alone is an error.
_HOLD_ERRORS = ("PID", "PV1", "ORC", "TXA")
_CHARACTER_SETS = ("UNICODE UTF-8", "8859/15")


def of_any_profile(told: Reading) -> Iterator[Finding]:
    """Check what every profile asks for: who, whom, when; and say if the profile is old."""
    message, envelope = told.message, told.envelope
    for field, name in zip((3, 4, 5, 6), (*envelope.sender, *envelope.receiver), strict=True):
        if not name:
            yield finding("HL7-MSH-3", f"MSH-{field}", field=field)
            break
    if envelope.sent is None or envelope.sent.moment is None:
        yield finding("HL7-MSH-7", "MSH-7")
    if told.old:
        yield finding("HL7-MSH-21-OLD", "MSH-21", told=message.value("MSH", 21))
    elif told.profile not in (Profile.SEND, Profile.LPS):
        absent = told.profile is Profile.ABSENT
        yield finding("HL7-MSH-21", "MSH-21", reason="vide" if absent else "inconnu des guides")


def check(told: Reading) -> Iterator[Finding]:
    """Check MSH and EVN."""
    message, envelope = told.message, told.envelope
    kind = envelope.kind
    if told.profile is Profile.LPS and kind == "ORU":
        yield finding("HL7-LPS-ORU", "MSH-9")
    structure = {"MDM": "MDM_T02", "ORU": "ORU_R01"}.get(kind)
    if structure and message.value("MSH", 9, 3) != structure:
        yield finding("HL7-MSH-9", "MSH-9", structure=structure)
    if not envelope.control_id:
        yield finding("HL7-MSH-10", "MSH-10")
    if message.value("MSH", 11) not in ("P", "T", "D"):
        yield finding("HL7-MSH-11", "MSH-11")
    expected = "2.6" if told.lps and kind == "MDM" else _VERSIONS.get(kind)
    if expected and message.value("MSH", 12) != expected:
        yield finding("HL7-18", "MSH-12", kind=kind, expected=expected)
    if message.value("MSH", 17) != "FRA":
        yield finding("HL7-MSH-17", "MSH-17")
    characters = " ".join(message.value("MSH", 18).upper().split())
    said = any(one.rule == "HL7-13" for one in message.findings)
    if characters not in _CHARACTER_SETS and not said:
        yield finding("HL7-MSH-18", "MSH-18")
    for name in ("EVN", "PID", "PV1", "ORC", "OBR", "TXA"):
        needed = kind == "MDM" or name not in ("EVN", "TXA")
        count = len(message.all(name))
        if needed and not count and name in _HOLD_ERRORS:
            yield finding("HL7-SEGMENT-NONE", name, name=name)
        elif needed and count != 1:
            reason = "absent" if not count else f"{count} fois"
            yield finding("HL7-SEGMENT", name, name=name, reason=reason)
    if kind == "MDM" and message.all("EVN") and not message.value("EVN", 2):
        yield finding("HL7-EVN-2", "EVN-2")
