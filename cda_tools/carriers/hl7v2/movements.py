"""ADT: movements of visits, merges of patients, and what was collected on the DMP (ZFA).

Source: IHE PAM, national extension France 2.11, as the official examples show it (ZBE, ZFA, PV1,
MRG). Patients are known by identifiers alone; no name is read.
"""

import re

from cda_tools.carriers.hl7v2.envelope import DELETED, number, patient, timestamp
from cda_tools.carriers.hl7v2.findings import finding
from cda_tools.carriers.hl7v2.message import Message, Segment
from cda_tools.model.dates import goes_back
from cda_tools.model.messages import (
    Collected,
    FileMove,
    Merge,
    Movement,
    MovementAction,
    Number,
    Statement,
)
from cda_tools.model.timestamp import Timestamp
from cda_tools.rules.finding import Finding

_CANCELS = {
    "A11": "A01", "A12": "A02", "A13": "A03", "A25": "A16", "A26": "A15", "A27": "A14",
    "A32": "A10", "A33": "A09", "A38": "A05", "A52": "A21", "A53": "A22", "A55": "A54",
}  # fmt: skip
_UPDATES = frozenset({"Z99", "A08"})
_WITH_ZBE = frozenset(
    {*_CANCELS, "A01", "A02", "A03", "A04", "A05", "A06", "A07", "A14", "A15", "A16", "A21", "A22",
     "A54", "Z99"}
)  # fmt: skip
_IDENTITY = frozenset({"A28", "A31"})
_MERGES = frozenset({"A40", "A47"})
_NATURES = frozenset({"S", "H", "M", "L", "D", "SM", "SH", "MH", "LD", "HMS", "C"})
_FEEDING = frozenset({"INO", "IO", "NA"})
_CONSULTATION = frozenset({"IC", "INC", "NA"})
_NO_VISIT = "N"
_VERSION = re.compile(r"([0-9]{1,3})\.([0-9]{1,3})(?:\.[0-9]{1,3})?", re.ASCII)


def movement(message: Message) -> tuple[Statement | None, list[Finding]]:
    """Return what an ADT says of a patient or a visit; None where that is nothing of use."""
    if not message.all("PID"):
        return None, [finding("HL7-ADT-1", "PID", reason="segment PID absent")]
    event = message.value("MSH", 9, 2).upper()
    somebody = patient(message.all("PID")[0], 3)
    if event in _MERGES or event == "A44":
        return _merged(message, event)
    zbe = _Zbe(message, event)
    findings = zbe.findings()
    feeding, consultation, about = _collected(message)
    findings += about
    visit, file, from_file, lacking = _visit(message, event)
    findings += [*lacking, *_expected(message)]
    stay = message.all("PV1")[0] if message.all("PV1") else None
    said = Movement(
        patient=somebody,
        event=zbe.original,
        action=zbe.action,
        id=zbe.id,
        visit=visit,
        visit_from_file=from_file,
        file=file,
        patient_class=stay.value(2).upper() if stay else "",
        start=zbe.start,
        admitted=timestamp(stay, 44) if stay else None,
        discharged=timestamp(stay, 45) if stay else None,
        unit=zbe.unit,
        feeding=feeding,
        consultation=consultation,
    )
    return said, findings


def _merged(message: Message, event: str) -> tuple[Statement | None, list[Finding]]:
    findings = []
    if message.all("ZFA"):
        findings.append(finding("HL7-ADT-8", "ZFA", event=event))
    merged = message.all("MRG")
    if not merged:
        return None, [*findings, finding("HL7-ADT-1", "MRG", reason="segment MRG absent")]
    kept = patient(message.all("PID")[0], 3)
    if event == "A44":
        return FileMove(kept, number(merged[0], 3)), findings
    return Merge(kept, patient(merged[0], 1)), findings


