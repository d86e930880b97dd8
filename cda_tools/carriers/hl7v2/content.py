"""What the OBX segments of a message hold: documents, attachments, indicators.

Source: CI-SIS, volet Transmission de document(s) CDA en HL7v2 2.1 (OBX-2 ED, MetaDMPMSS).
"""

import base64
import binascii
from dataclasses import dataclass, field

from cda_tools.carriers.hl7v2.findings import finding
from cda_tools.carriers.hl7v2.message import Message, Segment
from cda_tools.carriers.sniffing import CDA, ENOUGH, kind_of
from cda_tools.rules.finding import Finding

INDICATORS = "MetaDMPMSS"
_YES_OR_NO = frozenset(
    {
        "MASQUE_PS",
        "INVISIBLE_PATIENT",
        "INVISIBLE_REP_LEGAUX",
        "CONNEXION_SECRETE",
        "MODIF_CONF_CODE",
        "DESTDMP",
        "DESTMSSANTEPS",
        "DESTMSSANTEPAT",
        "ACK_RECEPTION",
        "ACK_LECTURE_MSS",
    }
)


@dataclass(slots=True)
class Item:
    """A document's OBX: ``position`` among the OBX, from 1; ``data`` None where it has no CDA."""

    segment: Segment
    position: int
    data: bytes | None
    findings: list[Finding] = field(default_factory=list)

    def at(self, number: int) -> str:
        """Return where a field of this OBX is, for findings: ``OBX[2]-5``."""
        return f"OBX[{self.position}]-{number}"


@dataclass(slots=True)
class Content:
    """Documents in order, indicators by name as given, and findings on all the rest."""

    items: list[Item] = field(default_factory=list)
    flags: list[tuple[str, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read(message: Message) -> Content:
    """Sort a message's OBX segments; a mail's body is no document and is not read."""
    content = Content()
    for position, segment in enumerate(message.all("OBX"), start=1):
        if segment.value(3, 3) == INDICATORS:
            _indicator(content, segment, position)
        elif segment.value(2) == "ED":
            _encapsulated(content, segment, position)
    return content


def _indicator(content: Content, segment: Segment, position: int) -> None:
    name = segment.value(3)
    if segment.value(2) == "ED":
        # The body of a mail (CORPSMAIL_PS, CORPSMAIL_PAT): its text stays where it is.
        return
    value = segment.value(5)
    content.flags.append((name, value))
    if name in _YES_OR_NO and value not in ("Y", "N"):
        content.findings.append(finding("HL7-16", f"OBX[{position}]-5", name=name))


def _encapsulated(content: Content, segment: Segment, position: int) -> None:
    kind, subtype = segment.value(5, 2).lower(), segment.value(5, 3).upper()
    item = Item(segment, position, None)
    data, tolerated = _data(segment)
    is_cda = data is not None and kind_of(data[:ENOUGH]) == CDA
    if not is_cda and subtype != "XML":
        if kind != "text":
            name = f"{kind}/{subtype.lower()}" if subtype else kind or "type inconnu"
            content.findings.append(finding("HL7-19", item.at(5), kind=name))
        return
    content.items.append(item)
    if data is None:
        item.findings.append(finding("HL7-04", item.at(5)))
        return
    if tolerated:
        item.findings.append(finding("HL7-05", item.at(5)))
    if is_cda:
        item.data = data
    else:
        item.findings.append(finding("HL7-06", item.at(5), size=len(data)))


def _data(segment: Segment) -> tuple[bytes | None, bool]:
    """Return what OBX-5 holds, None where it cannot be decoded, and whether it was mended."""
    part = next(segment.repeated(5), None)
    data, encoding = part.data(5).strip() if part else b"", segment.value(5, 4).upper()
    if encoding == "HEX":
        try:
            return bytes.fromhex(data.decode("ascii", "replace")), False
        except ValueError:
            return None, False
    if encoding == "A" and data.startswith(b"<"):
        return data, False
    return _from_base64(data)


def _from_base64(text: bytes) -> tuple[bytes | None, bool]:
    try:
        return base64.b64decode(text, validate=True), False
    except (binascii.Error, ValueError):
        pass
    # Folded over lines, or without its padding: readable all the same.
    compact = b"".join(text.split()).rstrip(b"=")
    padded = compact + b"=" * (-len(compact) % 4)
    try:
        return base64.b64decode(padded, validate=True), True
    except (binascii.Error, ValueError):
        return None, False
