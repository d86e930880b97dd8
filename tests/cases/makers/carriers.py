"""The cases of the carriers: a sound message, archive or answer, and one thing changed in it."""

import base64
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace

from make_document import BIOLOGY, PATIENT, PDF, Doc, base64_text, document
from make_message import Mdm, mdm
from make_metadata import announced, answer, archive, entry, submission

LAYERS = ("hl7v2", "xdm", "xds", "mail")

V1 = Doc(id="1.2.250.1.999.7.101", set_id="1.2.250.1.999.7.100")
V2 = replace(V1, id="1.2.250.1.999.7.102", version=2, replaces=V1.id)
CDA, CDA_2 = document(V1), document(V2)
NEW = Mdm(CDA, txa12=V1.id)
REPLACING = Mdm(CDA_2, "T10", txa12=V2.id, txa13=V1.id)


def hl7v2() -> Iterator[tuple[str, bytes, bytes]]:
    """Yield rule, sound file, faulty file."""
    good, replacing = mdm(NEW), mdm(REPLACING)

    def changed(**fields: object) -> bytes:
        return mdm(replace(NEW, **fields))  # type: ignore[arg-type]

    def without(message: bytes, text: str, by: str = "") -> bytes:
        assert text.encode() in message
        return message.replace(text.encode(), by.encode(), 1)

    attachment = "OBX|13|ED|1^^LN||^application^pdf^Base64^JVBERi0=||||||F"
    batch = b"FHS|^~\\&|RIS\rBHS|^~\\&|RIS\r" + good + b"BTS|%d\rFTS|1\r"
    no_document = b"\r".join(
        row for row in good.split(b"\r") if not row.startswith((b"OBX|1", b"TXA"))
    )
    yield "HL7-01", good, without(good, "MSH|^~\\&|", "MSH|")
    yield "HL7-02", good, b"MSH|^~\\&|PFI|A|RIS|B|20250610||ORM^O01^ORM_O01|1|P|2.5\r"
    yield "HL7-03", good, no_document
    yield "HL7-04", good, changed(data="^TEXT^XML^Base64^((({}")
    yield "HL7-05", good, without(good, "=||||||F", "||||||F")
    yield "HL7-06", good, changed(content=b"Un texte, et non un document CDA.")
    yield "HL7-07", replacing, mdm(replace(REPLACING, order="NW"))
    yield "HL7-08", good, changed(txa12="101")
    yield "HL7-09", good, changed(txa12="1.2.250.1.999.7.109")
    yield "HL7-10", replacing, mdm(replace(REPLACING, txa13="1.2.250.1.999.7.109"))
    yield "HL7-11", replacing, mdm(replace(REPLACING, content=CDA, txa12=V1.id))
    yield "HL7-12", good, changed(code="11502-2^CR d'examens biologiques^LN")
    yield "HL7-13", good, changed(character_set="8859/1 FRANCAIS")
    yield "HL7-14", good, changed(txa17="LA")
    yield "HL7-15", batch % 1, batch % 3
    yield "HL7-16", good, changed(dmp="oui")
    yield "HL7-17", good, without(good, "EVN||", "EVN|a\nb|")
    yield "HL7-18", good, changed(version="2.3")
    yield "HL7-19", good, changed(extra=(attachment,))
    yield "HL7-20", replacing, mdm(replace(REPLACING, txa13=""))
    yield "HL7-21", good, changed(state="X")
    yield "HL7-22", replacing, mdm(replace(NEW, content=CDA_2, txa12=V2.id))
    yield "HL7-23", good, without(good, f"PID|||{PATIENT}", f"PID|||{PATIENT[::-1]}")
    yield "HL7-24", good, without(good, "MSH|^~", "MSH|^˜")
    yield "HL7-25", good, good.replace(b"\r", b"<CR>")
    yield "HL7-26", good, b"2025-06-10 09:30:00 recu : " + good
    yield "HL7-27", good, good.replace(b"\r", b"\r\t")
    yield "HL7-28", good, changed(data="^text^XML^A^{}")
    yield from _in_clear(good, changed)
    yield "HL7-32", good, _cut(good)
    yield "HL7-33", good, without(good, "MDM^T02^MDM_T02", "OUL^R22^OUL_R22")
    ins = replace(V1, id=f"1.2.250.1.999.7.{PATIENT}")
    yield "HL7-35", good, changed(content=document(ins), txa12=ins.id)
    yield "HL7-34", good, without(good, "MDM^T02", "MDM^T06")


