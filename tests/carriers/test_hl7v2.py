"""Messages: every framing gives the same documents, with what the message says of them."""

import base64
from dataclasses import replace

import pytest
from make_document import BIOLOGY, PATIENT, Doc, document
from make_message import Mdm, mdm, oru

from cases.makers.carriers import CDA, CDA_2, NEW, REPLACING, V1, V2
from cda_tools.carriers import Carried, open_bytes
from cda_tools.carriers.hl7v2 import open_messages
from cda_tools.document import read_carried, read_carried_header
from cda_tools.model.carriage import Action
from cda_tools.model.header import Identifier
from cda_tools.reading.safexml import Limits

GOOD = mdm(NEW)


def opened(data: bytes, path: str = "m.hl7") -> list[Carried]:
    return list(open_bytes(data, path))


GUIDE = ("HL7-MSH", "HL7-OBX", "HL7-CNT", "HL7-IND", "HL7-PRT")


def rules(carried: Carried) -> list[str]:
    # The field rules of the guides have their own tests.
    return [one.rule for one in carried.findings if not one.rule.startswith(GUIDE)]


@pytest.mark.parametrize(
    "data",
    [
        GOOD,
        GOOD.replace(b"\r", b"\n"),
        GOOD.replace(b"\r", b"\r\n"),
        b"\x0b" + GOOD + b"\x1c\r",
        b"\xef\xbb\xbf" + GOOD,
        b"\r\n \t" + GOOD,
        GOOD.decode().encode("utf-16"),
        GOOD.decode().encode("utf-16-le"),
        GOOD.rstrip(b"\r"),
        GOOD.replace(b"UNICODE UTF-8", b"8859/15").decode().encode("iso8859-15"),
        GOOD.replace(b"UNICODE UTF-8", b""),
    ],
    ids=[
        "cr",
        "lf",
        "crlf",
        "mllp",
        "bom",
        "blanks",
        "utf-16",
        "utf-16-le",
        "no-end",
        "8859/15",
        "no-msh18",
    ],
)
def test_one_message_whatever_its_framing(data: bytes) -> None:
    (carried,) = opened(data)
    assert rules(carried) == []
    assert carried.path == "m.hl7!OBX[1]"
    assert carried.carrier == "hl7v2"
    assert carried.data() == CDA
    assert read_carried(carried).header == read_carried_header(carried).header
    assert carried.context is not None
    assert carried.context.action is Action.NEW
    assert carried.context.id == Identifier(V1.id)
    assert carried.context.sent is not None
    assert carried.context.sent.iso == "2025-06-10T09:30:00+02:00"


def test_an_initial_message_its_replacement_and_its_deletion_say_what_they_ask() -> None:
    deleting = replace(REPLACING, event="T04")
    contexts = [opened(mdm(one))[0].context for one in (NEW, REPLACING, deleting)]
    told = [(one.action, one.id, one.parent_id) for one in contexts if one]
    assert told == [
        (Action.NEW, Identifier(V1.id), None),
        (Action.REPLACE, Identifier(V2.id), Identifier(V1.id)),
        (Action.DELETE, Identifier(V2.id), Identifier(V1.id)),
    ]


def test_indicators_are_given_as_they_are_and_the_mail_is_not() -> None:
    (carried,) = opened(GOOD)
    assert carried.context is not None
    assert carried.context.flags == (
        ("MASQUE_PS", "N"),
        ("INVISIBLE_PATIENT", "Y"),
        ("INVISIBLE_REP_LEGAUX", "N"),
        ("CONNEXION_SECRETE", "N"),
        ("MODIF_CONF_CODE", "N"),
        ("DESTDMP", "Y"),
        ("DESTMSSANTEPS", "Y"),
        ("DESTMSSANTEPAT", "N"),
        ("ACK_RECEPTION", "Y"),
        ("ACK_LECTURE_MSS", "N"),
    )


def test_several_documents_in_a_message() -> None:
    first, second = Doc(id="1.2.250.1.999.7.1", type=BIOLOGY), Doc(id="1.2.250.1.999.7.2")
    one, two = opened(oru(document(first), document(second), state="C", order="RO"))
    assert (one.path, two.path) == ("m.hl7!OBX[1]", "m.hl7!OBX[2]")
    assert one.context is not None
    assert one.context.action is Action.REPLACE
    assert one.context.id is None
    assert rules(one) == ["HL7-11"]
    # The second is of another type than OBX-3 says.
    assert rules(two) == ["HL7-12", "HL7-11"]


