"""The documentation as a site: MkDocs builds it strictly, it fetches nothing, and every link in it leads somewhere."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from doclines import ROOT

DOCS = ROOT / "docs"
# The pages that there are in both languages, with the sister named at the head.
SISTERS = {
    "index": "english", "kwartier": "quarter", "gegevens": "data-format", "oordeel": "verdict", "tijdlijn": "timeline",
    "agenda": "calendar", "stukken": "pieces", "voorstellen": "proposals", "wet-lezen": "reading-the-law",
    "opdrachten": "commands", "bijdragen": "huis",
}  # fmt: skip


class Page(HTMLParser):
    """What a page has: its anchors, where it leads, what it fetches by itself."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.lang = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if name := found.get("id") or found.get("name"):
            self.anchors.add(name)
        if tag == "html":
            self.lang = found.get("lang") or ""
        if tag == "a" and (href := found.get("href")):
            self.links.append(href)
        fetches = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src"}
        if tag in fetches and found.get("rel") != "canonical" and (address := found.get(fetches[tag])):
            self.fetched.append(address)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Page]:
    """The pages of the site, built by the MkDocs of ``CYCLEPLAN_MKDOCS`` or of this Python."""
    folder = tmp_path_factory.mktemp("site")
    python = os.environ.get("CYCLEPLAN_MKDOCS", sys.executable)
    done = subprocess.run(
        [python, "-m", "mkdocs", "build", "--strict", "--site-dir", folder],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    if "No module named mkdocs" in done.stderr:
        pytest.fail("There is no MkDocs: pip install -e '.[docs]', or name another Python in CYCLEPLAN_MKDOCS.", False)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return {path: Page(path.read_text(encoding="utf-8")) for path in folder.rglob("*.html")}


def targets(path: Path, page: Page) -> Iterator[tuple[Path, str, str]]:
    for link in (*page.links, *page.fetched):
        parts = urlsplit(link)
        if not parts.scheme and not parts.netloc and path.name != "404.html":
            yield (path.parent / unquote(parts.path)).resolve() if parts.path else path, unquote(parts.fragment), link


@pytest.mark.programs
def test_every_link_leads_to_a_page_and_an_anchor_that_are_there(site: dict[Path, Page]) -> None:
    for path, page in site.items():
        for target, anchor, link in targets(path, page):
            file = target / "index.html" if target.is_dir() else target
            assert file.exists(), f"{path.name}: {link}"
            assert not anchor or file not in site or anchor in site[file].anchors, f"{path.name}: {link}"


@pytest.mark.programs
def test_the_site_fetches_nothing_from_others(site: dict[Path, Page]) -> None:
    for path, page in site.items():
        assert [address for address in page.fetched if urlsplit(address).netloc] == [], path.name
    folder = next(iter(site)).parent
    for style in folder.rglob("*.css"):
        assert not re.search(r"url\([\"']?https?:|@import", style.read_text(encoding="utf-8")), style.name


@pytest.mark.programs
def test_search_is_in_dutch_and_english(site: dict[Path, Page]) -> None:
    folder = next(path for path in site if path.name == "kwartier.html").parent
    index = (folder / "search/search_index.json").read_text(encoding="utf-8")
    assert '"lang":["nl","en"]' in index
    assert "kwartier.html" in index
    assert "quarter.html" in index
    assert (folder / "assets/javascripts/lunr/min/lunr.nl.min.js").exists()


@pytest.mark.programs
@pytest.mark.parametrize(("asked", "page"), [("stilstand", "oordeel.html"), ("standstill", "verdict.html")])
def test_search_works_from_a_disk_without_fetching_anything(
    site: dict[Path, Page], browser: Any, asked: str, page: str
) -> None:
    start = next(path for path in site if path.name == "kwartier.html")
    opened = browser.new_page(viewport={"width": 1300, "height": 900})
    fetched: list[str] = []
    opened.on("request", lambda request: fetched.append(request.url))
    opened.goto(start.as_uri())
    opened.click("input.md-search__input")
    opened.wait_for_function("document.querySelector('.md-search-result__meta').textContent.includes('zoeken')")
    opened.keyboard.type(asked, delay=50)
    opened.wait_for_selector(".md-search-result__item")
    found = opened.eval_on_selector_all(".md-search-result__link", "links => links.map(link => link.href)")
    opened.close()
    assert any(page in address for address in found)
    assert [address for address in fetched if not address.startswith(("file:", "data:"))] == []


@pytest.mark.programs
def test_a_page_says_its_own_language(site: dict[Path, Page]) -> None:
    said = {path.stem: page.lang for path, page in site.items()}
    assert {said[name] for name in SISTERS} == {"nl"}
    assert {said[name] for name in SISTERS.values()} == {"en"}


@pytest.mark.programs
def test_no_page_keeps_a_path_of_this_machine(site: dict[Path, Page]) -> None:
    for path in site:
        text = path.read_text(encoding="utf-8")
        assert str(ROOT) not in text
        assert str(path.parent) not in text


def test_every_page_is_in_the_navigation_once() -> None:
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    listed = re.findall(r": ([\w-]+\.md)$", config.split("\nnav:")[1], re.MULTILINE)
    assert sorted(listed) == sorted(path.name for path in DOCS.glob("*.md"))


@pytest.mark.parametrize(("dutch", "english"), SISTERS.items())
def test_a_page_that_there_is_in_both_languages_names_its_sister_at_its_head(dutch: str, english: str) -> None:
    heads = [
        "\n".join((DOCS / f"{name}.md").read_text(encoding="utf-8").splitlines()[:12]) for name in (dutch, english)
    ]
    assert f"]({english}.md)" in heads[0]
    assert f"]({dutch}.md)" in heads[1]


def test_nothing_of_the_site_comes_from_elsewhere_by_its_settings() -> None:
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert "font: false" in config
    assert "analytics" not in config
    assert "http" not in config.replace("# ", "")
