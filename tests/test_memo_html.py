"""The page of a piece: the same text, structure that a screen reader can tell, and it prints."""

import re
import subprocess
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader
from pieces import SAMPLE, piece
from running import program

from cycleplan.outputs import templating
from cycleplan.outputs.memo import html, markdown

VOID = {"meta", "br", "hr"}
INLINE = {"a", "em", "strong", "code", "sup", "mark", "br"}
ALLOWED = {
    "html": {"lang"}, "head": set(), "meta": {"charset", "name", "content", "http-equiv"}, "title": set(),
    "style": set(), "body": set(), "main": set(), "h1": set(), "h2": {"id"}, "h3": set(), "p": set(),
    "a": {"href", "id", "role", "aria-label"}, "sup": set(), "em": set(), "strong": set(), "mark": {"class"},
    "code": set(), "pre": set(), "blockquote": set(), "hr": set(), "br": set(), "ul": set(), "ol": {"start"},
    "li": {"id", "class"}, "div": {"class", "role", "tabindex", "aria-labelledby"}, "table": {"class"},
    "caption": {"id"}, "thead": set(), "tbody": set(), "tr": set(), "th": {"scope", "style"}, "td": {"style"},
    "section": {"class", "role", "aria-labelledby"},
}  # fmt: skip
TYPED = {
    "markup": "<b onclick=x>vet</b> <script>alert(1)</script> <img src=x onerror=y>",
    "closing": "</title></style></main><h1>x</h1>",
    "comment": "<!-- x --> <![CDATA[ ]]> <?php ?>",
    "template": "{{ 7*7 }} {% raw %} {# x #}",
    "entity": "&lt;b&gt; &amp; &#60; &nbsp;",
    "quotes": '"a" \'b\' «c» " onload="x',
    "links": "[klik](javascript:alert(1)) <javascript:alert(1)> ![x](data:image/png;base64,x) [[x]]: y",
    "marks": "*a* **[b]** _c_ `d` ~~e~~ [^1] [^1]: x",
    "table": "a | b \\| c",
    "box": "☐ x",
}


# --- reading a page


class _Reader(HTMLParser):
    """Makes a tree of a page; every element must be closed in its turn, and an attribute stands once."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tree = ET.TreeBuilder()
        self.open: list[str] = []
        self.feed(page)
        super().close()
        assert not self.open

    def handle_decl(self, decl: str) -> None:
        assert decl == "doctype html"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs)
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.tree.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.tree.end(tag)

    def handle_data(self, data: str) -> None:
        if self.open:
            self.tree.data(data)

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment: {data}")

    handle_pi = unknown_decl = handle_comment


def tree(page: str) -> ET.Element:
    return _Reader(page).tree.close()


def page_of(text: str = SAMPLE, lang: str = "nl") -> ET.Element:
    return tree(html.render(piece(text, lang)))


def one(root: ET.Element, path: str) -> ET.Element:
    (found,) = root.findall(path)
    return found


def text_of(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def texts(root: ET.Element, path: str) -> list[str]:
    return [text_of(element) for element in root.findall(path)]


def blocks(main: ET.Element) -> list[str]:
    """What a reader sees, block by block; without what only the page has: the heading of the notes, the ways back."""
    found = [""]

    def walk(element: ET.Element) -> None:
        if element.get("id") == "notes" or element.get("role") == "doc-backlink":
            return
        if element.tag not in INLINE:
            found.append("")
        found[-1] += element.text or ""
        for child in element:
            walk(child)
            found[-1] += child.tail or ""
        if element.tag not in INLINE:
            found.append("")

    walk(main)
    return in_one_space(found)


def blocks_in_markdown(text: str) -> list[str]:
    def said(tokens: list[markdown.Token]) -> Iterator[str]:
        for token in tokens:
            if token.type == "inline":
                yield "".join(said(token.children or []))
            elif token.type == "footnote_ref":
                yield str(token.meta["id"] + 1)
            else:
                yield " " if token.type in ("softbreak", "hardbreak") else token.content

    return in_one_space(said(markdown.read(text)))


def in_one_space(found: list[str] | Iterator[str]) -> list[str]:
    return [" ".join(text.split()) for text in found if text.split()]


# --- the text


def test_the_page_says_what_the_markdown_says() -> None:
    assert blocks(one(page_of(), "body/main")) == blocks_in_markdown(SAMPLE)


def test_the_page_is_the_same_every_time() -> None:
    assert html.render(piece(SAMPLE)) == html.render(piece(SAMPLE))


def hostile(name: str) -> str:
    typed = templating.markdown(name)
    return f"""\