def test_txa_12_tells_the_id_of_the_document_that_has_it() -> None:
    content = base64.b64encode(CDA).decode()
    extra = f"OBX|9|ED|18748-4^^LN||^TEXT^XML^Base64^{content}||||||C"
    one, two = opened(mdm(replace(REPLACING, extra=(extra,))))
    assert one.context is not None
    assert two.context is not None
    assert (one.context.id, one.context.parent_id) == (Identifier(V2.id), Identifier(V1.id))
    assert (two.context.id, two.context.parent_id) == (None, None)
    assert rules(one) == []


def test_a_batch_names_each_message() -> None:
    batch = b"FHS|^~\\&|A\rBHS|^~\\&|A\r" + GOOD + mdm(REPLACING) + b"BTS|2\rFTS|1\r"
    one, two = opened(batch)
    assert (one.path, two.path) == ("m.hl7!MSH[1]/OBX[1]", "m.hl7!MSH[2]/OBX[1]")
    assert (one.data(), two.data()) == (CDA, CDA_2)


def test_a_message_that_cannot_be_read_does_not_stop_a_batch() -> None:
    broken, sound = opened(b"MSH|^~\r" + GOOD)
    assert rules(broken) == ["HL7-01"]
    assert broken.path == "m.hl7!MSH[1]"
    assert sound.data() == CDA


def test_a_batch_without_message() -> None:
    (carried,) = opened(b"FHS|^~\\&|A\rFTS|0\r")
    assert rules(carried) == ["HL7-01"]


def test_a_message_may_choose_its_separators_and_escape_them() -> None:
    other = GOOD.translate(bytes.maketrans(b"|^~\\&", b"#*!?%"))
    (carried,) = opened(other)
    assert carried.data() == CDA
    escaped = mdm(replace(NEW, txa12=r"71\T\01\E\2^^1.2.3^ISO"))
    (carried,) = opened(escaped)
    assert carried.context is not None
    assert carried.context.id == Identifier("1.2.3", r"71&01\2")


@pytest.mark.parametrize(
    ("escaped", "text"),
    [
        (r"\F\\S\\T\\R\\E\a", "|^&~\\a"),
        (r"a\XC3A9\b", "aéb"),
        (r"a\.br\b", "a\nb"),
        (r"a\H\b\N\c", "abc"),
        (r"a\X000d\b", "a\rb"),
        (r"a\X00E9\b", "aéb"),
        (r"a\XZZ\b", r"a\XZZ\b"),
        (r"a\Cxx\b", r"a\Cxx\b"),
        (r"a\.sp99999999999999\b", "ab"),
        (r"a\Zc", r"a\Zc"),
    ],
)
def test_escape_sequences(escaped: str, text: str) -> None:
    (carried,) = opened(mdm(replace(NEW, txa12=f"{escaped}^^1.2.3^ISO")))
    assert carried.context is not None
    assert carried.context.id == Identifier("1.2.3", text)


