"""All that an OBX-5 holds is read or told, whatever cuts it or was left in it."""

import base64
from dataclasses import replace

import pytest
from make_message import mdm
from make_metadata import archive

from cases.makers.carriers import CDA, CDA_2, NEW
from cda_tools.carriers import Carried, open_bytes

ED = "^text^XML^Base64^"
B64 = base64.b64encode(CDA).decode()
# What follows from the code of a field, and is not tried here.
_OTHER = ("HL7-CNT", "HL7-22", "HL7-OBX", "HL7-IND")


def opened(data: bytes) -> list[Carried]:
    return list(open_bytes(data, "m.hl7"))


def rules(carried: Carried) -> list[str]:
    return [one.rule for one in carried.findings if not one.rule.startswith(_OTHER)]


def message(carried: Carried, rule: str) -> str:
    return next(one.message for one in carried.findings if one.rule == rule)


def with_data(data: str) -> bytes:
    return mdm(replace(NEW, data="{}")).replace(B64.encode(), data.encode(), 1)


@pytest.mark.parametrize(
    "between",
    [
        *("&eacute;", "&nbsp;", "&#160;", "&amp;#13;", "&lt;br/&gt;", "<br>", "&", "%0D%0A"),
        *("\\Z9\\", "\\XZZ\\", "\\Q\\", "\\u000a", "\u00a0", "\u200b", "\ufeff"),
    ],
)
def test_what_was_left_in_base64_is_said_and_left_out(between: str) -> None:
    rows = [B64[start : start + 76] for start in range(0, len(B64), 76)]
    (carried,) = opened(with_data(ED + between.join(rows)))
    assert carried.data() == CDA
    assert rules(carried) == ["HL7-30"]


def test_pieces_that_are_padded_each_and_soft_line_breaks_are_read() -> None:
    pieces = "".join(base64.b64encode(one).decode() for one in (CDA[:1000], CDA[1000:]))
    (carried,) = opened(with_data(ED + pieces))
    assert carried.data() == CDA
    (carried,) = opened(with_data(f"{ED}{B64[:75]}=\n{B64[75:]}"))
    assert carried.data() == CDA
    assert "HL7-30" in rules(carried)


@pytest.mark.parametrize("sign", ["^", "&", "~"])
def test_a_document_behind_another_in_a_field_is_listed(sign: str) -> None:
    second = base64.b64encode(CDA_2).decode()
    data = f"{ED}{B64}{sign}{ED if sign == '~' else ''}{second}"
    first, other = opened(with_data(data))
    assert first.data() == CDA
    assert other.data() == CDA_2


def test_what_stands_behind_a_document_in_a_field_is_told() -> None:
    for rest in ("^reste de texte", "~^text^PLAIN^A^Bonjour"):
        (carried,) = opened(with_data(ED + B64 + rest))
        assert carried.data() == CDA
        assert rules(carried) == ["HL7-19"]


def test_a_document_cut_by_the_sign_of_subcomponents_is_read() -> None:
    (carried,) = opened(with_data(f"{ED}{B64[:400]}&{B64[400:]}"))
    assert carried.data() == CDA
    assert rules(carried) == ["HL7-30"]


@pytest.mark.parametrize("data", [f"^^text^XML^Base64^{B64}", f"^text^XML^{B64}^Base64"])
def test_a_document_beside_its_component_is_read(data: str) -> None:
    (carried,) = opened(with_data(data))
    assert carried.data() == CDA
    assert "HL7-28" in rules(carried)


def test_a_zip_in_an_obx_is_opened() -> None:
    packed = base64.b64encode(archive([("A.XML", CDA), ("B.XML", CDA_2)])).decode()
    first, second = opened(with_data(f"^application^zip^Base64^{packed}"))
    assert (first.data(), second.data()) == (CDA, CDA_2)
    assert "une archive zip" in message(first, "HL7-28")
    (nothing,) = opened(with_data(f"^application^zip^Base64^{packed[:-80]}"))
    assert "HL7-19" in rules(nothing)


def test_a_document_that_is_elsewhere_is_told() -> None:
    row = with_data("https://exemple.fr/a.xml^^text^XML").replace(b"|ED|", b"|RP|", 1)
    (carried,) = opened(row)
    assert "OBX-2 vaut RP" in message(carried, "HL7-19")


def test_a_text_in_clear_is_read_through_its_separators() -> None:
    clear = CDA.decode().replace("\n", " ")
    title = "Radiographie du poignet gauche"
    assert title in clear
    cut = clear.replace(title, "Radiographie | poignet")
    (carried,) = opened(with_data(f"^text^XML^A^{cut}"))
    assert carried.data() == cut.strip().encode()
    assert "séparateurs de champs" in message(carried, "HL7-28")
    (carried,) = opened(with_data(f"^text^XML^A^<![CDATA[{clear}]]>"))
    assert carried.data() == clear.strip().encode()
    assert "CDATA" in message(carried, "HL7-28")
    lines = CDA.decode().strip().replace("\n", "~")
    (carried,) = opened(with_data(lines).replace(b"|ED|", b"|TX|", 1))
    assert carried.data() == CDA.strip()


def test_a_piece_may_lack_its_code() -> None:
    rows = (f"OBX|1|ED|18748-4^^LN||{ED}{B64[:400]}||||||F", f"OBX|2|ED|||{ED}{B64[400:]}||||||F")
    start, _, rest = mdm(NEW).partition(b"OBX|1|")
    rest = rest.partition(b"\r")[2]
    (carried,) = opened(start + "\r".join(rows).encode() + b"\r" + rest)
    assert carried.data() == CDA
