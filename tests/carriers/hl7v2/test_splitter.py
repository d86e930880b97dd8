"""Messages of a file, and the parts of a message, as HL7 v2 has them and as they are sent."""

import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cda_tools.carriers.hl7v2.framing import split
from cda_tools.carriers.hl7v2.message import Message, messages

HEAD = "|SIL|LABO|PFI|ORMEAU|20250610||ORU^R01^ORU_R01|7|P|2.5|||||FRA|UNICODE UTF-8"
PID = "PID|||17^^^A&1.2.250.1.999.8&ISO^PI~18^^^B||PERVENCHE^OCTAVIE"


def text(msh2: str = "^~\\&", *rows: str, end: str = "\r") -> bytes:
    return "".join(f"{row}{end}" for row in (f"MSH|{msh2}{HEAD}", *(rows or (PID,)))).encode()


def one(data: bytes) -> tuple[Message, list[str]]:
    ((message, findings),) = messages(data)
    assert message is not None
    return message, [finding.rule for finding in findings]


def reason(data: bytes) -> str:
    ((message, findings),) = messages(data)
    assert message is None
    assert [finding.rule for finding in findings] == ["HL7-01"]
    return findings[0].message


def test_fields_repetitions_components_and_subcomponents_are_counted_from_one() -> None:
    message, found = one(text())
    (pid,) = message.all("PID")
    assert found == []
    assert [segment.name for segment in message.segments] == ["MSH", "PID"]
    assert (message.value("MSH", 9, 2), message.value("MSH", 3)) == ("R01", "SIL")
    assert (pid.value(3), pid.value(3, 4, 2)) == ("17", "1.2.250.1.999.8")
    assert [repetition.value() for repetition in pid.repeated(3)] == ["17", "18"]
    assert [*pid.repeated(4), *pid.repeated(99)] == []
    assert (pid.value(0), pid.value(99), message.value("TXA", 12)) == ("", "", "")
    first, _ = pid.repeated(3)
    assert first.data(4) == b"A&1.2.250.1.999.8&ISO"


def test_msh_1_and_msh_2_are_fields() -> None:
    message, _ = one(text())
    (msh,) = message.all("MSH")
    assert (msh.raw(1), msh.raw(2), msh.value(3)) == (b"|", b"^~\\&", "SIL")


@pytest.mark.parametrize("separator", ["|", "$", "#", "!"])
@pytest.mark.parametrize("kind", ["ORU^R01", "MDM^T02", "ACK"])
def test_the_sending_application_may_be_missing(separator: str, kind: str) -> None:
    message, found = one(f"MSH|^~\\&||LABO|PFI||2025||{kind}|7\r".replace("|", separator).encode())
    assert found == []
    assert message.value("MSH", 3) == ""
    assert message.value("MSH", 4) == "LABO"
    assert message.value("MSH", 9) == kind[:3]


@pytest.mark.parametrize("signs", ["^~\\&", "^~\\&#", "^~\\", "^~", "*!?%"])
def test_msh_2_as_hl7_allows_it(signs: str) -> None:
    _, found = one(text(signs, "PV1|1|O"))
    assert found == []


# What MSH-2 became, and what a sentence must name.
MANGLED = {
    "^˜\\&": "« ^ U+02DC \\ & »",
    "ˆ~\\&": "« U+02C6 ~ \\ & »",
    "^~¥&": "« ^ ~ U+00A5 & »",
    "^~＼＆": "« ^ ~ U+FF3C U+FF06 »",
    "^~\\\\&": "« ^ ~ \\ \\ & »",
    "^~&": "« ^ ~ & »",
    "": "vide",
    "^^\\&": "« ^ ^ \\ & »",
    "^~\\& ": "« ^ ~ \\ & U+0020 »",
    "^ ~\\&": "« ^ U+0020 ~ \\ & »",
    "^~\\&amp;": "« ^ ~ \\ & a m p ; »",
    "&#94;~\\&#38;": "« & # 9 4 ; ~ \\ & # 3 8 ; »",
    "^~\\&^~\\&^~\\&\t": "13 caractères",
    "^~\\\\\\u0026": "« ^ ~ \\ \\ \\ u 0 0 2 6 »",
}