@pytest.mark.parametrize(
    ("txa", "identifier", "specified"),
    [
        ("1.2.250.1.999.7.101", Identifier("1.2.250.1.999.7.101"), True),
        ("A7^^1.2.250.1.999^ISO", Identifier("1.2.250.1.999", "A7"), True),
        ("1.2.250.1.999^^1.2.250.1.999^ISO", Identifier("1.2.250.1.999"), True),
        ("^^1.2.250.1.999^ISO", Identifier("1.2.250.1.999"), False),
        ("A7^^1.2.250.1.999", Identifier("1.2.250.1.999", "A7"), False),
        ("A7^VAL^1.2.250.1.999^ISO", Identifier("1.2.250.1.999", "A7"), False),
        ("A7^1.2.250.1.999", Identifier("1.2.250.1.999", "A7"), False),
        ("1.2.250.1.999.A7^VAL", Identifier("1.2.250.1.999.A7"), False),
        ("1.2.250.1.999.7^VAL", Identifier("1.2.250.1.999.7"), False),
        ("7101", Identifier(None, "7101"), False),
        ("^VAL", Identifier(None, "VAL"), False),
        ("urn:oid:1.2.250.1.999.7.101", Identifier("urn:oid:1.2.250.1.999.7.101"), False),
        ("A7^^urn:oid:1.2.250.1.999^ISO", Identifier("urn:oid:1.2.250.1.999", "A7"), True),
        ("A7^urn:oid:1.2.250.1.999", Identifier("urn:oid:1.2.250.1.999", "A7"), False),
        (
            "0F7A2C1E-1111-4222-8333-444455556666",
            Identifier("0F7A2C1E-1111-4222-8333-444455556666"),
            True,
        ),
    ],
)
def test_txa_12_in_its_forms(txa: str, identifier: Identifier, *, specified: bool) -> None:
    (carried,) = opened(mdm(Mdm(b"", txa12=txa)))
    assert carried.context is not None
    assert carried.context.id == identifier
    said = {"HL7-08", "HL7-TXA-FORM"} & set(rules(carried))
    assert bool(said) is not specified


@pytest.mark.parametrize(
    "txa",
    [
        "A7^^1.2.250.1.999^ISO",
        "1.2.250.1.999.A7^VAL",
        "1.2.250.1.999A7",
        "A7",
        "7^1.2.250.1.999",
        "urn:oid:1.2.250.1.999.A7",
        "A7^^URN:OID:1.2.250.1.999^ISO",
        "A7^urn:oid:1.2.250.1.999",
    ],
)
def test_txa_12_is_the_document_s_id_in_any_of_them(txa: str) -> None:
    extension = "7" if txa.startswith("7^") else "A7"
    doc = Doc(id="1.2.250.1.999", extension=extension)
    (carried,) = opened(mdm(Mdm(document(doc), txa12=txa)))
    assert "HL7-09" not in rules(carried)


@pytest.mark.parametrize(
    ("state", "order", "event", "action", "agree"),
    [
        ("F", "NW", "T02", Action.NEW, True),
        ("F", "", "T02", Action.NEW, True),
        ("C", "NW", "T10", Action.REPLACE, False),
        ("D", "RO", "T10", Action.DELETE, False),
        ("X", "CA", "T04", Action.DELETE, True),
        ("X", "", "T10", Action.REPLACE, True),
    ],
)
def test_obx_11_goes_before_orc_1_and_the_event(
    state: str, order: str, event: str, action: Action, *, agree: bool
) -> None:
    message = replace(REPLACING, state=state, order=order, event=event)
    (carried,) = opened(mdm(message))
    assert carried.context is not None
    assert carried.context.action is action
    assert ("HL7-07" in rules(carried)) is not agree


def test_an_action_may_be_unknown() -> None:
    (carried,) = opened(oru(CDA, state="X", order="ZZ"))
    assert carried.context is not None
    assert carried.context.action is None


def test_base64_folded_over_lines_is_mended() -> None:
    content = base64.encodebytes(CDA).decode().replace("\n", "\r\n")
    (carried,) = opened(mdm(replace(NEW, data="^TEXT^XML^Base64^" + content)))
    assert carried.data() == CDA
    assert rules(carried) == ["HL7-17", "HL7-05"]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("^TEXT^XML^Hex^" + CDA.hex(), CDA),
        ("^TEXT^XML^A^<ClinicalDocument/>", b"<ClinicalDocument/>"),
        ("^TEXT^XML^Hex^zz", None),
    ],
)
def test_other_encodings_of_obx_5(data: str, found: bytes | None) -> None:
    (carried,) = opened(mdm(replace(NEW, data=data)))
    assert carried.source == found
    assert (found is None) is ("HL7-04" in rules(carried))