class _Zbe:
    """The movement of a message, read from ZBE, else from the event alone.

    A ZBE whose fields are shifted by one from the third on (an official example has them so) is
    known by its action in ZBE-5, and read shifted.
    """

    def __init__(self, message: Message, event: str) -> None:
        rows = message.all("ZBE")
        self._segment: Segment | None = rows[0] if rows else None
        self._event = event
        self._shift = int(
            self._segment is not None
            and not self._segment.value(4)
            and self._segment.value(5) in MovementAction.__members__
        )
        self._needed = event in _WITH_ZBE

    def _value(self, field: int, component: int = 1) -> str:
        if self._segment is None:
            return ""
        return self._segment.value(field + (self._shift if field >= 3 else 0), component)

    @property
    def action(self) -> MovementAction:
        """Return ZBE-4, else what the event does; an event that cancels always does."""
        if self._event in _CANCELS:
            return MovementAction.CANCEL
        told = self._value(4).upper()
        if told in MovementAction.__members__:
            return MovementAction(told)
        return MovementAction.UPDATE if self._event in _UPDATES else MovementAction.INSERT

    @property
    def original(self) -> str:
        """Return the movement's own event: ZBE-6 where this one updates or cancels another."""
        if self._event in _UPDATES or self._event in _CANCELS:
            return self._value(6).upper() or _CANCELS.get(self._event, "")
        return self._event

    @property
    def id(self) -> Number | None:
        """Return ZBE-1, its first repetition."""
        return number(self._segment, 1, authority=2) if self._segment else None

    @property
    def start(self) -> Timestamp | None:
        """Return ZBE-2."""
        return timestamp(self._segment, 2) if self._segment else None

    @property
    def unit(self) -> Number | None:
        """Return ZBE-7: the unit that answers for the patient medically."""
        code = self._value(7, 10) or self._value(7)
        if not code or self._segment is None:
            return None
        field = 7 + self._shift
        return Number(code, self._segment.value(field, 6, 2) or self._segment.value(field, 6))

    def findings(self) -> list[Finding]:
        """Say what is wrong with ZBE."""
        if self._segment is None:
            return [finding("HL7-ADT-2", "ZBE", event=self._event)] if self._needed else []
        found = []
        if self._shift:
            found.append(finding("HL7-ADT-9", "ZBE"))
        if reason := self._outside():
            found.append(finding("HL7-ADT-3", "ZBE", reason=reason))
        changes = self._value(4).upper() in (MovementAction.UPDATE, MovementAction.CANCEL)
        if changes and not self._value(6):
            found.append(finding("HL7-ADT-4", "ZBE-6"))
        return found

    def _outside(self) -> str | None:
        if self._value(4).upper() not in MovementAction.__members__:
            return "ZBE-4 ne vaut ni INSERT, ni UPDATE, ni CANCEL"
        if self._value(5) not in ("Y", "N"):
            return "ZBE-5 ne vaut ni Y ni N"
        return None if self._value(9) in _NATURES else "ZBE-9 hors de sa table"


def _visit(
    message: Message, event: str
) -> tuple[Number | None, Number | None, bool, list[Finding]]:
    """Return the visit, the file, whether the file stands in for the visit, and what lacks."""
    identity, stays = message.all("PID")[0], message.all("PV1")
    file = number(identity, 18)
    if event in _IDENTITY or not stays or stays[0].value(2).upper() == _NO_VISIT:
        return None, file, False, []
    visit = number(stays[0], 19)
    if visit is not None:
        return visit, file, False, []
    found = [finding("HL7-ADT-5", "PV1-19")]
    return file, file, file is not None, found


def _expected(message: Message) -> list[Finding]:
    """Say where a visit is expected to end before it begins; neither date is read."""
    for row in message.all("PV2"):
        if goes_back(row.value(8), row.value(9)):
            return [finding("HL7-ADT-10", "PV2-9")]
    return []


def _collected(
    message: Message,
) -> tuple[Collected | None, Collected | None, list[Finding]]:
    """Return what ZFA says on feeding and on consultation, and what is wrong with it."""
    rows = message.all("ZFA")
    if not rows:
        return None, None, []
    segment, findings = rows[0], []
    if any(segment.value(field) for field in range(4, 9)):
        findings.append(
            finding("HL7-ADT-6-OLD" if _is_before_2_11(message) else "HL7-ADT-6", "ZFA")
        )
    both: list[Collected | None] = []
    for field, codes in ((9, _FEEDING), (11, _CONSULTATION)):
        code, date = segment.value(field), timestamp(segment, field + 1)
        if code == DELETED:
            both.append(Collected(""))
            continue
        if code and code.upper() not in codes:
            findings.append(finding("HL7-ADT-7", f"ZFA-{field}", reason="valeur hors de la table"))
        elif code and code.upper() != "NA":
            findings += _date(message, date, field)
        known = code.upper() in codes
        both.append(Collected(code.upper(), date) if known else None)
    return both[0], both[1], findings


def _is_before_2_11(message: Message) -> bool:
    """Tell whether MSH-12 names a version of the national extension in which ZFA-4 to -8 were."""
    version = _VERSION.fullmatch(message.value("MSH", 12, 3))
    return version is not None and (int(version[1]), int(version[2])) < (2, 11)


def _date(message: Message, date: Timestamp | None, field: int) -> list[Finding]:
    if date is None or date.moment is None:
        reason = "date de recueil absente ou illisible : celle du mouvement en tient lieu"
        return [finding("HL7-ADT-7", f"ZFA-{field + 1}", reason=reason)]
    if goes_back(date.raw, message.value("MSH", 7)):
        reason = "date de recueil postérieure au message"
        return [finding("HL7-ADT-7", f"ZFA-{field + 1}", reason=reason)]
    return []
