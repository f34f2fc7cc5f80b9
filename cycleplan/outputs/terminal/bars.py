"""The bar chart of the years above the timeline: a line per row, as many months to a column as there is room for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby, pairwise
from operator import itemgetter

from cycleplan.assessment import Verdict
from cycleplan.daterules import Status
from cycleplan.entries import Entry
from cycleplan.outputs.rows import Row, by_months, label, mark, rows, seen
from cycleplan.outputs.terminal.check import VERDICT_STYLES
from cycleplan.outputs.textpage import TextPage, one_line
from cycleplan.periods import DAY, Period
from cycleplan.timeline import Timeline
from cycleplan.wording.words import Words

_MONTHS = (1, 2, 3, 4, 6, 12, 24, 48)  # in a column; up to twelve they fit in a school year
_LEAST_LABEL, _MOST_LABEL = 20, 36
_MOST_PARTS = 4  # of a month
_OF_A_LANE = {"partnership": "plans", "municipality": "councils"}  # what its first row shows, without saying so
_STYLES = {
    "windows": "bold cyan",
    "elected": "bold",
    "standstill": "magenta",
    "council": "dim",
    "agreement": "",
    "not_judged": "",
    **{verdict.value: VERDICT_STYLES[verdict] for verdict in Verdict},
}
Cell = tuple[str, str]  # a character and its style


def bars(page: TextPage, timeline: Timeline, words: Words) -> None:
    """Put the chart on the page, with its axis above it and its legend below."""
    drawn = [(row, _label(row, new, words)) for row, new in _with_heads(rows(timeline))]
    if not drawn:
        return
    columns, months = _columns(timeline.period, page.width - _LEAST_LABEL - 1)
    longest = max(len(text) for _, text in drawn)
    wide = min(max(longest, _LEAST_LABEL), _MOST_LABEL, page.width - len(columns) - 1)
    pad = " " * (wide + 1)
    page.line(pad + _axis(columns, months, words))
    today = next((i for i, days in enumerate(columns) if timeline.today in days), None)
    if today is not None:
        page.line(pad, (_marked(today, words.say("chart.today"), len(columns)), "bold"))
    for row, text in drawn:
        short = text if len(text) <= wide else f"{text[: wide - 1]}…"
        cells = _cells(row, columns, words)
        if today is not None:  # on a screen that shows styles
            cells[today] = cells[today][0], f"{cells[today][1]} reverse".strip()
        parts = [("".join(c for c, _ in run), style) for style, run in groupby(cells, itemgetter(1))]
        page.line(f"{short:<{wide}} ", *parts)
    page.paragraph(words.say("chart.legend", **_marks(words)), 0)
    unit = words.count(months, "month") if months else words.say("chart.part_of_month")
    page.paragraph(words.say("chart.scale", unit=unit), 0)


def _with_heads(found: Iterator[Row]) -> Iterator[tuple[Row, bool]]:
    """The rows, and whether each is the first of its lane."""
    before = None
    for row in found:
        yield row, row.lane != before
        before = row.lane


def _label(row: Row, new: bool, words: Words) -> str:
    """Whose the first row of a lane is; of the others, and of what would not be guessed, what it shows."""
    what = one_line(label(row, words))
    if not new:
        return f"  {what}"
    name = row.lane.coded if row.lane.kind == "partnership" else row.lane.name
    guessed = row.what == _OF_A_LANE.get(row.lane.kind) and what == words.say(f"row.{row.what}")
    return one_line(name) if guessed else f"{what}, {one_line(name)}"  # the name can be cut off


def _columns(period: Period, room: int) -> tuple[list[Period], int]:
    """The days of each column, and how many months they are; 0 if a column is a part of a month."""
    found: list[Period] = []
    for months in _MONTHS:
        found = list(by_months(period, months))
        if len(found) <= room:
            break
    parts = min(room // len(found), _MOST_PARTS)
    if months > 1 or parts < 2:
        return found, months
    return [part for month in found for part in _parts(month, parts)], 0


def _parts(days: Period, count: int) -> Iterator[Period]:
    edges = [days.first + DAY * (days.days * i // count) for i in range(count + 1)]
    return (Period(a, b - DAY) for a, b in pairwise(edges))


def _axis(columns: Sequence[Period], months: int, words: Words) -> str:
    """The years, each where its January is, or the months where they are wide; as many as can be told apart."""
    line = ""
    for i, days in enumerate(columns):
        text = str(days.last.year) if date(days.last.year, 1, 1) in days else ""
        if not months and days.first.day == 1:
            text = words.month_of(days.first, year=i == 0 or days.first.month == 1)
        if text and i >= len(line) + (1 if line else 0) and (i == 0 or i + len(text) <= len(columns)):
            line = f"{line:<{i}}{text}"
    return line


def _marked(at: int, text: str, width: int) -> str:
    """A mark in a column, with a text on the side where there is room for it."""
    if at + len(text) + 2 <= width:
        return f"{'':{at}}v {text}"
    return f"{text} v".rjust(at + 1) if len(text) + 2 <= at + 1 else f"{'':{at}}v"


def _cells(row: Row, columns: Sequence[Period], words: Words) -> list[Cell]:
    if row.what == "plans" and not row.entries:
        text = words.say("unknown")[: len(columns)]
        return [(c, "dim") for c in text.ljust(len(columns))]
    found = [seen(row, days) for days in columns]
    cells = [(mark(one, words), _STYLES[one.code]) if one else (" ", "") for one in found]
    if row.what in ("plans", "agreement"):
        shown = Period(columns[0].first, columns[-1].last)
        for entry in row.entries:
            places = [i for i, one in enumerate(found) if one and one.entry is entry]
            _draw_bar(cells, places, entry, shown)
    return cells


def _draw_bar(cells: list[Cell], places: Sequence[int], entry: Entry, shown: Period) -> None:
    """A bar between brackets with its letter in the middle; where it goes on outside the chart there is none."""
    if not places:
        return
    first, last = places[0], places[-1]
    fill = "-" if entry.status in (Status.EXPECTED, Status.ASSUMED) else "="
    middle = (first + last) // 2
    for i in places:
        begins = i == first and entry.first.day >= shown.first
        ends = i == last and entry.last.day <= shown.last and not entry.open_ended
        if i == middle and first != last and cells[i][0] == "=":  # no verdict, no letter
            cells[i] = fill, cells[i][1]
        if i != middle:
            cells[i] = "[" if begins else "]" if ends else fill, cells[i][1]


def _marks(words: Words) -> dict[str, str]:
    """The marks by their codes, for the legend."""
    return {code: words.say(f"mark.{code}") for code in _STYLES}