def test_a_cda_that_is_broken_is_left_to_its_own_layer() -> None:
    (carried,) = opened(mdm(replace(NEW, content=CDA[:900])))
    assert rules(carried) == []
    assert [one.rule for one in read_carried(carried).findings] == ["XML-01"]
    (carried,) = opened(mdm(replace(NEW, content=b"<html/>")))
    assert [one.rule for one in read_carried(carried).findings] == ["XML-07"]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (GOOD.decode().encode("cp1252"), "UTF-8"),
        (GOOD.replace(b"UNICODE UTF-8", b"ASCII"), "ASCII"),
        (GOOD.replace(b"CR d'", b"CR d\x81\xff"), "UTF-8"),
    ],
)
def test_a_character_set_that_is_not_kept_to(raw: bytes, reason: str) -> None:
    (carried,) = opened(raw)
    assert rules(carried) == ["HL7-13"]
    assert reason in carried.findings[0].message
    assert carried.data() == CDA


def test_a_field_of_forty_megabytes_is_read() -> None:
    pdf = base64.b64encode(b"\0" * 30_000_000)
    big = CDA.replace(b'representation="B64">', b'representation="B64">' + pdf, 1)
    (carried,) = opened(mdm(replace(NEW, content=big)))
    assert len(carried.data()) > 40_000_000
    header = read_carried_header(carried).header
    assert header is not None
    assert header.id == Identifier(V1.id)


def test_base64_of_megabytes_folded_over_lines_takes_no_time() -> None:
    # Pieces are joined once: joined one by one, these would take hours.
    big = CDA.replace(b'representation="B64">', b'representation="B64">' + b"A" * 12_000_000, 1)
    content = base64.encodebytes(big).decode()
    (carried,) = opened(mdm(replace(NEW, data="^TEXT^XML^Base64^" + content)))
    assert carried.data() == big


@pytest.mark.parametrize("mark", ["|", "^", "&", "~", "\rZZZ"])
def test_a_message_of_nothing_but_separators_is_refused(mark: str) -> None:
    (carried,) = opened(GOOD + b"ZZZ|" + 200_000 * mark.encode())
    assert rules(carried) == ["HL7-01"]
    assert "trop de champs" in carried.findings[0].message


def test_a_message_beyond_the_limit_is_refused() -> None:
    (carried,) = open_bytes(GOOD, "m.hl7", Limits(size=1000))
    assert rules(carried) == ["HL7-01"]


def test_an_unknown_kind_of_message_is_not_quoted() -> None:
    (carried,) = opened(b"MSH|^~\\&|A|B|C|D|2025||PERVENCHE^A\rPID|||1\r")
    assert rules(carried) == ["HL7-02"]
    assert "PERVENCHE" not in carried.findings[0].message


@pytest.mark.parametrize(
    ("ins", "found"),
    [
        (PATIENT, []),
        (f"{PATIENT[:1]}\u00a0{PATIENT[1:13]}", []),
        ("199069900000099", ["HL7-23"]),
    ],
)
def test_another_ins_is_another_patient_though_the_local_id_is_the_same(ins, found) -> None:
    local = "IPP123^^^ETAB&1.2.250.1.999.9&ISO^PI"
    both = document(V1).replace(
        b"<patientRole>", b'<patientRole><id root="1.2.250.1.999.9" extension="IPP123"/>', 1
    )
    message = mdm(Mdm(both, txa12=V1.id)).replace(
        f"PID|||{PATIENT}^".encode(), f"PID|||{local}~{ins}^".encode(), 1
    )
    assert [rules(one) for one in opened(message)] == [found]


def test_nothing_of_the_patient_gets_out() -> None:
    shifted = GOOD.replace(b"|18748-4^", b"|PERVENCHE^", 1).replace(b"UNICODE", b"PERVENCHE")
    shifted = shifted.replace(b"||AU", b"||PERVENCHE").replace(b"|2.6|", b"|PERVENCHE|")
    for data in (GOOD, shifted, mdm(replace(REPLACING, state="PERVENCHE"))):
        for carried in opened(data):
            said = repr((carried.context, carried.findings, carried))
            assert "PERVENCHE" not in said
            assert PATIENT not in said
            assert "accompagnement" not in said


@pytest.mark.parametrize("data", [b"MSH\x1c", b"MSH\x0b|", b"MSH", b"MSH|", b"MSH||||"])
def test_a_header_cut_short_or_of_odd_separators(data: bytes) -> None:
    for carried in open_messages(data, "m.hl7"):
        assert rules(carried)[:1] in (["HL7-01"], ["HL7-24"])
