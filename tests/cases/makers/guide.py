"""The cases of the field rules of the guides: a sound message, and one thing changed in it."""

from collections.abc import Iterator
from dataclasses import replace

from make_document import PATIENT, Doc, document
from make_message import RECIPIENT, SENDER, Mdm, mdm, oru

LAYERS = ("hl7v2",)

V1 = Doc(id="1.2.250.1.999.7.101", set_id="1.2.250.1.999.7.100")
CDA = document(V1)
NEW = Mdm(CDA, txa12=V1.id)
PATIENT_RECIPIENT = RECIPIENT.replace(
    "lucien.tamaris@cabinet-tamaris.mssante.example", "279069900000016@patient.mssante.fr"
)
MAIL = (
    "OBX|2|ED|20250610.17@clinique.mssante.example^Compte rendu||^text^^Base64^Qm9uam91cg==||||||F"
)
_INS = f"{PATIENT}^^^ASIP-SANTE-INS-NIA&1.2.250.1.213.1.4.10&ISO^INS"


def sent(**fields: object) -> bytes:
    """Return the sound message with other fields."""
    return mdm(replace(NEW, **fields))  # type: ignore[arg-type]


def without(data: bytes, text: str, by: str = "", times: int = 1) -> bytes:
    """Return a message with a text changed, which must be in it."""
    assert text.encode() in data, text
    return data.replace(text.encode(), by.encode(), times)


def dropped(data: bytes, *starts: str) -> bytes:
    """Return a message without the segments that hold one of these texts; OBX numbered anew."""
    rows = [row for row in data.decode().split("\r") if not any(one in row for one in starts)]
    return numbered(rows)


def numbered(rows: list[str]) -> bytes:
    """Return the segments as a message whose OBX-1 follow one another."""
    found, number = [], 0
    for row in rows:
        if row.startswith("OBX|"):
            number += 1
            found.append(f"OBX|{number}|{row.split('|', 2)[2]}")
        else:
            found.append(row)
    return "\r".join(found).encode()


def inserted(data: bytes, after: str, *rows: str) -> bytes:
    """Return a message with segments put in after the one that holds a text."""
    found: list[str] = []
    for row in data.decode().split("\r"):
        found.append(row)
        if after in row:
            found += rows
    return numbered(found)


def lps(**fields: object) -> bytes:
    """Return a message of the LPS guide: the document, the mail, four indicators."""
    sender = f"{SENDER}|||||||^^X.400^secretariat@clinique.mssante.example"
    told = {
        "profile": "1.1^CISIS_CDA_HL7_LPS",
        "participants": (sender, RECIPIENT),
        "patient_class": "N",
    }
    message = sent(**{**told, **fields})
    others = ("CONNEXION_SECRETE", "DESTDMP", "DESTMSSANTE", "ACK_", "CORPSMAIL")
    message = dropped(message, *others)
    return inserted(message, "PRT||UC||RCT", MAIL)


def _headers() -> Iterator[tuple[str, bytes, bytes]]:
    good = sent()
    yield "HL7-MSH-3", good, without(good, "|RIS|", "||")
    yield "HL7-MSH-7", good, without(good, "|20250610093000+0200||MDM", "|10/06/2025||MDM")
    yield "HL7-MSH-9", good, without(good, "^MDM_T02|", "^MDM_T10|")
    yield "HL7-MSH-10", good, sent(number="")
    yield "HL7-MSH-11", good, without(good, "|P|2.6", "|X|2.6")
    yield "HL7-MSH-17", good, without(good, "|FRA|", "|FR|")
    yield "HL7-MSH-18", good, sent(character_set="UNICODE")
    yield "HL7-MSH-21", good, sent(profile="")
    yield "HL7-MSH-21-OLD", good, sent(profile="2.0^CISIS_CDA_HL7_V2")
    yield "HL7-SEGMENT", good, dropped(good, "OBR|")
    yield "HL7-SEGMENT-NONE", good, dropped(good, "ORC|")
    yield "HL7-EVN-2", good, without(good, "EVN||20250610093000+0200", "EVN||")


def _patients() -> Iterator[tuple[str, bytes, bytes]]:
    good = sent()
    nir = _INS.replace("213.1.4.10", "213.1.4.8").replace(PATIENT, "279069900111199")
    local = "IPP0042^^^VAL-ORMEAU&1.2.250.1.999.7.1&ISO^PI"
    not_for_dmp = sent(dmp="N")
    yield "HL7-PID-5", good, without(good, "PERVENCHE^OCTAVIE^^^^^L")
    yield "HL7-PID-INS", good, without(good, "|VALI", "|PROV")
    yield "HL7-PID-3", good, without(good, _INS, f"{_INS}~{local}")
    yield "HL7-PID-3-INS", good, without(good, _INS, nir)
    yield "HL7-PID-3-NONE", not_for_dmp, without(not_for_dmp, _INS, local)
    yield "HL7-PV1-2", good, sent(patient_class="")
    yield "HL7-PV1-2-VALUE", good, sent(patient_class="P")
    yield "HL7-PV1-19", good, without(good, "V25-0001^^^VAL-ORMEAU&1.2.250.1.999.7.3&ISO^VN")


