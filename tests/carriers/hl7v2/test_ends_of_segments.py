"""A message is read whatever stands for the ends of its segments, or around them."""

from dataclasses import replace

import pytest
from make_message import mdm

from cases.makers.carriers import CDA, NEW
from cda_tools.carriers import Carried, open_bytes

SEGMENTS = mdm(NEW).rstrip(b"\r").split(b"\r")


def opened(data: bytes) -> Carried:
    (carried,) = open_bytes(data, "m.hl7")
    assert carried.data() == CDA
    return carried


def rules(carried: Carried) -> list[str]:
    return [finding.rule for finding in carried.findings]


@pytest.mark.parametrize(
    "end",
    [
        *(
            "\\r",
            "\\n",
            "\\r\\n",
            "\\E\\r",
            "\\x0d",
            "\\u000d",
            "\\X0D\\",
            "<CR>",
            "{CR}",
            "[0x0D]",
        ),
        *("<br>", "<br/>", "%0D", "_x000D_", "^M", "&#13;", "&#xD;", "\u2028", "\u0085", "\u00b6"),
        *("\u21b5", "\u240d", "\x0c", "\x1e", "\t", "  ", "; "),
    ],
)
def test_one_line_is_cut_where_its_segments_start(end: str) -> None:
    for last in (end, ""):
        data = end.encode().join(SEGMENTS) + last.encode()
        assert rules(opened(data)) == ["HL7-25"]


@pytest.mark.parametrize("end", ["", "|"])
def test_segments_without_anything_between_are_read(end: str) -> None:
    rows = [segment if segment.endswith(b"|") else segment + b"|" for segment in SEGMENTS]
    assert "HL7-25" in rules(opened(end.encode().join(rows)))


@pytest.mark.parametrize(
    "end", ["\r\0", "\0\r", "\0\r\0", "\r\u00a0\u00a0", "\r\u200b", "\r> ", "\r- ", '\r"', "\\r\r"]
)
def test_what_stands_around_a_segment_is_no_part_of_it(end: str) -> None:
    assert rules(opened(end.encode().join(SEGMENTS) + b"\r")) == ["HL7-27"]


def test_lines_with_numbers_are_read() -> None:
    rows = [b"%d: %b" % (number, segment) for number, segment in enumerate(SEGMENTS, start=1)]
    assert "HL7-27" in rules(opened(b"\r".join(rows)))


def test_text_that_looks_like_an_end_stays_in_its_field() -> None:
    text = mdm(replace(NEW, extra=("NTE|1||fin <br/> PID en clair",)))
    assert rules(opened(text)) == []
