"""The drawing of a timeline: what is in it, where it stands, how it looks. A browser measures labels."""

import re
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import wide
from running import LANGUAGES, REGIONS, aligned, alignment_of, run, words_of

from cycleplan.outputs.chart import lettering
from cycleplan.outputs.chart.layout import Chart, draw
from cycleplan.outputs.chart.shapes import Item, Mark
from cycleplan.resources import region_files
from cycleplan.timeline import Timeline, build

SVG = "{http://www.w3.org/2000/svg}"


@cache
def drawn(region: str, *more: str) -> ET.Element:
    ran = run("timeline", region, "--format", "svg", "--today", "2026-11-22", *more)
    assert (ran.code, ran.err) == (0, "")
    return ET.fromstring(ran.out)


@cache
def recent(region: str) -> Timeline:
    return build(aligned(region).recent())


@cache
def chart(region: str) -> Chart:
    return draw(recent(region), words_of(aligned(region)))


def texts(root: ET.Element) -> list[str]:
    return [text.text or "" for text in root.iter(f"{SVG}text")]


def titles(root: ET.Element) -> list[str]:
    return [title.text or "" for title in root.iter(f"{SVG}title")]


def shapes(region: str, item: Item) -> tuple[Mark, ...]:
    """The marks of an item, also those that it shares with others."""
    shared = dict(chart(region).shared)
    return tuple(mark for own in item.marks for mark in shared.get(own.ref, (own,)))


def bar(region: str, item: Item) -> Mark:
    return next(mark for mark in shapes(region, item) if mark.style.startswith("plan"))


# --- what is in it


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", REGIONS)
def test_the_drawing_stands_alone_with_a_title_and_a_description_that_names_the_windows_to_come(region, lang):
    root = drawn(region, "--lang", lang)
    assert (root.get("role"), root.get("lang")) == ("img", lang)
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert aligned(region).region.name in title.text
    words = words_of(aligned(region), lang)
    to_come = [
        w.period
        for a in aligned(region).recent().assessments
        for w in a.windows("likely")
        if w.counts and w.period.last >= date(2026, 11, 22) and w.period & recent(region).period
    ]
    assert to_come
    assert all(words.span(period) in description.text for period in to_come)


@pytest.mark.parametrize("region", REGIONS)
def test_nothing_in_the_drawing_leads_out_of_it_or_runs(region):
    root = drawn(region)
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in {
            "svg", "title", "desc", "style", "defs", "pattern", "g", "path", "circle", "use", "text",
        }  # fmt: skip
        assert all(not name.startswith("on") for name in element.attrib)
        assert element.get("href", "#").startswith("#")
    assert "url(" not in re.sub(r"url\(#[a-z]+\)", "", next(root.iter(f"{SVG}style")).text)


@pytest.mark.parametrize("region", REGIONS)
def test_every_id_that_is_referred_to_is_there_once(region):
    root = drawn(region)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    assert {element.get("href")[1:] for element in root.iter(f"{SVG}use")} <= set(ids)


@pytest.mark.parametrize("region", REGIONS)
def test_partnerships_stand_above_municipalities_below_and_the_region_between(region):
    kinds = [strip.kind for strip in chart(region).strips]
    lanes = [kind for kind in kinds if kind not in ("axis", "group")]
    assert lanes == sorted(lanes, key=["partnership", "region", "municipality"].index)
    assert (kinds[0], kinds[-1]) == ("axis", "axis")
    assert {s.id for s in chart(region).strips if s.kind == "partnership"} == set(aligned(region).region.partnerships)


@pytest.mark.parametrize("region", REGIONS)
def test_every_plan_council_and_agreement_within_the_years_has_a_bar_and_every_making_a_row(region):
    within = recent(region).period
    pointed = {item.target for strip in chart(region).strips for item in strip.items}
    bars = {e.id for e in recent(region).entries if e.kind in ("plan", "council", "agreement")}
    makings = {
        f"{e.values['plan'].id}/steps"
        for e in recent(region).entries
        if e.kind in ("consultation", "submission") and e.period & within
    }
    assert pointed - {f"{region}/windows"} >= bars | makings
    assert {target for target in pointed if target.endswith("/steps")} >= makings


