"""The bar chart above the timeline: bars under their months, legible without colour, never wider than asked for."""

import re
from functools import cache
from itertools import takewhile

import pytest
from hostile import HOSTILE
from running import LANGUAGES, REGIONS, TODAY, aligned, alignment_of, region_text, run, words_of

from cycleplan.outputs.terminal import timeline as timeline_screen
from cycleplan.timeline import build

_ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


@cache
def text_of(region: str, width: int, lang: str = "nl", color: bool = False) -> str:
    alignment = aligned(region).recent()
    return timeline_screen.timeline(build(alignment), alignment, words_of(alignment, lang), color, width)


def chart_of(text: str) -> list[str]:
    """The lines of the chart: those between the first two empty ones."""
    lines = text.splitlines()
    start = lines.index("") + 1
    return list(takewhile(bool, lines[start:]))


def bars_of(text: str) -> dict[str, str]:
    """The rows of the chart by their labels; two rows of one party get the party's label before them."""
    lines = chart_of(text)
    start = len(lines[0]) - len(lines[0].lstrip())
    wide = next(i for i in range(start, 0, -1) if all(line[i - 1 : i] in (" ", "") for line in lines[:-3]))
    rows, party = {}, ""
    for line in lines[2:]:
        label, bar = line[:wide].rstrip(), line[wide:]
        party = party if label.startswith("  ") else label
        rows[label if label == party else f"{party}/{label.strip()}"] = bar
    return rows


@pytest.mark.parametrize("width", [80, 100, 133, 160, 200])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", REGIONS)
def test_no_line_is_wider_than_asked_for(region: str, lang: str, width: int) -> None:
    lines = text_of(region, width, lang).splitlines()
    assert max(len(line) for line in lines) <= width
    assert max(len(line) for line in chart_of(text_of(region, width, lang))) > width * 0.7


@pytest.mark.parametrize("first", ["2010-01-01", "2024-05-17", "2026-11-01", "2027-02-19"])
@pytest.mark.parametrize("last", ["2027-02-19", "2027-07-31", "2031-01-01", "2060-12-31"])
def test_any_period_fits_on_80_columns(first: str, last: str) -> None:
    text = run("timeline", "foodvalley", "--from", first, "--to", last, "--today", TODAY).out
    assert max(len(line) for line in text.splitlines()) <= 80
    assert len(chart_of(text)) > 20


def test_a_bar_stands_under_its_months() -> None:
    # At 160 columns a column is two months, from August 2022 on: PO2510's plan is 24 columns, then its next one.
    rows = bars_of(text_of("foodvalley", 160))
    plan = rows["PO2510 SWV Rijn & Gelderse Vallei"]
    assert plan[:24] == "[" + "=" * 10 + "P" + "=" * 11 + "]"
    assert plan[24:48] == "[" + "-" * 10 + "u" + "-" * 11 + "]"
    # Its window, from 15 January to 1 February 2026: columns December/January and February/March.
    window = rows["PO2510 SWV Rijn & Gelderse Vallei/vensters"]
    assert [i for i, c in enumerate(window[:40]) if c == "#"] == [20, 21]
    ede = rows["Ede"]
    assert ede[21:24] == "V~~"  # March 2026; standstill until June
    assert set(ede[:21]) == {"."}
    assert rows["VO2511 SWV Barneveld-Veenendaal"] == "onbekend"


def test_the_years_stand_at_their_januaries_and_today_is_marked() -> None:
    lines = chart_of(text_of("foodvalley", 160))
    start = lines[0].index("2023") - 2  # August to November before it
    assert [lines[0][start + 2 + 6 * i :][:4] for i in range(12)] == [str(2023 + i) for i in range(12)]
    # 22 November 2026 is in the second column of the fifth school year: October and November.
    assert lines[1].index("v") == start + 4 * 6 + 1
    assert lines[1].endswith("v vandaag")


def test_months_are_split_where_there_is_room() -> None:
    text = run("timeline", "foodvalley", "--from", "2026-08-01", "--to", "2027-07-31", "--today", TODAY).out
    assert "Eén teken is een deel van een maand" in text
    assert len(chart_of(text)[2]) > 60


@pytest.mark.parametrize("region", REGIONS)
def test_colour_changes_no_character(region: str) -> None:
    colored = text_of(region, 120, color=True)
    assert "\x1b[" in colored
    assert _ESCAPE.sub("", colored) == text_of(region, 120)


@pytest.mark.parametrize("region", REGIONS)
def test_the_chart_is_of_characters_that_every_console_has(region: str) -> None:
    for line in chart_of(text_of(region, 80)):
        assert line.encode("cp1252")
    assert all(bar.isascii() for bar in list(bars_of(text_of(region, 80)).values())[:-3])


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_name_makes_no_line_and_no_wide_one(name: str) -> None:
    for shown in (name, name * 20):
        alignment = alignment_of(region_text(shown))
        text = timeline_screen.timeline(build(alignment), alignment, words_of(alignment))
        assert max(map(len, text.splitlines())) <= 80
        plain = alignment_of(region_text())
        expected = timeline_screen.timeline(build(plain), plain, words_of(plain))
        assert len(chart_of(text)) == len(chart_of(expected))


def test_plans_of_one_kind_that_overlap_stand_on_lines_of_their_own() -> None:
    plan = {"kind": "regiovisie", "status": "actual", "source": "x"}
    plans = [
        {**plan, "id": "a", "name": "A", "first": "2024-01-01", "last": "2027-12-31"},
        {**plan, "id": "b", "name": "B", "first": "2026-01-01", "last": "2029-12-31"},
        {**plan, "id": "c", "name": "C", "first": "2028-01-01", "last": "2031-12-31"},
    ]
    alignment = alignment_of(region_text(plans=plans))
    text = timeline_screen.timeline(build(alignment), alignment, words_of(alignment))
    rows = [line for line in chart_of(text) if "regiovisie" in line]
    assert len(rows) == 2
    assert [len(re.findall(r"\[[=-]*\]", row)) for row in rows] == [2, 1]
