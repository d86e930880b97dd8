"""PRT and NTE: who sends, who receives, who is answered. No name and no address is quoted.

Guide pages: profils-messages, mapping.
"""

from collections.abc import Iterator
from itertools import pairwise

from cda_tools.carriers.hl7v2.findings import finding
from cda_tools.carriers.hl7v2.guide.reading import Reading
from cda_tools.carriers.hl7v2.message import Segment
from cda_tools.carriers.hl7v2.names import DESTINATIONS
from cda_tools.model.patients import INS_ROOTS
from cda_tools.rules.finding import Finding

_ROLES = ("SB", "RCT", "REPLY")
_PEOPLE = "1.2.250.1.71.4.2.1"
_STRUCTURES = "1.2.250.1.71.4.2.2"
_LOCAL_KINDS = ("UF", "SVR")
_STRUCTURE_KINDS = ("FINEJ", "FINEG", "IDNST")
_PATIENT_DOMAIN = "@patient.mssante.fr"
_ENDS_EXCHANGE = "FIN"


def check(told: Reading) -> Iterator[Finding]:
    """Check the participants and the comment on the patient's mail."""
    rows = list(enumerate(told.message.all("PRT"), start=1))
    roles = [segment.value(4) for _, segment in rows]
    if not rows:
        asked = any(map(told.yes, DESTINATIONS))
        yield finding("HL7-PRT" if asked else "HL7-PRT-NONE", "PRT")
    else:
        yield from _needed(told, roles)
        yield from _order(roles)
    for number, segment in rows:
        yield from _row(told, number, segment)
    yield from _patient(told, rows)
    yield from _comment(told)


def _needed(told: Reading, roles: list[str]) -> Iterator[Finding]:
    if "SB" not in roles and told.lps:
        yield finding("HL7-PRT-LPS", "PRT")
    elif "SB" not in roles and told.yes("DESTDMP"):
        yield finding("HL7-PRT-SB", "PRT")
    mailed = told.yes("DESTMSSANTEPS") or told.yes("DESTMSSANTEPAT")
    if "RCT" not in roles and mailed:
        yield finding("HL7-PRT-RCT", "PRT")


def _order(roles: list[str]) -> Iterator[Finding]:
    places = [_ROLES.index(role) for role in roles if role in _ROLES]
    if places != sorted(places):
        yield finding("HL7-PRT-ORDER", "PRT")


def _row(told: Reading, number: int, segment: Segment) -> Iterator[Finding]:
    at = f"PRT[{number}]-{{}}".format
    role = segment.value(4)
    if segment.value(2) != "UC":
        yield finding("HL7-PRT-2", at(2))
    if role not in _ROLES:
        yield finding("HL7-PRT-4", at(4))
    elif segment.value(4, 3) != "participation":
        yield finding("HL7-PRT-4-3", at(4))
    if role == "SB":
        yield from _sender(told, number, segment)
    if role == "RCT" and not told.lps and (reason := _unknown_recipient(segment)):
        yield finding("HL7-PRT-RCT-WHO", at(5), reason=reason)
    addressed = role in ("RCT", "REPLY") or (told.lps and role == "SB")
    if addressed and ("@" not in segment.value(15, 4) or segment.value(15, 3) != "X.400"):
        yield finding("HL7-PRT-15", at(15))


def _sender(told: Reading, number: int, segment: Segment) -> Iterator[Finding]:
    at = f"PRT[{number}]-{{}}".format
    person, device = segment.value(5), segment.value(10)
    if told.lps:
        if person and not segment.value(5, 13):
            yield finding("HL7-PRT-SB-5", at(5), parts=".13")
        return
    if not person and not device:
        yield finding("HL7-PRT-SB-WHO", at(5))
    elif person and not device:
        wrong = [name for name, wrong in _parts_of_person(segment).items() if wrong]
        if wrong:
            yield finding("HL7-PRT-SB-5", at(5), parts=", ".join(wrong))
    wrong = [name for name, wrong in _parts_of_structure(segment).items() if wrong]
    if wrong:
        yield finding("HL7-PRT-SB-8", at(8), parts=", ".join(wrong))


def _parts_of_person(segment: Segment) -> dict[str, bool]:
    return {
        ".2": not segment.value(5, 2),
        ".3": not segment.value(5, 3),
        ".9.2": segment.value(5, 9, 2) != _PEOPLE,
        ".9.3": segment.value(5, 9, 3) != "ISO",
        ".13": not segment.value(5, 13),
    }


def _parts_of_structure(segment: Segment) -> dict[str, bool]:
    return {
        ".1": not segment.value(8),
        ".6.2": segment.value(8, 6, 2) != _STRUCTURES,
        ".7": segment.value(8, 7) not in _STRUCTURE_KINDS,
        ".10": not segment.value(8, 10),
    }


def _unknown_recipient(segment: Segment) -> str | None:
    if segment.value(5):
        authority, kind = segment.value(5, 9, 2), segment.value(5, 13)
        if authority not in INS_ROOTS | {_PEOPLE}:
            return "PRT-5.9.2 n'est ni l'annuaire des professionnels ni une racine INS"
        return None if kind else "PRT-5.13 vide"
    if segment.value(8):
        kind = segment.value(8, 7)
        if kind in _LOCAL_KINDS:
            return None
        return None if kind in _STRUCTURE_KINDS else "PRT-8.7 hors de la liste"
    return None if segment.value(10) else "ni personne, ni organisation, ni application"


def _patient(told: Reading, rows: list[tuple[int, Segment]]) -> Iterator[Finding]:
    addresses = [one.value(15, 4).lower() for _, one in rows if one.value(4) == "RCT"]
    known = any(address.endswith(_PATIENT_DOMAIN) for address in addresses)
    if told.lps or not rows or not addresses:
        return
    if told.yes("DESTMSSANTEPAT") and not known:
        yield finding("HL7-PRT-PAT", "PRT-15", reason="aucun destinataire n'est le patient")
    elif told.value("DESTMSSANTEPAT") == "N" and known:
        yield finding("HL7-PRT-PAT", "PRT-15", reason="un destinataire est le patient")


def _comment(told: Reading) -> Iterator[Finding]:
    segments = [one for one in told.message.segments if one.name in ("OBX", "NTE")]
    for before, segment in pairwise(segments):
        if segment.name != "NTE" or before.name != "OBX":
            continue
        if before.value(3) != "DESTMSSANTEPAT":
            continue
        if segment.value(4) != _ENDS_EXCHANGE:
            yield finding("HL7-NTE-4", "NTE-4", reason="une autre valeur que FIN")
        elif not told.yes("DESTMSSANTEPAT"):
            yield finding("HL7-NTE-4", "NTE-4", reason="FIN alors que DESTMSSANTEPAT vaut N")