# Memo {typed} hier

| | |
|---|---|
| Aan | aan {typed} |

## Over {typed} hier

Zin {typed} **[steller]** en **over {typed} heen**[^1]

- punt {typed}

*Tabel 1. Over {typed} heen*

| Plan {typed} | Dag |
|---|---|
| PO {typed} | 1 mei |

[^1]: Noot {typed}
"""


def shape(page: ET.Element) -> list[str]:
    return [element.tag for element in page.iter() if not (element.get("href") or "#").startswith(("http", "mailto"))]


def check_typed(name: str) -> None:
    seen = " ".join("".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in name).split())
    page = page_of(hostile(name))
    found = blocks(one(page, "body/main"))
    for text in (
        "Memo {} hier",
        "aan {}",
        "Over {} hier",
        "punt {}",
        "Tabel 1. Over {} heen",
        "Plan {}",
        "PO {}",
        "Noot {}",
    ):
        assert " ".join(text.replace("{}", seen).split()) in found
    assert shape(page) == shape(page_of(hostile("naam")))
    assert nothing_else(page) == []


def nothing_else(page: ET.Element) -> list[str]:
    """The elements and attributes that a page may not have."""
    found = [f"<{e.tag}>" for e in page.iter() if e.tag not in ALLOWED]
    found += [f"{e.tag}[{name}]" for e in page.iter() for name in e.attrib if name not in ALLOWED.get(e.tag, ())]
    return found + [
        e.attrib["style"]
        for e in page.iter()
        if not re.fullmatch("|text-align:(left|right|center)", e.get("style", ""))
    ]


@pytest.mark.parametrize("name", TYPED.values(), ids=TYPED)
def test_what_a_stranger_typed_comes_out_as_typed_and_as_nothing_else(name: str) -> None:
    check_typed(name)


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("<>&\"'`*_[]{}|\\^:/#!-~ ☐"), max_size=30))
def test_any_text_comes_out_as_typed(name: str) -> None:
    check_typed(name)


@pytest.mark.parametrize("name", TYPED.values(), ids=TYPED)
def test_a_title_stays_in_the_title(name: str) -> None:
    page = tree(html.render(replace(piece(SAMPLE), title=name)))
    assert text_of(one(page, "head/title")) == " ".join(name.split())
    assert shape(page) == shape(page_of())


def test_only_web_and_mail_addresses_are_links() -> None:
    other = [
        "javascript:alert(1)",
        "JAVASCRIPT:x",
        "data:text/html,x",
        "ftp://x.nl",
        "//x.nl",
        "x.html",
        "#fn-1",
        "file:///x",
    ]
    lines = [f"- [a]({address}) b\n- <{address}>" for address in other]
    text = "\n".join(
        ["# T\n\n## S\n", *lines, "- <https://x.nl> <a@x.nl>", "- [m](HTTP://x.nl)", "- ![p](https://x.nl/p.png)"]
    )
    page = page_of(text)
    assert [a.get("href") for a in page.iter("a")] == [
        "https://x.nl",
        "mailto:a@x.nl",
        "HTTP://x.nl",
        "https://x.nl/p.png",
    ]
    assert "[a](javascript:alert(1)) b" in texts(page, ".//li")
    assert nothing_else(page) == []


# --- structure


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_page_has_a_language_a_title_and_one_main_heading(lang: str) -> None:
    page = page_of(lang=lang)
    assert page.get("lang") == lang
    assert text_of(one(page, "head/title")) == text_of(one(page, "body/main/h1")) == "Collegevoorstel Regio Foodvalley"
    assert len(list(page.iter("main"))) == len(list(page.iter("h1"))) == 1
    assert [element.tag for element in one(page, "body")] == ["main"]


def test_headings_go_down_one_level_at_a_time() -> None:
    levels = [int(e.tag[1]) for e in page_of().iter() if re.fullmatch("h[1-6]", e.tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_page_has_no_element_or_attribute_but_these() -> None:
    assert nothing_else(page_of()) == []


def test_the_page_may_fetch_and_run_nothing() -> None:
    policy = one(page_of(), "head/meta[@http-equiv='Content-Security-Policy']").attrib["content"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    assert not re.search(r"url\(|@import", css())


def test_a_table_has_its_caption_and_its_header_row() -> None:
    page = page_of()
    first, second = page.findall(".//div/table")
    assert texts(first, "caption") == ["Tabel 1. Plannen en hun oordeel"]
    assert texts(second, "caption") == ["Tabel 2. Wie wat doet"]
    assert texts(first, "thead/tr/th[@scope='col']") == ["Plan", "Oordeel", "Laagste dekking"]
    assert next(iter(first)).tag == "caption"
    assert not list(page.iter("em"))[1:]  # the caption is no emphasis; "Niet" is
    assert not [th for th in page.iter("th") if th.get("scope") not in ("col", "row")]


def test_a_wide_table_scrolls_in_a_region_that_the_keyboard_reaches_and_that_has_the_caption_as_its_name() -> None:
    page = page_of()
    for region in page.findall(".//div"):
        assert (region.get("class"), region.get("role"), region.get("tabindex")) == ("wide", "region", "0")
        assert region.get("aria-labelledby") == one(region, "table/caption").get("id")
    assert re.search(r"\.wide \{[^}]*overflow-x: auto", css())


def test_a_table_without_a_caption_has_none_and_loses_no_paragraph_before_it() -> None:
    page = page_of("# T\n\n## S\n\nEn *dit* is geen bijschrift.\n\n|a|b|\n|---|---|\n|c|d|\n\n*Dit ook niet.*\n")
    assert texts(page, ".//p") == ["En dit is geen bijschrift.", "Dit ook niet."]
    assert not list(page.iter("caption"))
    assert one(page, ".//div").get("role") is None
    two = page_of("# T\n\n*a* en *b*\n\n|a|b|\n|---|---|\n|c|d|\n\n***c***\n\n|a|b|\n|---|---|\n|c|d|\n")
    assert texts(two, ".//p") == ["a en b"]
    assert texts(two, ".//caption") == ["c"]


def test_the_head_has_no_header_row_and_says_what_each_row_is_about() -> None:
    head = one(page_of(), "body/main/table")
    assert head.get("class") == "head"
    assert not list(head.iter("thead"))
    assert texts(head, "tbody/tr/th[@scope='row']") == ["Aan", "Van", "Datum", "Status"]
    assert texts(head, "tbody/tr/td") == [
        "het college van Ede",
        "[steller]",
        "22 november 2026",
        "concept, gemaakt met cycleplan",
    ]
    assert all([cell.tag for cell in row] == ["th", "td"] for row in head.iter("tr"))


def test_a_gap_is_marked_and_other_strong_text_is_not() -> None:
    page = page_of(SAMPLE + "\n**a** **[b]** **c [d]** **[*e* `f`]** **g**\n")
    assert [text_of(mark) for mark in page.iter("mark")] == [
        "[steller]", "[naam]", "[In te vullen door de steller: kosten en dekking.]", "[b]", "[e f]",
    ]  # fmt: skip
    assert all(mark.get("class") == "gap" for mark in page.iter("mark"))
    assert [text_of(e) for e in page.iter("strong")] == ["uit de pas", "uit de pas", "a", "c [d]", "g"]


def test_a_box_to_tick_has_no_bullet_beside_it() -> None:
    boxes = page_of().findall(".//li[@class='box']")
    assert [text_of(box)[0] for box in boxes] == ["☐", "☐"]


# --- notes


@pytest.mark.parametrize(
    ("lang", "heading", "back"), [("nl", "Noten", "Terug naar verwijzing"), ("en", "Notes", "Back to reference")]
)
def test_a_note_is_reached_from_each_place_that_refers_to_it_and_leads_back_there(
    lang: str, heading: str, back: str
) -> None:
    page = page_of(lang=lang)
    notes = one(page, ".//section[@role='doc-endnotes']")
    assert text_of(one(notes, f"h2[@id='{notes.get('aria-labelledby')}']")) == heading
    references = [(e.text, e.get("href"), e.get("id")) for e in page.iterfind(".//sup/a[@role='doc-noteref']")]
    assert references == [
        ("1", "#fn-1", "fnref-1"), ("2", "#fn-2", "fnref-2"), ("2", "#fn-2", "fnref-2-2"), ("1", "#fn-1", "fnref-1-2"),
    ]  # fmt: skip
    assert [li.get("id") for li in notes.findall("ol/li")] == ["fn-1", "fn-2"]
    ways = [(e.get("href"), e.get("aria-label")) for e in notes.iterfind(".//a[@role='doc-backlink']")]
    assert ways == [
        ("#fnref-1", f"{back} 1"),
        ("#fnref-1-2", f"{back} 1, 2"),
        ("#fnref-2", f"{back} 2"),
        ("#fnref-2-2", f"{back} 2, 2"),
    ]


def test_a_piece_without_notes_has_no_heading_for_them() -> None:
    assert not list(page_of("# T\n\n## S\n\nZin.\n\n[^1]: Nergens genoemd.\n").iter("section"))


def check_ids(page: ET.Element) -> None:
    ids = [e.attrib["id"] for e in page.iter() if "id" in e.attrib]
    assert len(set(ids)) == len(ids) > 0
    named = [e.attrib["aria-labelledby"] for e in page.iter() if "aria-labelledby" in e.attrib]
    inside = [a.attrib["href"][1:] for a in page.iter("a") if a.attrib["href"].startswith("#")]
    assert set(named) | set(inside) <= set(ids)
    assert inside


def test_ids_differ_and_every_address_in_the_page_leads_somewhere() -> None:
    check_ids(page_of())


# --- a template of one's own


def house(template: str) -> ET.Element:
    environment = templating.html_environment()
    environment.loader = DictLoader({"memo/page.html": f"<main>{template}</main>"})
    told = piece(SAMPLE)
    return tree(html.render(replace(told, context={**told.context, "region": "<b>"}), environment))


def test_a_house_template_can_place_the_sections_with_the_notes_below() -> None:
    page = house(
        "<h1>{{ title }} {{ region }} {{ lang }}</h1>"
        "{% for name, section in sections.items() %}<h2>{{ name }}</h2>{{ section }}{% endfor %}{{ notes }}"
    )
    body = blocks_in_markdown(SAMPLE.partition("\n## ")[2])
    assert blocks(page) == ["Collegevoorstel Regio Foodvalley <b> nl", *body]
    check_ids(page)


def test_a_house_template_can_place_the_body_without_title_and_head() -> None:
    page = house("{{ body }}")
    assert not list(page.iter("h1"))
    assert blocks(page) == blocks_in_markdown(SAMPLE.partition("\n## ")[2])
    check_ids(page)


# --- looks


def css() -> str:
    return one(page_of(), "head/style").text or ""


def palettes() -> list[dict[str, str]]:
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#\w{6});", rule)) for rule in re.findall(r":root \{[^}]*?--[^}]*\}", css())
    )
    assert light.keys() == dark.keys()
    return [light, dark]


def contrast(one: str, other: str) -> float:
    """As WCAG 2.1 reckons it."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dim, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("which", [0, 1], ids=["light", "dark"])
