"""Messages about visits as plain values, as short as a test needs them."""

from itertools import count

from cda_tools.model.carriage import Context
from cda_tools.model.document import Document
from cda_tools.model.header import Identifier, Patient
from cda_tools.model.messages import (
    Collected,
    Envelope,
    FileMove,
    Merge,
    Movement,
    MovementAction,
    Number,
    Profile,
    Statement,
)
from cda_tools.model.timestamp import Timestamp

LOCAL, NIR = "1.2.250.1.999.31.1", "1.2.250.1.213.1.4.8"
_NUMBERS = count(1)


def person(*ids: str) -> Patient:
    """Return a patient by local numbers; ``INS…`` is an INS."""
    return Patient(
        ids=tuple(
            Identifier(NIR, one[3:]) if one.startswith("INS") else Identifier(LOCAL, one)
            for one in ids
        )
    )


def message(said: Statement, at: str, control: str | None = None) -> Document:
    """Return a message that says so, sent at a moment."""
    number = control or f"C{next(_NUMBERS):04}"
    envelope = Envelope("ADT", "", number, sent=Timestamp(at), profile=Profile.PAM)
    context = Context(sent=envelope.sent, envelope=envelope, statement=said)
    return Document(f"{number}.hl7", carrier="hl7v2", context=context)


def moved(
    visit: str | None,
    at: str,
    event: str = "A04",
    *,
    who: Patient | None = None,
    action: str = "INSERT",
    movement: str | None = "M1",
    feeding: str | None = None,
    consultation: str | None = None,
    collected: str | None = None,
    sent: str | None = None,
    unit: str = "CARD",
    file: str | None = None,
    patient_class: str = "O",
    admitted: str | None = None,
    discharged: str | None = None,
    authority: str = "CLINIQUE",
) -> Document:
    """Return a message about a movement that starts at ``at``, sent then unless told otherwise."""
    when = Timestamp(at if collected is None else collected) if collected != "" else None

    def decided(value: str | None) -> Collected | None:
        return None if value is None else Collected(value, when)

    said = Movement(
        patient=who or person("P1"),
        event=event,
        action=MovementAction(action),
        id=Number(movement) if movement else None,
        visit=Number(visit, authority) if visit else None,
        file=Number(file, "DOSSIERS") if file else None,
        patient_class=patient_class,
        start=Timestamp(at),
        admitted=Timestamp(admitted) if admitted else None,
        discharged=Timestamp(discharged) if discharged else None,
        unit=Number(unit, "UF") if unit else None,
        feeding=decided(feeding),
        consultation=decided(consultation),
    )
    return message(said, sent or at)


def merged(kept: Patient, prior: Patient, at: str) -> Document:
    """Return an A40."""
    return message(Merge(kept, prior), at)


def file_moved(to: Patient, file: str, at: str) -> Document:
    """Return an A44."""
    return message(FileMove(to, Number(file, "DOSSIERS")), at)
