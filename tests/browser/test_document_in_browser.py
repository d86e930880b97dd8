import pytest
from documents import document
from page_reading import lost_words
from rendered import PDF, PNG, encoded, level_1, medium, section, structured

from cda_tools import InputError, read, validate
from cda_tools.rendering import render
from conftest import ROOT

pytestmark = pytest.mark.browser
HOSTILE = (
    "<table>perdu<tr>ici<td>case<table><tr><td>dedans</td></tr></table></td>là</tr>bas</table>",
    "&lt;script&gt;alert(1)&lt;/script&gt;&lt;/style&gt;&lt;/textarea&gt;",
    '<linkHtml href="javascript:alert(1)">un</linkHtml>'
    '<linkHtml href="java&#10;script:alert(1)">deux</linkHtml>'
    '<linkHtml href="https://exemple.fr/&quot; onmouseover=&quot;alert(1)">trois</linkHtml>',
    '<content ID="a&quot;&gt;&lt;img src=x onerror=alert(1)&gt;">quatre</content>',
    '<renderMultiMedia referencedObject="&lt;img src=x onerror=alert(1)&gt;"/>',
    "<paragraph>un<paragraph>deux<list><item>trois<paragraph>quatre</paragraph></item></list>"
    "</paragraph></paragraph>",
    "<table><thead><tr><th>"
    + "m" * 400
    + "</th></tr></thead><tbody><tr><td>"
    + "large</td><td>" * 40
    + "fin</td></tr></tbody></table>",
    "<paragraph>" + "mot" * 300 + "</paragraph>",
    "שלום עולם <content>مرحبا</content> abc \u202e inversé",
    '<footnoteRef IDREF="f"/> <footnote ID="f">note</footnote>',
    '<content revised="delete">ôté</content><content revised="insert">mis</content>',
)


class Shown:
    """The text that the browser has after parsing, for the tests' reader of words."""

    def __init__(self, sheet):
        self.text = sheet.page.evaluate("document.body.textContent")


def check(shown, whole):
    assert lost_words(whole, Shown(shown)) == []
    assert shown.page.evaluate("document.scripts.length") == 0
    assert shown.page.evaluate("document.querySelectorAll('[onerror],[onmouseover]').length") == 0


@pytest.fixture(scope="module")
def hostile():
    parts = [section(text, title=f"Section {n}") for n, text in enumerate(HOSTILE)]
    parts.append(section("x", medium("i", PNG) + medium("p", PDF, "application/pdf")))
    return structured(*parts)


def test_nothing_of_a_hostile_document_runs_and_no_word_of_it_is_lost(sheet, hostile):
    shown = sheet(render(hostile, findings=validate(hostile).findings))
    check(shown, hostile)
    for width in (280, 640, 1280):
        assert not shown.at(width).scrolls_sideways(), width


@pytest.mark.parametrize(
    "media",
    [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}],
    ids=lambda media: "-".join(media.values()),
)
def test_the_page_of_a_document_is_accessible(sheet, media):
    text = HOSTILE[-1] + HOSTILE[-2] + HOSTILE[-5]
    image = medium("i", PNG)
    whole = structured(section(text, image), section("<inconnu/>", title="Faux"))
    shown = sheet(render(whole, patient=True, findings=validate(whole).findings))
    assert shown.at(1280, **media).violations() == []
    assert shown.at(320).violations() == []


def test_a_pdf_loads_the_browsers_viewer_only_when_it_is_opened(sheet):
    shown = sheet(render(level_1(encoded(PDF))))
    assert shown.violations() == []
    assert not shown.page.locator("object").is_visible()
    assert len(shown.asked) == 1
    shown.allowed += ("chrome-extension:", "chrome:")  # the browser's own viewer
    shown.page.get_by_text("PDF du document").click()
    assert shown.page.locator("object").is_visible()
    shown.page.wait_for_event("request", timeout=5000)


def test_a_printed_document_shows_all_of_its_tables(sheet, hostile):
    shown = sheet(render(hostile)).at(718, media="print")  # A4, less its margins
    assert shown.page.evaluate(
        "[...document.querySelectorAll('.table')]"
        ".every(one => getComputedStyle(one).overflowX === 'visible')"
    )


def wholes(folder):
    for path in sorted(folder.rglob("*.xml")):
        try:
            whole = read(path)
        except InputError:
            continue
        if whole.header is not None and whole.tree is not None:
            yield whole


def test_fixtures_are_shown_word_for_word(sheet):
    shown = None
    for whole in wholes(ROOT / "fixtures" / "gazelle"):
        shown = sheet(render(whole), again=shown)
        check(shown, whole)


def test_real_documents_are_shown_word_for_word_without_a_request(sheet, shared):
    found = [*wholes(shared / "conformance" / "corpus"), *wholes(shared / "samples")]
    assert len(found) > 60
    shown = None
    for whole in found[::4]:
        shown = sheet(render(whole), again=shown)
        check(shown, whole)
        assert not shown.at(640).scrolls_sideways()


@pytest.mark.parametrize(
    "whole",
    [
        read(document(body="")),
        level_1("Texte libre\n" + "long " * 300, 'mediaType="text/plain"'),
        level_1(encoded(PNG), 'mediaType="image/png" representation="B64"'),
        level_1("AAAA", 'mediaType="application/rtf" representation="B64"'),
    ],
    ids=["none", "text", "image", "rtf"],
)
def test_a_body_of_another_kind_is_accessible_too(sheet, whole):
    shown = sheet(render(whole)).at(320)
    assert not shown.scrolls_sideways()
    assert shown.violations() == []
