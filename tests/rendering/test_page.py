import re

import pytest
from documents import document
from page_reading import Page, lost_words
from rendered import PDF, PNG, encoded, level_1, medium, page, section, structured

from cda_tools import InputError, pdf_of, read, read_header, validate
from cda_tools.model.document import Document
from cda_tools.rendering import render, showing
from cda_tools.rendering.encapsulated import File, Kind
from conftest import ROOT

FIXTURES = ROOT / "fixtures" / "gazelle"
COPY = '<templateId root="1.2.250.1.213.1.1.2.243"/>'
PDF_MEDIUM = medium("copie", PDF, "application/pdf")


def test_a_page_says_what_the_document_is():
    shown = Page(render(structured(section("Rien"))))
    assert "Lettre de sortie" in shown.text
    assert "Lettre · 04/03/2025 10:15 · Dr Léonie BRUMAIRE" in shown.text
    assert "Résultats" in shown.text


def test_the_patients_identity_is_shown_on_request_only():
    read_whole = structured(section("Rien"))
    assert "QUENOUILLE" not in render(read_whole)
    assert "255069900000034" not in render(read_whole)
    assert "QUENOUILLE" in render(read_whole, patient=True)


def test_the_page_forbids_scripts_and_requests_to_the_browser():
    policy = next(one["content"] for one in page("x").all("meta") if one.get("http-equiv"))
    assert policy.startswith("default-src 'none';")
    assert "script" not in policy


def test_the_pdf_copy_stands_before_the_text_and_once():
    markup = render(
        structured(
            section("Première section"),
            section('<renderMultiMedia referencedObject="copie"/>', PDF_MEDIUM, codes=COPY),
        )
    )
    assert markup.count(encoded(PDF)) == 1
    assert markup.index(encoded(PDF)) < markup.index("Première section")
    assert "#copie-pdf" in Page(markup).links


def test_a_pdf_copy_is_known_by_its_code_too():
    code = '<code code="55108-5" codeSystem="2.16.840.1.113883.6.1"/>'
    markup = render(structured(section("Texte", PDF_MEDIUM, codes=code)))
    assert markup.index(encoded(PDF)) < markup.index("Texte")


def test_a_pdf_opens_at_once_where_it_is_asked_to():
    assert {"class": "pdf"} in Page(render(level_1(encoded(PDF)))).all("details")
    opened = Page(render(level_1(encoded(PDF)), open_pdf=True)).all("details")
    assert {"class": "pdf", "open": None} in opened


def test_a_host_may_serve_the_pdf_itself():
    markup = render(level_1(encoded(PDF)), pdf_href="pdf?id=1&x=2")
    assert encoded(PDF) not in markup
    assert 'href="pdf?id=1&amp;x=2"' in markup


def test_the_pdf_that_the_host_serves_stands_for_no_other_one():
    other, annex = PDF + b"% deux", PDF + b"% annexe"
    read_whole = structured(
        section("Un", PDF_MEDIUM, codes=COPY),
        section("Deux", medium("deux", other, "application/pdf"), codes=COPY),
        section('<renderMultiMedia referencedObject="a"/>', medium("a", annex, "application/pdf")),
    )
    markup = render(read_whole, pdf_href="/pdf/1")
    assert pdf_of(read_whole) == PDF
    assert markup.count("/pdf/1") == 1
    assert encoded(PDF) + '"' not in markup
    assert (encoded(other) in markup, encoded(annex) in markup) == (True, True)


def test_a_section_with_two_texts_shows_both():
    markup = render(structured(section("Premier</text><text>Second")))
    assert [word in markup for word in ("Premier", "Second")] == [True, True]


def test_a_pdf_that_browsers_would_not_open_is_told_with_its_size(monkeypatch):
    monkeypatch.setattr(showing, "MOST_IN_PDF", 5)
    shown = Page(render(level_1(encoded(PDF))))
    assert shown.all("object") == []
    assert "PDF, 15 octets ; trop gros pour cette page" in shown.text


def test_images_are_shown_where_the_text_refers_to_them_and_others_after_it():
    shown = page(
        'avant <renderMultiMedia referencedObject="i1 i9"/> après',
        medium("i1", PNG) + medium("i2", PNG),
    )
    assert [one["src"][:22] for one in shown.all("img")] == ["data:image/png;base64,"] * 2
    assert all(one["alt"] == "Résultats" for one in shown.all("img"))


def test_a_region_of_interest_shows_its_image():
    entry = (
        '<entry><regionOfInterest ID="r"><entryRelationship>'
        + medium("i", PNG).removeprefix("<entry>").removesuffix("</entry>")
        + "</entryRelationship></regionOfInterest></entry>"
    )
    assert len(page('<renderMultiMedia referencedObject="r"/>', entry).all("img")) == 1


def test_a_region_of_several_images_that_is_referred_to_again_shows_one():
    images = "".join(medium(f"i{n}", PNG) for n in range(3)).replace("entry>", "component>")
    entry = f'<entry><regionOfInterest ID="r">{images}</regionOfInterest></entry>'
    again = '<renderMultiMedia referencedObject="r"/>' * 5
    assert len(page(again, entry).all("img")) == 3 + 4


