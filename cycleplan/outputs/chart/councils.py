"""The terms of a council, with what goes around an election: standstill, polling day, the coming of a college."""

from __future__ import annotations

from collections.abc import Sequence

from cycleplan.entries import Entry
from cycleplan.outputs.chart.lettering import fitting
from cycleplan.outputs.chart.shapes import BAR, GAP, SIZE, Item, Mark, Scale, Strip, box, label, symbol
from cycleplan.wording.words import Words

_AROUND = ("standstill", "elected", "college")  # what belongs to a council, by the beginning of its id


def draw(strip: Strip, entries: Sequence[Entry], scale: Scale, words: Words) -> None:
    """Add the council terms of a municipality to its *strip*."""
    top = strip.height
    terms = [e for e in entries if e.kind == "council"]
    if not terms:
        return
    around = {term.id: [e for e in entries if e.kind in _AROUND and e.id.startswith(f"{term.id}/")] for term in terms}
    told = {e.id for found in around.values() for e in found}
    strip.items += [_term(term, around[term.id], top, scale, words) for term in terms]
    rest = [
        e for e in entries if e.kind in _AROUND and e.id not in told
    ]  # of a fall, or of a council after the horizon
    marks = _standstills(rest, top, scale)
    marks += [symbol("fell", scale.x(e.first.day), top + BAR / 2, "fell") for e in entries if e.kind == "fell"]
    marks += _mergers(entries, top, scale, words)
    if marks:
        strip.back += marks
    strip.height += BAR + GAP


def _term(term: Entry, around: list[Entry], top: float, scale: Scale, words: Words) -> Item:
    begin, end = scale.span(term.period)
    seen, limit = scale.room(term.period)
    marks = [Mark(f"council s-{term.status}", box(begin, end, top + 1, BAR - 2)), *_standstills(around, top, scale)]
    college = next((e for e in around if e.kind == "college"), None)
    at = max([seen, *(scale.x(e.last.day) for e in around)]) + 6
    text = fitting(_told(term, college, words), limit - at - 4, SIZE)
    if text:
        marks.append(label("", text, at, top + BAR / 2 + 4))
    council = words.say("chart.council", years=_years(term))
    return Item(term.id, f"{words.party(term.lane)}, {council}", tuple(marks))


def _years(term: Entry) -> str:
    return f"{term.first.day.year}–{term.last.day.year}"


def _told(term: Entry, college: Entry | None, words: Words) -> tuple[str, ...]:
    """What stands in the bar of a council, from much to little."""
    years = _years(term)
    council = words.say("chart.council", years=years)
    if college is None or "likely" in college.values:
        return council, years
    day = words.short_day(college.shown_last or college.last.day, True)
    return words.say("chart.council_college", years=years, day=day), council, years


def _standstills(entries: Sequence[Entry], top: float, scale: Scale) -> list[Mark]:
    """Standstill: hatched as long as it is sure, thinner from the first to the last day on which a college can come."""
    marks = []
    estimates = [e for e in entries if e.kind == "college" and "likely" in e.values]
    for e in entries:
        if e.kind == "standstill":
            begin, end = scale.span(e.period)
            unsure = next((c for c in estimates if c.first.day in e.period), None)
            sure = scale.x(unsure.first.day) if unsure else end
            marks.append(Mark("standstill", box(begin, sure, top + 1, BAR - 2)))
    for e in estimates:
        begin, end = scale.span(e.period)
        likely = scale.x(e.values["likely"])
        marks.append(Mark("standstill unsure", box(begin, likely, top + 1, BAR - 2)))
        marks.append(Mark("standstill hardly", box(likely, end, top + 1, BAR - 2)))
    for e in entries:
        if e.kind == "elected" and e.first.day in scale.period:
            marks.append(symbol("election", scale.x(e.first.day), top + BAR / 2, f"election s-{e.status}"))
    return marks


def _mergers(entries: Sequence[Entry], top: float, scale: Scale, words: Words) -> list[Mark]:
    """The day on which a municipality came to be or goes, with what it goes into."""
    marks = []
    for e in entries:
        if e.kind in ("goes_into", "comes_from") and e.first.day in scale.period:
            x = scale.x(e.first.day)
            marks.append(Mark("merger", f"M{x:.1f} {top - 2}v{BAR + 4}"))
            text = f"→ {words.party(e.values['into'])}" if e.kind == "goes_into" else ""
            after = [o for o in entries if o.kind == "council" and o.period & scale.period and o.last.day > e.first.day]
            if text and not after and fitting((text,), scale.width - x - 6, SIZE):
                marks.append(label("q", text, x + 6, top + BAR / 2 + 4))
    return marks