def _in_clear(good: bytes, changed: Callable[..., bytes]) -> Iterator[tuple[str, bytes, bytes]]:
    text = b" ".join(line.strip() for line in CDA.splitlines()).replace(b"UTF-8", b"ISO-8859-1", 1)
    data = f"^TEXT^XML^A^{escaped(text.decode())}"
    lost = data.replace("ISO-8859-1", "UTF-8").replace("é", "\ufffd", 1)
    yield "HL7-29", good, changed(data=data)
    yield (
        "HL7-30",
        good,
        changed(data="^TEXT^XML^Base64^" + base64_text(CDA)[:80] + "&#13;" + base64_text(CDA)[80:]),
    )
    yield "HL7-31", good, changed(data=lost)


def _cut(message: bytes) -> bytes:
    """Return a message whose document is cut over two OBX."""
    rows = message.split(b"\r")
    (number,) = (at for at, row in enumerate(rows) if row.startswith(b"OBX|1|"))
    before, _, after = rows[number].partition(b"Base64^")
    content, _, rest = after.partition(b"|")
    first = before + b"Base64^" + content[:1000] + b"|" + rest
    second = before + b"Base64^" + content[1000:] + b"|" + rest
    return b"\r".join([*rows[:number], first, second, *rows[number + 1 :]])


def escaped(text: str) -> str:
    """Return text with the separators of a message escaped."""
    for sign, letter in (("\\", "E"), ("|", "F"), ("^", "S"), ("~", "R"), ("&", "T")):
        text = text.replace(sign, f"\\{letter}\\")
    return text


