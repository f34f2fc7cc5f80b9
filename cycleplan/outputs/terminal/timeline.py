"""The timeline as text, the trace of a date, and the list of regions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cycleplan.alignment import Alignment
from cycleplan.cycles import Level
from cycleplan.entries import Entry
from cycleplan.outputs.terminal.bars import bars
from cycleplan.outputs.textpage import WIDTH, TextPage
from cycleplan.region import Region
from cycleplan.timeline import Timeline
from cycleplan.wording.words import Words


def timeline(timeline: Timeline, alignment: Alignment, words: Words, color: bool = False, width: int = WIDTH) -> str:
    """The timeline as text of so many columns: a bar chart of the years, and per lane its entries by day."""
    page = TextPage(color, width)
    first, last = words.day(alignment.horizon.first), words.day(alignment.horizon.last)
    page.heading(f"{alignment.region.name}  {first} {words.say('until')} {last}")
    page.note(words.formation_note())
    page.line()
    bars(page, timeline, words)
    for lane in timeline.lanes:
        entries = [e for e in timeline.entries if e.lane == lane.id and e.kind not in _NOT_IN_TEXT]
        if not entries:
            continue
        page.line()
        code = "" if lane.kind == "region" or lane.name.startswith(lane.id) else f"{lane.id}  "
        page.heading(f"{code}{lane.name}")
        for e in sorted(entries, key=lambda e: (e.first.day, -e.period.days, e.id)):
            _timeline_row(page, e, alignment.today, words)
    return page.text()


# Recesses are for drawings; a bar says by its ends what the others say.
_NOT_IN_TEXT = frozenset({"recess", "plan_starts", "plan_ends", "first_sitting", "agreement_starts", "agreement_ends"})


def _timeline_row(page: TextPage, e: Entry, today: date, words: Words) -> None:
    if e.kind in ("window", "region_window") and e.values["level"] is not Level.LIKELY:
        return  # the others belong to ``windows``
    first, last = e.shown_first or e.first.day, e.shown_last or e.last.day
    span = words.short_day(first, True)
    if e.open_ended:
        span += " –"
    elif first != last:
        span += f" – {words.short_day(last, True)}"
    mark = ">" if e.first.day <= today <= e.last.day else " "
    page.columns(f"{mark} {span}", 31, words.in_lane(e))


def explain(entry: Entry, words: Words, color: bool = False) -> str:
    """The trace of an entry's days."""
    page = TextPage(color)
    title = words.entry(entry)
    if entry.first == entry.last:
        page.heading(words.say("trace.title", title=title, day=entry.last.day))
        _trace(page, entry, first=False, words=words)
    else:
        span = {"first": entry.first.day, "last": entry.last.day}
        page.heading(words.say("trace.title_span", title=title, **span))
        page.line(f" {words.say('trace.first')}")
        _trace(page, entry, first=True, words=words)
        page.line(f" {words.say('trace.last')}")
        _trace(page, entry, first=False, words=words)
    page.paragraph(words.say("trace.status", status=entry.status), 1)
    page.note(words.formation_note(), 1)
    if entry.bases:
        page.line()
    for basis in entry.bases:
        page.paragraph(words.provision(basis), 1, 2)
    return page.text()


def _trace(page: TextPage, entry: Entry, first: bool, words: Words) -> None:
    dated = entry.first if first else entry.last
    for number, sentence in enumerate(words.trace(dated.trace), 1):
        page.paragraph(f"{number}. {sentence}", 2, 3)


def explain_ids(timeline: Timeline, words: Words) -> str:
    """The ids that ``explain`` knows, without the recesses."""
    page = TextPage(color=False)
    page.line(words.say("explain.ids"))
    for entry in timeline.entries:
        if entry.kind != "recess":
            page.line(f" {entry.id}")
    return page.text()


def regions(found: Iterable[Region], words: Words, color: bool = False) -> str:
    """The regions that ship."""
    page = TextPage(color)
    page.line((words.say("list.title"), "bold"))
    listed = list(found)
    width = max((len(r.id) for r in listed), default=0) + 3
    for r in listed:
        counts = words.say(
            "list.line",
            municipalities=words.count(len(r.own_municipalities), "municipality"),
            partnerships=words.count(len(r.partnerships), "partnership"),
        )
        page.columns(f" {r.id}", width, f"{r.name}: {counts}")
    return page.text()
