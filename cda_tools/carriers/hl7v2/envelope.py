"""The header of a message (MSH), and the parts of fields that several messages share.

Source: CI-SIS, volet Transmission de document(s) CDA en HL7v2 2.1.3 (MSH); HL7 v2.6 § 2.A (CX, HD,
XON, EI).
"""

from hashlib import blake2b

from cda_tools.carriers.hl7v2.message import Message, Segment
from cda_tools.model.header import Identifier, Patient
from cda_tools.model.messages import Envelope, Number, Profile
from cda_tools.model.timestamp import Timestamp

_OLDER = frozenset({"2.0^CISIS_CDA_HL7_V2", "1.2^CISIS_CDA_HL7_V1", "1.0^CISIS_CDA_HL7_LPS"})

_INS_AUTHORITIES = {
    "ASIP-SANTE-INS-NIR": "1.2.250.1.213.1.4.8",
    "ASIP-SANTE-INS-NIA": "1.2.250.1.213.1.4.9",
}


def envelope(message: Message) -> Envelope:
    """Return what MSH says, and the digest of the whole message."""
    header = message.all("MSH")[0]
    return Envelope(
        kind=header.value(9),
        event=header.value(9, 2),
        control_id=header.value(10),
        sender=(named(header, 3), named(header, 4)),
        receiver=(named(header, 5), named(header, 6)),
        sent=timestamp(header, 7),
        profile=profile(message),
        digest=_digest(message),
    )


def profile(message: Message) -> Profile:
    """Return what MSH-21 says that the message conforms to."""
    told = f"{message.value('MSH', 21)}^{message.value('MSH', 21, 2)}".upper()
    if told == "^":
        return Profile.ABSENT
    if told in (Profile.SEND, Profile.LPS):
        return Profile(told)
    if told in _OLDER:
        return Profile.OLDER
    return Profile.PAM if told.endswith("-PAM") else Profile.OTHER


def named(segment: Segment, field: int) -> str:
    """Return the name of an application or a facility (HD), else its OID."""
    return segment.value(field) or segment.value(field, 2)


def timestamp(segment: Segment, field: int) -> Timestamp | None:
    """Return a moment as given; None where the field is empty or deletes (``""``)."""
    text = segment.value(field)
    return Timestamp(text) if text and text != DELETED else None


DELETED = '""'
"""What a field holds that deletes what was known (HL7 v2.6 § 2.5.3)."""


def patient(segment: Segment, field: int) -> Patient:
    """Return the patient that a list of identifiers (CX) names, whatever their authorities.

    An identifier's root is the OID of its authority, else the authority's name.
    """
    found = []
    for one in segment.repeated(field):
        value, authority = one.value(), one.value(4, 2) or one.value(4)
        if value and value != DELETED:
            found.append(Identifier(authority or None, value))
    return Patient(ids=tuple(found))


def identified(segments: list[Segment]) -> Patient:
    """Return the patient that PID-3 identifies, by the identifiers whose authority has an OID.

    An INS authority is known by its name too: a sender may have left its OID out.
    """
    repetitions = (one for segment in segments for one in segment.repeated(3))
    found = (
        Identifier(one.value(4, 2) or _INS_AUTHORITIES.get(one.value(4).upper()), one.value())
        for one in repetitions
    )
    return Patient(ids=tuple(one for one in found if one.root and one.extension))


def number(segment: Segment, field: int, authority: int = 4) -> Number | None:
    """Return a number with who gave it (CX; EI where ``authority`` is 2); None where empty."""
    value = segment.value(field)
    if not value or value == DELETED:
        return None
    if authority == 4:
        return Number(value, segment.value(field, 4, 2) or segment.value(field, 4))
    return Number(value, segment.value(field, 3) or segment.value(field, 2))


def _digest(message: Message) -> str:
    digest = blake2b(digest_size=12)
    for segment in message.segments:
        digest.update(segment.whole)
        digest.update(b"\r")
    return digest.hexdigest()