@pytest.mark.parametrize("region", REGIONS)
def test_every_polling_day_within_the_years_stands_in_it_with_its_date(region):
    words, within = words_of(aligned(region)), recent(region).period
    days = {e.first.day for e in recent(region).entries if e.kind == "elected" and e.first.day in within}
    assert days
    for day in days:
        assert any(words.short_day(day, True) in text for text in texts(drawn(region)))


@pytest.mark.parametrize("region", REGIONS)
def test_today_the_calendar_years_and_the_school_years_are_on_the_axis(region):
    shown = texts(drawn(region))
    assert "vandaag 22 nov 2026" in shown
    period = recent(region).period
    for year in range(period.first.year + 1, period.last.year):
        assert shown.count(str(year)) == 2  # above and below
        assert shown.count(f"{year}–{year + 1}") >= 2


def test_a_day_outside_the_years_is_not_drawn_as_today():
    root = drawn("foodvalley", "--from", "2028-08-01", "--to", "2032-07-31")
    assert not any("vandaag 22" in text for text in texts(root))


# --- where it stands


@pytest.mark.parametrize("region", REGIONS)
def test_a_bar_begins_on_its_first_day_and_ends_after_its_last(region):
    scale = chart(region).scale
    a_day = scale.year / 365.25
    for strip in chart(region).strips:
        for item in strip.items:
            entry = recent(region).find(item.target)
            if entry is None or entry.kind != "plan" or not (entry.period & scale.period):
                continue
            begin, wide = map(float, re.match(r"M([-\d.]+) [-\d.]+h([-\d.]+)", bar(region, item).d).groups())
            first = (entry.first.day - scale.period.first).days * a_day
            after = ((entry.last.day - scale.period.first).days + 1) * a_day
            assert begin == pytest.approx(max(first, -24), abs=0.06)
            assert begin + wide == pytest.approx(min(after, scale.width + 24), abs=0.12)


@pytest.mark.parametrize("region", REGIONS)
def test_strips_lie_under_each_other(region):
    for above, below in pairwise(chart(region).strips):
        assert below.top == pytest.approx(above.top + above.height)
    assert chart(region).height == pytest.approx(sum(s.height for s in chart(region).strips))


@pytest.mark.parametrize(("years", "least"), [(4, 300), (8, 150), (16, 76), (30, 76)])
def test_few_years_get_more_room_and_many_never_too_little(years, least):
    whole = aligned("foodvalley")
    from_now = whole.recent(date(2024, 8, 1), date(2024 + years, 7, 31))
    assert draw(build(from_now), words_of(whole)).scale.year >= least


def test_bars_of_one_time_get_rows_of_their_own(tmp_path: Path):
    (tmp_path / "dertig.yaml").write_text(wide.text(), encoding="utf-8")
    root = drawn(str(tmp_path / "dertig.yaml"), "--from", wide.FROM, "--to", wide.TO)
    for group in root.find(f"{SVG}g").iter(f"{SVG}g"):  # without the legend
        boxes = []
        for path in group.findall(f"{SVG}g/{SVG}path"):
            if (path.get("class") or "").startswith(("plan", "council", "agreement")):
                x, y, w, h = map(float, re.match(r"M(\S+) (\S+)h(\S+)v(\S+)h", path.get("d")).groups())
                boxes.append((x, y, x + w, y + h))
        for i, a in enumerate(boxes):
            for b in boxes[:i]:
                apart = a[2] <= b[0] + 0.6 or b[2] <= a[0] + 0.6 or a[3] <= b[1] or b[3] <= a[1]
                assert apart, (a, b)


# --- how it looks


@pytest.mark.parametrize("region", REGIONS)
def test_the_style_of_a_line_says_the_status_and_the_sign_says_the_verdict_without_colour(region):
    signs = {"in_step": "v-in", "at_risk": "v-risk", "out_of_step": "v-out", None: None}
    for strip in chart(region).strips:
        for item in strip.items:
            entry = recent(region).find(item.target)
            if entry is None or entry.kind != "plan":
                continue
            assert bar(region, item).style == f"plan {'open' if entry.open_ended else f's-{entry.status}'}"
            found = {mark.ref for mark in shapes(region, item) if mark.ref}
            verdict = entry.values["verdict"]
            assert found <= {signs[verdict]}
            if verdict:
                assert words_of(aligned(region)).verdict(verdict) in item.title


