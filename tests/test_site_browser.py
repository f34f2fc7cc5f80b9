"""A site in a real browser: every page of it is for everybody, and asks for nothing but itself."""

import json
from pathlib import Path
from typing import Any

import pytest
from browsing import script
from running import TODAY, run
from test_page_browser import VIEWS, Open, violations, visit

__all__ = ["visit"]  # a fixture
pytestmark = pytest.mark.programs

BASE = "https://example.org/cyclus/"
PAGES = ("index.html", "foodvalley/index.html", "foodvalley/agenda/index.html", "foodvalley/afstemmingsmemo.html")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "public"
    assert run("site", folder, "--today", TODAY, "--base-url", BASE).code == 0
    return folder


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_no_violation_on_any_page_of_a_site(page: str, view: str, site: Path, visit: Open) -> None:
    opened = visit(site / page, **VIEWS[view])
    opened.evaluate(script("axe-core", "axe.min.js").read_text(encoding="utf-8"))
    assert violations(opened) == []


@pytest.mark.parametrize("page", PAGES)
def test_no_page_of_a_site_scrolls_sideways_on_a_phone(page: str, site: Path, visit: Open) -> None:
    opened = visit(site / page, width=390)
    assert opened.evaluate("document.documentElement.scrollWidth") <= 390


def test_from_the_index_somebody_reaches_every_file(site: Path, browser: Any) -> None:
    page = browser.new_page()
    reached: set[str] = set()
    waiting = ["index.html"]
    while waiting:
        name = waiting.pop()
        reached.add(name)
        if not name.endswith(".html"):
            continue
        page.goto((site / name).as_uri())
        links = page.evaluate("[...document.querySelectorAll('a[href]')].map(a => [a.getAttribute('href'), a.href])")
        for written, led in links:
            if written.startswith(BASE):  # the address to subscribe to
                led = f"{site.as_uri()}/{written.removeprefix(BASE)}"
            elif written.startswith(("#", "https:", "webcal:", "mailto:")):
                continue
            assert written.startswith(BASE) or not written.startswith(("/", "file:")), written
            target = led.partition("#")[0].removeprefix(site.as_uri() + "/")
            assert (site / target).is_file(), (name, written)
            if target not in reached and target not in waiting:
                waiting.append(target)
    page.close()
    assert reached == {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()}


def test_the_buttons_to_subscribe_have_the_address_of_the_feed(site: Path, browser: Any) -> None:
    page = browser.new_page()
    page.goto((site / "foodvalley/agenda/index.html").as_uri())
    links = page.evaluate("[...document.querySelectorAll('a')].map(a => a.getAttribute('href'))")
    page.close()
    feeds = sorted(p.name for p in (site / "foodvalley/agenda").glob("*.ics"))
    for scheme in ("https", "webcal"):
        found = sorted(link for link in links if link.startswith(f"{scheme}://example.org/"))
        assert found == [f"{scheme}://example.org/cyclus/foodvalley/agenda/{name}" for name in feeds]


def test_the_page_of_a_site_and_its_json_tell_of_the_same_period(site: Path, browser: Any) -> None:
    page = browser.new_page()
    page.goto((site / "foodvalley/index.html").as_uri())
    drawn = page.evaluate("(({first, last}) => [first, last])(document.querySelector('.scroll').dataset)")
    page.close()
    horizon = json.loads((site / "foodvalley/check.json").read_text(encoding="utf-8"))["horizon"]
    assert drawn == [horizon["first"], horizon["last"]]