def test_a_section_without_title_is_named_by_its_code():
    code = '<code code="x" displayName="Conclusion"/>'
    body = f"<component><section>{code}<text>Rien</text></section></component>"
    assert "Conclusion" in Page(render(structured(body))).text


def test_a_reference_to_nothing_is_said():
    assert (
        "[média « x&y » absent du document]"
        in page('<renderMultiMedia referencedObject="x&amp;y"/>').text
    )


def test_an_image_beyond_what_a_page_takes_is_named(monkeypatch):
    monkeypatch.setattr(showing, "MOST_IN_IMAGE", 10)
    shown = page("x", medium("i", PNG))
    assert "image/png" in shown.text
    assert "trop grosse pour cette page" in shown.text
    assert shown.all("img") == []


def test_a_page_stops_taking_files_when_it_is_full():
    budget = showing.Budget(left=20)
    pdf = File("application/pdf", Kind.PDF, PDF)
    assert "<object" in showing.shown(pdf, "Un", budget)
    assert "trop gros" in showing.shown(pdf, "Deux", budget)
    assert "<object" not in showing.shown(pdf, "Trois", budget)


@pytest.mark.parametrize(
    ("content", "attributes", "said"),
    [
        ("e1xydGYxfQ==", 'mediaType="application/rtf" representation="B64"', "RTF, 7 octets"),
        ("Texte &lt;b&gt; libre", 'mediaType="text/plain"', "Texte <b> libre"),
        ("bOlnZW5kZQ==", 'mediaType="text/plain" representation="B64"', "légende"),
        (
            encoded(b"\xef\xbb\xbf\xc3\xa9t\xc3\xa9"),
            'mediaType="text/plain" representation="B64"',
            "été",
        ),
        ("PGI+", 'mediaType="text/html" representation="B64"', "HTML, 3 octets"),
        ("!!!", 'mediaType="application/pdf" representation="B64"', "n'est pas du base64"),
        ("", 'mediaType="application/pdf" representation="B64"', "le fichier est vide"),
        ("AAAA", 'mediaType="application/pdf" representation="B64"', "PDF, 3 octets"),
        (
            '<reference value="http://x/a.pdf"/>',
            'mediaType="application/pdf"',
            "hors du document : http://x/a.pdf",
        ),
        ("AAAA", 'representation="B64"', "type non indiqué"),
    ],
)
def test_a_body_that_is_a_file_is_shown_or_named(content, attributes, said):
    shown = Page(render(level_1(content, attributes)))
    assert said in shown.text
    assert shown.unsafe == []


def test_an_image_is_a_body_too():
    shown = Page(render(level_1(encoded(PNG), 'mediaType="image/jpeg" representation="B64"')))
    assert shown.all("img")[0]["src"].startswith("data:image/png;")


def test_findings_stand_beside_the_section_that_they_are_in():
    whole = read(
        document(
            body="<component><structuredBody>"
            + section("un", title="A")
            + section("deux<inconnu/>", title="B")
            + "</structuredBody></component>"
        )
    )
    found = validate(whole).findings
    markup = render(whole, findings=found)
    shown = Page(markup)
    assert f"{len(found)} constats" in shown.text
    assert "Constats sur l'en-tête et le document" in [
        one["aria-label"] for one in shown.all("aside")
    ]
    second = markup.index("B</h2>")
    assert markup.index("inconnu", second) > second
    assert "inconnu" not in markup[:second]
    assert len(re.findall("<li class=", markup)) == len(found)


def test_sections_inside_sections_have_lower_headings():
    inner = section("dedans", title="Sous")
    shown = Page(render(structured(section("dehors", inner, title="Sur"))))
    assert len(shown.all("h2")) == len(shown.all("h3")) == 1


def test_a_document_without_a_body_says_so():
    assert "pas de corps à montrer" in render(read(document(body="")))


@pytest.mark.parametrize(
    "unread",
    [read(b"<oops>"), Document("a.xml", header=read_header(document()))],
    ids=["broken", "header alone"],
)
def test_what_was_not_read_whole_is_refused_in_a_line(unread):
    with pytest.raises(InputError):
        render(unread)


def documents(folder):
    return sorted(path for path in folder.rglob("*.xml") if path.is_file())


@pytest.mark.parametrize(
    "path", documents(ROOT / "fixtures" / "gazelle"), ids=lambda path: path.name
)
def test_no_word_of_a_fixture_is_lost_and_nothing_runs(path):
    whole = read_or_none(path)
    if whole is None:
        pytest.skip("not one document that can be read whole")
    check(whole)


def read_or_none(path):
    try:
        whole = read(path)
    except InputError:
        return None
    return whole if whole.header and whole.tree is not None else None


def check(whole):
    shown = Page(render(whole))
    assert lost_words(whole, shown) == []
    assert shown.unsafe == []


def test_no_word_of_real_documents_is_lost_and_nothing_runs(shared):
    found = [
        whole
        for folder in ("conformance/corpus", "samples")
        for path in documents(shared / folder)
        if (whole := read_or_none(path))
    ]
    assert len(found) > 60
    for whole in found:
        check(whole)
