import re

import pytest
from samples import RESULTS, RUN, rendered, result

from cda_tools.reports import outputs

pytestmark = pytest.mark.browser


def page_of(results):
    return rendered(outputs.output("html"), results, RUN)


@pytest.fixture(scope="module")
def markup():
    return page_of(RESULTS * 20)


@pytest.fixture(scope="module")
def few():
    return page_of(RESULTS)


def shown_of(page):
    """Return how many documents and findings are there to be read."""
    return tuple(
        page.locator(f"{one}:not([hidden])").count() for one in (".document", "tr[data-rule]")
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_report_is_accessible_wide_and_narrow(sheet, markup, scheme):
    shown = sheet(markup).at(1280, color_scheme=scheme)
    assert shown.violations() == []
    assert not shown.at(280).scrolls_sideways()
    assert shown.violations() == []


def test_no_card_of_a_whole_page_is_blank(sheet, markup):
    shown = sheet(markup).at(1280)
    script = "cards => cards.map(card => card.checkVisibility({contentVisibilityAuto: true}))"
    heights = shown.page.eval_on_selector_all(".document", script)
    assert len(heights) == 120
    assert all(heights)


def test_a_filter_is_told_in_print_and_in_the_address(sheet, markup):
    shown = sheet(markup).at(1280)
    page = shown.page
    page.locator("select[name=verdict]").select_option("INVALID")
    assert "verdict=INVALID" in page.evaluate("location.search")
    shown.at(1047, media="print")
    assert "40 documents sur 120" in page.locator("#printed").inner_text()
    page.reload()
    assert page.locator(".document:not([hidden])").count() == 40
    page.locator("button[type=reset]").evaluate("button => button.click()")
    page.wait_for_timeout(50)
    assert page.locator("#printed").inner_text() == ""
    assert page.evaluate("location.search") == ""


def test_documents_are_put_in_the_order_that_is_asked_for(sheet, markup):
    page = sheet(markup).at(1280).page
    page.locator("select[name=order]").select_option("path")
    paths = page.locator(".document h3").all_inner_texts()
    assert paths[0] == "connu.xml"
    assert paths[-1] == "sans-fin.xml"
    page.locator("select[name=order]").select_option("findings")
    counts = [card.locator("tr[data-rule]").count() for card in page.locator(".document").all()[:5]]
    assert counts == sorted(counts, reverse=True)


def choose(page, name, value):
    field = page.locator(f"#filter [name={name}]").first
    if value is None:
        field.uncheck()
    elif name == "text":
        field.fill(value)
    else:
        field.select_option(value)


@pytest.mark.parametrize(
    ("name", "value", "documents", "findings"),
    [
        ("verdict", "", 6, 6),
        ("verdict", "INVALID", 2, 6),
        ("rule", "SM-SETID-01", 1, 2),
        ("layer", "structuration-minimale", 2, 5),
        ("severity", None, 1, 2),
        ("text", "ÉTÉ, 1%", 1, 4),
        ("text", "delai", 1, 1),
        ("text", "dossier/VALIDE", 1, 0),
    ],
)
def test_the_form_filters(sheet, few, name, value, documents, findings):
    page = sheet(few).page
    choose(page, name, value)
    page.locator("#shown", has_text=f"{documents} documents sur 6, ").wait_for(timeout=5000)
    assert shown_of(page) == (documents, findings)


def test_the_page_shows_everything_without_javascript(sheet, few):
    page = sheet(few, java_script_enabled=False).page
    assert shown_of(page) == (6, 6)
    assert page.locator("form").is_hidden()


def test_the_page_prints(sheet):
    page = sheet(page_of([*RESULTS, *(result(f"{number}.xml") for number in range(60))])).page
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) > 2
