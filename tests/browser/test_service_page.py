"""The page of the service in a real browser: from files given to a report downloaded."""

import json

import pytest
from browsing import Sheet
from live import serving

from cda_tools.reports import outputs
from conftest import ROOT

pytestmark = pytest.mark.browser
FILES = ("sans-setid.xml", "imagerie-v1.xml", "imagerie-v2.xml", "faux-xml-tronque.xml")


@pytest.fixture(scope="module")
def live():
    with serving("--workers", "1") as service:
        yield service


@pytest.fixture(scope="module")
def live_with_kit():
    with serving("--workers", "1", "--kit", str(ROOT / "fixtures" / "kit")) as service:
        yield service


@pytest.fixture
def page(chromium, live):
    yield from opened(chromium, live)


@pytest.fixture
def page_with_kit(chromium, live_with_kit):
    yield from opened(chromium, live_with_kit)


def opened(chromium, live):
    """Yield the service's page; it must ask nothing of another host and say nothing wrong."""
    context = chromium.new_context(accept_downloads=True)
    shown = context.new_page()
    problems: list[str] = []
    shown.on("console", lambda message: problems.append(message.text))
    shown.on("pageerror", lambda error: problems.append(str(error)))
    requests: list[str] = []
    shown.on("request", lambda request: requests.append(request.url))
    shown.goto(f"http://127.0.0.1:{live.port}/")
    yield shown
    # A request that the service refuses is told in the console too.
    expected = ("400 (Bad Request)", "503 (Service Unavailable)", "net::ERR_FAILED")
    assert [one for one in problems if not any(word in one for word in expected)] == []
    own = (f"http://127.0.0.1:{live.port}/", "data:", "blob:")
    assert [url for url in requests if not url.startswith(own)] == []
    context.close()


@pytest.fixture
def results(page, gazelle):
    names = [str(gazelle / name) for name in FILES]
    archive = str(gazelle / "carriers" / "mssante.IHE_XDM.ZIP")
    page.locator("#files").set_input_files([*names, archive])
    page.locator("#status", has_text="Terminé").wait_for(timeout=30_000)
    return page


def test_the_page_says_what_validates_and_what_is_wrong_in_the_kit(page_with_kit):
    settings = page_with_kit.locator("#settings", has_text="kit ").inner_text()
    assert "profil 1.16, édition 2025-06, kit kit (" in settings
    shown = page_with_kit.locator("#kit")
    assert shown.inner_text().startswith("1 défaut du kit")
    assert "KIT-08" in shown.inner_text()
    assert Sheet(page_with_kit).violations() == []


def test_a_service_without_kit_says_so_by_naming_none(page):
    assert page.locator("#settings", has_text="édition").inner_text().endswith("édition 2025-06")
    assert page.locator("#kit").inner_text() == ""


def test_files_have_their_line_verdict_layers_and_findings(results):
    assert "non conformes" in results.locator("#summary").inner_text()
    first = results.locator("#documents > li").first
    text = first.inner_text()
    assert text.startswith("CR ou fiche de consultation")
    for word in ("non conforme", "sans-setid.xml", "structuration-minimale", "SM-SETID-01"):
        assert word in text
    inside = results.locator("#documents > li", has_text="IHE_XDM/SUBSET01/DOC0001.XML")
    assert "conforme" in inside.inner_text()


def test_a_finding_leads_to_its_rule(results):
    with results.context.expect_page() as opened:
        results.get_by_role("link", name="SM-SETID-01").click()
    assert "setId" in opened.value.locator("body").inner_text()


def test_a_document_is_shown_in_a_frame_that_runs_nothing(results):
    results.get_by_role("button", name="Voir le document").nth(1).click()
    frame = results.frame_locator("#frame")
    frame.locator("h1").wait_for(timeout=10_000)
    assert "Radiographie" in frame.locator("h1").inner_text()
    assert results.evaluate("document.activeElement.id") == "shown-title"


def test_chains_are_shown(results):
    results.get_by_role("button", name="Chaînes de versions").click()
    results.locator("#shown-text", has_text="remplacé").wait_for(timeout=10_000)


