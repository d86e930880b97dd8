"""ACK and ZAM: what a receiver, the DMP, a mail server or a reader answered to a message.

Source: CI-SIS, volet Transmission de document(s) CDA en HL7v2 2.1.3 (pages profils-messages,
ack-metier-zam, error-codes); HL7 v2.6 table 0357. Addresses and labels are not read.
"""

import re

from cda_tools.carriers.hl7v2.envelope import profile
from cda_tools.carriers.hl7v2.findings import finding
from cda_tools.carriers.hl7v2.message import Message
from cda_tools.model.dates import goes_back
from cda_tools.model.messages import Answer, AnswerKind, Profile
from cda_tools.rules.finding import Finding
from cda_tools.text import holds_ins

_TO_DOCUMENTS = frozenset({"", "T02", "T04", "T10", "R01"})
_KINDS = {"Z01": AnswerKind.DMP, "Z02": AnswerKind.MAIL, "Z03": AnswerKind.READING}
_NAMES = {
    AnswerKind.DMP: "ACK_RECEPTION_DMP",
    AnswerKind.MAIL: "ACK_RECEPTION_MSS",
    AnswerKind.READING: "ACK_LECTURE_MSS",
}
_CONDITIONS = frozenset(
    {"0", *(str(code) for code in (*range(100, 104), 198, 199, *range(200, 208)))}
)
_SEVERITIES = frozenset("EFIW")
_CODE = re.compile(r"[A-Za-z0-9_.:/#-]{1,80}")


def acknowledgement(message: Message) -> tuple[Answer, list[Finding]]:
    """Return what an ACK says."""
    told = message.value("MSH", 9, 2)
    kind = AnswerKind.TECHNICAL if told in _TO_DOCUMENTS else AnswerKind.OTHER
    value, about = message.value("MSA", 1).upper(), message.value("MSA", 2)
    findings = []
    if value not in ("AA", "AE", "AR") or not about:
        reason = "MSA absent" if not message.all("MSA") else "MSA-1 ou MSA-2 vide ou inconnu"
        findings.append(finding("HL7-ACK-1", "MSA", reason=reason))
    if value in ("AE", "AR"):
        findings += _error_of_acknowledgement(message)
    return Answer(kind, about, value, _code(message.value("ERR", 3))), findings


def _code(text: str) -> str | None:
    """Return what has the form of a code: a sentence there could name the patient."""
    return text if _CODE.fullmatch(text) and not holds_ins(text) else None


def _error_of_acknowledgement(message: Message) -> list[Finding]:
    if not message.all("ERR"):
        return [finding("HL7-ACK-2", "ERR", reason="segment ERR absent")]
    for number, error in enumerate(message.all("ERR"), start=1):
        if error.value(3) not in _CONDITIONS:
            return [finding("HL7-ACK-2", f"ERR[{number}]-3", reason="ERR-3 hors de la table 0357")]
        if error.value(4) not in _SEVERITIES:
            return [finding("HL7-ACK-2", f"ERR[{number}]-4", reason="ERR-4 ni E, ni F, ni I, ni W")]
    return []


def business(message: Message) -> tuple[Answer | None, list[Finding]]:
    """Return what a ZAM says; None where its event is unknown."""
    kind = _KINDS.get(message.value("MSH", 9, 2).upper())
    if kind is None:
        return None, [finding("HL7-ZAM-1", "MSH-9", reason="événement ni Z01, ni Z02, ni Z03")]
    rows = message.all("OBX")
    about = rows[0].value(4) if rows else ""
    value = rows[0].value(5).upper() if rows else ""
    findings = []
    if reason := _wrong(rows[0].value(3) if rows else None, kind, about, value):
        findings.append(finding("HL7-ZAM-1", "OBX[1]", reason=reason))
    if kind is not AnswerKind.DMP and (len(rows) < 2 or "@" not in rows[1].value(5, 4)):
        findings.append(finding("HL7-ZAM-2", "OBX[2]-5", event=kind.value))
    if profile(message) is Profile.ABSENT:
        findings.append(finding("HL7-MSH-21", "MSH-21", reason="vide"))
    errors = message.all("ERR")
    told = errors[0].value(5) if errors else ""
    if value == "N" and _code(told) is None:
        reason = "ERR-5 n'est pas un code (non affiché)" if told else "ERR-5 vide"
        reason = reason if errors else "segment ERR absent"
        findings.append(finding("HL7-ZAM-3", "ERR", reason=reason))
    elif len(errors) > 1:
        findings.append(finding("HL7-ZAM-3", "ERR", reason="plusieurs segments ERR"))
    if not message.all("EVN"):
        findings.append(finding("HL7-ZAM-4", "EVN", reason="segment EVN absent"))
    elif _after(message):
        findings.append(finding("HL7-ZAM-4", "EVN-2", reason="EVN-2 postérieur à MSH-7"))
    code = _code(told) or (_code(errors[0].value(3)) if errors else None)
    return Answer(kind, about, value, code), findings


def _wrong(name: str | None, kind: AnswerKind, about: str, value: str) -> str | None:
    if name is None:
        return "segment OBX absent"
    if name.upper() != _NAMES[kind]:
        return f"OBX-3 n'est pas {_NAMES[kind]}"
    if not about:
        return "OBX-4 vide"
    return None if value in ("Y", "N") else "OBX-5 ne vaut ni Y ni N"


def _after(message: Message) -> bool:
    """Tell whether the event is later than the message that announces it."""
    return goes_back(message.value("EVN", 2), message.value("MSH", 7))