def test_what_is_to_be_read_stands_out_against_what_is_behind_it(which: int) -> None:
    colours = palettes()[which]
    for behind in ("paper", "shade"):
        for front in ("text", "quiet", "heading", "link", "focus"):
            assert contrast(colours[front], colours[behind]) >= 4.5, (front, behind)
    assert contrast(colours["gap-text"], colours["gap"]) >= 4.5


def test_every_colour_is_one_of_the_palette() -> None:
    rules = re.sub(r":root \{[^}]*\}|@media \(forced-colors[^\n]*", "", css())  # there the system's own
    used = re.findall(r"(?<![\w-])(?:color|background|border[\w-]*|outline|box-shadow): ([^;]*);", rules)
    words = {word for value in used for word in re.sub(r"var\(--[\w-]+\)|[\d.]+(px|rem)?", "", value).split()}
    assert words <= {"solid", "dashed", "currentcolor", "none", "collapse"}
    assert set(re.findall(r"var\(--([\w-]+)\)", rules)) <= palettes()[0].keys()


def test_who_moves_by_keyboard_sees_where() -> None:
    assert re.search(r":focus-visible \{ outline: 3px solid", css())
    assert "outline: none" not in css()


@pytest.mark.parametrize(
    "rule",
    [
        r"@page \{ size: A4; margin: 2\.5cm;",
        r"html \{ font-size: 10\.5pt;",
        r"h1, h2, h3, h4 \{[^}]*break-after: avoid;",
        r"thead \{ display: table-header-group; \}",
        r"tr, pre, \.gap \{ break-inside: avoid; \}",
        r"mark \{[^}]*print-color-adjust: exact;",
        r"mark \{[^}]*border-bottom: 2px dashed",
    ],
)
def test_paper_has_its_rules(rule: str) -> None:
    assert re.search(rule, css())
    assert "attr(href)" not in css()


