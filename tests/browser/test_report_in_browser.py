import pytest
from samples import RESULTS, RUN, rendered

from cda_tools.reports import outputs

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def markup():
    return rendered(outputs.output("html"), RESULTS * 20, RUN)


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
