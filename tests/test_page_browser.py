"""The page and the picture in a real browser: nothing runs or is asked for, everybody can use it, no label is lost."""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import wide
from browsing import script
from hostile import HOSTILE
from running import LANGUAGES, REGIONS, TODAY, aligned, program, record, region_text, run, words_of

pytestmark = pytest.mark.programs

WIDE = "dertig"
Page = Any
Open = Callable[..., Page]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAYLOADS = {
    "script": "<script>window.ran=1</script>",
    "image": "<img src=https://example.org/x.png onerror='window.ran=1'>",
    "link": "javascript:window.ran=1",
    "svg": "<svg onload='window.ran=1'><image href='https://example.org/x.svg'/></svg>",
    "svg in a link": '"><svg/onload=window.ran=1><a xlink:href="javascript:window.ran=1">',
    "style": "</style><style>@import url(https://example.org/x.css);*{background:url(https://example.org/x.png)}",
    "end of a script": "</script><script>window.ran=1</script>",
    "end of an attribute": '" onmouseover="window.ran=1" autofocus onfocus="window.ran=1" x=\'',
    "frame": "<iframe src='data:text/html,<script>parent.ran=1</script>'></iframe><base href=https://example.org/>",
    "entities": "&lt;script&gt;window.ran=1&lt;/script&gt; &#x3c;b&#x3e;",
    "cdata": "]]><script>window.ran=1</script><![CDATA[",
    "template": "{{ 7*7 }}{% raw %}${window.ran=1}`",
    "address": 'https://example.org/"><script>window.ran=1</script>',
}


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Makes a page or a drawing of a region and gives its file; each is made once."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / f"{WIDE}.yaml").write_text(wide.text(), encoding="utf-8")

    def make(region: str, form: str = "html", lang: str = "nl") -> Path:
        path = folder / f"{region}-{lang}.{form}"
        if not path.exists():
            named: list[str | Path] = [region]
            if region == WIDE:
                named = [folder / f"{WIDE}.yaml", "--from", wide.FROM, "--to", wide.TO]
            ran = run("timeline", *named, "--format", form, "--lang", lang, "--today", TODAY, "-o", path)
            assert (ran.code, ran.err) == (0, "")
        return path

    return make


