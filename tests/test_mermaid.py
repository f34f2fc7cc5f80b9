"""The Mermaid chart: a line per task, sections per lane, and nothing of a name that its grammar could read."""

import html
import re
from datetime import date, timedelta

import pytest
from hostile import HOSTILE
from running import LANGUAGES, REGIONS, alignment_of, recent_period, record, region_text, told, words_of

from cycleplan.outputs import mermaid
from cycleplan.timeline import build

HEAD = [
    "---", "displayMode: compact", "config: {gantt: {leftPadding: 180}}", "---", "gantt",
]  # fmt: skip
_TASK = re.compile(
    r"    ([^:#;%<>{}\"&]|#\d+;)+ :(?:(?:active|done|crit), )?(t\d+), (\d{4}-\d\d-\d\d), (\d{4}-\d\d-\d\d)"
)
_MILESTONE = re.compile(r"    ([^:#;%<>{}\"&]|#\d+;)+ :milestone, (t\d+), (\d{4}-\d\d-\d\d), 0d")
_SECTION = re.compile(r"    section ([^:#;%<>{}\"&\n]|#\d+;)+")


def chart(name: str) -> str:
    alignment = alignment_of(region_text(name))
    return mermaid.render(build(alignment), words_of(alignment))


def name_of(line: str) -> str:
    """The name of a task or a section, as Mermaid shows it."""
    text = line.strip().removeprefix("section ").split(" :")[0]
    return html.unescape(re.sub(r"#(\d+);", r"&#\1;", text))


def shape(text: str) -> list[str]:
    """Each line by its kind; raises for a line that is none."""
    lines = text.splitlines()
    assert lines[:5] == HEAD
    assert re.fullmatch(r"    title ([^:#;%<>{}\"&]|#\d+;)+", lines[5])
    assert lines[6:9] == ["    dateFormat YYYY-MM-DD", "    axisFormat %Y", "    tickInterval 12month"]
    kinds = {"task": _TASK, "milestone": _MILESTONE, "section": _SECTION}
    return [next(kind for kind, pattern in kinds.items() if pattern.fullmatch(line)) for line in lines[9:]]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", REGIONS)
def test_a_chart_has_a_task_for_what_is_drawn_of_the_timeline(region: str, lang: str) -> None:
    text = told("timeline", region, "--format", "mermaid", "--lang", lang)
    days = record("timeline", region, "--format", "json", *recent_period(region))
    bars = {"plan", "consultation", "council", "standstill", "agreement"}
    windows = record("windows", region, "--json")["plans"]
    counting = {w["id"] for p in windows for w in p["windows"] if w["counts"] and w["certainty"] == "likely"}
    entries = [e for e in days["entries"] if e["kind"] in bars or e["id"] in counting]
    region_windows = [e for e in days["entries"] if e["kind"] == "region_window" and e["certainty"] == "likely"]
    found = shape(text)
    assert len(entries) < found.count("task") <= len(entries) + len(region_windows)
    assert found.count("milestone") == sum(e["kind"] in ("elected", "submission") for e in days["entries"])
    drawn = {e["lane"] for e in entries}
    assert found.count("section") == len(drawn | {region})
    assert len(text) < 50_000  # where Mermaid gives up


def test_a_task_ends_on_the_day_after_its_last() -> None:
    lines = told("timeline", "foodvalley", "--format", "mermaid").splitlines()
    section = lines.index("    section PO2510 SWV Rijn #38; Gelderse Vallei")
    assert re.fullmatch(r"    2022–2026 in de pas :t\d+, 2022-08-01, 2026-08-01", lines[section + 1])
    assert re.fullmatch(r"    venster 18 d :active, t\d+, 2026-01-15, 2026-02-02", lines[section + 3])
    assert re.fullmatch(r"    inzending :milestone, t\d+, 2026-04-30, 0d", lines[section + 4])


def test_ids_are_simple_and_follow_each_other() -> None:
    text = told("timeline", "foodvalley", "--format", "mermaid")
    ids = re.findall(r"\b(t\d+), \d{4}", text)
    assert ids == [f"t{i}" for i in range(1, len(ids) + 1)]


def test_no_bar_goes_outside_the_period_asked_for() -> None:
    text = told("timeline", "foodvalley", "--format", "mermaid", "--from", "2026-08-01", "--to", "2030-07-31")
    days = [date.fromisoformat(day) for day in re.findall(r"\d{4}-\d\d-\d\d", text)]
    assert min(days) >= date(2026, 8, 1)
    assert max(days) <= date(2030, 7, 31) + timedelta(days=1)


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_name_comes_back_as_typed_and_makes_no_line(name: str) -> None:
    text = chart(name)
    assert shape(text) == shape(chart("Proefregio"))
    typed = " ".join(re.sub(r"[\x00-\x1f\u2028]", " ", name).split())
    assert f"PO2510 {typed}" in [name_of(line) for line in text.splitlines()]
    assert typed in [name_of(line) for line in text.splitlines()]  # the agreement


@pytest.mark.parametrize("name", ["section x", "TITLE y", "click z", "Ganttum", "2024-01-01 x", "callt", "href"])
def test_a_name_that_begins_as_a_keyword_begins_with_an_entity(name: str) -> None:
    assert f"\n    #{ord(name[0])};{name[1:]} :" in chart(name)


def test_a_long_name_is_cut() -> None:
    lines = chart("Zeer " * 60).splitlines()
    assert max(len(name_of(line)) for line in lines[9:]) == 60
