"""Where everything stands: the axis, the lanes under each other, the marks that cross them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from cycleplan.entries import Entry
from cycleplan.outputs.chart import councils, plans
from cycleplan.outputs.chart.lettering import fitting, lines, shortened, width
from cycleplan.outputs.chart.shapes import (
    BAR,
    GAP,
    NAMES,
    SIZE,
    SMALL,
    Item,
    Mark,
    Scale,
    Strip,
    box,
    label,
    number,
    symbol,
)  # fmt: skip
from cycleplan.outputs.rows import is_counting_window, stacked
from cycleplan.outputs.textpage import one_line
from cycleplan.timeline import Lane, Timeline
from cycleplan.wording.words import Words
from cycleplan.workdays import SchoolYear

_WIDE, _LEAST_YEAR = 1360, 76  # a picture is so wide, as far as the years then keep their room
_PAD = 5  # above and under what a lane has
_AXIS, _HEADING, _LINE = 42, 26, 18
_MILESTONES = frozenset({"suggested_evaluation", "suggested_handover", "suggested_reconfirmation"})


@dataclass(frozen=True)
class Chart:
    """A drawing: its strips from above to below, and the marks that cross all of them."""

    scale: Scale
    strips: tuple[Strip, ...]
    across: tuple[Mark, ...]
    height: float
    shared: tuple[tuple[str, tuple[Mark, ...]], ...]  # what several lanes have, by its name

    @property
    def field(self) -> str:
        """How wide it is, without the names."""
        return number(self.scale.width)

    @property
    def high(self) -> str:
        """How high it is."""
        return number(self.height)


def draw(timeline: Timeline, words: Words) -> Chart:
    """The drawing of *timeline*: partnerships above, municipalities below, the region and agreements between."""
    years = timeline.period.days / 365.25
    scale = Scale(timeline.period, max(_WIDE / years, _LEAST_YEAR))
    own = {lane.id: [e for e in timeline.entries if e.lane == lane.id] for lane in timeline.lanes}
    strips = [_axis(scale, timeline.today, words)]
    # A municipality that has gone before the picture begins has no lane; a partnership without a plan says so.
    shown = [lane for lane in timeline.lanes if own[lane.id] or lane.kind == "partnership"]
    for (kind, outside), found in groupby(shown, key=lambda lane: (lane.kind, lane.outside)):
        lanes = list(found)
        if kind != "region":
            name = words.say("chart.outside" if outside else f"chart.{kind}")
            strips.append(_heading(name, [e for lane in lanes for e in own[lane.id]], scale, words))
        strips += [_lane(lane, own[lane.id], timeline, scale, words) for lane in lanes]
    strips.append(_axis(scale, None, words))
    top = 0.0
    for strip in strips:
        strip.top = top
        top += strip.height
    shared = _share(strips)
    return Chart(scale, tuple(strips), tuple(_across(scale, timeline.today)), top, shared)


def _share(strips: Sequence[Strip]) -> tuple[tuple[str, tuple[Mark, ...]], ...]:
    """Let lanes with the same shapes refer to one: most municipalities have the same elections and holidays."""
    found = Counter(shapes for s in strips for shapes in [*_of_back(s), *(_of(item) for item in s.items)] if shapes)
    names = {shapes: f"p{i}" for i, shapes in enumerate(shapes for shapes, count in found.items() if count > 1)}
    for strip in strips:
        strip.back = [Mark("", ref=names[m,], grow=m.grow) if (m,) in names else m for m in strip.back]
        strip.items = [
            item._replace(marks=(Mark("", ref=names[_of(item)]), *(m for m in item.marks if m.text)))
            if _of(item) in names
            else item
            for item in strip.items
        ]
    return tuple((name, shapes) for shapes, name in names.items())


def _of(item: Item) -> tuple[Mark, ...]:
    return tuple(mark for mark in item.marks if not mark.text)


def _of_back(strip: Strip) -> Iterator[tuple[Mark, ...]]:
    yield from ((mark,) for mark in strip.back if mark.d)


# --- time


def _school_years(scale: Scale) -> list[SchoolYear]:
    first, last = SchoolYear.on(scale.period.first).start, SchoolYear.on(scale.period.last).start
    return [SchoolYear(start) for start in range(first, last + 1)]


def _axis(scale: Scale, today: date | None, words: Words) -> Strip:
    """The calendar years, the school years under them; on the first one today as well."""
    strip = Strip("axis-top" if today else "axis-bottom", "axis", ())
    if today and today in scale.period:
        text = words.say("chart.today_on", day=words.short_day(today, True))
        wide = width(text, SMALL, bold=True)
        at = min(max(scale.x(today) - wide / 2, 0), scale.width - wide)
        strip.back.append(label("now", text, at, _LINE - 4))
    strip.height = _LINE if today else 0
    ticks = ""
    names: list[tuple[str, tuple[str, ...], float, float, float]] = []
    for year in range(scale.period.first.year, scale.period.last.year + 1):
        begin, end = max(scale.x(date(year, 1, 1)), 0), min(scale.x(date(year + 1, 1, 1)), scale.width)
        ticks += f"M{number(begin)} {number(strip.height)}v20"
        names.append(("cy", (str(year),), begin, end, strip.height + 14))
    for school_year in _school_years(scale):
        begin, end = scale.room(school_year.period)
        ticks += f"M{number(begin)} {number(strip.height + 20)}v20"
        start = school_year.start
        years = (f"{start}–{start + 1}", f"{start % 100:02}–{(start + 1) % 100:02}")
        names.append(("sy", years, begin, end, strip.height + 34))
    strip.back.append(Mark("tick", ticks))
    for style, texts, begin, end, baseline in names:
        text = fitting(texts, end - begin - 6, SMALL, bold=style == "cy")
        if text:
            wide = width(text, SMALL, bold=style == "cy")
            strip.back.append(label(style, text, (begin + end - wide) / 2, baseline))
    strip.name = (words.say("chart.calendar_years"), words.say("chart.school_years"))
    strip.height += _AXIS
    return strip


def _across(scale: Scale, today: date) -> list[Mark]:
    """The lines between the years, and today."""
    years = range(scale.period.first.year + 1, scale.period.last.year + 1)
    lines = [
        Mark("year", "".join(f"M{number(scale.x(date(year, 1, 1)))} {_LINE}V9999" for year in years)),
        Mark("school", "".join(f"M{number(scale.room(y.period)[0])} {_LINE}V9999" for y in _school_years(scale))),
    ]
    if today in scale.period:
        lines.append(Mark("today", f"M{number(scale.x(today))} {_LINE}V9999"))
    return lines


# --- lanes


def _heading(name: str, entries: Sequence[Entry], scale: Scale, words: Words) -> Strip:
    """A heading between lanes; above the municipalities the polling days with their dates."""
    strip = Strip(f"heading-{name}", "group", (name,))
    rows: list[float] = [0]
    polls = {e.first.day: e for e in entries if e.kind == "elected" and e.first.day in scale.period}
    for day, poll in sorted(polls.items()):
        x = scale.x(day)
        texts = (words.say("chart.election", day=words.short_day(day, True)), words.short_day(day, True))
        room = scale.width - x - 12
        row = next((i for i, end in enumerate(rows) if end <= x - 8), len(rows))
        text = fitting(texts, room, SMALL) if room > 0 else ""
        if text:
            rows[row : row + 1] = [x + 12 + width(text, SMALL)]
            middle = row * _LINE + _HEADING / 2
            strip.back += [
                symbol("election", x, middle, f"election s-{poll.status}"),
                label("q", text, x + 10, middle + 4),
            ]
    strip.height = _HEADING + (len(rows) - 1) * _LINE
    return strip


def _lane(lane: Lane, entries: Sequence[Entry], timeline: Timeline, scale: Scale, words: Words) -> Strip:
    strip = Strip(lane.id, lane.kind, _names(lane, words), _PAD, beside=lane.beside)
    if lane.kind == "region":
        _region(strip, entries, scale, words)
    councils.draw(strip, entries, scale, words)
    plans.draw(strip, entries, scale, words)
    if lane.kind == "partnership" and not any(e.kind == "plan" for e in entries):
        strip.back.append(label("q", words.say("chart.no_plan"), 6, _PAD + BAR / 2 + 4))
        strip.height += BAR + GAP
    strip.height += _PAD - GAP
    strip.height = max(strip.height, 10 + 14 * len(strip.name))
    behind = [
        ("recess", [e for e in entries if e.kind == "recess"]),
        ("asked", _windows_of(lane, timeline) if lane.kind == "municipality" else []),
    ]
    for style, found in reversed(behind):
        path = "".join(box(*scale.span(e.period), 0, 1) for e in found if e.period & scale.period)
        if path:
            strip.back.insert(0, Mark(style, path, grow=f"scale(1 {number(strip.height)})"))
    return strip


def _names(lane: Lane, words: Words) -> tuple[str, ...]:
    """The lines of a lane's name, as far as they fit; of a partnership its code above it."""
    name = one_line(lane.name)
    if lane.kind == "partnership":
        return (lane.id, *lines(name.removeprefix(lane.id).strip(" ()"), NAMES - 16, SMALL, most=2))
    if lane.kind == "municipality":
        return lines(name, NAMES - 16, SIZE, most=2, bold=True)
    return (shortened(name, NAMES - 16, SIZE, bold=True), words.say("chart.everyone"))


