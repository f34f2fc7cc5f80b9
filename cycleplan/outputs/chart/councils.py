"""The terms of a council, with what goes around an election: standstill, polling day, the coming of a college."""

from __future__ import annotations

from collections.abc import Sequence

from cycleplan.entries import Entry
from cycleplan.outputs.chart.lettering import fitting
from cycleplan.outputs.chart.shapes import BAR, GAP, SIZE, SMALL, Item, Mark, Scale, Strip, box, label, symbol
from cycleplan.wording.words import Words

_AROUND = ("standstill", "elected", "college")  # what belongs to a council, by the beginning of its id
_WITHIN = ("fell", "goes_into", "comes_from")  # what happens within a term


def draw(strip: Strip, entries: Sequence[Entry], scale: Scale, words: Words) -> None:
    """Add the council terms of a municipality to its *strip*."""
    top = strip.height
    terms = [e for e in entries if e.kind == "council"]
    if not terms:
        return
    around: dict[str, list[Entry]] = {term.id: [] for term in terms}
    for e in entries:
        if e.kind in (*_AROUND, *_WITHIN):
            around[_term_of(e, terms).id].append(e)
    stops = sorted(scale.x(e.first.day) for e in entries if e.kind == "standstill")
    for term in terms:
        strip.items.append(_term(term, around[term.id], stops, top, scale, words))
    gone = next((e for e in entries if e.kind == "goes_into" and e.first.day in scale.period), None)
    if gone and all(term.first.day <= gone.first.day for term in terms):
        x = max(scale.room(term.period)[1] for term in terms) + 8
        text = fitting((f"→ {words.party(gone.values['into'])}",), scale.width - x, SMALL)
        if text:
            strip.back.append(label("q", text, x, top + BAR / 2 + 4))
    strip.height += BAR + GAP


def _term_of(e: Entry, terms: Sequence[Entry]) -> Entry:
    """The term that an entry belongs to: its own council's, else the one in which it begins, else the nearest."""
    own = next((term for term in terms if e.kind in _AROUND and e.id.startswith(f"{term.id}/")), None)
    begun = [term for term in terms if term.first.day <= e.first.day]
    return own or (begun[-1] if begun else terms[0])


def _term(term: Entry, around: list[Entry], stops: list[float], top: float, scale: Scale, words: Words) -> Item:
    begin, end = scale.span(term.period)
    seen, limit = scale.room(term.period)
    marks = [Mark(f"council s-{term.status}", box(begin, end, top + 1, BAR - 2)), *_standstills(around, top, scale)]
    college = next((e for e in around if e.kind == "college" and e.id.startswith(f"{term.id}/")), None)
    own = [scale.x(e.last.day) for e in around if e.kind in _AROUND and e.id.startswith(f"{term.id}/")]
    at = max([seen, *own]) + 6
    limit = min([limit, *(stop for stop in stops if stop > at)])
    text = fitting(_told(term, college, words), limit - at - 4, SIZE)
    if text:
        marks.append(label("", text, at, top + BAR / 2 + 4))
    told = [words.say("chart.council", years=_years(term))]
    for e in around:
        if e.kind in _WITHIN and e.first.day in scale.period:
            x = scale.x(e.first.day)
            merger = Mark("merger", f"M{x:.1f} {top - 2:.0f}v{BAR + 4}")
            marks.append(symbol("fell", x, top + BAR / 2, "fell") if e.kind == "fell" else merger)
            told.append(f"{words.entry(e).removeprefix(f'{words.party(e.lane)}: ')} {words.when(e.first.day)}")
    return Item(term.id, f"{words.party(term.lane)}, {'; '.join(told)}", tuple(marks))


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
