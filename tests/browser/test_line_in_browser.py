from dataclasses import replace

import pytest
from line_measures import measured

from cda_tools.document import read_all
from cda_tools.line import FIELDS, html
from cda_tools.line.fields import LineFields
from cda_tools.reports import line as report
from conftest import ROOT

pytestmark = pytest.mark.browser
WIDTHS = (280, 360, 640, 768, 1280, 1920, 3840)
WHOLE = {
    "type": "CR d'imagerie médicale",
    "date": "14/05/2025 10:20",
    "datetime": "2025-05-14T10:20",
    "title": "Radiographie du poignet droit, face et profil",
    "author": "Dr Inès VALMORET",
    "profession": "Médecin - Radio-diagnostic (SM)",
    "structure": "Centre d'imagerie des Glycines",
    "place": "DMP",
    "state": "remplacé par la v2",
    "pdf": "PDF",
    "others": 2,
}
HOSTILE = [
    {"type": "Type" * 40},
    {"title": "t" * 200},
    {"title": "שלום עולם " * 10},
    {"title": "مرحبا 123 abc"},
    {"author": "A" * 150},
    {"title": "<script>alert(1)</script><img src=x onerror=alert(1)>"},
    {"title": '" onmouseover="alert(1)" x="'},
    {"title": "é\u0301\u0310" * 60},
    {"type": "報告書" * 30},
    {"author": "報告書" * 30, "title": None},
    {"place": "x" * 90},
    {"state": "version plus récente dans le DMP"},
    {"date": "« 2022-03-03 19… » ?", "datetime": None},
    {"title": "A\u2028B"},
    {"title": "{{ 7 * 7 }}"},
    {"type": "L", "title": "2", "author": "X"},
]


def page_of(lines):
    cores = html.cores_of(lines)
    return html.page(
        html.entry(str(number), line, FIELDS, None if line else "document illisible", core)
        for number, (line, core) in enumerate(zip(lines, cores, strict=True))
    )


def fixtures():
    found = report.lines(read_all(ROOT / "fixtures" / "gazelle", headers=True))
    return [one.fields for one in found]


@pytest.fixture(scope="module")
def markup():
    return page_of([*fixtures(), *(LineFields(**{**WHOLE, **one}) for one in HOSTILE)])


def assert_readable(lines, width):
    """What CDA/DD.15 asks of each line of a page."""
    assert [one["text"] for one in lines if one["rows"] > 1.3] == []
    dates = [(one["date"], one["text"]) for one in lines]
    assert [text for date, text in dates if date["date"] and not date["whole"]] == []
    assert [text for date, text in dates if date["width"] < 4] == []
    types = [(one["type"], one["text"]) for one in lines]
    assert [text for kind, text in types if kind["cut"] and kind["width"] < 3.5] == []
    if width >= 640:
        for name in ("title", "author"):
            hidden = [one["text"] for one in lines if one[name] and one[name]["width"] < 0.5]
            assert hidden == [], name


def test_every_line_is_one_line_with_its_type_and_date_at_any_width(sheet, markup):
    shown = sheet(markup)
    for width in WIDTHS:
        assert not shown.at(width).scrolls_sideways(), width
        assert_readable(measured(shown), width)


def test_the_line_gives_way_in_the_order_of_the_text_line(sheet):
    title = "Compte rendu de la radiographie du poignet"
    line = LineFields(**{**WHOLE, "title": title, "pdf": None, "place": None, "state": None})
    core = (title.index("radiographie"), len(title))
    shown = sheet(html.page([html.entry("a", line, FIELDS, core=core)]))
    gone = []
    for width in range(1800, 250, -10):
        line = measured(shown.at(width))[0]
        for name in ("details", "others", "start", "author", "core", "type", "date"):
            if name not in gone and line[name]["cut"]:
                gone.append(name)
    assert gone == ["details", "others", "start", "core", "author", "type"]


def test_on_a_narrow_screen_the_title_leaves_before_a_usual_type_is_cut(sheet):
    line = LineFields(**{**WHOLE, "pdf": None, "place": None, "state": None})
    shown = sheet(page_of([line]))
    for width in (420, 460, 500, 540, 600):
        found = measured(shown.at(width))[0]
        assert not found["type"]["cut"], width
        assert found["date"]["whole"], width