def test_line_styles_differ_between_actual_planned_expected_and_assumed():
    style = next(drawn("foodvalley").iter(f"{SVG}style")).text
    dashes = [
        re.search(rf"\.s-{status} {{ stroke-dasharray: ([^;]+);", style)
        for status in ("planned", "expected", "assumed")
    ]
    assert all(dashes)
    assert len({found[1] for found in dashes}) == 3
    assert ".s-actual" not in style  # a whole line


def test_the_more_certain_a_window_is_the_higher_it_stands():
    heights: dict[str, set[float]] = {"possible": set(), "likely": set(), "certain": set()}
    for path in drawn("foodvalley").find(f"{SVG}g").iter(f"{SVG}path"):  # without the legend
        level = re.match(r"window (possible|likely|certain)", path.get("class") or "")
        if level:
            heights[level[1]] |= {float(high) for high in re.findall(r"v([\d.]+)", path.get("d"))}
    assert [len(found) for found in heights.values()] == [1, 1, 1]
    assert max(heights["possible"]) < max(heights["likely"]) < max(heights["certain"])


def test_a_plan_whose_end_is_not_known_says_so_and_has_a_line_of_its_own():
    root = drawn("foodvalley")
    assert "2014–, einde onbekend" in texts(root)
    assert any(path.get("class") == "plan open" for path in root.iter(f"{SVG}path"))


def test_a_partnership_without_a_plan_says_so():
    assert any("geen plan bekend" in text for text in texts(drawn("noord-kennemerland")))


def test_municipalities_of_the_region_come_before_the_others_that_are_consulted():
    names = texts(drawn("foodvalley"))
    assert names.index("Ede") < names.index("Buiten de regio") < names.index("Zeewolde")


def chart_of(text: str, today: str = "2026-11-22", first: str | None = None, last: str | None = None) -> Chart:
    alignment = alignment_of(text.encode(), today)
    days = [date.fromisoformat(day) if day else None for day in (first, last)]
    return draw(build(alignment.recent(*days)), words_of(alignment))


def marks_of(found: Chart, lane: str) -> list[Mark]:
    shared = dict(found.shared)
    strip = next(strip for strip in found.strips if strip.id == lane)
    return [mark for item in strip.items for own in item.marks for mark in shared.get(own.ref, (own,))]


FALLEN = """\
region: proef
name: Proef
revised: 2026-11-22
municipalities:
  - code: GM0228
    councils:
      - {elected: 2022-03-16, fell: 2024-04-01, college_formed: 2024-09-02, status: actual, source: verzonnen}
"""


def test_the_fall_of_a_college_and_the_standstill_after_it_lie_over_the_bar_of_its_council():
    found = chart_of(FALLEN, first="2022-08-01")
    marks = marks_of(found, "GM0228")
    styles = [mark.style for mark in marks]
    fell = next(mark for mark in marks if mark.ref == "fell")
    assert styles.index("council s-actual") < styles.index("fell")
    begin = found.scale.x(date(2024, 4, 1))
    assert float(fell.x) == pytest.approx(begin, abs=0.06)
    hatched = [mark.d for mark in marks if mark.style == "standstill"]
    assert any(d.startswith(f"M{begin:.1f}".removesuffix(".0")) for d in hatched)
    item = next(i for s in found.strips if s.id == "GM0228" for i in s.items if "gevallen" in i.title)
    assert "1 april 2024" in item.title


MERGING = """\
region: proef
name: Proef
revised: 2021-01-01
municipalities: [{code: GM1684}, {code: GM0756}, {code: GM1702}, {code: GM0786}, {code: GM0815}]
"""


def test_what_a_municipality_merges_into_has_a_lane_and_its_own_says_so():
    found = chart_of(MERGING, "2020-06-01")  # Land van Cuijk, 1 January 2022
    lanes = {strip.id: strip for strip in found.strips}
    assert {"GM0756", "GM1982"} <= lanes.keys()
    assert any(mark.text == "→ Land van Cuijk" for mark in lanes["GM0756"].back)
    assert any(mark.style == "merger" for mark in marks_of(found, "GM0756"))
    assert any(item.target.startswith("GM1982/council/") for item in lanes["GM1982"].items)


AGREEMENTS = """\
region: proef
name: Proef
revised: 2026-11-22
municipalities: [{code: GM0228}, {code: GM0289}]
agreements:
  - {name: NAME, id: een, parties: [GM0228, GM0289], first: 2028-01-01, last: 2032-12-31,
     adopted: {GM0228: 2027-12-01, GM0289: 2027-12-01}, status: actual, source: verzonnen}
  - {name: NAME, id: twee, parties: [GM0228, GM0289], first: 2028-01-01, last: 2032-12-31,
     adopted: {GM0228: 2027-12-01}, status: actual, source: verzonnen}
"""


