"""Make the pictures of docs/pictures/: the page of two shipped regions, light, dark, on a phone and on paper.

``python docs/screenshots.py DIR``, where DIR is what ``tests/programs/install DIR`` made: it has the browser's driver.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import which
from typing import Any

REGIONS = ("foodvalley", "noord-kennemerland")
TODAY = "2026-11-22"
PICTURES = Path(__file__).resolve().parent / "pictures"


def main(programs: Path) -> None:
    """Make all of them."""
    sys.path.insert(0, str(programs / "python"))
    from playwright.sync_api import sync_playwright  # type: ignore[import-not-found]

    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox"])
        for region in REGIONS:
            page = Path(folder) / f"{region}.html"
            command = [sys.executable, "-m", "cycleplan", "timeline", region, "--today", TODAY, "-o", str(page)]
            subprocess.run(command, check=True)
            take(browser, page, region)
        browser.close()


def take(browser: Any, file: Path, region: str) -> None:
    """Take the pictures of one page."""
    for scheme in ("light", "dark"):
        page = open_page(browser, file, scheme, 1500, 1100)
        page.click("#whole")
        page.evaluate("document.activeElement.blur()")
        page.wait_for_timeout(300)
        page.locator("#picture").screenshot(path=PICTURES / f"{region}-{scheme}.png")
        page.close()
    phone = open_page(browser, file, "light", 390, 844)
    phone.locator("#tools").scroll_into_view_if_needed()
    phone.evaluate("scrollTo(0, document.querySelector('#who').getBoundingClientRect().top + scrollY - 40)")
    phone.wait_for_timeout(300)
    phone.screenshot(path=PICTURES / f"{region}-phone.png")
    phone.close()
    paper = open_page(browser, file, "light", 1500, 1100)
    pdf = file.with_suffix(".pdf")
    paper.emulate_media(media="print")
    paper.pdf(path=str(pdf), prefer_css_page_size=True, print_background=True)
    paper.close()
    text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, encoding="utf-8", check=True).stdout
    sheet = next(i for i, sheet in enumerate(text.split("\f"), 1) if "Kalenderjaar" in sheet)
    name = PICTURES / f"{region}-print"
    command = ["pdftoppm", "-f", str(sheet), "-l", str(sheet), "-r", "90", "-png", "-singlefile", pdf, name]
    subprocess.run(command, check=True)


def open_page(browser: Any, file: Path, scheme: str, width: int, height: int) -> Any:
    """The page in a window of its own."""
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    page.goto(file.as_uri())
    page.wait_for_selector("#tools:not([hidden])")
    page.wait_for_timeout(300)
    return page


if __name__ == "__main__":
    main(Path(sys.argv[1]))
