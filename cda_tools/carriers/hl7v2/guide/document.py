"""ORC, OBR, TXA and the OBX of documents.

Guide pages: profils-messages, evenements-declenchants.
"""

from collections.abc import Iterator

from cda_tools.carriers.hl7v2.content import Item
from cda_tools.carriers.hl7v2.findings import finding
from cda_tools.carriers.hl7v2.guide.reading import Reading
from cda_tools.carriers.hl7v2.message import Segment
from cda_tools.model import terminology
from cda_tools.rules.finding import Finding

_SYSTEMS = {"2.16.840.1.113883.6.1": "LN"}
_LOCAL = "TRE_A05"
_RESTRICTED = ("R", "V")


def check(told: Reading) -> Iterator[Finding]:
    """Check the order, the document's own segments, and how many documents there are."""
    message = told.message
    if message.all("ORC") and message.value("ORC", 1) not in ("NW", "RO", "CA"):
        yield finding("HL7-ORC-1", "ORC-1")
    if reason := _type(message.all("OBR"), 4) or _unlike_documents(told):
        yield finding("HL7-OBR-4", "OBR-4", reason=reason)
    yield from _txa(told)
    yield from _count(told)
    for item, header in told.documents:
        yield from _row(told, item)
        if not told.yes("DESTDMP") or header is None:
            continue
        if header.id and header.id.extension:
            yield finding("HL7-TXA-DMP", "TXA-12" if message.all("TXA") else item.at(5))
        confidentiality = header.confidentiality
        if confidentiality and confidentiality.code in _RESTRICTED:
            yield finding("HL7-CONF", item.at(5), code=confidentiality.code)
    yield from _sequence(told)


def _type(segments: list[Segment], field: int) -> str | None:
    """Return what is wrong with a document type, None where nothing is."""
    if not segments:
        return None
    code, system = segments[0].value(field), segments[0].value(field, 3)
    known = {
        _SYSTEMS.get(oid, _LOCAL)
        for one, oid in terminology.value_set(terminology.DOCUMENT_TYPES)
        if one == code
    }
    if not code:
        return "vide"
    if not known:
        return "code hors du jeu de valeurs JDV_J07"
    return None if system in known else f".3 n'est pas {' ou '.join(sorted(known))}"


def _unlike_documents(told: Reading) -> str | None:
    """Return that OBR-4 is the type of no document, as OBX-3 or the document has it; else None."""
    types: set[str | None] = {item.segment.value(3) for item, _ in told.documents}
    types |= {header.type.code for _, header in told.documents if header and header.type}
    code = told.message.value("OBR", 4)
    return "n'est pas le type du document (OBX-3)" if code and code not in types else None


def _txa(told: Reading) -> Iterator[Finding]:
    message = told.message
    if not message.all("TXA"):
        return
    if message.value("TXA", 1) != "1":
        yield finding("HL7-TXA-1", "TXA-1", field=1, value="1")
    if message.value("TXA", 3).upper() != "TEXT":
        yield finding("HL7-TXA-1", "TXA-3", field=3, value="TEXT")
    if message.value("TXA", 17) != "AU":
        yield finding("HL7-14", "TXA-17")
    types = {header.type.code for _, header in told.documents if header and header.type}
    types.discard(None)
    if types and message.value("TXA", 2) not in types:
        yield finding("HL7-TXA-2", "TXA-2")
    if not message.value("TXA", 12) and not message.value("TXA", 12, 3):
        yield finding("HL7-TXA-12-EMPTY", "TXA-12")


def _count(told: Reading) -> Iterator[Finding]:
    count, most = len(told.documents), 2 if told.envelope.kind == "ORU" else 1
    if count > most:
        yield finding("HL7-CNT", "OBX", count=count, most=most)
    elif count == 2:
        yield finding("HL7-CNT-2", "OBX")


def _row(told: Reading, item: Item) -> Iterator[Finding]:
    segment = item.segment
    if reason := _type([segment], 3):
        yield finding("HL7-OBX-3", item.at(3), reason=reason)
    if _said(item):
        return
    expected = "TEXT" if told.envelope.kind == "ORU" else "text"
    if segment.value(5, 2).lower() != "text":
        yield finding("HL7-OBX-5-2", item.at(5), expected=expected)
    if segment.value(5, 3).upper() != "XML":
        yield finding("HL7-OBX-5-3", item.at(5), component=3, expected="XML")
    elif segment.value(5, 4).upper() != "BASE64":
        yield finding("HL7-OBX-5-3", item.at(5), component=4, expected="Base64")


def _said(item: Item) -> bool:
    """Tell whether it was said already that the document is not carried as foreseen."""
    return any(one.rule in ("HL7-28", "HL7-29", "HL7-31", "HL7-OBX-2") for one in item.findings)


def _sequence(told: Reading) -> Iterator[Finding]:
    cut = any(one.rule == "HL7-32" for item, _ in told.documents for one in item.findings)
    if cut:
        return  # a document over several OBX: that was said
    for position, segment in enumerate(told.message.all("OBX"), start=1):
        if segment.value(1) != str(position):
            yield finding("HL7-OBX-1", f"OBX[{position}]-1")
            return