def test_the_focus_comes_back_from_the_shown_document(results):
    button = results.get_by_role("button", name="Voir le document").nth(1)
    button.press("Enter")
    results.frame_locator("#frame").locator("h1").wait_for(timeout=10_000)
    results.get_by_role("button", name="Fermer").press("Enter")
    assert button.evaluate("(one) => one === document.activeElement")


def test_another_profile_validates_all_again(results):
    item = results.locator("#documents > li", has_text="sans-setid.xml")
    assert "non conforme" in item.inner_text()
    results.locator("#profile").select_option("pre-1.16")
    results.locator("#status", has_text="Terminé").wait_for(timeout=30_000)
    assert "non conforme" not in item.inner_text()
    assert item.count() == 1


def test_what_is_opened_stays_so_while_other_files_come(results, gazelle):
    details = results.locator("#documents details").first
    details.locator("summary").press("Enter")
    before = details.evaluate("(one) => one.open")
    results.locator("#files").set_input_files(str(gazelle / "masque.xml"))
    results.locator("#documents > li", has_text="masque.xml").wait_for(timeout=10_000)
    assert details.evaluate("(one) => one.open") == before
    assert results.locator("#documents > li").last.inner_text().count("masque.xml") == 1


def test_a_service_that_is_busy_is_asked_again_and_one_that_is_gone_is_said_so(page, gazelle):
    answers = []

    def busy(route):
        answers.append(1)
        if len(answers) < 3:
            headers = {"Retry-After": "1", "Content-Type": "application/json"}
            route.fulfill(status=503, headers=headers, body='{"error": "trop de requêtes"}')
        else:
            route.continue_()

    page.route("**/inspect?*", busy)
    page.locator("#files").set_input_files(str(gazelle / "imagerie-v1.xml"))
    page.locator("#status", has_text="Terminé : 1 conforme").wait_for(timeout=10_000)
    page.unroute("**/inspect?*")
    page.route("**/inspect?*", lambda route: route.abort())
    page.locator("#files").set_input_files(str(gazelle / "imagerie-v2.xml"))
    page.locator("#documents", has_text="service arrêté").wait_for(timeout=10_000)


def test_the_page_offers_every_report(page):
    offered = page.locator("#format option").evaluate_all("(all) => all.map((one) => one.value)")
    assert sorted(offered) == sorted(outputs.names())


@pytest.mark.parametrize("form", ["json", "html", "junit", "tar", "gitlab"])
def test_every_report_can_be_downloaded(results, form, tmp_path):
    results.locator("#format").select_option(form)
    with results.expect_download() as waiting:
        results.get_by_role("button", name="Télécharger le rapport").click()
    path = tmp_path / "report"
    waiting.value.save_as(path)
    text = path.read_text(encoding="utf-8")
    assert "SM-SETID-01" in text
    if form == "json":
        assert json.loads(text)["summary"]["documents"] >= 5


def test_files_may_be_dropped(page, gazelle):
    text = (gazelle / "imagerie-v1.xml").read_text(encoding="utf-8")
    handle = page.evaluate_handle(
        """(text) => {
            const data = new DataTransfer();
            data.items.add(new File([text], "a.xml", { type: "text/xml" }));
            return data;
        }""",
        text,
    )
    page.dispatch_event("#drop", "drop", {"dataTransfer": handle})
    page.locator("#status", has_text="1 conforme").wait_for(timeout=10_000)


def test_the_keyboard_alone_reaches_everything_in_order(results):
    reached = []
    results.locator("#files").focus()
    for _ in range(8):
        reached.append(
            results.evaluate("document.activeElement.id || document.activeElement.tagName")
        )
        results.keyboard.press("Tab")
    assert reached[:6] == ["files", "profile", "format", "download", "chain", "clear"]


def test_a_service_that_refuses_says_why(page, tmp_path):
    empty = tmp_path / "vide.xml"
    empty.write_bytes(b"")
    page.locator("#files").set_input_files(str(empty))
    page.locator("#documents", has_text="vide").wait_for(timeout=10_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_and_fits_a_small_screen(results, scheme):
    results.emulate_media(color_scheme=scheme)
    shown = Sheet(results)
    assert shown.violations() == []
    results.set_viewport_size({"width": 320, "height": 700})
    assert not shown.scrolls_sideways()
    assert shown.violations() == []