def _windows_of(lane: Lane, timeline: Timeline) -> list[Entry]:
    """The windows in which this municipality is consulted: those that count, of the partnerships that consult it."""
    return [e for e in timeline.entries if e.kind == "window" and e.lane in lane.beside and is_counting_window(e)]


def _region(strip: Strip, entries: Sequence[Entry], scale: Scale, words: Words) -> None:
    """When everyone is outside standstill and recess; then the agreements, with what is suggested about them."""
    found = [e for e in entries if e.kind == "region_window" and e.period & scale.period]
    if found:
        spans = [scale.room(e.period) for e in found]
        place = box(min(s[0] for s in spans), max(s[1] for s in spans), strip.height, BAR)
        marks = plans.windows(found, strip.height + BAR / 2, scale)
        strip.items.append(Item(f"{strip.id}/windows", words.say("chart.together"), tuple(marks), place))
    strip.height += BAR + GAP if found else 0
    agreements = [e for e in entries if e.kind == "agreement"]
    placed = stacked(scale.span(e.period) for e in agreements)
    for e, row in zip(agreements, placed, strict=True):
        own = [m for m in entries if m.kind in _MILESTONES and m.id.startswith(f"{e.id}/")]
        strip.items.append(_agreement(e, own, strip.height + row * (BAR + GAP), scale, words))
    strip.height += (max(placed, default=-1) + 1) * (BAR + GAP)


def _agreement(e: Entry, milestones: Sequence[Entry], top: float, scale: Scale, words: Words) -> Item:
    begin, limit = scale.room(e.period)
    marks = [Mark(f"agreement s-{e.status}", box(*scale.span(e.period), top + 1, BAR - 2))]
    stops = [scale.x(m.first.day) - 8 for m in milestones if m.first.day in scale.period]
    text = shortened(one_line(e.values["name"]), min([limit, *stops]) - begin - 12, SIZE)
    if text:
        marks.append(label("", text, begin + 6, top + BAR / 2 + 4))
    for m in milestones:
        if m.first.day in scale.period:
            marks.append(symbol("milestone", scale.x(m.first.day), top + BAR / 2, "milestone s-assumed"))
    return Item(e.id, f"{words.entry(e)}, {words.span(e.period)}", tuple(marks))