def _documents() -> Iterator[tuple[str, bytes, bytes]]:
    good = sent()
    no_system = without(good, "OBR|1|||18748-4^CR d'imagerie médicale^LN", "OBR|1|||18748-4^CR")
    with_extension = document(replace(V1, id="1.2.250.1.999.7", extension="101"))
    told = "101^^1.2.250.1.999.7^ISO"
    bio = replace(V1, id="1.2.250.1.999.7.201", type=("11502-2", V1.type[1], "CR d'examens"))
    one, two = document(bio), document(replace(bio, id="1.2.250.1.999.7.202"))
    result = oru(one)
    restricted = CDA.replace(b'Code code="N"', b'Code code="R"')
    second = f"{_document_row(good)}"
    yield "HL7-ORC-1", good, sent(order="SC")
    yield "HL7-OBR-4", good, no_system
    yield "HL7-OBX-3", good, sent(code="18748-4^CR d'imagerie médicale^L")
    yield "HL7-TXA-1", good, without(good, "TXA|1|", "TXA|2|")
    yield "HL7-TXA-2", good, without(good, "TXA|1|18748-4", "TXA|1|11488-4")
    yield "HL7-TXA-12-EMPTY", good, sent(txa12="")
    yield "HL7-TXA-FORM", good, sent(txa12=f"{V1.id}^VAL-ORMEAU")
    extended = {"content": with_extension, "txa12": told}
    yield "HL7-TXA-DMP", sent(**extended, dmp="N"), sent(**extended)
    yield "HL7-CNT", good, inserted(good, "PRT||UC||RCT", second)
    yield "HL7-CNT-2", result, oru(one, two)
    yield "HL7-OBX-1", good, without(good, "OBX|2|CWE", "OBX|7|CWE")
    yield "HL7-OBX-2", good, without(good, "OBX|1|ED", "OBX|1|TX")
    yield "HL7-OBX-5-2", good, sent(data="^application^XML^Base64^{}")
    yield "HL7-OBX-5-3", good, sent(data="^text^CDA^Base64^{}")
    yield "HL7-CONF", sent(content=restricted, dmp="N"), sent(content=restricted)


def _document_row(data: bytes) -> str:
    return next(row for row in data.decode().split("\r") if row.startswith("OBX|1|ED"))


def _participants() -> Iterator[tuple[str, bytes, bytes]]:
    good = sent()
    device = SENDER.partition("|899700000124")[0]
    to_patient = {"INVISIBLE_PATIENT": "N", "DESTMSSANTEPAT": "Y"}
    both = (SENDER, RECIPIENT, PATIENT_RECIPIENT)
    patient_too = sent(participants=both, indicators=to_patient)
    comment = inserted(patient_too, "DESTMSSANTEPAT^", "NTE|1|||FIN")
    reply = RECIPIENT.replace("RCT", "REPLY")

    def participants(*rows: str) -> bytes:
        return sent(participants=rows)

    yield "HL7-PRT", good, participants()
    yield "HL7-PRT-NONE", lps(), dropped(lps(), "PRT|")
    yield "HL7-PRT-2", good, without(good, "PRT||UC||SB", "PRT||AD||SB")
    yield "HL7-PRT-4", good, participants(SENDER, RECIPIENT, RECIPIENT.replace("RCT", "AUT"))
    yield "HL7-PRT-4-3", good, without(good, "SB^^participation", "SB^^HL70912")
    yield "HL7-PRT-SB", good, participants(RECIPIENT)
    structure = SENDER.partition("|||Clinique")
    yield "HL7-PRT-SB-WHO", good, participants(f"{device}||||Clinique{structure[2]}", RECIPIENT)
    yield "HL7-PRT-SB-5", good, without(good, "^D^^^IDNPS|||Clinique", "^D|||Clinique")
    yield "HL7-PRT-SB-8", good, without(good, "^FINEG^^^990000045", "^FINEG")
    yield "HL7-PRT-RCT", good, participants(SENDER)
    unknown = RECIPIENT.replace("1.2.250.1.71.4.2.1", "1.2.250.1.999.9")
    yield "HL7-PRT-RCT-WHO", good, participants(SENDER, unknown)
    yield "HL7-PRT-15", good, without(good, "^^X.400^lucien.tamaris", "^^^lucien.tamaris")
    yield "HL7-PRT-PAT", patient_too, sent(indicators=to_patient)
    yield "HL7-PRT-ORDER", participants(SENDER, RECIPIENT, reply), participants(RECIPIENT, SENDER)
    yield "HL7-NTE-4", comment, without(comment, "|||FIN", "|||STOP")


