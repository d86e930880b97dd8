"""What the OBX segments of a message hold: documents, attachments, indicators.

A document is read wherever an OBX holds one; what is not as foreseen is named.
Source: CI-SIS, volet Transmission de document(s) CDA en HL7v2 2.1 (OBX-2 ED, MetaDMPMSS).
"""

from dataclasses import dataclass, field

from cda_tools.carriers import mime
from cda_tools.carriers.hl7v2 import names, parts
from cda_tools.carriers.hl7v2.enclosed import Enclosed, why_not
from cda_tools.carriers.hl7v2.envelope import profile
from cda_tools.carriers.hl7v2.findings import finding
from cda_tools.carriers.hl7v2.message import Message, Segment
from cda_tools.carriers.hl7v2.parts import Part
from cda_tools.model.messages import Profile
from cda_tools.reading import recognition
from cda_tools.rules.finding import Finding

# HL7 tables 0191 and 0291 and the media types in use; nothing else of OBX-5 is quoted.
_KINDS = frozenset(
    {
        "ap", "au", "ft", "im", "multipart", "ns", "sd", "si", "text", "tx", "application", "audio",
        "image", "model", "video",
    }
)  # fmt: skip
_SUBTYPES = frozenset(
    {
        "basic", "dicom", "fax", "gif", "html", "jot", "jpeg", "jpg", "mixed", "msword",
        "octet-stream", "pdf", "plain", "png", "postscript", "related", "rtf", "sgml", "tiff",
        "x-hl7-cda-level-one", "xml", "zip",
    }
)  # fmt: skip


_POINTER = "RP"
_NO_NAME = frozenset({"text", "binary", "empty", "xml"})


@dataclass(slots=True)
class Item:
    """A document's OBX: ``position`` among the OBX, from 1; ``data`` None where it has no CDA.

    ``name``: its place in the message, unique there: ``OBX[2]``, ``OBX[2]-5[3]``.
    """

    segment: Segment
    position: int
    name: str
    data: bytes | None
    findings: list[Finding] = field(default_factory=list)

    def at(self, number: int) -> str:
        """Return where a field of this OBX is, for findings: ``OBX[2]-5``."""
        return f"OBX[{self.position}]-{number}"


@dataclass(slots=True)
class Content:
    """Documents in order, indicators by name as given, and findings on all the rest.

    ``indicators``: the OBX of MetaDMPMSS, mails' bodies among them, with their positions.
    """

    items: list[Item] = field(default_factory=list)
    indicators: list[tuple[int, Segment]] = field(default_factory=list)
    flags: list[tuple[str, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read(message: Message) -> Content:
    """Sort a message's OBX segments; a mail's body is no document and is not read."""
    content = Content()
    found: list[Part] = []
    older = profile(message) is Profile.OLDER
    for position, segment in enumerate(message.all("OBX"), start=1):
        if segment.value(3, 3) == names.SYSTEM or segment.value(3) in names.KNOWN:
            content.indicators.append((position, segment))
            _indicator(content, segment, position)
        else:
            found += parts.of(segment, position)
    for part in found:
        if older and not part.foreseen:  # no error by an older guide, but other software may fail
            part.reasons.insert(0, part.other_type)
            part.other_type = ""
    for part, enclosed in parts.joined(found, message.codec):
        _enclosed(content, part, enclosed)
    return content


def _indicator(content: Content, segment: Segment, position: int) -> None:
    name = segment.value(3)
    if segment.value(2) == "ED":
        # The body of a mail (CORPSMAIL_PS, CORPSMAIL_PATIENT): its text stays where it is.
        return
    value = segment.value(5)
    content.flags.append((name, value))
    if name in names.LABELS and value not in ("Y", "N"):
        rule = "HL7-IND-ACK" if name in names.ACKNOWLEDGEMENTS else "HL7-16"
        content.findings.append(finding(rule, f"OBX[{position}]-5", name=name))


def _enclosed(content: Content, part: Part, enclosed: Enclosed) -> None:
    data = enclosed.data or b""
    package = mime.documents(data)
    if package:
        part.reasons.append("c'est un paquet MIME")
    elif package := _of_zip(data):
        part.reasons.append("c'est une archive zip")
    for number, data in enumerate(package, start=1):
        name = part.name if len(package) == 1 else f"{part.name}/{number}"
        content.items.append(_item(part, enclosed, name, data))
    if package:
        return
    if not enclosed.is_clinical and (part.subtype != "XML" or part.beside):
        if part.beside or _is_attachment(part):
            content.findings.append(finding("HL7-19", part.at, kind=_named(part, enclosed)))
        return
    item = _item(part, enclosed, part.name, enclosed.data)
    content.items.append(item)
    if enclosed.data is None:
        item.findings.append(finding("HL7-04", part.at, why=why_not(part.raw)))
    elif not enclosed.is_xml:
        what = recognition.contents(enclosed.data)
        item.findings.append(finding("HL7-06", part.at, size=len(enclosed.data), what=what))
        item.data = None


def _of_zip(data: bytes) -> list[bytes]:
    if not data.startswith(b"PK"):
        return []
    from cda_tools.carriers.xdm import layout  # noqa: PLC0415  imported only where used

    return layout.documents(data)


def _is_attachment(part: Part) -> bool:
    """Tell whether a part is a file, here or elsewhere, and no few words."""
    if not part.foreseen:
        return part.segment.value(2) == _POINTER
    in_repetition = part.name.endswith("]") and "-5[" in part.name
    return in_repetition or part.kind != "text" or part.subtype not in ("", "PLAIN")


def _item(part: Part, enclosed: Enclosed, name: str, data: bytes | None) -> Item:
    findings = []
    if part.other_type:
        findings.append(finding("HL7-OBX-2", f"OBX[{part.position}]-2", reason=part.other_type))
    if reasons := part.reasons + enclosed.reasons:
        findings.append(finding("HL7-28", part.at, reason=" ; ".join(reasons)))
    findings += [remark(part.at) for remark in enclosed.remarks]
    return Item(part.segment, part.position, name, data, findings)


def _named(part: Part, enclosed: Enclosed) -> str:
    """Return what an attachment is: by its first bytes, else by OBX-5.2 and 5.3 if they are known.

    A field that is shifted could hold a name: what no table knows is not quoted.
    """
    if part.segment.value(2) == _POINTER:
        return "un fichier qui est ailleurs, OBX-2 vaut RP"
    if part.beside:
        return recognition.contents(enclosed.data or part.raw)
    if enclosed.data and recognition.kind(enclosed.data) not in _NO_NAME:
        return recognition.contents(enclosed.data)
    kind, subtype = part.kind, part.subtype.lower()
    if kind in _KINDS:
        return f"{kind}/{subtype}" if subtype in _SUBTYPES else kind
    return "type inconnu"