# --- a browser


@pytest.fixture
def printed(tmp_path: Path) -> Callable[[str], Path]:
    """Prints a piece with Chromium."""

    def go(text: str) -> Path:
        page, pdf = tmp_path / "page.html", tmp_path / "page.pdf"
        page.write_text(html.render(piece(text)), encoding="utf-8")
        subprocess.run(
            [
                program("chromium"), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
                "--disable-background-networking", f"--user-data-dir={tmp_path / 'profile'}", "--no-pdf-header-footer",
                f"--print-to-pdf={pdf}", page.as_uri(),
            ],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return pdf

    return go


def answer(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8", timeout=60).stdout


@pytest.mark.programs
def test_chromium_prints_the_page_on_a4_with_everything_on_it(printed: Callable[[str], Path]) -> None:
    rows = "".join(f"| plan {i} | kwetsbaar | {i} % |\n" for i in range(60))
    pdf = printed(SAMPLE.replace("| PO2509 2024–2028 | kwetsbaar | 42 % |\n", rows))
    assert re.search(r"Page size: +59[45](\.\d+)? x 84[12](\.\d+)? pts \(A4\)", answer(program("pdfinfo"), pdf))
    pages = answer(program("pdftotext"), "-layout", pdf, "-").split("\f")[:-1]
    whole = " ".join("".join(pages).split())
    for text in ("Collegevoorstel Regio Foodvalley", "Voorgesteld besluit", "[naam]", "Noten", "0 van de 1461 dagen"):
        assert text in whole
    with_rows = [page for page in pages if re.search("(plan \\d+|PO2510 2026–2030) +(kwetsbaar|uit de pas)", page)]
    assert len(with_rows) > 1
    assert [page for page in pages if "Laagste dekking" in page] == with_rows
    assert re.search(rf"\b{len(pages)} ?/ ?{len(pages)}\b", pages[-1])