@pytest.mark.parametrize("signs", MANGLED)
def test_a_message_whose_msh_2_is_mangled_is_read_and_msh_2_is_named(signs: str) -> None:
    ((message, findings),) = messages(text(signs))
    assert message is not None
    assert [finding.rule for finding in findings] == ["HL7-24"]
    assert f"({MANGLED[signs]})" in findings[0].message
    assert message.value("PID", 5, 2) == "OCTAVIE"
    assert message.value("MSH", 9, 2) == "R01"


def test_a_sign_that_became_another_is_read_wherever_it_became_it() -> None:
    message, _ = one(text("^˜\\&").replace(b"~18", "˜18".encode()))
    assert [part.value() for part in message.all("PID")[0].repeated(3)] == ["17", "18"]
    latin = text("^~\\&").replace(b"~", b"\x98").replace(b"UNICODE UTF-8", b"8859/1")
    message, _ = one(latin)
    assert [part.value() for part in message.all("PID")[0].repeated(3)] == ["17", "18"]


def test_what_xml_or_a_language_escaped_is_undone_everywhere() -> None:
    message, _ = one(text("^~\\&").replace(b"&", b"&amp;"))
    assert message.value("PID", 3, 4, 2) == "1.2.250.1.999.8"
    rows = (PID, "NTE|1||a\\T\\b\\F\\c")
    message, _ = one(text("^~\\&", *rows).replace(b"\\", b"\\\\").replace(b"&", b"\\u0026"))
    assert message.value("NTE", 3) == "a&b|c"
    assert message.value("PID", 3, 4, 2) == "1.2.250.1.999.8"


def test_a_doubled_escape_in_msh_2_alone_changes_nothing_else() -> None:
    message, _ = one(text("^~\\\\&", "NTE|1||a\\F\\\\T\\b\\E\\c"))
    assert message.value("NTE", 3) == "a|&b\\c"


def test_a_message_whose_separators_are_missing_is_refused_and_not_quoted() -> None:
    assert "lettres ou des chiffres" in reason(b"MSH|PERVENCHE|OCTAVIE|X\r")
    assert "PERVENCHE" not in reason(b"MSH|PERVENCHE|OCTAVIE|X\r")
    assert "coupé" in reason(b"MSH|^~\\&\r")


@pytest.mark.parametrize("end", [" ", "\t", "\0", "  ", ";", "##", "\x02", " * "])
def test_a_single_line_divided_by_blanks_or_signs_is_read_by_the_names_of_segments(
    end: str,
) -> None:
    message, found = one(text("^~\\&", PID, "PV1|1|O", "NTE|1||rien a dire", end=end))
    assert found == ["HL7-25"]
    assert [segment.name for segment in message.segments] == ["MSH", "PID", "PV1", "NTE"]
    assert message.value("NTE", 3).startswith("rien a dire")


def test_a_name_of_segment_in_the_text_of_a_message_with_line_ends_divides_nothing() -> None:
    message, found = one(text("^~\\&", PID, "NTE|1||voir PID|"))
    assert found == []
    assert message.value("NTE", 3) == "voir PID"


BREAKS = ["\\r", "\\n", "\\r\\n", "\\x0d", "\\u000d", "<CR>", "[LF]", "&#13;", "&#xD;\n"]


@pytest.mark.parametrize("end", [*BREAKS, "\\X0D\\", "\\.br\\", "\u2028", "\x85", "\x1e", "\x0c"])
def test_segments_that_something_else_divides_are_read_and_it_is_said(end: str) -> None:
    message, found = one(text("^~\\&", PID, "PV1|1|O", end=end.removesuffix("\n")))
    assert found == ["HL7-25"]
    assert [segment.name for segment in message.segments] == ["MSH", "PID", "PV1"]
    assert message.value("PID", 5, 2) == "OCTAVIE"


@pytest.mark.parametrize("before", ["    ", "\t", "\0", "\ufeff"])
def test_what_stands_before_a_segment_s_name_is_no_part_of_it(before: str) -> None:
    message, found = one(text("^~\\&", PID, "PV1|1|O", end="\r" + before))
    assert found == ["HL7-27"]
    assert [segment.name for segment in message.segments] == ["MSH", "PID", "PV1"]


@pytest.mark.parametrize(
    "before", ["2025-06-10 INFO recu : ", "journal du jour\n", '{"message": "', "HTTP/1.1 200\r\n"]
)
def test_text_before_a_message_is_left_out_and_said(before: str) -> None:
    message, found = one(before.encode() + text())
    assert found == ["HL7-26"]
    assert message.value("PID", 5) == "PERVENCHE"