def xdm() -> Iterator[tuple[str, bytes, bytes]]:
    """Yield rule, sound archive, faulty archive."""
    told = announced(V1, CDA, "DOC0001.XML")
    subset = "IHE_XDM/SUBSET01/"

    def zipped(*objects: str, files: tuple[tuple[str, bytes], ...] = (), prefix: str = "") -> bytes:
        names = [
            (f"{prefix}{subset}METADATA.XML", submission(*(objects or (told,)))),
            (f"{prefix}{subset}DOC0001.XML", CDA),
        ]
        return archive([*names, *files])

    def about(doc: Doc) -> bytes:
        return zipped(announced(doc, CDA, "DOC0001.XML"))

    good = zipped()
    bare = archive([(f"{subset}DOC0001.XML", CDA)])
    cut = archive(
        [(f"{subset}METADATA.XML", submission(told)[:-60]), (f"{subset}DOC0001.XML", CDA)]
    )
    empty = archive([(f"{subset}METADATA.XML", submission())])
    backslashes = archive(
        [
            ("IHE_XDM\\SUBSET01\\METADATA.XML", submission(told)),
            ("IHE_XDM\\SUBSET01\\DOC0001.XML", CDA),
        ]
    )
    pdf = announced(replace(V1, id="1.2.250.1.999.7.103"), PDF, "ANNEXE.PDF", "application/pdf", 2)
    annexe = ((f"{subset}ANNEXE.PDF", PDF),)
    size = entry(V1, uuid="Document01", uri="DOC0001.XML", hash=_hash(told), size=12)
    damaged = bytearray(good)
    damaged[good.index(b"<ClinicalDocument") + 10] ^= 0x20
    yield "XDM-01", good, good[: len(good) // 2]
    yield "XDM-02", good, zipped(files=(("AUTRE.ZIP", bare),))
    yield "XDM-03", good, bare
    yield "XDM-04", good, cut
    yield "XDM-05", good, zipped(told, announced(V2, CDA_2, "DOC0002.XML", number=2))
    yield "XDM-06", good, zipped(announced(V1, CDA + b"\n", "DOC0001.XML"))
    yield "XDM-07", good, zipped(size)
    yield "XDM-08", good, zipped(files=((f"{subset}DOC0002.XML", CDA_2),))
    yield "XDM-09", good, about(replace(V1, id="1.2.250.1.999.7.109"))
    yield "XDM-10", good, about(replace(V1, title="Autre titre"))
    yield "XDM-11", good, about(replace(V1, type=BIOLOGY))
    yield "XDM-12", good, about(replace(V1, patient=f"1{PATIENT[1:]}"))
    yield "XDM-13", good, about(replace(V1, date="20250514112000+0200"))
    yield "XDM-14", good, zipped(told, pdf, files=annexe)
    yield "XDM-15", good, zipped(files=(("../DOC0002.XML", CDA_2),))
    yield "XDM-16", good, zipped(prefix="ENVOI/")
    yield "XDM-17", good, zipped(announced(V1, CDA, "doc0001.xml"))
    yield "XDM-18", good, zipped(entry(V1, uuid="Document01", uri="DOC0001.XML", size=len(CDA)))
    yield "XDM-19", good, bytes(damaged)
    yield "XDM-20", good, zipped(files=((f"{subset}doc0001.XML", CDA_2),))
    yield "XDM-21", good, empty
    yield "XDM-22", good, backslashes
    sha256 = hashlib.sha256(CDA).hexdigest()
    other_form = entry(V1, uuid="Document01", uri="DOC0001.XML", hash=sha256, size=len(CDA))
    yield "XDM-23", good, zipped(other_form)
    yield "XDM-24", good, zipped(told.replace(">2.16.840.1.113883.6.1<", ">LOINC<"))
    yield "XDM-25", good, zipped(announced(V1, CDA, f"{subset}DOC0001.XML"))
    yield "XDM-26", good, zipped(entry(V1, uuid="Document01", hash=_hash(told), size=len(CDA)))
    yield "XDM-27", good, zipped(told, announced(V2, CDA_2, "DOC0001.XML", number=2))
    yield "XDM-28", good, archive([*_without_pages(told, subset)], pages=False)
    with_metadata = ("IHE_XDM/SUBSET02/METADATA.XML", submission(announced(V2, CDA_2, "D.XML")))
    yield (
        "XDM-29",
        zipped(files=(with_metadata, ("IHE_XDM/SUBSET02/D.XML", CDA_2))),
        zipped(files=(("IHE_XDM/SUBSET02/README.TXT", b"Vide."),)),
    )
    yield (
        "XDM-30",
        good,
        archive([("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")]),
    )


def _without_pages(told: str, subset: str) -> Iterator[tuple[str, bytes]]:
    yield f"{subset}METADATA.XML", submission(told)
    yield f"{subset}DOC0001.XML", CDA


def _hash(told: str) -> str:
    start = '<rim:Slot name="hash"><rim:ValueList><rim:Value>'
    return told.partition(start)[2].partition("<")[0]


def xds() -> Iterator[tuple[str, bytes, bytes]]:
    """Yield rule, sound answer, faulty answer."""
    first = entry(V1, uuid="urn:uuid:00000000-0000-4000-8000-000000000001")
    second = entry(V2, uuid="urn:uuid:00000000-0000-4000-8000-000000000002")
    good = answer(first, second)

    def error(severity: str) -> str:
        return (
            '<rs:RegistryErrorList><rs:RegistryError errorCode="XDSRegistryError" '
            f'severity="urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:{severity}" '
            f'codeContext="{PATIENT}"/></rs:RegistryErrorList>\n'
        )

    def without(text: str, by: str = "") -> bytes:
        assert text in first
        return answer(first.replace(text, by, 1), second)

    part = b"--uuid:1\r\nContent-Type: application/xop+xml\r\n\r\n%s\r\n--uuid:1--\r\n"
    envelope = (
        b'<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Body>'
        b"%s</soap:Body></soap:Envelope>"
    )
    other = b'<x:RetrieveDocumentSetResponse xmlns:x="urn:ihe:iti:xds-b:2007"/>'
    fault = b"<soap:Fault><soap:Code/></soap:Fault>"
    reference = '<rim:ObjectRef id="urn:uuid:00000000-0000-4000-8000-000000000001"/>\n'
    yield "XDS-01", good, good[: len(good) // 2]
    yield "XDS-02", good, envelope % other
    yield "XDS-03", part % good, part % b"ailleurs"
    yield "XDS-04", good, answer(first, status="Failure", errors=error("Error"))
    yield "XDS-05", good, answer(first, status="PartialSuccess")
    yield "XDS-06", good, answer(reference)
    yield "XDS-07", good, without("2e82c1f6-a085", "00000000-a085")
    yield "XDS-08", good, answer()
    yield "XDS-09", answer(first, second, total=2), answer(first, second, total=5)
    yield "XDS-10", good, without("StatusType:Approved", "StatusType:Autre")
    yield "XDS-11", good, without(">20250514082000<", ">14/05/2025<")
    yield "XDS-12", good, answer(first, errors=error("Warning"))
    yield "XDS-13", good, answer(first, status="Failure")
    yield "XDS-14", good, envelope % fault
    yield "XDS-15", good, answer(first, first.replace("0001", "0003"))
    yield "XDS-16", good, good.replace(b" status=", b' startIndex="50" status=', 1)
    back = (
        b"<x:RetrieveDocumentSetResponse xmlns:x='urn:ihe:iti:xds-b:2007'><x:DocumentResponse>"
        b"<x:DocumentUniqueId>1</x:DocumentUniqueId><x:Document>%s</x:Document>"
        b"</x:DocumentResponse></x:RetrieveDocumentSetResponse>"
    )
    elsewhere = b'<i:Include xmlns:i="http://www.w3.org/2004/08/xop/include" href="cid:1"/>'
    yield "XDS-17", back % base64.b64encode(CDA), back % elsewhere


def mail() -> Iterator[tuple[str, bytes, bytes]]:
    """Yield rule, sound mail, faulty mail."""
    zipped = archive(
        [
            ("IHE_XDM/SUBSET01/METADATA.XML", submission(announced(V1, CDA, "DOC0001.XML"))),
            ("IHE_XDM/SUBSET01/DOC0001.XML", CDA),
        ]
    )
    good = a_mail(("IHE_XDM.ZIP", "application/zip", zipped))
    yield "MAIL-01", good, a_mail()
    yield (
        "MAIL-02",
        good,
        a_mail(("IHE_XDM.ZIP", "application/zip", zipped), ("A.PDF", "application/pdf", PDF)),
    )


def a_mail(*attachments: tuple[str, str, bytes]) -> bytes:
    """Return a mail with a text and attachments: name, media type, bytes."""
    parts = [b"Content-Type: text/plain; charset=UTF-8\r\n\r\nBonjour,\r\n"]
    for name, kind, content in attachments:
        parts.append(
            f'Content-Type: {kind}; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n'
            f'Content-Disposition: attachment; filename="{name}"\r\n\r\n'.encode()
            + base64.encodebytes(content).replace(b"\n", b"\r\n")
        )
    header = (
        b"From: ormeau@exemple.mssante.fr\r\nTo: valmoret@exemple.mssante.fr\r\n"
        b"Subject: XDM/1.0/DDM\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="limite"\r\n\r\n'
    )
    return header + b"".join(b"--limite\r\n" + part + b"\r\n" for part in parts) + b"--limite--\r\n"


def files() -> dict[str, bytes]:
    """Return every case: ``tests/cases/xdm/XDM-05-fail-a.zip``."""
    found = {}
    sources = zip(LAYERS, (hl7v2, xdm, xds, mail), ("hl7", "zip", "xml", "eml"), strict=True)
    for layer, source, suffix in sources:
        for rule, sound, faulty in source():
            found[f"tests/cases/{layer}/{rule}-pass-a.{suffix}"] = sound
            found[f"tests/cases/{layer}/{rule}-fail-a.{suffix}"] = faulty
    return found
