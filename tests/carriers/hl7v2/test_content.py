"""A document is found wherever an OBX holds it; nothing of OBX-5 is dropped; the form is named."""

import base64
import gzip
from dataclasses import replace

import pytest
from make_document import PATIENT, PDF
from make_message import mdm, oru

from cases.makers.carriers import CDA, CDA_2, NEW, escaped
from cda_tools.carriers import Carried, open_bytes
from cda_tools.carriers.hl7v2 import parts
from cda_tools.carriers.hl7v2.enclosed import Enclosed, decode
from cda_tools.document import read_carried_header

B64 = base64.b64encode(CDA).decode()
FLAT = b" ".join(line.strip() for line in CDA.splitlines()).decode()
ED = "^TEXT^XML^Base64^"


def opened(data: bytes) -> list[Carried]:
    return list(open_bytes(data, "m.hl7"))


GUIDE = ("HL7-MSH", "HL7-OBX", "HL7-CNT", "HL7-IND", "HL7-PRT")


def rules(carried: Carried) -> list[str]:
    # The field rules of the guides have their own tests.
    return [one.rule for one in carried.findings if not one.rule.startswith(GUIDE)]


def with_data(data: str, kind: str = "ED") -> bytes:
    return mdm(replace(NEW, data=data)).replace(b"OBX|1|ED", f"OBX|1|{kind}".encode())


def message(carried: Carried, rule: str) -> str:
    (found,) = (one.message for one in carried.findings if one.rule == rule)
    return found


