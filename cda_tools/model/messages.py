"""What HL7v2 messages say, as plain values: who sent what to whom, answers, movements.

Source: CI-SIS, volet Transmission de document(s) CDA en HL7v2 2.1.3 (MDM, ORU, ACK, ZAM); IHE
PAM, national extension France 2.11 (ADT).
"""

from dataclasses import dataclass, field
from enum import StrEnum

from cda_tools.model.header import Patient
from cda_tools.model.timestamp import Timestamp


class Profile(StrEnum):
    """What a message conforms to, as MSH-21 says."""

    SEND = "2.1^CISIS_CDA_HL7_V2"
    LPS = "1.1^CISIS_CDA_HL7_LPS"
    OLDER = "older"
    PAM = "PAM"
    OTHER = "other"
    ABSENT = ""


@dataclass(frozen=True, slots=True)
class Envelope:
    """The header of a message.

    ``kind``, ``event``: MSH-9.1 and .2 (``MDM``, ``T02``). ``sender``: MSH-3 and MSH-4;
    ``receiver``: MSH-5 and MSH-6. ``sent``: MSH-7. ``digest``: of the whole message, so that
    copies of it are one.
    """

    kind: str
    event: str = ""
    control_id: str = ""
    sender: tuple[str, str] = ("", "")
    receiver: tuple[str, str] = ("", "")
    sent: Timestamp | None = None
    profile: Profile = Profile.ABSENT
    digest: str = ""


class AnswerKind(StrEnum):
    """Who answers: the receiver (ACK), the DMP (Z01), a mail server (Z02), a reader (Z03).

    OTHER: an ACK to a message that carries no document (ACK^Z01, ACK^A01).
    """

    TECHNICAL = "ACK"
    OTHER = "other"
    DMP = "Z01"
    MAIL = "Z02"
    READING = "Z03"


@dataclass(frozen=True, slots=True)
class Answer:
    """An ACK or a ZAM. ``about``: the MSH-10 that it answers (MSA-2, or OBX-4 of a ZAM).

    ``value``: AA, AE or AR of an ACK; Y or N of a ZAM; as given. ``code``: ERR-3.1 of an ACK,
    ERR-5.1 of a ZAM (ERR-3.1 where there is none).
    """

    kind: AnswerKind
    about: str
    value: str
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Collected:
    """What a patient was asked (ZFA-9 or ZFA-11) and when (ZFA-10, ZFA-12).

    ``value``: as given; ``""`` where the message deletes what was known.
    """

    value: str
    date: Timestamp | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A number and who gave it (CX, XON, EI): a visit, a file, a unit, a movement."""

    value: str
    authority: str = ""


class MovementAction(StrEnum):
    """ZBE-4."""

    INSERT = "INSERT"
    UPDATE = "UPDATE"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Movement:
    """A movement of a visit, or what a message of identity (A28, A31: no visit) collected.

    ``event``: the movement's own event: that of the message, or ZBE-6 where it updates or
    cancels another. ``id``: ZBE-1. ``visit``: PV1-19, else PID-18 (``visit_from_file``); None
    where the message has no PV1 or its class is N. ``file``: PID-18. ``patient_class``: PV1-2.
    ``start``: ZBE-2. ``admitted``, ``discharged``: PV1-44, PV1-45. ``unit``: ZBE-7. ``feeding``,
    ``consultation``: None where the message does not speak of it.
    """

    patient: Patient = field(repr=False)
    event: str
    action: MovementAction
    id: Number | None = None
    visit: Number | None = None
    visit_from_file: bool = False
    file: Number | None = None
    patient_class: str = ""
    start: Timestamp | None = None
    admitted: Timestamp | None = None
    discharged: Timestamp | None = None
    unit: Number | None = None
    feeding: Collected | None = None
    consultation: Collected | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """A40, A47: what was known under ``prior`` is ``patient``'s."""

    patient: Patient = field(repr=False)
    prior: Patient = field(repr=False)


@dataclass(frozen=True, slots=True)
class FileMove:
    """A44: the file (MRG-3), with its visits, is ``patient``'s."""

    patient: Patient = field(repr=False)
    file: Number | None


Statement = Answer | Movement | Merge | FileMove
"""What a message that carries no document says."""
