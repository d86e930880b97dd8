"""The cases of messages without document: acknowledgements and movements."""

from collections.abc import Iterator
from dataclasses import replace

from make_answer import CLOSED, Adt, ack, adt, zam

LAYERS = ("hl7v2",)

VISIT = Adt("2001", "V25-0001", "20250610093000", zfa="INO|20250610093000|IC|20250610093000")


def _rules() -> Iterator[tuple[str, bytes, bytes]]:
    """Yield rule, sound message, faulty message."""
    good, movement = zam("1001"), adt(VISIT)

    def changed(**fields: str) -> bytes:
        return adt(replace(VISIT, **fields))

    def without(message: bytes, text: str, by: str = "") -> bytes:
        assert text.encode() in message, text
        return message.replace(text.encode(), by.encode(), 1)

    refused = "ERR||TXA^1^17|101^Required field missing^messageErrorCondition|E"
    merge = replace(VISIT, event="A40", structure="ADT_A39", prior="VO000998")
    update = replace(VISIT, event="Z99", action="UPDATE", original="A01")
    yield "HL7-ACK-1", ack("1001"), ack("1001", "OK")
    yield "HL7-ACK-2", ack("1001", "AE", error=refused), ack("1001", "AE")
    yield "HL7-ZAM-1", good, zam("")
    mail = zam("1001", event="Z02")
    yield "HL7-ZAM-2", mail, b"\r".join(mail.split(b"\r")[:3]) + b"\r"
    yield "HL7-ZAM-3", zam("1001", "N", error=CLOSED), zam("1001", "N")
    yield "HL7-ZAM-4", good, without(good, "EVN||20250610093500", "EVN||20251005152908")
    yield "HL7-ADT-1", adt(merge), b"\r".join(adt(merge).split(b"\r")[:3]) + b"\r"
    yield "HL7-ADT-2", movement, without(movement, "ZBE|", "ZBX|")
    yield "HL7-ADT-3", movement, changed(action="CREATE")
    yield "HL7-ADT-4", adt(update), adt(replace(update, original=""))
    yield "HL7-ADT-5", movement, without(movement, "|V25-0001^", "|^")
    yield "HL7-ADT-6", movement, without(movement, "|||||||INO", "||Y|20250610||||INO")
    old = without(movement, "2.5^FRA^2.11", "2.5^FRA^2.10")
    yield "HL7-ADT-6-OLD", old, without(old, "|||||||INO", "||Y|20250610||||INO")
    yield "HL7-ADT-7", movement, changed(zfa="OUI|20250610|NA|")
    yield "HL7-ADT-8", adt(merge), adt(merge) + b"ZFA|ACTIF\r"
    yield "HL7-ADT-9", movement, without(movement, "||INSERT", "|||INSERT")
    dates = "PV2||||||||{}|{}\rZBE|".format
    yield (
        "HL7-ADT-10",
        without(movement, "ZBE|", dates("20250610", "20250611")),
        without(movement, "ZBE|", dates("20250611", "20250610")),
    )


def files() -> dict[str, bytes]:
    """Return every case by its path from the root of the project."""
    found = {}
    for rule, sound, faulty in _rules():
        found[f"tests/cases/hl7v2/{rule}-pass-a.hl7"] = sound
        found[f"tests/cases/hl7v2/{rule}-fail-a.hl7"] = faulty
    return found