def _indicators() -> Iterator[tuple[str, bytes, bytes]]:
    good = sent()
    rows = good.decode().split("\r")
    dmp = next(row for row in rows if "|DESTDMP^" in row)
    masked = next(row for row in rows if "|MASQUE_PS^" in row)
    moved = [row for row in rows if row != masked]
    moved.insert(moved.index(dmp), masked)
    former = "OBX|9|CWE|COMP_LOT^Lot^MetaDMPMSS||1||||||F"
    unknown = "OBX|9|CWE|MASQUE_TOUS^Tous^MetaDMPMSS||N||||||F"
    yield "HL7-IND", good, dropped(good, "|DESTMSSANTEPAT^")
    yield "HL7-IND-ACK-ABSENT", good, dropped(good, "|ACK_LECTURE_MSS^")
    yield "HL7-IND-ACK", good, sent(indicators={"ACK_RECEPTION": "oui"})
    yield "HL7-IND-ORDER", good, numbered(moved)
    yield "HL7-IND-TWICE", good, inserted(good, "|DESTDMP^", dmp)
    yield "HL7-IND-TWO", good, inserted(good, "|DESTDMP^", dmp.replace("||Y^", "||N^"))
    yield "HL7-IND-FORM", good, without(good, "Masqué aux professionnels de Santé", "Masqué")
    yield "HL7-IND-FORMER", good, inserted(good, "|ACK_LECTURE_MSS^", former)
    yield "HL7-IND-UNKNOWN", good, inserted(good, "|ACK_LECTURE_MSS^", unknown)
    yield "HL7-IND-MAIL", good, without(good, "||^text^^Base64^", "||^text^^Base64^=")
    none = {"DESTMSSANTEPS": "N", "INVISIBLE_PATIENT": "N"}
    yield "HL7-IND-NOTHING", good, sent(dmp="N", indicators=none)


def _visibility() -> Iterator[tuple[str, bytes, bytes]]:
    good = sent()
    both = (SENDER, RECIPIENT, PATIENT_RECIPIENT)
    masked = {"INVISIBLE_PATIENT": "N", "MASQUE_PS": "Y", "DESTMSSANTEPS": "N"}
    yield (
        "HL7-VIS-PATIENT",
        good,
        sent(participants=both, indicators={"DESTMSSANTEPAT": "Y"}),
    )
    yield (
        "HL7-VIS-MASKED",
        sent(indicators=masked),
        sent(indicators={**masked, "DESTMSSANTEPS": "Y"}),
    )
    yield "HL7-VIS-TABLE", good, sent(indicators={"INVISIBLE_REP_LEGAUX": "Y"})
    secret = {"CONNEXION_SECRETE": "Y"}
    yield "HL7-VIS-SECRET", sent(indicators=secret), sent(dmp="N", indicators=secret)


def _lps() -> Iterator[tuple[str, bytes, bytes]]:
    good = lps()
    yield "HL7-PRT-LPS", good, dropped(good, "PRT||UC||SB")
    yield "HL7-LPS-MAIL", good, dropped(good, "^Compte rendu||")
    yield "HL7-LPS-MAIL-ID", good, without(good, "20250610.17@clinique.mssante.example", "1")
    as_result = without(good, "MDM^T02^MDM_T02", "ORU^R01^ORU_R01").replace(b"|CWE|", b"|CE|")
    as_result = without(as_result, "|P|2.6|", "|P|2.5|")
    yield "HL7-LPS-ORU", good, as_result
    yield "HL7-LPS-MASKED", good, lps(indicators={"MASQUE_PS": "Y"})


def _pairs() -> Iterator[tuple[str, bytes, bytes]]:
    for part in (
        _headers, _patients, _documents, _participants, _indicators, _visibility, _lps
    ):  # fmt: skip
        yield from part()


def files() -> dict[str, bytes]:
    """Return every case by its path from the root of the project."""
    found = {}
    for rule, sound, faulty in _pairs():
        found[f"tests/cases/hl7v2/{rule}-pass-a.hl7"] = sound
        found[f"tests/cases/hl7v2/{rule}-fail-a.hl7"] = faulty
    return found