# OBX-2, OBX-5, and what must be named.
ELSEWHERE = {
    "type-tx": ("TX", ED + B64, "OBX-2 vaut TX"),
    "type-empty": ("", ED + B64, "OBX-2 est vide"),
    "type-cwe": ("CWE", ED + B64, "OBX-2 vaut CWE"),
    "type-unknown": ("PERVENCHE", ED + B64, "OBX-2 ne vaut pas ED"),
    "first-component": ("ED", B64, "OBX-5.1"),
    "third-component": ("ED", f"^^{B64}", "OBX-5.3"),
    "st-alone": ("ST", B64, "OBX-5.1"),
    "ft-in-clear": ("FT", escaped(FLAT), "OBX-2 vaut FT"),
    "tx-not-escaped": ("TX", FLAT.replace("poignet", "poignet ~ ^ "), "OBX-2 vaut TX"),
    "repetitions": ("ED", f"RIS~TEXT~XML~Base64~{B64}", "répétitions au lieu de composants"),
    "subcomponents": ("ED", f"RIS&TEXT&XML&Base64&{B64}", "sous-composants au lieu"),
    "more-components": ("ED", f"{ED}{B64[:400]}^{B64[400:]}", "OBX-5.5 à OBX-5.6"),
    "a-but-base64": ("ED", f"^TEXT^XML^A^{B64}", "OBX-5.4 ne vaut pas Base64"),
    "base64-but-clear": ("ED", ED + escaped(FLAT), "OBX-5.4 annonce un encodage"),
    "xml-escaped": (
        "ED",
        "^TEXT^XML^A^" + FLAT.replace("<", "&lt;").replace(">", "&gt;"),
        "le XML y est échappé",
    ),
    "hex": ("ED", f"^TEXT^XML^Base64^{CDA.hex()}", "hexadécimal"),
    "twice": ("ED", ED + base64.b64encode(B64.encode()).decode(), "deux fois"),
    "gzip": ("ED", ED + base64.b64encode(gzip.compress(CDA)).decode(), "compressé (gzip)"),
    "subtype-unknown": ("TX", f"^application^octet-stream^Base64^{B64}", "OBX-2 vaut TX"),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_document_that_is_not_where_it_should_be_is_read_and_it_is_said(name: str) -> None:
    kind, data, reason = ELSEWHERE[name]
    (carried,) = opened(with_data(data, kind))
    document = read_carried_header(carried)
    assert document.header is not None
    assert document.header.id is not None
    assert document.header.id.root == "1.2.250.1.999.7.101"
    said = [one for one in carried.findings if one.rule in ("HL7-28", "HL7-OBX-2")]
    assert (said[0].rule == "HL7-OBX-2") == (kind != "ED")
    assert any(reason in one.message for one in said)
    assert all("PERVENCHE" not in one.message for one in carried.findings)
    assert set(rules(carried)) <= {"HL7-28", "HL7-05", "HL7-OBX-2"}


def test_the_type_of_obx_2_is_an_error_of_today_s_guides_alone() -> None:
    other = with_data(ED + B64, "TX")
    (carried,) = opened(other)
    assert [one.rule for one in carried.findings] == ["HL7-OBX-2"]
    (carried,) = opened(other.replace(b"2.1^CISIS", b"2.0^CISIS"))
    assert [one.rule for one in carried.findings] == ["HL7-MSH-21-OLD", "HL7-28"]
    assert "OBX-2 vaut TX" in message(carried, "HL7-28")


MIME = (
    "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b; type=text/xml\r\n\r\n"
    f"--b\r\nContent-Type: text/xml\r\nContent-Transfer-Encoding: base64\r\n\r\n{B64}\r\n"
    "--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0K\r\n"
    "--b--\r\n"
)


@pytest.mark.parametrize(
    "data",
    [
        "^multipart^related^A^" + MIME.replace("\r\n", "\\X0D0A\\"),
        "^multipart^related^Base64^" + base64.b64encode(MIME.encode()).decode(),
        ED + base64.b64encode(MIME.partition("\r\n\r\n")[2].encode()).decode(),
    ],
    ids=["clear", "base64", "no-headers"],
)
def test_the_mime_package_of_the_standard_is_opened(data: str) -> None:
    (carried,) = opened(with_data(data))
    assert carried.data() == CDA
    assert "paquet MIME" in message(carried, "HL7-28")


def test_a_mime_package_may_hold_several_documents() -> None:
    part = "--b\r\nContent-Type: text/xml\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n"
    two = part.format(B64) + part.format(base64.b64encode(CDA_2).decode()) + "--b--\r\n"
    found = opened(with_data(ED + base64.b64encode(two.encode()).decode()))
    assert [one.path for one in found] == ["m.hl7!OBX[1]/1", "m.hl7!OBX[1]/2"]
    assert [one.data() for one in found] == [CDA, CDA_2]


@pytest.mark.parametrize("left", ["&#13;", "&#xD;", "&#10;", "\\r\\n", "'"])
def test_what_is_left_in_base64_is_left_out_and_named(left: str) -> None:
    folded = left.join(B64[start : start + 76] for start in range(0, len(B64), 76))
    (carried,) = opened(with_data(ED + folded))
    assert carried.data() == CDA
    assert rules(carried) == ["HL7-30"]


def test_base64_of_an_address_or_a_data_url_is_read_and_named() -> None:
    odd = CDA.replace(b"poignet", "ÿþ??>>~~".encode())
    (carried,) = opened(with_data(ED + base64.urlsafe_b64encode(odd).decode()))
    assert carried.data() == odd
    assert "alphabet des adresses" in message(carried, "HL7-30")
    (carried,) = opened(with_data(f"{ED}data:text/xml;base64,{B64}"))
    assert carried.data() == CDA
    assert "data:" in message(carried, "HL7-30")


@pytest.mark.parametrize("end", ["\\X0D\\", "\\X000d\\", "\\X0D0A\\", "\\.br\\"])
def test_base64_folded_by_escape_sequences_is_read(end: str) -> None:
    (carried,) = opened(with_data(ED + end.join((B64[:400], B64[400:]))))
    assert carried.data() == CDA
    assert rules(carried) == ["HL7-05"]


@pytest.mark.parametrize(
    ("left", "why"),
    [("*", "*"), ("\u00e9", "U+00E9"), ("$#", "$ #")],
)
def test_what_makes_base64_unreadable_is_named(left: str, why: str) -> None:
    (carried,) = opened(with_data(f"{ED}{B64[:40]}{left}{B64[40:]}"))
    assert rules(carried) == ["HL7-04"]
    assert f"il contient {why}" in message(carried, "HL7-04")
    (carried,) = opened(with_data(ED + B64[:41]))
    assert "coupé" in message(carried, "HL7-04")


def obx(number: int, content: str, kind: str = "ED", code: str = "18748-4^^LN") -> str:
    return f"OBX|{number}|{kind}|{code}||{content}||||||F"


@pytest.mark.parametrize("cut", [400, 401, 402, 403])
@pytest.mark.parametrize("count", [2, 3, 7])
def test_a_document_cut_over_several_obx_is_put_together(cut: int, count: int) -> None:
    pieces = [B64[:cut], *(B64[cut + n : cut + n + 1] for n in range(count - 2))]
    pieces.append(B64[len("".join(pieces)) :])
    extra = tuple(obx(number, ED + piece) for number, piece in enumerate(pieces[1:], 2))
    data = mdm(replace(NEW, data=ED + pieces[0], extra=()))
    rows = data.split(b"\r")
    at = next(number for number, row in enumerate(rows) if row.startswith(b"OBX|1|"))
    rows[at + 1 : at + 1] = [row.encode() for row in extra]
    (carried,) = opened(b"\r".join(rows))
    assert carried.data() == CDA
    assert rules(carried) == ["HL7-32"]
    assert f"{count} parties" in message(carried, "HL7-32")


@pytest.mark.parametrize("cut", [400, 401, 402, 403])
def test_what_follows_a_document_in_two_parts_stays_a_document_of_its_own(cut: int) -> None:
    pieces = (B64[:cut], B64[cut:], base64.b64encode(CDA_2).decode())
    data = mdm(replace(NEW, data="~".join(ED + piece for piece in pieces)))
    assert [one.data() for one in opened(data)] == [CDA, CDA_2]


def test_each_part_is_decoded_a_few_times_however_many_follow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decoded: list[bytes] = []

    def counting(raw: bytes, encoding: str, codec: str) -> Enclosed:
        decoded.append(raw)
        return decode(raw, encoding, codec)

    monkeypatch.setattr(parts, "decode", counting)
    prolog = base64.b64encode(b'<?xml version="1.0"?>\n<!-- -->   ').decode()
    data = "~".join([ED + prolog] * 50)
    assert len(opened(mdm(replace(NEW, data=data)))) == 50
    assert len(decoded) < 4 * 50


def test_parts_that_were_each_encoded_are_put_together() -> None:
    first, second = (base64.b64encode(part).decode() for part in (CDA[:1000], CDA[1000:]))
    (carried,) = opened(mdm(replace(NEW, data=f"{ED}{first}~{ED}{second}")))
    assert carried.data() == CDA
    assert rules(carried) == ["HL7-32"]
    assert "les répétitions" in message(carried, "HL7-32")


def test_a_document_a_line_an_obx_is_put_together() -> None:
    lines = escaped(CDA.decode()).splitlines()
    rows = [obx(number, line, "TX") for number, line in enumerate(lines, 1)]
    good = mdm(NEW).split(b"\r")
    kept = [row for row in good if not row.startswith(b"OBX|1|")]
    (carried,) = opened(b"\r".join([*kept[:-1], *(row.encode() for row in rows), b""]))
    assert carried.data().split() == CDA.split()
    assert {"HL7-28", "HL7-32"} == set(rules(carried))


def test_an_attachment_after_a_cut_document_does_not_mend_it() -> None:
    pdf = base64.b64encode(PDF).decode()
    extra = (obx(9, f"^application^pdf^Base64^{pdf}"),)
    (carried,) = opened(mdm(replace(NEW, data=ED + B64[:400], extra=extra)))
    assert rules(carried) == ["HL7-19"]
    read = read_carried_header(carried)
    assert [one.rule for one in read.findings if one.rule != "HL7-OBX-1"] == ["HL7-19", "XML-01"]


def test_repetitions_are_documents_and_attachments_of_their_own() -> None:
    pdf = base64.b64encode(PDF).decode()
    two = base64.b64encode(CDA_2).decode()
    data = f"{ED}{B64}~{ED}{two}~^application^pdf^Base64^{pdf}"
    found = opened(mdm(replace(NEW, data=data)))
    assert [one.path for one in found] == ["m.hl7!OBX[1]-5[1]", "m.hl7!OBX[1]-5[2]"]
    assert [one.data() for one in found] == [CDA, CDA_2]
    assert "un PDF" in message(found[0], "HL7-19")


LATIN = FLAT.replace("UTF-8", "ISO-8859-1", 1)


@pytest.mark.parametrize(
    ("told", "charset", "xml", "found"),
    [
        ("UNICODE UTF-8", "utf-8", FLAT, []),
        ("UNICODE UTF-8", "utf-8", LATIN, ["HL7-29"]),
        ("8859/1", "iso8859-1", FLAT, ["HL7-29"]),
        ("8859/1", "iso8859-1", LATIN, []),
        ("8859/15", "iso8859-15", FLAT, ["HL7-29"]),
        ("8859/15", "iso8859-15", LATIN.replace("poignet", "cœur €"), ["HL7-29"]),
        ("8859/1", "utf-8", FLAT, ["HL7-13"]),
    ],
)
def test_a_document_in_clear_keeps_its_accents(
    told: str, charset: str, xml: str, found: list[str]
) -> None:
    data = mdm(replace(NEW, data=f"^TEXT^XML^A^{escaped(xml)}", character_set=told))
    (carried,) = opened(data.decode().encode(charset))
    header = read_carried_header(carried).header
    assert header is not None
    assert header.type is not None
    assert header.type.display_name == "CR d'imagerie médicale"
    assert header.title in ("Radiographie du poignet gauche", "Radiographie du cœur € gauche")
    assert rules(carried) == found


def test_hexadecimal_escapes_of_a_document_in_clear_are_bytes_of_msh_18() -> None:
    text = escaped(FLAT).replace("é", "\\XE9\\")
    data = mdm(replace(NEW, data=f"^TEXT^XML^A^{text}", character_set="8859/1"))
    (carried,) = opened(data.decode().encode("iso8859-1"))
    header = read_carried_header(carried).header
    assert header is not None
    assert header.type is not None
    assert header.type.display_name == "CR d'imagerie médicale"


def test_a_byte_order_mark_before_a_document_in_clear_is_no_part_of_it() -> None:
    (carried,) = opened(with_data(f"^TEXT^XML^A^\ufeff{escaped(FLAT)}"))
    assert carried.data() == FLAT.encode()
    assert rules(carried) == []


def test_a_document_in_a_message_of_another_kind_is_listed_and_said() -> None:
    for kind in (b"OUL^R22", b"ORU^R01"), (b"MDM^T02", b"RDE^O11"), (b"MDM^T02", b"ACK^T02"):
        data = mdm(NEW) if kind[0] == b"MDM^T02" else oru(CDA).replace(b"ORU^R01", b"OUL^R22")
        (carried,) = opened(data.replace(*kind))
        assert carried.data() == CDA
        assert rules(carried)[0] == "HL7-33" or kind[1] == b"ORU^R01"


@pytest.mark.parametrize("event", ["T06", "T08", "T01", "T11"])
def test_an_event_outside_the_guide_is_named(event: str) -> None:
    (carried,) = opened(mdm(NEW).replace(b"MDM^T02", f"MDM^{event}".encode()))
    assert rules(carried) == ["HL7-34"]
    assert f"({event})" in message(carried, "HL7-34")
    (carried,) = opened(mdm(NEW).replace(b"MDM^T02", b"MDM^PERVENCHE"))
    assert "PERVENCHE" not in message(carried, "HL7-34")


def test_an_attachment_is_named_by_its_bytes_or_by_known_words_only() -> None:
    secret = base64.b64encode(b"\x01\x02" * 20).decode()
    extra = (
        obx(7, f"^PERVENCHE^{PATIENT}^Base64^{secret}"),
        obx(8, f"^application^{PATIENT}^Base64^{secret}"),
        obx(9, f"^PERVENCHE^OCTAVIE^Base64^{base64.b64encode(PDF).decode()}"),
    )
    (carried,) = opened(mdm(replace(NEW, extra=extra)))
    told = [one.message for one in carried.findings if one.rule == "HL7-19"]
    assert [text.partition("(")[2].partition(")")[0] for text in told] == [
        "type inconnu",
        "application",
        "un PDF",
    ]


def test_ordinary_results_are_no_documents() -> None:
    extra = (obx(7, "7.2", "NM"), obx(8, "Absence de germe visible à l'examen direct", "TX"))
    (carried,) = opened(mdm(replace(NEW, extra=extra)))
    assert rules(carried) == []