def test_each_message_of_a_log_is_found() -> None:
    log = b"".join(b"10:20:0%d recu " % number + text(end="\n") for number in range(3))
    found = list(messages(log))
    assert [message is not None for message, _ in found] == [True] * 3
    assert [[one.rule for one in findings] for _, findings in found] == [["HL7-26"]] * 3


def test_a_field_that_quotes_a_message_is_no_message() -> None:
    message, found = one(text("^~\\&", PID, "NTE|1||recu MSH|^~\\&|SIL", "OBX|1|ST|||MSH|^~\\&|"))
    assert found == []
    assert [segment.name for segment in message.segments] == ["MSH", "PID", "NTE", "OBX"]


def test_a_batch_that_holds_another_number_than_it_says() -> None:
    batch = b"FHS|^~\\&|A\rBHS|^~\\&|A\r" + text() + text() + b"BTS|%d\r"
    assert [len(one.findings) for one in split((batch % 2) + (batch % 2))] == [0] * 4
    found = list(split((batch % 2) + (batch % 3)))
    assert [[one.rule for one in framed.findings] for framed in found] == [[], [], [], ["HL7-15"]]


FILES = [
    b"FHS|^~\\&|A\rBHS|^~\\&|A\r" + text() + text() + b"BTS|3\rFTS|1\r",
    b"\x0b" + text() + b"\x1c\r\x0b" + text("^˜\\&") + b"\x1c\r",
    b"un journal\nrecu " + text(end="\n") + b"recu " + text(end="\r\n"),
    (text() + text()).decode().encode("utf-16"),
    b"rien qui soit un message" * 50,
    b"",
]


def _told(blocks: Iterator[bytes] | bytes) -> list[tuple[list[bytes], str, list[str]]]:
    return [
        (one.segments, one.codec, [finding.rule for finding in one.findings])
        for one in split(blocks)
    ]


@given(st.sampled_from(FILES), st.integers(1, 400))
def test_a_stream_gives_what_the_file_gives_whatever_its_blocks(data: bytes, size: int) -> None:
    blocks = (data[start : start + size] for start in range(0, len(data), size))
    assert _told(blocks) == _told(data)


def test_a_stream_takes_the_memory_of_one_message() -> None:
    block = 20 * text("^~\\&", PID, "OBX|1|ED|||^TEXT^XML^Base64^" + 20_000 * "QUJD")
    tracemalloc.start()
    number = sum(message is not None for message, _ in messages(block for _ in range(20)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert number == 400
    assert peak < 8 * len(block)


def test_a_message_that_is_too_long_does_not_stop_the_others() -> None:
    long = text("^~\\&", PID, "NTE|1||" + 30_000 * "A")
    for blocks in (text() + long + text(), iter([text() + long[:9000], long[9000:] + text()])):
        found = list(messages(blocks, most=20_000))
        assert [message is not None for message, _ in found] == [True, False, True]
        assert [one.rule for one in found[1][1]] == ["HL7-01"]


@pytest.mark.parametrize(
    ("declared", "data", "codec", "wrong"),
    [
        ("UNICODE UTF-8", "é".encode(), "utf-8", False),
        ("8859/1", "é".encode("latin-1"), "iso8859-1", False),
        ("8859/15", "œ".encode("iso8859-15"), "iso8859-15", False),
        ("8859/1", "é".encode(), "utf-8", True),
        ("UNICODE UTF-8", "é".encode("latin-1"), "cp1252", True),
        ("UNICODE UTF-8", b"\x81\xe9", "latin-1", True),
        ("WINDOWS", "é".encode(), "utf-8", True),
    ],
)
def test_the_character_set_is_that_of_msh_18_unless_the_bytes_say_otherwise(
    declared: str, data: bytes, codec: str, *, wrong: bool
) -> None:
    raw = text().replace(b"UNICODE UTF-8", declared.encode()).replace(b"OCTAVIE", data)
    message, found = one(raw)
    assert message.codec == codec
    assert found == (["HL7-13"] if wrong else [])
    assert message.value("PID", 5, 2) == data.decode(codec)


def test_hexadecimal_escapes_are_in_the_character_set_of_the_message() -> None:
    latin = text("^~\\&", "NTE|1||\\XC9\\chographie").replace(b"UNICODE UTF-8", b"8859/1")
    message, _ = one(latin)
    assert message.value("NTE", 3) == "Échographie"