@pytest.mark.parametrize("name", ["Kort", "Convenant over de jeugdhulp in het onderwijs en alles wat daarbij hoort"])
def test_each_agreement_has_its_own_suggestions_however_long_its_name(name):
    text = AGREEMENTS.replace("NAME", name)
    alignment = alignment_of(text.encode())
    timeline = build(alignment.recent())
    found = chart_of(text)
    for agreement in ("een", "twee"):
        id = f"proef/agreement/{agreement}"
        own = [e for e in timeline.entries if e.kind.startswith("suggested") and e.id.startswith(f"{id}/")]
        item = next(i for s in found.strips for i in s.items if i.target == id)
        assert len([mark for mark in item.marks if mark.ref == "milestone"]) == len(own)
    assert any(e.kind.startswith("suggested") for e in timeline.entries)


def test_a_window_of_which_the_holidays_are_not_known_is_pale_in_every_lane():
    found = chart("foodvalley")
    last = found.scale.x(date(2030, 8, 1))
    for lane in ("PO2509", "VO2509", "foodvalley"):
        for mark in marks_of(found, lane):
            if mark.style.startswith("window"):
                places = [float(x) for x in re.findall(r"M(-?[\d.]+)", mark.d)]
                assert places
                assert all((x > last) == ("unknown" in mark.style) for x in places)


def test_nothing_is_said_of_windows_that_lie_before_the_picture():
    found = chart_of(region_files()["foodvalley"].read_text(encoding="utf-8"), first="2027-03-02", last="2031-07-31")
    for strip in found.strips:
        for item in strip.items:
            if item.target.startswith("VO2509/ondersteuningsplan/2027-08-01"):
                assert "geen venster" not in item.title
                assert not any("geen venster" in mark.text for mark in item.marks)


def test_no_text_of_a_council_runs_under_the_next_standstill():
    found = chart_of(region_files()["noord-kennemerland"].read_text(encoding="utf-8"), "2018-01-01", "2017-08-01")
    shared = dict(found.shared)
    for strip in found.strips:
        hatched = [
            float(re.match(r"M(-?[\d.]+)", mark.d)[1])
            for item in strip.items
            for own in item.marks
            for mark in shared.get(own.ref, (own,))
            if mark.style.startswith("standstill")
        ]
        for item in strip.items if hatched else ():
            for mark in item.marks:
                if mark.text and mark.style == "":
                    begin = float(mark.x)
                    end = begin + lettering.width(mark.text, 12)
                    assert not any(begin < x < end for x in hatched), mark.text


# --- the same every time, and from strangers


def test_the_drawing_is_the_same_every_time():
    assert run("timeline", "foodvalley", "--format", "svg").raw == run("timeline", "foodvalley", "--format", "svg").raw


# --- lettering


def test_a_text_that_does_not_fit_is_cut_off_with_an_ellipsis_or_left_out():
    room = lettering.width("Regio Noord", 12)
    assert lettering.shortened("Regio Noord", room, 12) == "Regio Noord"
    cut = lettering.shortened("Regio Noord-Kennemerland", room, 12)
    assert cut.endswith("…")
    assert lettering.width(cut, 12) <= room
    assert lettering.shortened("Regio Noord-Kennemerland", 10, 12) == ""


def test_a_text_on_some_lines_keeps_its_words_in_order():
    room = lettering.width("SWV Rijn & Gelderse", 11)
    assert lettering.lines("SWV Rijn & Gelderse Vallei", room, 11, most=2) == ("SWV Rijn & Gelderse", "Vallei")
    assert lettering.lines("", room, 11, most=2) == ()


def test_the_longest_text_that_fits_is_chosen():
    texts = ("2026–2030 uit de pas, 0 %", "2026–2030", "26–30")
    assert lettering.fitting(texts, 500, 12) == texts[0]
    assert lettering.fitting(texts, lettering.width(texts[1], 12), 12) == texts[1]
    assert lettering.fitting(texts, 3, 12) == ""


@pytest.mark.parametrize("character", ["ë", "É", "漢", "😀", "ÿ"])
def test_a_letter_of_any_script_has_a_width(character):
    assert lettering.width(character, 12) >= 3
