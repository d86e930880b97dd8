import unicodedata
from dataclasses import replace

import pytest
from documents import AUTHOR, header
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from cda_tools.line import FIELDS, MINIMUM_WIDTH, compose, fit, one_line
from cda_tools.line.fields import LineFields, line_fields
from cda_tools.model.header import (
    Author,
    AuthorKind,
    Code,
    Device,
    Header,
    Identifier,
    Organization,
    PersonName,
)
from cda_tools.model.timestamp import Timestamp

FULL = (
    "Lettre · 04/03/2025 10:15 · Lettre de sortie · "
    "Dr Léonie BRUMAIRE (Médecin généraliste, Maison de santé des Tilleuls) +1"
)


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (200, FULL),
        (len(FULL), FULL),
        (len(FULL) - 1, FULL.replace("Tilleuls", "Tilleu…")),
        (
            100,
            "Lettre · 04/03/2025 10:15 · Lettre de sortie · "
            "Dr Léonie BRUMAIRE (Médecin généraliste) +1",
        ),
        (
            81,
            "Lettre · 04/03/2025 10:15 · Lettre de sortie · Dr Léonie BRUMAIRE (Médecin g…) +1",
        ),
        (68, "Lettre · 04/03/2025 10:15 · Lettre de sortie · Dr Léonie BRUMAIRE +1"),
        (66, "Lettre · 04/03/2025 10:15 · Lettre de sortie · Dr Léonie BRUMAIRE"),
        (61, "Lettre · 04/03/2025 10:15 · Lettre…ortie · Dr Léonie BRUMAIRE"),
        (58, "Lettre · 04/03/2025 10:15 · Lettre…ortie · Dr Léonie BRUM…"),
        (50, "Lettre · 04/03/2025 10:15 · Lettre de sortie"),
        (42, "Lettre · 04/03/2025 10:15 · Lettre…sortie"),
        (40, "Lettre · 04/03/2025 10:15 · Lettre…ortie"),
        (39, "Lettre · 04/03/2025 10:15 · Dr Léonie…"),
        (28, "Lettre · 04/03/2025 10:15"),
    ],
)
def test_the_line_gives_way_from_its_least_useful_part(width, line):
    assert len(line) <= width
    assert one_line(header(author=AUTHOR * 2), width=width) == line


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (88, "{0} · Lettre de sortie · Dr Léonie BRUMAIRE · DMP · remplacé · PDF"),
        (86, "{0} · Lettre…sortie · Dr Léonie BRUMAIRE · DMP · remplacé · PDF"),
        (82, "{0} · Lettre de sortie · Dr Léonie BRUMAIRE · DMP · remplacé"),
        (80, "{0} · Lettre…sortie · Dr Léonie BRUMAIRE · DMP · remplacé"),
        (74, "{0} · Lettre…sortie · Dr Léonie BRUMAIRE · remplacé"),
        (64, "{0} · Lettre…ortie · Dr Léonie… · remplacé"),
        (52, "{0} · Lettre…sortie · remplacé"),
        (40, "{0} · remplacé"),
        (34, "{0}"),
    ],
)
def test_pdf_and_place_give_way_before_the_author_and_the_state_after(width, line):
    read = replace(line_fields(header()), place="DMP", state="remplacé", pdf="PDF")
    shown = compose(fit(read, FIELDS, width), FIELDS)
    assert shown == line.format("Lettre · 04/03/2025 10:15")


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (71, "{0} · Lettre de sortie · Pharmacien chef Léo BRUN"),
        (68, "{0} · Lettre…sortie · Pharmacien chef Léo BRUN"),
        (60, "{0} · Lettre de sortie · Léo BRUN"),
        (52, "{0} · Lettre…sortie · Léo BRUN"),
    ],
)
def test_a_long_title_gives_way_before_the_name_it_stands_before(width, line):
    read = LineFields("Lettre", "04/03/2025 10:15", title="Lettre de sortie")
    read = replace(read, author="Pharmacien chef Léo BRUN")
    assert compose(fit(read, FIELDS, width), FIELDS) == line.format("Lettre · 04/03/2025 10:15")


def test_a_width_too_small_for_type_and_date_is_refused():
    with pytest.raises(ValueError, match=str(MINIMUM_WIDTH)):
        one_line(Header(), width=MINIMUM_WIDTH - 1)


def test_wide_characters_count_two_columns():
    read = Header(type=Code("x", None, "報告書" * 10), date=Timestamp("20250101"))
    line = one_line(read, width=30, fields=("type", "date"))
    assert wcswidth(line) <= 30
    assert line.endswith(" · 01/01/2025")


AWKWARD = "é報\u0301\u200d\U0001f469\ufe0f\u202e\u2067\t\n\x9bab ·"
TEXTS = st.none() | st.text(max_size=60) | st.text(AWKWARD, max_size=60)
NAMES = st.lists(st.text(max_size=15), max_size=2).map(tuple)
CODES = st.none() | st.builds(Code, TEXTS, TEXTS, TEXTS)
AUTHORS = st.builds(
    Author,
    kind=st.sampled_from(AuthorKind),
    ids=st.just(()) | st.just((Identifier("1.2", "3"),)),
    name=st.none() | st.builds(PersonName, NAMES, NAMES, NAMES, NAMES, TEXTS),
    device=st.none() | st.builds(Device, TEXTS, TEXTS),
    profession=CODES,
    organization=st.none() | st.builds(Organization, name=TEXTS),
)
DATES = st.sampled_from(["2021", "202101041605+0100"]) | st.text()
HEADERS = st.builds(
    Header,
    type=CODES,
    title=TEXTS,
    date=st.none()
    | st.builds(Timestamp, st.sampled_from(["2021", "202101041605+0100"]) | st.text()),
    authors=st.lists(AUTHORS, max_size=3).map(tuple),
    custodian=st.none() | st.builds(Organization, name=TEXTS),
)
WIDTHS = st.none() | st.integers(MINIMUM_WIDTH, 140)
FORBIDDEN = {"Cc", "Cs", "Zl", "Zp"}
DIRECTIONS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(HEADERS, WIDTHS, st.booleans())
def test_any_header_gives_one_clean_line_within_its_width(read, width, repeat_title):
    line = one_line(read, width=width, repeat_title=repeat_title)
    assert len(line.splitlines()) == 1
    assert not [c for c in line if unicodedata.category(c) in FORBIDDEN or c in DIRECTIONS]
    assert line == line.strip()
    assert "  " not in line
    if width is not None:
        assert 0 < wcswidth(line) <= width


@given(HEADERS, WIDTHS)
def test_type_and_date_are_never_lost(read, width):
    fields = line_fields(read)
    line = one_line(read, width=width)
    assert f" · {fields.date}" in line
    kind = line[: line.index(f" · {fields.date}")]
    assert kind
    assert kind == fields.type or "…" in kind
