"""The overview and the three lists of the workbook: every entry, the windows, the steps."""

from __future__ import annotations

from typing import Any

from cycleplan.alignment import Alignment
from cycleplan.daterules import Dated
from cycleplan.entries import Entry
from cycleplan.outputs.sheet.book import A3, HEAD, Book
from cycleplan.outputs.sheet.grid import LOOKS
from cycleplan.steps import SUBMISSION
from cycleplan.timeline import Timeline

_EXPLAINED = (
    "status", "last", "certainty", "verdict", "counts", "recess_known", "last_working_day", "article", "id",
)  # fmt: skip
_ENTRIES = (
    ("party", 10), ("name", 28), ("kind", 24), ("title", 56), ("first", 13), ("last", 13), ("days", 8), ("status", 12),
    ("certainty", 14), ("verdict", 12), ("article", 20), ("source", 60), ("id", 60),
)  # fmt: skip
_WINDOWS = (
    ("party", 26), ("plan", 20), ("certainty", 14), ("first", 13), ("last", 13), ("days", 8), ("counts", 9),
    ("opens", 44), ("closes", 44), ("recess_known", 10),
)  # fmt: skip
_STEPS = (
    ("party", 26), ("plan", 30), ("step", 32), ("earliest", 14), ("latest", 14), ("last_working_day", 14),
    ("status", 12), ("article", 24),
)  # fmt: skip


def overview(book: Book, timeline: Timeline, alignment: Alignment) -> None:
    """What the workbook is about, and what its sheets, columns and signs mean."""
    words, sheet = book.words, book.sheet("overview")
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 110)
    sheet.fit_to_pages(1, 0)
    region = alignment.region
    book.put(sheet, 0, 0, words.say("chart.title", name=region.name), bold=True, font_size=14, text_wrap=False)
    told: list[tuple[Any, Any] | str] = [
        (words.say("sheet.region"), region.name),
        (words.say("sheet.period"), words.span(timeline.period)),
        (words.say("sheet.today"), timeline.today),
        (words.say("sheet.revised"), region.revised),
        (words.say("sheet.formation"), words.formation_note() or words.sentence(words.formation_ground())),
        words.say("sheet.sheets"),
        *((words.say(f"sheet.{code}"), words.say(f"sheet.about_{code}")) for code in _SHEETS),
        words.say("sheet.columns"),
        *((words.say(f"column.{code}"), words.say(f"about_column.{code}")) for code in _EXPLAINED),
        words.say("sheet.marks"),
    ]
    row = 2
    for line in told:
        if isinstance(line, str):
            row += 1
            book.put(sheet, row, 0, line, **HEAD)
            book.put(sheet, row, 1, "", **HEAD)
        else:
            book.put(sheet, row, 0, line[0], bold=True)
            book.put(sheet, row, 1, line[1])
        row += 1
    for code, look in LOOKS.items():
        known = code in ("in_step", "at_risk", "out_of_step")
        book.put(sheet, row, 0, words.say(f"mark.{code}"), align="center", **look)
        book.put(sheet, row, 1, words.say(f"verdict.{code}" if known else f"sheet.mark_{code}"))
        row += 1
    book.put(sheet, row, 1, words.say("sheet.mark_expected"))


_SHEETS = ("entries", "windows", "steps", "grid")


def entries(book: Book, timeline: Timeline) -> None:
    """Every entry, the recesses too: what is not wanted can be filtered away."""
    names = {lane.id: lane.name for lane in timeline.lanes}
    book.table("entries", _ENTRIES, [_entry(e, names[e.lane], book) for e in timeline.entries], A3)


def _entry(e: Entry, name: str, book: Book) -> tuple[Any, ...]:
    words, level, verdict = book.words, e.values.get("level"), e.values.get("verdict")
    first, last = e.shown_first or e.first.day, e.shown_last or e.last.day
    return (
        e.lane, name, words.say(f"kind.{e.kind}"), words.entry(e), first, None if e.open_ended else last,
        None if e.open_ended else e.period.days, words.status(e.status),
        words.say(f"certainty.{level.value}") if level else None, words.verdict(verdict) if verdict else None,
        words.article(e.basis) or None, e.source, e.id,
    )  # fmt: skip


def windows(book: Book, timeline: Timeline) -> None:
    """The windows of every plan and of the region, at each level."""
    found = [e for e in timeline.entries if e.kind in ("window", "region_window")]
    book.table("windows", _WINDOWS, [_window(e, book) for e in found])


def _window(e: Entry, book: Book) -> tuple[Any, ...]:
    words, v, horizon = book.words, e.values, e.kind == "region_window"
    opens, closes = (words.edge(_edge(d), d is e.first, horizon) for d in (e.first, e.last))
    return (
        words.whole_party(e.lane), words.plan(v["plan"]) if "plan" in v else None,
        words.say(f"certainty.{v['level'].value}"), e.first.day, e.last.day, v["days"], _yes(v["counts"], book),
        opens, closes, _yes(v["recess_known"], book),
    )  # fmt: skip


def _edge(dated: Dated) -> Any:
    return dated.trace[-1].values["edge"]


def _yes(value: bool, book: Book) -> str:
    return book.words.say("answer.yes" if value else "answer.no")


def steps(book: Book, alignment: Alignment) -> None:
    """The steps of every plan that has them; the last working day stands beside the last day."""
    words, rows = book.words, []
    for a in alignment.assessments:
        for name, step in a.schedule.steps.items() if a.schedule else ():
            assert a.schedule
            working = a.schedule.last_working_day if name == SUBMISSION else None
            rows.append((
                words.whole_party(a.plan.owner), words.plan(a.plan), words.step(name, step.title), step.earliest.day,
                step.latest.day, working, words.status(step.status), words.article(step.basis) or None,
            ))  # fmt: skip
    book.table("steps", _STEPS, rows)
