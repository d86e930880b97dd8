"""PID and PV1, and whether PID-3 is the document's patient. Nothing of them is quoted.

Guide pages: profils-messages, standards, def-proc-collab.
"""

from collections.abc import Iterator

from cda_tools.carriers.hl7v2.envelope import identified
from cda_tools.carriers.hl7v2.findings import finding
from cda_tools.carriers.hl7v2.guide.reading import Reading
from cda_tools.model.header import Header, Identifier
from cda_tools.model.identifiers import key
from cda_tools.model.patients import ins_number, is_ins, other_people
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
    found = any(map(is_ins, identified([identity]).ids))
    qualities = {one.value() for one in identity.repeated(32)}
    if not found or _QUALIFIED not in qualities:
        reason = "PID-32 ne dit pas VALI" if found else "aucune INS en PID-3"
        yield finding("HL7-PID-INS", "PID-3", reason=reason)


def _same_patient(told: Reading, header: Header) -> Iterator[Finding]:
    patient = identified(told.message.all("PID")[:1])
    mine = patient.ids
    theirs = header.patient.ids if header.patient else ()
    if not theirs:
        return  # what the document lacks, its own layers say
    my_ins = {(one.root, ins_number(one.extension or "")) for one in mine if is_ins(one)}
    their_ins = {(one.root, ins_number(one.extension or "")) for one in theirs if is_ins(one)}
    numbers, their_numbers = {one for _, one in my_ins}, {one for _, one in their_ins}
    if my_ins and their_ins and not numbers & their_numbers:
        if not {root for root, _ in my_ins} & {root for root, _ in their_ins}:
            yield finding("HL7-PID-3-INS", "PID-3")
        return  # else HL7-23 says it
    known, their_known = {_whole(one) for one in mine}, {_whole(one) for one in theirs}
    if not known & their_known and not (my_ins and their_ins):
        if not other_people(patient, header.patient):  # else HL7-23 says it
            yield finding("HL7-PID-3-NONE", "PID-3")
    elif known != their_known:
        yield finding("HL7-PID-3", "PID-3")


def _whole(one: Identifier) -> str:
    if is_ins(one):
        return f"{one.root} {ins_number(one.extension or '')}"
    return key(one)
