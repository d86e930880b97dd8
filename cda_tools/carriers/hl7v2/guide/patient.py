"""PID and PV1, and whether PID-3 is the document's patient. Nothing of them is quoted.

Guide pages: profils-messages, standards, def-proc-collab.
"""

from collections.abc import Iterator

from cda_tools.carriers.hl7v2.envelope import identified
from cda_tools.carriers.hl7v2.findings import finding
from cda_tools.carriers.hl7v2.guide.reading import Reading
from cda_tools.model.header import Header, Identifier
from cda_tools.model.identifiers import key
from cda_tools.model.patients import (
    Acquaintance,
    acquaintance,
    ins_number,
    is_ins,
    patient_key,
)
from cda_tools.rules.finding import Finding

_CLASSES = ("I", "O", "E", "R", "N")
_QUALIFIED = "VALI"


def check(told: Reading) -> Iterator[Finding]:
    """Check who the patient is and which visit this is."""
    message = told.message
    if message.all("PID"):
        if not message.value("PID", 5):
            yield finding("HL7-PID-5", "PID-5")
        yield from _ins(told)
        documents = [header for _, header in told.documents if header]
        found = {one.rule: one for header in documents for one in _same_patient(told, header)}
        yield from found.values()
    if message.all("PV1"):
        yield from _visit(told)


def _visit(told: Reading) -> Iterator[Finding]:
    message = told.message
    patient_class = message.value("PV1", 2)
    if not patient_class:
        yield finding("HL7-PV1-2", "PV1-2")
    elif patient_class not in (("N",) if told.lps else _CLASSES):
        foreseen = "N" if told.lps else "I, O, E, R, N"
        yield finding("HL7-PV1-2-VALUE", "PV1-2", foreseen=foreseen)
    stays = patient_class in ("E", "I", "O", "R")
    if stays and not told.lps and not message.value("PV1", 19):
        yield finding("HL7-PV1-19", "PV1-19")


def _ins(told: Reading) -> Iterator[Finding]:
    if told.lps or not told.yes("DESTDMP"):
        return
    identity = told.message.all("PID")[0]
    numbers = (Identifier(one.value(4, 2), one.value()) for one in identity.repeated(3))
    found = any(one.extension and is_ins(one) for one in numbers)
    qualities = {one.value() for one in identity.repeated(32)}
    if not found or _QUALIFIED not in qualities:
        reason = "PID-32 ne dit pas VALI" if found else "aucune INS en PID-3"
        yield finding("HL7-PID-INS", "PID-3", reason=reason)


def _same_patient(told: Reading, header: Header) -> Iterator[Finding]:
    """Compare the identifiers of one patient; that PID-3 is another's is said elsewhere."""
    patient = identified(told.message.all("PID")[:1])
    mine = patient.ids
    theirs = header.patient.ids if header.patient else ()
    if not theirs:
        return  # what the document lacks, its own layers say
    told_of = acquaintance(patient_key(patient), patient_key(header.patient))
    if told_of is Acquaintance.UNKNOWN:
        yield finding("HL7-PID-3-NONE", "PID-3")
    elif told_of is Acquaintance.SAME and set(map(_whole, mine)) != set(map(_whole, theirs)):
        yield finding("HL7-PID-3", "PID-3")


def _whole(one: Identifier) -> str:
    if is_ins(one):
        return f"{one.root} {ins_number(one.extension or '')}"
    return key(one)
