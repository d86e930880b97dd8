"""Screenshots of the pages of a dossier, where Playwright and a Chromium are installed."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from cda_tools.errors import InputError

WIDTHS = (360, 1280)
"""CSS pixels."""
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
_ARGUMENTS = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND"]


def screenshots(pages: Mapping[str, str], folder: Path) -> dict[str, bytes]:
    """Return a PNG of each page (name: HTML) at each of WIDTHS, by its name in the dossier.

    ``folder``: a place for the pages to be opened from. Raise InputError where Playwright or a
    browser is missing, or fails.
    """
    try:
        from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415  an extra
    except ImportError:
        raise InputError(
            "--screenshots demande Playwright et un Chromium (pip install playwright)"
        ) from None
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _BROWSERS)), None)
    found: dict[str, bytes] = {}
    try:
        with sync_playwright() as running:
            browser = running.chromium.launch(executable_path=path, args=_ARGUMENTS)
            for name, markup in pages.items():
                file = folder / name
                file.write_text(markup, encoding="utf-8")
                for width in WIDTHS:
                    page = browser.new_page(viewport={"width": width, "height": 900})
                    page.goto(file.as_uri())
                    stem = name.removesuffix(".html")
                    found[f"captures/{stem}-{width}.png"] = page.screenshot(full_page=True)
                    page.close()
            browser.close()
    except Error as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else "sans motif"
        raise InputError(f"--screenshots : le navigateur ne répond pas ({reason})") from None
    return found
