from html.parser import HTMLParser

import pytest
from documents import AUTHOR, header
from hypothesis import given
from hypothesis import strategies as st

from cda_tools.errors import InputError
from cda_tools.line import FIELDS, compose, fit, html, line_fields
from cda_tools.model.header import Code, Header
from cda_tools.model.timestamp import Timestamp


class Reader(HTMLParser):
    """Collects what a browser would see: open elements, texts by class, attributes."""

    def __init__(self):
        super().__init__()
        self.open, self.texts, self.attributes, self.text = [], {}, {}, ""

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        name = (attributes.get("class") or "").partition(" ")[0]
        self.open.append((tag, name))
        self.attributes[name] = attributes

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        self.text += data
        for _, name in self.open:
            self.texts[name] = self.texts.get(name, "") + data


def snippet(read, width=None):
    line = line_fields(read)
    shown = line if width is None else fit(line, FIELDS, width)
    return html.snippets([html.entry("a.xml", shown, FIELDS, compose(line, FIELDS))])


def seen(markup):
    reader = Reader()
    reader.feed(markup)
    reader.close()
    assert reader.open == []
    return reader


def test_each_field_is_an_element_with_its_class():
    reader = seen(snippet(header(author=AUTHOR * 2)))
    assert reader.texts["cda-line__type"] == "Lettre"
    assert reader.texts["cda-line__date"] == "04/03/2025 10:15"
    assert reader.texts["cda-line__title"] == "Lettre de sortie"
    assert reader.texts["cda-line__author"] == "Dr Léonie BRUMAIRE"
    assert reader.texts["cda-line__profession"] == "Médecin généraliste"
    assert reader.texts["cda-line__structure"] == "Maison de santé des Tilleuls"
    assert reader.texts["cda-line__others"] == " +1"
    assert reader.attributes["cda-line__date"]["datetime"] == "2025-03-04T10:15:30+01:00"


def test_the_text_of_a_snippet_is_the_line_and_its_tooltip_the_whole_of_it():
    read = header(author=AUTHOR * 2)
    whole = compose(line_fields(read), FIELDS)
    assert seen(snippet(read)).text.strip() == whole
    cut = seen(snippet(read, width=40))
    assert len(cut.text.strip()) <= 40
    assert cut.attributes["cda-line"]["title"] == whole


@pytest.mark.parametrize(
    ("raw", "datetime"),
    [("2021", "2021"), ("2021010416", "2021-01-04"), ("202101041605", "2021-01-04T16:05")],
)
def test_the_datetime_has_a_form_that_html_knows(raw, datetime):
    reader = seen(snippet(Header(date=Timestamp(raw))))
    assert reader.attributes["cda-line__date"]["datetime"] == datetime


def test_a_date_that_is_none_has_no_time_element():
    assert "<time" not in snippet(Header(date=Timestamp("20250230")))


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_of_a_document_becomes_markup(kind, title):
    line = line_fields(Header(type=Code("x", None, kind), title=title))
    reader = seen(html.snippets([html.entry("a", line, FIELDS, compose(line, FIELDS))]))
    assert reader.text.strip() == compose(line, FIELDS)


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Compte rendu de la radiographie du poignet", "du poignet"),
        ("Fiche d'admission en unité neuro-vasculaire", "neuro-vasculaire"),
        ("Anticonstitutionnellementanticonstitutionnellement", "utionnellement"),
        ("Scanner du thorax", "Scanner du thorax"),
    ],
)
def test_a_long_title_keeps_its_last_words_whole(title, kept):
    start, end = html.entry("a", line_fields(header(title=f"<title>{title}</title>"))).title
    assert (start + end, end) == (title, kept)


def test_a_document_without_line_says_why():
    markup = html.snippets([html.entry("a.xml", None, FIELDS, "document <illisible>")])
    assert seen(markup).texts["cda-line__unreadable"] == "document <illisible>"


def test_a_page_holds_every_line_and_the_style():
    line = line_fields(header())
    page = html.page([html.entry(name, line, FIELDS, "x") for name in ("a", "b")])
    assert page.startswith("<!DOCTYPE html>")
    assert page.count('<div class="cda-line"') == 2
    assert html.css() in page


def test_a_users_template_gets_entries_and_is_escaped(tmp_path):
    template = tmp_path / "mine.html"
    template.write_text("{% for e in entries %}<b>{{ e.line.title }}</b>{% endfor %}", "utf-8")
    line = line_fields(header(title="<title>A &lt;B></title>"))
    entries = [html.entry("a.xml", line, FIELDS, "")]
    assert html.with_template(template, entries) == "<b>A &lt;B&gt;</b>"


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("{% for %}", "ligne 1"),
        ("{{ entries[0].line.missing.deeper }}", "gabarit en erreur"),
        ("{{ entries.__class__.__mro__ }}", "gabarit en erreur"),
        ("{{ 1 / 0 }}", "gabarit en erreur"),
    ],
)
def test_a_template_at_fault_is_one_clear_line(tmp_path, source, part):
    template = tmp_path / "mine.html"
    template.write_text(source, "utf-8")
    with pytest.raises(InputError, match=part):
        html.with_template(template, [html.entry("a", line_fields(header()), FIELDS, "")])


def test_a_template_that_cannot_be_read_is_one_clear_line(tmp_path):
    with pytest.raises(InputError, match="introuvable"):
        html.with_template(tmp_path / "none.html", [])
    template = tmp_path / "latin.html"
    template.write_bytes(b"\xe9")
    with pytest.raises(InputError, match="UTF-8"):
        html.with_template(template, [])
