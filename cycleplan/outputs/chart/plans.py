"""The bars of plans, and under them how each was or is to be made: consultation, windows, decisions, last days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from cycleplan.assessment import Verdict
from cycleplan.cycles import Level
from cycleplan.daterules import Status
from cycleplan.entries import Entry
from cycleplan.outputs.chart.lettering import fitting, shortened, width
from cycleplan.outputs.chart.shapes import BAR, GAP, SIZE, SMALL, Item, Mark, Scale, Strip, box, label, symbol
from cycleplan.outputs.rows import is_counting_window, stacked
from cycleplan.region import Plan
from cycleplan.wording.words import Words

VERDICTS = {Verdict.IN_STEP: "v-in", Verdict.AT_RISK: "v-risk", Verdict.OUT_OF_STEP: "v-out"}
_SYMBOL = 18  # how wide a verdict's symbol is, with the room after it
_STEPS = ("draft", "oogo", "overlap", "opr", "adoption", "step")
# How high each level stands in a window: a higher one lies within a lower one, so that no colour is needed.
_HEIGHTS = {Level.POSSIBLE: 8, Level.LIKELY: 14, Level.CERTAIN: 20}


class _Making(NamedTuple):
    """How one plan is made: the entries, and where their marks begin and end.

    It is *whole* if the consultation lies within the picture, so that all its windows do.
    """

    plan: Plan
    entries: tuple[Entry, ...]
    begin: float
    end: float
    whole: bool


def draw(strip: Strip, entries: Sequence[Entry], scale: Scale, words: Words) -> None:
    """Add the plans of a lane to its *strip*, and under them how they are made."""
    bars = [e for e in entries if e.kind == "plan"]
    placed = stacked(scale.span(e.period) for e in bars)
    for e, row in zip(bars, placed, strict=True):
        strip.items.append(_bar(e, strip.height + row * (BAR + GAP), scale, words))
    strip.height += (max(placed, default=-1) + 1) * (BAR + GAP)
    about = [e for e in entries if e.kind in {"consultation", "window", "decision", "submission", *_STEPS}]
    _draw_makings(strip, about, scale, words)


def _bar(e: Entry, top: float, scale: Scale, words: Words) -> Item:
    begin, end = scale.span(e.period)
    seen, limit = scale.room(e.period)
    verdict = e.values["verdict"]
    style = "open" if e.open_ended else f"s-{e.status}"
    marks = [Mark(f"plan {style}", box(begin, end, top + 1, BAR - 2))]
    at, room = seen + 6, limit - seen - 10
    if verdict and room >= _SYMBOL:
        marks.append(symbol(VERDICTS[verdict], at, top + BAR / 2, VERDICTS[verdict]))
        at, room = at + _SYMBOL, room - _SYMBOL
    text = fitting(_told(e, words), room, SIZE, bold=True) or shortened(_told(e, words)[0], room, SIZE, bold=True)
    if text:
        marks.append(label("b", text, at, top + BAR / 2 + 4))
    return Item(e.id, _title(e, words), tuple(marks))


def _told(e: Entry, words: Words) -> tuple[str, ...]:
    """What stands in the bar of a plan, from much to little."""
    plan: Plan = e.values["plan"]
    years = words.years(plan.period, plan.first.day)
    if e.open_ended:
        years = words.say("chart.open", year=str(plan.first.day.year))
    if not plan.kind.is_support_plan:
        kind = words.sentence(words.kind(plan))
        return (f"{plan.name or kind} ({years})", plan.name or kind, f"{kind} {years}", kind, years)
    short = f"{plan.first.day.year % 100:02}–{plan.last.day.year % 100:02}" if plan.last else years
    if e.values["verdict"] is None:
        return (years, short)
    verdict = words.verdict(e.values["verdict"])
    return (f"{years} {verdict}, {words.percent(e.values['coverage'])}", f"{years} {verdict}", years, short)


def _title(e: Entry, words: Words) -> str:
    told = f"{words.entry(e)} ({words.status(e.status)})"
    if e.values["verdict"]:
        told += f": {words.verdict(e.values['verdict'])}, {words.percent(e.values['coverage'])}"
    return told


# --- how plans are made


def _draw_makings(strip: Strip, entries: list[Entry], scale: Scale, words: Words) -> None:
    ordered = sorted(entries, key=lambda e: (e.values["plan"].first, e.values["plan"].id))
    groups = [tuple(found) for _, found in groupby(ordered, key=lambda e: e.values["plan"].id)]
    makings = []
    for found in groups:
        seen = [scale.room(e.period) for e in found if e.period & scale.period]
        if seen:
            begin, end = min(s[0] for s in seen), max(s[1] for s in seen)
            consulted = [e.period for e in found if e.kind == "consultation"]
            whole = bool(consulted) and all(p & scale.period == p for p in consulted)
            makings.append(_Making(found[0].values["plan"], found, begin, end, whole))
    if not makings:
        return
    makings.sort(key=lambda m: m.begin)
    placed = stacked((m.begin - 4, m.end + 4) for m in makings)
    for row in range(max(placed) + 1):
        own = [m for m, where in zip(makings, placed, strict=True) if where == row]
        limits = [*(m.begin - 6 for m in own[1:]), scale.width]
        for making, limit in zip(own, limits, strict=True):
            strip.items.append(_making(making, strip.height, limit, scale, words))
        strip.height += BAR + GAP


def _making(m: _Making, top: float, limit: float, scale: Scale, words: Words) -> Item:
    middle, marks = top + BAR / 2, []
    for e in m.entries:
        if e.kind == "consultation":
            begin, end = scale.span(e.period)
            marks.append(Mark(f"consultation s-{e.status}", box(begin, end, top + 2, BAR - 4)))
    marks += windows((e for e in m.entries if e.kind == "window"), middle, scale)
    ticks = "".join(f"M{scale.x(e.last.day):.1f} {top + 7}v10" for e in m.entries if e.kind in _STEPS)
    if ticks:
        marks.append(Mark("tick", ticks))
    for e in m.entries:
        if e.kind == "decision" and e.first.day in scale.period:
            marks.append(symbol("decision", scale.x(e.first.day), middle, f"decision s-{e.status}"))
        if e.kind == "submission" and e.first.day in scale.period:
            marks.append(symbol("last", scale.x(e.first.day), middle, "last"))
    at = m.end + 8
    for style, texts in _told_of_making(m, words):
        text = fitting(texts, limit - at, SMALL, bold=style == "w")
        if text:
            marks.append(label(style, text, at, middle + 4))
            at += width(text, SMALL, bold=style == "w") + 8
    room = box(m.begin, max(at, m.begin + BAR), top, BAR)
    return Item(f"{m.plan.id}/steps", _title_of_making(m, words), tuple(marks), room)


def windows(entries: Iterable[Entry], middle: float, scale: Scale) -> list[Mark]:
    """Windows as boxes within each other: the more certain, the higher and the darker.

    A short one is hollow; one of which the school holidays are not known is pale and dashed.
    """
    seen = {e.period: e for e in sorted(entries, key=lambda e: _HEIGHTS[e.values["level"]])}  # the rest lies behind
    paths: dict[str, str] = {}
    for e in sorted(seen.values(), key=lambda e: _HEIGHTS[e.values["level"]]):
        level, height = e.values["level"], _HEIGHTS[e.values["level"]]
        style = (
            f"window {level}{'' if e.values['counts'] else ' short'}{'' if e.values['recess_known'] else ' unknown'}"
        )
        paths[style] = paths.get(style, "") + box(*scale.span(e.period), middle - height / 2, height)
    return [Mark(style, path) for style, path in paths.items()]


def _best(m: _Making) -> Entry | None:
    """The longest likely window that counts."""
    return max(filter(is_counting_window, m.entries), key=lambda e: e.values["days"], default=None)


def _told_of_making(m: _Making, words: Words) -> list[tuple[str, tuple[str, ...]]]:
    """What stands beside the marks: the window, the last day, and a decision while the plan runs; long to short."""
    told: list[tuple[str, tuple[str, ...]]] = []
    best = _best(m)
    if best:
        span = f"{words.short_day(best.first.day)}–{words.short_day(best.last.day)}"
        told.append(("w", (f"{span} {best.last.day.year}", span)))
    elif m.whole:
        told.append(("q", (words.say("chart.no_window"), "–")))
    for e in m.entries:
        if e.kind == "submission":
            day = words.short_day(e.last.day, True)
            told.append(("q", (words.say("chart.last_day", day=day), day)))
    for e in m.entries:
        if e.kind == "decision" and e.status is not Status.ASSUMED:
            told.append(("q", (words.say("chart.decision", day=words.short_day(e.shown_last or e.last.day, True)),)))
    return told


def _title_of_making(m: _Making, words: Words) -> str:
    best = _best(m)
    plan = words.plan(m.plan)
    if best:
        unknown = "" if best.values["recess_known"] else words.say("chart.holidays_unknown")
        return words.say("chart.making", plan=plan, span=words.span(best.period), unknown=unknown)
    return words.say("chart.making_none" if m.whole else "chart.making_part", plan=plan)
