"""Make the pictures of docs/pictures/.

The page of two shipped regions, light, dark, on a phone and on paper; and the screen and page of docs/kwartier.md.

``python docs/screenshots.py DIR``, where DIR is what ``tests/programs/install DIR`` made: it has the browser's driver.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path
from shutil import which
from typing import Any

REGIONS = ("foodvalley", "noord-kennemerland")
TODAY = "2026-11-22"
PICTURES = Path(__file__).resolve().parent / "pictures"
TERMINAL = """<!doctype html><meta charset="utf-8"><style>
  main {{ display: inline-block; background: #10233f; color: #eef; border-radius: 6px; overflow: hidden }}
  header {{ background: #d8dde6; color: #222; font: 13px sans-serif; padding: 6px 12px }}
  pre {{ font: 13px/1.35 "DejaVu Sans Mono", monospace; margin: 0; padding: 12px }}
</style><main><header>Terminal</header><pre>&gt; cycleplan check mijn-regio.yaml\n{}</pre></main>"""


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
        quarter(browser, Path(folder))
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


def quarter(browser: Any, folder: Path) -> None:
    """Take the screen and the page of a region of one's own; in docs/ they are brought back to 64 colours."""

    def cycleplan(*words: str) -> str:
        command = [sys.executable, "-m", "cycleplan", *words, "--today", TODAY]
        return subprocess.run(command, cwd=folder, check=True, capture_output=True, encoding="utf-8").stdout

    cycleplan("new", "PO2510", "-o", "mijn-regio.yaml")
    said = cycleplan("check", "mijn-regio.yaml").split("\n\n")
    file = folder / "mijn-regio.yaml"
    lesson = (PICTURES.parent / "kwartier.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", lesson, re.DOTALL)
    text = file.read_text(encoding="utf-8")
    for old, new in zip(blocks[::2], blocks[1::2], strict=True):
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    cycleplan("timeline", "mijn-regio.yaml", "-o", "mijn-regio.html")
    (folder / "screen.html").write_text(TERMINAL.format(escape("\n\n".join(said[:3]))), encoding="utf-8")
    screen = browser.new_page(viewport={"width": 800, "height": 400})
    screen.goto((folder / "screen.html").as_uri())
    screen.locator("main").screenshot(path=PICTURES / "kwartier-scherm.png")
    screen.close()
    page = open_page(browser, folder / "mijn-regio.html", "light", 1000, 640)
    page.screenshot(path=PICTURES / "kwartier-bladzij.png")
    page.close()


def open_page(browser: Any, file: Path, scheme: str, width: int, height: int) -> Any:
    """The page in a window of its own."""
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    page.goto(file.as_uri())
    page.wait_for_selector("#tools:not([hidden])")
    page.wait_for_timeout(300)
    return page


if __name__ == "__main__":
    main(Path(sys.argv[1]))
