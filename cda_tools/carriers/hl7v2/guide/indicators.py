"""The MetaDMPMSS indicators: there, once, in order, in their form. Guide page: profils-messages."""

import base64
import binascii
from collections.abc import Iterator

from cda_tools.carriers.hl7v2.findings import finding
from cda_tools.carriers.hl7v2.guide.reading import Reading
from cda_tools.carriers.hl7v2.message import Segment
from cda_tools.carriers.hl7v2.names import (
    ACKNOWLEDGEMENTS,
    DESTINATIONS,
    FORMER,
    KNOWN,
    LABELS,
    MAILS,
    RESTRICTIONS,
    SYSTEM,
)
from cda_tools.rules.finding import Finding
from cda_tools.text import comparable

_OF_LPS = (*RESTRICTIONS, "MODIF_CONF_CODE")


def check(told: Reading) -> Iterator[Finding]:
    """Check presence, number, order, form; and the mail of the LPS guide."""
    yield from _presence(told)
    yield from _repeated(told)
    yield from _order(told)
    for name, rows in told.rows.items():
        yield from _form(told, name, *rows[0])
    values = [told.value(name) for name in DESTINATIONS]
    if not told.lps and all(value == "N" for value in values):
        yield finding("HL7-IND-NOTHING", "OBX")
    if told.lps:
        yield from _mail(told)


def _presence(told: Reading) -> Iterator[Finding]:
    wanted = _OF_LPS if told.lps else tuple(LABELS)
    absent = [name for name in wanted if name not in told.rows]
    needed = [name for name in absent if name not in ACKNOWLEDGEMENTS]
    if needed:
        yield finding("HL7-IND", "OBX", names=", ".join(needed))
    others = [name for name in absent if name in ACKNOWLEDGEMENTS]
    if others:
        yield finding("HL7-IND-ACK-ABSENT", "OBX", names=", ".join(others))


def _repeated(told: Reading) -> Iterator[Finding]:
    for name, rows in told.rows.items():
        if len(rows) > 1:
            values = {segment.value(5) for _, segment in rows}
            at = f"OBX[{rows[1][0]}]-3"
            same = len(values) == 1
            yield finding("HL7-IND-TWICE" if same else "HL7-IND-TWO", at, name=_safe(name))


def _safe(name: str) -> str:
    """Return the name of an indicator; what is none could be any text."""
    return name if name in KNOWN else "inconnu"


def _order(told: Reading) -> Iterator[Finding]:
    names = [*LABELS, *MAILS]
    places = [
        names.index(name)
        for _, name in sorted(
            (rows[0][0], name) for name, rows in told.rows.items() if name in names
        )
    ]
    if places != sorted(places):
        yield finding("HL7-IND-ORDER", "OBX")


def _form(told: Reading, name: str, position: int, segment: Segment) -> Iterator[Finding]:
    at = f"OBX[{position}]-{{}}".format
    if name in MAILS:
        if not _decodes(segment.value(5, 5)):
            yield finding("HL7-IND-MAIL", at(5), name=name)
        return
    if name in FORMER:
        yield finding("HL7-IND-FORMER", at(3), name=name)
        return
    if name not in LABELS:
        yield finding("HL7-IND-UNKNOWN", at(3))
        return
    kind = "CE" if told.envelope.kind == "ORU" else "CWE"
    wrong = []
    if segment.value(2) != kind:
        wrong.append(f"OBX-2 ne vaut pas {kind}")
    if segment.value(3, 3) != SYSTEM:
        wrong.append(f"OBX-3.3 n'est pas {SYSTEM}")
    if comparable(segment.value(3, 2)) != comparable(LABELS[name]):
        wrong.append("OBX-3.2 n'est pas le libellé prévu")
    if segment.value(5, 3) != "expandedYes-NoIndicator":
        wrong.append("OBX-5.3 n'est pas expandedYes-NoIndicator")
    if segment.value(11) != "F":
        wrong.append("OBX-11 ne vaut pas F")
    if wrong:
        yield finding("HL7-IND-FORM", at(3), name=name, reason=" ; ".join(wrong))


def _decodes(text: str) -> bool:
    try:
        base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False
    return bool(text)


def _mail(told: Reading) -> Iterator[Finding]:
    mails = told.mails()
    if not mails:
        yield finding("HL7-LPS-MAIL", "OBX")
    elif "@" not in mails[0][1].value(3):
        yield finding("HL7-LPS-MAIL-ID", f"OBX[{mails[0][0]}]-3")
    if told.yes("MASQUE_PS"):
        yield finding("HL7-LPS-MASKED", "OBX")
