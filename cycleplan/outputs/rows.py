"""What a drawing shows of a timeline: rows of bars, and what is to be seen of a row on some days.

The entries that are told as a day beside a bar (steps, first sittings) and the recesses are not in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from cycleplan.cycles import Level
from cycleplan.daterules import Status
from cycleplan.entries import Entry
from cycleplan.periods import DAY, Period
from cycleplan.timeline import Lane, Timeline
from cycleplan.wording.words import Words
from cycleplan.workdays import SchoolYear


class Row(NamedTuple):
    """Entries of a lane that stand in one line: of *what* is councils, plans, windows or agreement."""

    lane: Lane
    what: str
    entries: tuple[Entry, ...]


def is_counting_window(entry: Entry) -> bool:
    """Whether it is a window that drawings show: a likely one that is long enough to count."""
    return entry.values.get("level") is Level.LIKELY and bool(entry.values.get("counts"))


def rows(timeline: Timeline) -> Iterator[Row]:
    """The rows by lane: councils, plans by kind, windows, agreements. A partnership without a plan has an empty one."""
    for lane in timeline.lanes:
        own = [e for e in timeline.entries if e.lane == lane.id]
        councils = tuple(e for e in own if e.kind in ("council", "standstill", "elected"))
        plans = sorted((e for e in own if e.kind == "plan"), key=lambda e: not e.values["plan"].kind.is_support_plan)
        kinds: dict[str, list[Entry]] = {}
        for entry in plans:
            kinds.setdefault(entry.values["plan"].kind.id, []).append(entry)
        windows = tuple(filter(is_counting_window, own))
        agreements = [e for e in own if e.kind == "agreement"]
        yield from (Row(lane, "councils", found) for found in [councils] if found)
        yield from (Row(lane, "plans", line) for listed in kinds.values() for line in _in_lines(listed))
        if lane.kind == "partnership" and not plans:
            yield Row(lane, "plans", ())
        yield from (Row(lane, "windows", found) for found in [windows] if found)
        yield from (Row(lane, "agreement", (agreement,)) for agreement in agreements)


def _in_lines(entries: Sequence[Entry]) -> Iterator[tuple[Entry, ...]]:
    """The entries in as few lines as it takes for none to lie over another."""
    placed = stacked((e.first.day.toordinal(), e.period.after.toordinal()) for e in entries)
    for line in range(max(placed, default=-1) + 1):
        yield tuple(e for e, where in zip(entries, placed, strict=True) if where == line)


def stacked(spans: Iterable[tuple[float, float]]) -> list[int]:
    """For each span (up to its end, not with it) the first line, from 0, in which it lies over no other."""
    ends: list[float] = []
    found = []
    for begin, end in spans:
        line = next((i for i, last in enumerate(ends) if last <= begin + 0.5), len(ends))  # less than that nobody sees
        ends[line : line + 1] = [end]
        found.append(line)
    return found


def label(row: Row, words: Words) -> str:
    """What a row is of, in words."""
    if row.what == "agreement":
        return words.in_lane(row.entries[0])
    if row.what == "plans" and row.entries and not row.entries[0].values["plan"].kind.is_support_plan:
        return words.kind(row.entries[0].values["plan"])
    return words.say(f"row.{row.what}")


class Seen(NamedTuple):
    """What is to be seen on some days: the *code* of a ``mark`` in ``wording``, and the entry."""

    code: str
    entry: Entry

    @property
    def expected(self) -> bool:
        """Whether it is a plan that is not known."""
        return self.entry.kind == "plan" and self.entry.status in (Status.EXPECTED, Status.ASSUMED)


def seen(row: Row, days: Period) -> Seen | None:
    """What is to be seen of *row* on *days*: the election before the standstill, that before the council."""
    there = [e for e in row.entries if e.period & days]
    if not there:
        return None
    if row.what == "councils":
        entry = min(there, key=lambda e: ("elected", "standstill", "council").index(e.kind))
        return Seen(entry.kind, entry)
    entry = max(there, key=lambda e: e.period.shared_days(days))
    if row.what == "plans":
        verdict = entry.values["verdict"]
        return Seen(verdict.value if verdict else "not_judged", entry)
    return Seen(row.what, entry)


def mark(one: Seen, words: Words) -> str:
    """The letter or sign of what is to be seen; of an expected plan a small letter."""
    sign = words.say(f"mark.{one.code}")
    return sign.lower() if one.expected else sign


def by_months(period: Period, months: int) -> Iterator[Period]:
    """*period* by so many months, as they follow each other in a school year: plans begin and end with one."""
    start = SchoolYear.on(period.first).start * 12 + 7
    while (first := _month(start)) <= period.last:
        days = Period(first, _month(start + months) - DAY)
        if days & period:
            yield days
        start += months


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)
