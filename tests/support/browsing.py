"""A real browser: Debian's Chromium, driven by Playwright, kept off the network."""

import os
import shutil

import pytest

_OFF_THE_NETWORK = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def chromium():
    """Return a running Chromium; the tests of this folder skip where there is none."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="Playwright is not installed (extra browser)"
    )
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        pytest.skip("there is no Chromium here (apt-get install chromium)")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=_OFF_THE_NETWORK)
        yield browser
        browser.close()


class Sheet:
    """One open page, and what it did that it should not have done."""

    def __init__(self, page):
        self.page = page
        self.faults = []
        self.asked = []
        self.allowed = ("file:", "data:")
        page.on("dialog", lambda dialog: (self.faults.append(dialog.message), dialog.dismiss()))
        page.on("console", lambda said: self.faults.append(said.text))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", self._request)

    def _request(self, request):
        self.asked.append(request.url)
        if not request.url.startswith(self.allowed):
            self.faults.append(request.url)

    def at(self, width, height=900, **media):
        """Show the page at a width in CSS pixels."""
        self.page.set_viewport_size({"width": width, "height": height})
        if media:
            self.page.emulate_media(**media)
        return self

    def scrolls_sideways(self):
        return self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )

    def violations(self):
        """Return what axe finds against WCAG 2.2, A and AA."""
        axe = pytest.importorskip(
            "axe_playwright_python.sync_playwright", reason="axe is not here (extra browser)"
        )
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
        results = axe.Axe().run(self.page, options={"runOnly": tags}).response
        return [
            (one["id"], [node["html"][:200] for node in one["nodes"][:3]])
            for one in results["violations"]
        ]


@pytest.fixture
def sheet(chromium, tmp_path):
    """Return what opens HTML in the browser, and fails where it ran or asked for anything.

    ``again``: an open sheet to show it in, which is quicker than a new one.
    """
    opened = []
    path = tmp_path / "page.html"

    def show(markup, again=None, **context):
        path.write_text(markup, encoding="utf-8")
        found = again or Sheet(chromium.new_page(**context))
        if again is None:
            opened.append(found)
        found.page.goto(path.as_uri())
        return found

    yield show
    for one in opened:
        one.page.close()
    faults = [fault for one in opened for fault in one.faults]
    if faults:
        pytest.fail(f"the page ran or asked for something: {faults[:5]}")
