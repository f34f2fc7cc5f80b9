"""The year grid of the workbook: rows of bars under the months of the school years, to be printed on A3."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from cycleplan.outputs.rows import Row, by_months, label, mark, rows, seen
from cycleplan.outputs.sheet.book import A3, HEAD, Book
from cycleplan.periods import Period
from cycleplan.timeline import Timeline
from cycleplan.workdays import SchoolYear

# What a cell looks like, by the code of what is in it; the sign in it says the same.
LOOKS: Mapping[str, Mapping[str, Any]] = MappingProxyType({
    "in_step": {"bg_color": "#A9D08E", "bold": True},
    "at_risk": {"bg_color": "#FFD966", "bold": True},
    "out_of_step": {"bg_color": "#F4A582", "bold": True},
    "not_judged": {"bg_color": "#D9D9D9"},
    "windows": {"bg_color": "#1F3864", "font_color": "#FFFFFF", "bold": True},
    "elected": {"bg_color": "#000000", "font_color": "#FFFFFF", "bold": True},
    "standstill": {"bg_color": "#C9B3DD"},
    "council": {"bg_color": "#EDEDED", "font_color": "#595959"},
    "agreement": {"bg_color": "#BDD7EE"},
})  # fmt: skip
_FIRST = 2  # the first column, and the first row, of the months
_YEARS_ON_A_PAGE = 5


def draw(book: Book, timeline: Timeline) -> None:
    """The sheet: a row per party and plan, windows, councils or agreement; a column per month."""
    words, sheet = book.words, book.sheet("grid", A3)
    first, last = (SchoolYear.on(day).period for day in (timeline.period.first, timeline.period.last))
    months = list(by_months(Period(first.first, last.last), 1))  # all of each school year
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 1, 26)
    sheet.set_column(_FIRST, _FIRST + len(months) - 1, 1.7)
    for column, code in enumerate(("party", "title")):
        sheet.merge_range(0, column, 1, column, words.say(f"column.{code}"), book.format(**HEAD))
    for start in range(0, len(months), 12):
        year = SchoolYear.on(months[start].first)
        look = book.format(**HEAD, align="center", left=2)
        name = f"{year.start}–{year.start + 1}"
        sheet.merge_range(0, _FIRST + start, 0, _FIRST + start + 11, name, look)
    for i, days in enumerate(months):
        name = words.month_of(days.first)
        book.put(sheet, 1, _FIRST + i, name, **HEAD, align="center", rotation=90, **_edge(i))
    line = _FIRST
    for line, row in enumerate(rows(timeline), _FIRST):
        _row(book, sheet, line, row, months)
    sheet.set_row(1, 30)
    sheet.freeze_panes(_FIRST, _FIRST)
    sheet.repeat_rows(0, 1)
    sheet.repeat_columns(0, 1)
    sheet.print_area(0, 0, line, _FIRST + len(months) - 1)
    # Pages of some school years each: on one page a month would be a millimetre wide.
    sheet.set_print_scale(75)
    page = 12 * _YEARS_ON_A_PAGE
    sheet.set_v_pagebreaks([_FIRST + i for i in range(page, len(months), page)])


def _row(book: Book, sheet: Any, line: int, row: Row, months: list[Period]) -> None:
    words = book.words
    look = {"bold": row.what == "windows", "text_wrap": False, "shrink": True}
    book.put(sheet, line, 0, words.whole_party(row.lane.id), **look)
    book.put(sheet, line, 1, label(row, words), **look)
    if not row.entries:
        book.put(sheet, line, _FIRST, words.say("unknown"), text_wrap=False, italic=True)
        return
    for i, days in enumerate(months):
        one = seen(row, days)
        if one is None:
            book.put(sheet, line, _FIRST + i, "", **_edge(i))
            continue
        book.put(sheet, line, _FIRST + i, mark(one, words), align="center", **LOOKS[one.code], **_edge(i))


def _edge(month: int) -> dict[str, int]:
    """A line before each school year."""
    return {"left": 2} if month % 12 == 0 else {}