def test_a_page_at_200_percent_stays_in_its_width(sheet, markup):
    shown = sheet(markup, device_scale_factor=2).at(1280 // 2)
    assert not shown.scrolls_sideways()
    assert_readable(measured(shown), 640)


def test_a_short_part_takes_no_more_room_than_its_text(sheet):
    line = LineFields(**{**WHOLE, "title": "Radiographie du poignet gauche", "place": "DMP"})
    shown = sheet(page_of([line])).at(700)
    for name in ("core", "place"):
        found = shown.page.locator(f".cda-line__{name}")
        text = "one => {const r = document.createRange(); r.selectNodeContents(one); "
        text += "return r.getBoundingClientRect().width}"
        assert abs(found.bounding_box()["width"] - found.evaluate(text)) < 1, name


def test_a_printed_page_has_one_line_a_document(sheet, markup):
    shown = sheet(markup).at(1047, media="print")  # A4 in landscape, less its margins
    assert_readable(measured(shown), 1047)
    assert shown.page.locator(".cda-line__more").first.is_hidden()


@pytest.mark.parametrize(
    "media",
    [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}],
    ids=lambda media: "-".join(media.values()),
)
def test_the_page_of_lines_is_accessible(sheet, media):
    lines = [LineFields(**{**WHOLE, **one}) for one in ({}, *HOSTILE[:6])]
    shown = sheet(page_of([*lines, None])).at(1280, **media)
    assert shown.violations() == []
    assert shown.at(280).violations() == []


@pytest.mark.parametrize(
    "style",
    ["", "body{background:#121212;color:#eee}", "body{background:#fff;color:#222;font:2rem serif}"],
    ids=["plain", "dark", "large"],
)
def test_snippets_take_the_colours_and_the_font_of_their_host(sheet, style):
    lines = "".join(html.snippet(html.entry("a", LineFields(**WHOLE), FIELDS)) for _ in range(2))
    host = (
        f"<!DOCTYPE html><html lang=fr><meta charset=utf-8><title>Hôte</title><style>{style}"
        f"{html.css()}</style><main><h1>Liste</h1>{lines}</main></html>"
    )
    shown = sheet(host).at(1400)
    assert shown.violations() == []
    assert_readable(measured(shown), 1400)
    styles = "[...document.querySelectorAll('.cda-line, body')].map(one => getComputedStyle(one))"
    fonts = f"new Set({styles}.map(one => one.fontFamily + one.fontSize + one.color)).size"
    assert shown.page.evaluate(fonts) == 1


def test_the_whole_line_is_reached_by_the_keyboard(sheet):
    shown = sheet(page_of([LineFields(**WHOLE)])).at(300)
    before = shown.page.locator(".cda-line__fields").bounding_box()["height"]
    shown.page.keyboard.press("Tab")
    shown.page.keyboard.press("Enter")
    box = shown.page.locator(".cda-line__fields").bounding_box()
    assert box["height"] > 2 * before
    structure = shown.page.locator(".cda-line__structure").bounding_box()
    assert structure["y"] + structure["height"] <= box["y"] + box["height"] + 1
    assert not shown.scrolls_sideways()


def test_a_line_may_be_a_link_that_is_named_by_the_whole_of_it(sheet):
    line = LineFields(**WHOLE)
    one = replace(html.entry("a", line), href="#ici", data={"id": "1.2"})
    shown = sheet(html.page([one])).at(300)
    link = shown.page.get_by_role("link", name="Centre d'imagerie des Glycines")
    link.click()
    assert shown.page.url.endswith("#ici")
    assert shown.violations() == []


def test_the_lines_of_real_documents_are_readable(sheet, shared):
    found = [
        one.fields
        for folder in ("conformance/corpus", "samples")
        for one in report.lines(read_all(shared / folder, headers=True))
        if one.fields
    ]
    assert len(found) > 100
    shown = sheet(page_of(found))
    for width in WIDTHS:
        assert not shown.at(width).scrolls_sideways(), width
        assert_readable(measured(shown), width)