@pytest.fixture
def visit(browser: Any) -> Iterator[Open]:
    """Opens a file in a browser of its own, and fails afterwards on any message, request or dialog."""
    found: list[str] = []
    contexts = []

    def opened(path: Path, width: int = 1280, height: int = 800, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: found.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: found.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (found.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        ours = path.as_uri()
        page.on("request", lambda r: None if r.url.startswith((ours, "data:,")) else found.append(f"request: {r.url}"))
        page.goto(ours)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert found == []


# --- nothing from outside, nothing that runs


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("region", [*REGIONS, WIDE])
def test_a_page_says_nothing_to_the_console_and_asks_for_nothing(region, scheme, lang, made, visit):
    page = visit(made(region, lang=lang), color_scheme=scheme)
    page.wait_for_selector("#tools:not([hidden])")  # the script ran
    page.locator(".lane svg a").first.click()
    page.wait_for_selector("dialog[open]")
    page.keyboard.press("Escape")
    for button in ("#today", "#window", "#in", "#out", "#whole"):
        page.click(button)
    page.wait_for_timeout(300)  # the address is written a little later


@pytest.mark.parametrize("payload", [*PAYLOADS.values(), *HOSTILE.values()], ids=[*PAYLOADS, *HOSTILE])
def test_what_a_stranger_put_into_a_region_file_does_nothing_in_page_or_picture(payload, tmp_path, visit):
    file = tmp_path / "vreemd.yaml"
    file.write_bytes(region_text(payload, **of_its_own(payload)))
    for form in ("html", "svg"):
        made = tmp_path / f"vreemd.{form}"
        ran = run("timeline", file, "--format", form, "--today", TODAY, "-o", made)
        assert (ran.code, ran.err) == (0, "")
        page = visit(made)
        assert page.evaluate("window.ran") is None
        assert page.evaluate("document.querySelectorAll('script').length") == (1 if form == "html" else 0)
        assert page.evaluate("document.querySelectorAll('iframe, img, image, base, object, b').length") == 0
        if form == "html":
            page.wait_for_selector("#tools:not([hidden])")
            for i in range(min(page.locator(".lane svg a").count(), 8)):
                page.evaluate(f"document.querySelectorAll('.lane svg a')[{i}].focus()")
                page.keyboard.press("Enter")
                page.keyboard.press("Escape")
            assert page.evaluate("window.ran") is None


def of_its_own(name: str) -> dict[str, Any]:
    """A kind of plan of the region's own, with steps of its own, and a plan of it."""
    fact = {"status": "actual", "source": name, "note": name}
    steps = [{"step": "oogo"}, {"step": "inloop", "name": name, "weeks": 2}, {"step": "adoption"}]
    kind = {"kind": "speelplan", "name": name, "opens_months": 6, "steps": steps}
    plan = {"kind": "speelplan", "name": name, "first": "2027-01-01", "last": "2030-12-31", **fact}
    return {"kinds": [kind], "plans": [plan]}


# --- for everybody


VIEWS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "320 px": {"width": 320, "height": 640},
    "400 % zoom": {"width": 320, "height": 256, "device_scale_factor": 4},
    "forced colours": {"forced_colors": "active"},
    "forced colours, dark": {"forced_colors": "active", "color_scheme": "dark"},
}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("region", [*REGIONS, WIDE])
def test_axe_finds_no_violation_of_wcag_2_2_aa(region, view, made, visit):
    page = visit(made(region), **VIEWS[view])
    page.evaluate(script("axe-core", "axe.min.js").read_text(encoding="utf-8"))
    assert violations(page) == []
    page.locator(".lane svg a").nth(2).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    assert violations(page) == []


def violations(page: Page) -> list[str]:
    run_axe = f"axe.run(document, {{runOnly: {json.dumps(WCAG)}, resultTypes: ['violations']}})"
    found = page.evaluate(f"{run_axe}.then(result => result.violations)")
    return [f"{v['id']}: {v['help']}: {[n['target'] for n in v['nodes']][:3]}" for v in found]


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_page_itself_never_scrolls_sideways(width, made, visit):
    page = visit(made("foodvalley"), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_control_is_reached_by_tab_with_a_focus_that_can_be_seen(made, visit):
    page = visit(made("foodvalley"))
    names, unseen = [], []
    for _ in range(400):
        page.keyboard.press("Tab")
        name, seen = page.evaluate(FOCUSED)
        if name is None or name in names[:1]:
            break
        names.append(name)
        if not seen:
            unseen.append(name)
    assert unseen == []
    for wanted in ("#who", "#today", "#window", "#in", "#out", "#whole", ".scroll"):
        assert any(wanted in name for name in names), wanted
    in_picture = [name for name in names if "svg" in name]
    assert len(in_picture) == 1  # from there on the arrows go
    tables = page.evaluate("document.querySelectorAll('.wide').length")
    assert sum(".wide" in name for name in names) == tables


# What has the focus, by a name of its own, and whether it looks otherwise than without it.
FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return [null, true];
  const all = [...document.querySelectorAll('*')];
  const id = e.id ? '#' + e.id : '', where = e.closest('svg') ? 'svg' : '';
  const name = `${all.indexOf(e)} ${where} ${id} .${[...e.classList].join('.')}`;
  const look = (x) => {
    const s = getComputedStyle(x);
    return [s.outlineStyle !== 'none' && s.outlineWidth, s.stroke, s.strokeWidth].join();
  };
  const parts = [e, ...e.querySelectorAll('path, use')];
  const withFocus = parts.map(look);
  e.blur();
  const without = parts.map(look);
  e.focus();
  return [name, withFocus.some((x, i) => x !== without[i])];
}"""


def test_the_arrows_go_from_bar_to_bar_and_enter_tells_of_it_and_escape_comes_back(made, visit):
    page = visit(made("foodvalley"))
    page.locator(".lane svg a[tabindex='0']").focus()
    seen = set()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
        seen.add(page.evaluate("document.activeElement.querySelector('title').textContent"))
        box = page.evaluate("document.activeElement.getBoundingClientRect().toJSON()")
        assert box["right"] > 0
        assert box["left"] < 1280
    assert len(seen) >= 4
    title = page.evaluate("document.activeElement.querySelector('title').textContent")
    page.keyboard.press("Enter")
    assert page.locator("#details-name").inner_text() == title
    assert page.locator("dialog li").count() or page.locator("dialog dd").count()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.querySelector('title').textContent") == title


def test_the_details_tell_of_every_step_of_the_note(made, visit):
    page = visit(made("foodvalley"))
    page.evaluate("document.querySelector('.lane svg a[href$=\"VO2509/ondersteuningsplan/2027-08-01/steps\"]').focus()")
    page.keyboard.press("Enter")
    told = page.locator("dialog[open]").inner_text()
    for sentence in ("vóór 1 mei 2027", "6 weken vóór 16 april 2027", "5 maart 2027", "WVO 2020 2.47 lid 11"):
        assert sentence in told


# --- without a script, without styles


@pytest.mark.parametrize("region", REGIONS)
def test_without_a_script_the_page_has_everything_and_no_button_that_does_nothing(region, made, visit):
    with_script, without = visit(made(region)), visit(made(region), java_script_enabled=False)
    for part in ("#next", "#answers", "#tables", "#grounds", ".lanes", ".legend"):
        assert without.locator(part).text_content() == with_script.locator(part).text_content()
    assert not without.locator("#tools").is_visible()
    link = without.locator(".lane svg a").nth(1)
    target = link.get_attribute("href")
    link.click()
    assert without.url.endswith(target)


def test_without_styles_it_reads_from_above_to_below(made, visit):
    page = visit(made("foodvalley"), java_script_enabled=False)
    source = re.sub(r"<style>.*?</style>", "", made("foodvalley").read_text(encoding="utf-8"), flags=re.DOTALL)
    page.set_content(source)
    text = page.locator("body").inner_text()
    order = ["Regio Foodvalley", "Wat nu", "Drie vragen", "Tijdlijn", "Wat de tekens betekenen", "Tabellen", "Gronden"]
    places = [text.rindex(f"\n{word}") if word != "Regio Foodvalley" else text.index(word) for word in order]
    assert places == sorted(places)
    assert "uit de pas" in text


@pytest.mark.parametrize("lines", ["\n", "\r\n", "\n\n\n  "])
def test_a_house_style_holds_as_it_is_and_is_light_unless_it_says_otherwise(lines, tmp_path, visit):
    style, made = tmp_path / "huisstijl.css", tmp_path / "bladzij.html"
    token = "--utrecht-button-primary-action-background-color"
    rules = [".proef-theme {", f"{token}: #123456;", "}", "", "h1::after { content: '<' }"]
    style.write_bytes(lines.join(rules).encode())
    assert run("timeline", "foodvalley", "--style", style, "--today", TODAY, "-o", made).code == 0
    page = visit(made, color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.querySelector('#today')).backgroundColor") == "rgb(18, 52, 86)"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


# --- labels


OVERLAPS = """() => {
  const found = [], boxes = [];
  for (const text of document.querySelectorAll('svg.chart text')) {
    const box = text.getBoundingClientRect();
    if (!box.width) continue;
    const area = text.closest('svg').getBoundingClientRect();
    const name = `${text.textContent} (${Math.round(box.left)},${Math.round(box.top)})`;
    const inside = box.left >= area.left - 1 && box.right <= area.right + 1;
    if (!inside || box.top < area.top - 1 || box.bottom > area.bottom + 1) found.push(`spills: ${name}`);
    const bar = text.closest('a, g') && [...text.closest('a, g').querySelectorAll('.plan, .council, .agreement')][0];
    if (bar && text.closest('a')) {
      const around = bar.getBoundingClientRect();
      if (box.right > around.right + 1) found.push(`out of its bar: ${name}`);
    }
    for (const [other, label] of boxes)
      if (box.left < other.right - .5 && other.left < box.right - .5
          && box.top < other.bottom - 1.5 && other.top < box.bottom - 1.5) found.push(`${label} / ${name}`);
    boxes.push([box, name]);
  }
  for (const name of document.querySelectorAll('.lane .name'))
    if (name.scrollWidth > name.clientWidth + 1) found.push(`spills: ${name.textContent}`);
  return [boxes.length, found];
}"""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [390, 1280, 1920])
@pytest.mark.parametrize("region", [*REGIONS, WIDE])
def test_no_label_lies_over_another_or_out_of_its_bar(region, width, lang, made, visit):
    page = visit(made(region, lang=lang), width=width)
    count, found = page.evaluate(OVERLAPS)
    assert count > 60
    assert found == []
    for _ in range(3):
        page.click("#in")
    assert page.evaluate(OVERLAPS)[1] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", [*REGIONS, WIDE])
def test_no_label_of_the_drawing_on_its_own_lies_over_another(region, lang, made, browser):
    page = browser.new_page(viewport={"width": 1700, "height": 900})
    page.set_content(made(region, "svg", lang).read_text(encoding="utf-8"))
    count, found = page.evaluate(OVERLAPS)
    page.close()
    assert count > 60
    assert found == []


def test_a_text_never_takes_more_room_than_it_was_given(made, browser):
    from cycleplan.outputs.chart import lettering

    page = browser.new_page()
    page.set_content(made(WIDE, "svg").read_text(encoding="utf-8"))
    texts = page.evaluate(
        """() => [...document.querySelectorAll('text')].map(t => {
          const s = getComputedStyle(t);
          return [t.textContent, parseFloat(s.fontSize), +s.fontWeight >= 600, t.getComputedTextLength()];
        })"""
    )
    page.close()
    assert len(texts) > 200
    for text, size, bold, taken in texts:
        assert taken <= lettering.width(text, size, bold) + 0.5, text


# --- what the script adds


def test_the_wheel_with_ctrl_and_the_keys_zoom_and_dragging_goes_to_other_years(made, visit):
    page = visit(made("foodvalley"))
    wide_ = "document.querySelector('.lane svg').getBoundingClientRect().width"
    left = "document.querySelector('.scroll').scrollLeft"
    before = page.evaluate(wide_)
    page.locator(".lane.region").scroll_into_view_if_needed()
    box = page.locator(".lane.region").bounding_box()
    page.mouse.move(box["x"] + 600, box["y"] + 20)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    page.wait_for_function(f"{wide_} > {before * 1.2}")
    page.locator(".scroll").focus()
    page.keyboard.press("0")
    assert page.evaluate(wide_) == before
    page.keyboard.press("+")
    assert page.evaluate(wide_) > before
    page.keyboard.press("-")
    assert page.evaluate(wide_) == pytest.approx(before)
    page.click("#in")
    page.locator(".lane.region").scroll_into_view_if_needed()
    box = page.locator(".lane.region").bounding_box()
    was = page.evaluate(left)
    page.mouse.move(box["x"] + 700, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 500, box["y"] + 20, steps=4)
    page.mouse.up()
    assert page.evaluate(left) == pytest.approx(was + 200, abs=2)
    assert not page.locator("dialog[open]").count()


def test_two_fingers_zoom(made, visit):
    page = visit(made("foodvalley"), width=390, has_touch=True, is_mobile=True)
    wide_ = "document.querySelector('.lane svg').getBoundingClientRect().width"
    page.locator(".lanes").scroll_into_view_if_needed()
    before = page.evaluate(wide_)
    box = page.locator(".scroll").bounding_box()
    y = max(box["y"], 0) + 80
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *places: float) -> None:
        points = [{"x": x, "y": y, "id": i} for i, x in enumerate(places)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 200)
    touch("touchStart", 200, 240)
    for step in range(1, 6):
        touch("touchMove", 200 - 10 * step, 240 + 10 * step)
    touch("touchEnd")
    assert page.evaluate(wide_) > before * 1.5


def test_one_party_leaves_those_that_it_plans_with_in_picture_and_tables(made, visit):
    page = visit(made("foodvalley"))
    page.select_option("#who", "GM0228")
    lanes = page.evaluate("[...document.querySelectorAll('.lane:not([hidden])')].map(l => l.dataset.lane)")
    assert set(lanes) - {"axis-top", "axis-bottom"} >= {"GM0228", "PO2510", "foodvalley"}
    assert "GM0203" not in lanes
    assert "PO2509" not in lanes
    rows = page.locator("#tables tbody tr:visible").all_text_contents()
    assert any("PO2510 2026–2030" in row for row in rows)
    assert not any("PO2509" in row for row in rows)
    page.select_option("#who", "")
    assert page.locator(".lane[hidden]").count() == 0


@pytest.mark.parametrize("slower", [1, 4], ids=["as fast as here", "on a slow machine"])
def test_the_address_keeps_what_is_seen(slower, made, visit):
    page = visit(made("foodvalley"))
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.select_option("#who", "VO2509")
    page.click("#in")
    page.click("#window")
    page.locator(".lane svg a[href$='VO2509/ondersteuningsplan/2027-08-01']").evaluate(
        "a => a.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))"
    )
    page.wait_for_url(re.compile("entry="))  # the address is written a little later
    shared, left = page.url, page.evaluate("document.querySelector('.scroll').scrollLeft")
    name = page.locator("#details-name").inner_text()
    assert left > 20
    page.goto("about:blank")
    page.goto(shared)
    page.locator("#details-name").wait_for()
    assert page.locator("#who").input_value() == "VO2509"
    assert page.locator("#details-name").inner_text() == name
    assert page.evaluate("document.querySelector('.scroll').scrollLeft") == pytest.approx(left, abs=5)


@pytest.mark.parametrize(
    "state",
    [
        "who=GM9999&zoom=x&day=never&entry=nergens",
        "zoom=1e99&day=9999-99-99",
        "entry=%3Cimg%20src%3Dx%3E",
        "who=%22%5D",
    ],
)
def test_an_address_that_somebody_made_up_breaks_nothing(state, made, visit):
    page = visit(made("foodvalley"))
    page.goto(f"{made('foodvalley').as_uri()}#{state}")
    page.reload()
    page.wait_for_selector("#tools:not([hidden])")
    assert page.locator(".lane:not([hidden])").count() > 10
    assert not page.locator("dialog[open]").count()


def test_it_begins_at_today_and_goes_to_the_next_windows_one_by_one(made, visit):
    page = visit(made("foodvalley"))
    room = page.evaluate("document.querySelector('.scroll').getBoundingClientRect().toJSON()")
    today = page.evaluate("[...document.querySelectorAll('text.now')][0].getBoundingClientRect().toJSON()")
    assert room["left"] < today["left"] < room["right"]
    for party in ("", "PO2510"):  # of a hidden lane nobody looks for the window
        page.select_option("#who", party)
        coming = windows_to_come(party)
        assert coming
        for first, owner in coming:
            page.click("#window")
            said = page.locator("#status").inner_text()
            assert said == f"{owner}: venster vanaf {words_of(aligned('foodvalley')).day(first)}"
        page.click("#window")
        assert page.locator("#status").inner_text() == "Na deze dag is er geen venster meer."


def windows_to_come(party: str) -> list[tuple[date, str]]:
    """The counting likely windows of plans in the years of the page that begin after today, by day."""
    recent = aligned("foodvalley").recent().horizon
    found = set()
    for plan in record("windows", "foodvalley", "--json", "--from", str(recent.first), "--to", str(recent.last))[
        "plans"
    ]:
        owner = plan["id"].partition("/")[0]
        for w in plan["windows"]:
            inside = w["last"] >= str(recent.first) and w["first"] <= str(recent.last)
            if w["certainty"] == "likely" and w["counts"] and inside and w["first"] > TODAY and party in ("", owner):
                found.add((date.fromisoformat(w["first"]), owner))
    by_day = dict(sorted(found, reverse=True))  # of two on one day one is gone to
    return sorted(by_day.items())


def test_after_panning_a_bar_still_opens_by_keyboard(made, visit):
    page = visit(made("foodvalley"))
    page.locator(".lane.region").scroll_into_view_if_needed()
    box = page.locator(".lane.region").bounding_box()
    page.mouse.move(box["x"] + 700, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 600, box["y"] + 20, steps=4)
    page.mouse.up()
    page.locator(".lane svg a[tabindex='0']").focus()
    page.keyboard.press("Enter")
    assert page.locator("dialog[open]").count() == 1


def test_the_address_of_a_heading_stays_that_of_the_heading(made, visit):
    page = visit(made("foodvalley"))
    page.goto("about:blank")
    page.goto(f"{made('foodvalley').as_uri()}#grounds")
    page.wait_for_timeout(400)
    assert page.url.endswith("#grounds")
    assert page.evaluate("document.querySelector('#grounds').getBoundingClientRect().top") < 800
    page.locator(".lane svg a").nth(1).evaluate("a => a.focus()")
    page.keyboard.press("Enter")
    page.click("#details-row")
    page.wait_for_timeout(400)
    assert page.locator("dialog[open]").count() == 0
    assert "=" not in page.url


@pytest.mark.parametrize("width", [390, 1280])
def test_all_years_are_seen_at_once(width, made, visit):
    page = visit(made("foodvalley"), width=width)
    page.click("#whole")
    seen = "(s => s.scrollWidth <= s.clientWidth + 2)(document.querySelector('.scroll'))"
    assert page.evaluate(seen)


# --- on paper


@pytest.mark.parametrize("region", [*REGIONS, WIDE])
def test_print_is_a3_landscape_and_loses_nothing(region, made, visit, tmp_path):
    page = visit(made(region))
    page.click("#in")  # what was seen on the screen is no matter
    page.select_option("#who", index=1)
    page.emulate_media(media="print")
    pdf = tmp_path / "bladzij.pdf"
    page.pdf(path=str(pdf), prefer_css_page_size=True, print_background=True)
    info = subprocess.run([program("pdfinfo"), pdf], capture_output=True, encoding="utf-8", check=True).stdout
    wide_, high = map(float, re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", info).groups())
    assert (round(wide_ * 25.4 / 72), round(high * 25.4 / 72)) == (420, 297)
    command = [program("pdftotext"), "-raw", pdf, "-"]
    printed = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    said = page.evaluate(
        """() => [...document.querySelectorAll('h1, h2, h3, section li, td, th, .name span, svg.chart text')]
            .filter(e => !e.closest('dialog')).map(e => e.textContent)"""
    )
    letters = printed_letters(printed)
    assert len(said) > 300
    lost = [
        text for text in said if not all(printed_letters(word) in letters for word in re.split(r"[\s\u00ad]", text))
    ]
    assert lost == []
    labels = page.evaluate("[...document.querySelectorAll('svg.chart text')].map(t => t.textContent)")
    for label in set(labels):  # also the last years, which a narrow sheet would cut off
        assert printed_letters(label) in letters, label


def printed_letters(text: str) -> str:
    """The text without what a line break on paper changes."""
    return re.sub(r"[\s\u00ad-]+", "", text).replace("ﬁ", "fi").replace("ﬂ", "fl")


# --- how fast


def test_the_page_is_ready_within_a_blank_one_and_a_tenth_of_a_second(made, browser, tmp_path):
    blank = tmp_path / "leeg.html"
    blank.write_text("<!doctype html><html lang=nl><title>leeg</title><p>leeg", encoding="utf-8")
    times: dict[str, list[float]] = {"blank": [], "page": []}
    for _ in range(9):  # one after the other, so that both meet the same machine
        for name, path in (("blank", blank), ("page", made("foodvalley"))):
            page = browser.new_page()
            page.goto(path.as_uri())
            times[name].append(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))
            page.close()
    # The least of each: what else the machine did is in all of them.
    assert min(times["page"]) <= min(times["blank"]) + 100, times
