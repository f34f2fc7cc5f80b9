"""A window is a run of days outside the standstill and the recess of everyone who must take part.

Per party and reason the days are one large number, a bit a day; to intersect parties is then one operation,
and everything that explains a window (what opens and closes it, who is in a gap) is read from the same bits.
"""

from __future__ import annotations

import functools
import itertools
import operator
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from cycleplan.cycles import Cycles, Level, Recess, Standstill
from cycleplan.daterules import Trace
from cycleplan.elections import Election
from cycleplan.periods import DAY, Period
from cycleplan.register import ADVISED_MAY_WEEK
from cycleplan.workdays import SchoolYear

_AXIS = Period(date(2000, 1, 1), date(2099, 12, 31))  # files hold days of 2010 to 2060
_ORIGIN = _AXIS.first.toordinal()
LOOK_BACK = timedelta(days=2 * 365)  # how far before its consultation period an earlier window is looked for


@dataclass(frozen=True)
class Edge:
    """What opens or closes a window: a code, its parties, and what the window's id calls it by."""

    code: str  # start, end, college, recess, nomination, fall, merger
    parties: tuple[str, ...] = ()
    name: str = ""  # the holiday, or "own"; of a college "fall" if one fell before it
    day: date | None = None  # the polling day, or the day of the fall
    school_year: str = ""
    trace: Trace = field(default=(), compare=False)  # of the standstill's end (when opening) or start

    @property
    def slug(self) -> str:
        """The part of a window's id that says what opens it."""
        if self.code == "recess":
            own = f"{self.parties[0]}-{self.day}" if self.name == "own" else f"{self.name}-{self.school_year}"
            return f"recess-{own}"
        return f"{self.code}-{self.day}" if self.day else self.code


class Window(NamedTuple):
    """A maximal run of days outside everyone's standstill and recess; a short one does not count."""

    period: Period
    level: Level
    counts: bool
    opens: Edge
    closes: Edge


class Blocker(NamedTuple):
    """A party that holds up a gap, and why: standstill or recess."""

    party: str
    reason: str


class Gap(NamedTuple):
    """A run of days on which the same parties are in standstill or recess, and the same are *free*: outside both."""

    period: Period
    level: Level
    blockers: tuple[Blocker, ...]
    free: tuple[str, ...] = ()

    @property
    def parties(self) -> int:
        """How many parties there are on these days."""
        return len(self.free) + len({blocker.party for blocker in self.blockers})


class Presence(NamedTuple):
    """A run of days on which the same parties are *free*: outside standstill and recess; *of* is how many there are."""

    period: Period
    level: Level
    free: tuple[str, ...]
    of: int


class Help(NamedTuple):
    """A party that alone holds up *days*: the runs that it would have to shift for them, each with its reason."""

    party: str
    days: int
    runs: tuple[tuple[Period, str], ...]


def _bits(period: Period) -> int:
    return ((1 << period.days) - 1) << (period.first.toordinal() - _ORIGIN)


def _runs(bits: int, origin: int = 0) -> Iterator[Period]:
    """The runs of set bits, by day; read as text, in which the next digit is found faster than by shifting.

    *origin* is the number of the day of the first bit.
    """
    first = (bits & -bits).bit_length() - 1  # -1 if no bit is set, and then there is no digit to find
    digits = bin(bits >> max(first, 0))[:1:-1] + "0"  # a digit a day, the first day first
    first += origin
    begin = digits.find("1")
    while begin >= 0:
        end = digits.find("0", begin)
        yield Period(_day(first + begin), _day(first + end - 1))
        begin = digits.find("1", end)


def _day(bit: int) -> date:
    return date.fromordinal(_ORIGIN + bit)


class DayBits:
    """The days of standstills and of recesses as numbers, a bit a day; what parties share is worked out once."""

    def __init__(self) -> None:
        # By the list itself, which is kept beside its number: a key of its contents would cost what it saves.
        self._known: dict[int, tuple[object, int]] = {}

    def of(self, runs: Sequence[Standstill] | Sequence[Recess]) -> int:
        """The days of all *runs*."""
        if id(runs) not in self._known:
            self._known[id(runs)] = runs, functools.reduce(operator.or_, (_bits(run.period) for run in runs), 0)
        return self._known[id(runs)][1]


class Availability:
    """When the municipalities of an area are outside standstill and recess, by level.

    Who they are changes with mergers: the area's time is cut into stretches with the same parties.
    """

    def __init__(
        self,
        cycles: Cycles,
        area: Iterable[str],
        in_part: frozenset[str] = frozenset(),
        bits: DayBits | None = None,
    ) -> None:
        self._cycles = cycles
        self._bits = bits or DayBits()
        register = cycles.register
        area = tuple(area)
        cuts = sorted({day for code in area for day in register.merger_days(code)} | {_AXIS.first})
        self._stretches: list[tuple[Period, tuple[str, ...]]] = []
        for first, last in zip(cuts, [*(day - DAY for day in cuts[1:]), _AXIS.last], strict=True):
            parties = tuple(sorted(register.parties_on(area, first, in_part)))
            if self._stretches and self._stretches[-1][1] == parties:
                first = self._stretches.pop()[0].first
            self._stretches.append((Period(first, last), parties))
        self._blocked: dict[Level, int] = {}
        self._edges: dict[tuple[date, Level, bool], Edge] = {}

    def parties(self, period: Period) -> list[str]:
        """The municipalities that make up the area on some day of *period*, by code."""
        return sorted({p for stretch, parties in self._stretches if stretch & period for p in parties})

    @cached_property
    def polls(self) -> Mapping[date, tuple[Election, ...]]:
        """Per polling day the elections of the councils that then sit in the area, by municipality."""
        found: dict[date, list[Election]] = defaultdict(list)
        for stretch, parties in self._stretches:
            for party in parties:
                for election in self._cycles.elections(party):
                    if election.first.day in stretch:
                        found[election.elected.day].append(election)
        return {day: tuple(sorted(polled, key=lambda e: e.municipality)) for day, polled in found.items()}

    @cached_property
    def together(self) -> Mapping[date, int]:
        """Per polling day the number of municipalities whose college must be estimated (the joint level)."""
        counts = {day: sum(e.formed is None for e in polled) for day, polled in self.polls.items()}
        return {day: count for day, count in counts.items() if count}

    def _standstills(self, party: str, level: Level) -> list[Standstill]:
        return self._cycles.standstills(party, level, self.together)

    def blocked(self, level: Level) -> int:
        """All days, as bits, on which some party is in standstill or recess."""
        if level not in self._blocked:
            bits = 0
            for stretch, parties in self._stretches:
                held = 0
                for party in parties:
                    held |= self._bits.of(self._standstills(party, level))
                    held |= self._bits.of(self._cycles.recesses(party))
                bits |= held & _bits(stretch)
            self._blocked[level] = bits
        return self._blocked[level]

    def windows(self, period: Period, level: Level, least_days: int) -> list[Window]:
        """The windows within *period*; one of fewer than *least_days* days does not count."""
        return [
            Window(
                run,
                level,
                run.days >= least_days,
                self._edge(run.first - DAY, period, level, opening=True),
                self._edge(run.last + DAY, period, level, opening=False),
            )
            for run in self.runs(period, level)
        ]

    def runs(self, period: Period, level: Level) -> list[Period]:
        """The days of the windows within *period*, without what opens and closes them."""
        begin = period.first.toordinal() - _ORIGIN
        whole = (1 << period.days) - 1  # of these days only: short numbers are faster than a century
        return list(_runs(~(self.blocked(level) >> begin) & whole, begin))

    def _edge(self, day: date, period: Period, level: Level, opening: bool) -> Edge:
        """What holds the day beside a window, if that is within *period*."""
        if day not in period:
            return Edge("start" if opening else "end")
        key = day, level, opening
        if key not in self._edges:
            self._edges[key] = self._held_by(day, level, opening)
        return self._edges[key]

    def _held_by(self, day: date, level: Level, opening: bool) -> Edge:
        """What a window begins after (*opening*) or ends for on *day*: a standstill first, else a recess."""
        edges = []
        for party in self.parties_on(day):
            for standstill in (s for s in self._standstills(party, level) if day in s.period):
                code = _EDGE_CODES[standstill.cause][0 if opening else 1]
                dated = standstill.ends if opening else standstill.starts
                name = "fall" if standstill.cause == "fall" else ""
                edges.append(Edge(code, (party,), name, standstill.event, trace=dated.trace))
            for recess in (r for r in self._cycles.recesses(party) if day in r.period):
                own = recess.period.first if recess.name == "own" else None
                edges.append(Edge("recess", (party,), recess.name, own, recess.school_year, recess.trace))

        # A standstill says more than a recess, a national holiday more than one council's own recess.
        def rank(edge: Edge) -> tuple[object, ...]:
            day = edge.day or date.min
            return edge.code == "recess", edge.code, edge.name == "own", day, edge.name, edge.school_year

        chosen = min(edges, key=rank)
        parties = {party for edge in edges if rank(edge) == rank(chosen) for party in edge.parties}
        return replace(chosen, parties=tuple(sorted(parties)))

    def parties_on(self, day: date) -> tuple[str, ...]:
        """The municipalities that make up the area on *day*, by code."""
        return next(parties for stretch, parties in self._stretches if day in stretch)

    def _held(self, period: Period, level: Level) -> Iterator[Gap]:
        """The days of *period* in runs with the same blockers, also none, and the same parties free."""
        for stretch, parties in self._stretches:
            part = stretch & period
            if part is None:
                continue
            held = []
            for party in parties:
                why = [(s.period, "standstill") for s in self._standstills(party, level)]
                why += [(r.period, "recess") for r in self._cycles.recesses(party)]
                held += [(both, Blocker(party, reason)) for run, reason in why if (both := run & part)]
            days = sorted({part.first, part.after, *(d for run, _ in held for d in (run.first, run.after))})
            for first, after in itertools.pairwise(days):
                blockers = tuple(sorted({blocker for run, blocker in held if first in run}))
                held_up = {blocker.party for blocker in blockers}
                free = tuple(party for party in parties if party not in held_up)
                yield Gap(Period(first, after - DAY), level, blockers, free)

    def gaps(self, period: Period, level: Level) -> list[Gap]:
        """The days of *period* that no window has, as runs on which the same parties hold it up."""
        found: list[Gap] = []
        for gap in self._held(period, level):
            if gap.blockers:
                last = found[-1] if found else None
                same = last and last.period.after == gap.period.first and last[2:] == gap[2:]
                first = found.pop().period.first if same else gap.period.first
                found.append(gap._replace(period=Period(first, gap.period.last)))
        return found

    def profile(self, period: Period, level: Level) -> list[Presence]:
        """All days of *period*, as runs on which the same parties are outside standstill and recess."""
        found: list[Presence] = []
        for gap in self._held(period, level):
            now = Presence(gap.period, level, gap.free, gap.parties)
            first = found.pop().period.first if found and found[-1][2:] == now[2:] else now.period.first
            found.append(now._replace(period=Period(first, now.period.last)))
        return found

    def biggest_help(self, period: Period, level: Level) -> Help | None:
        """The party that alone holds up most days of *period*: those would be window days if it shifted.

        Of equals the one with the longest window then, then by code; None if nobody alone holds up a day.
        """
        free = _bits(period) & ~self.blocked(level)
        alone: dict[str, dict[str, int]] = {}  # party → reason → days, as bits
        for gap in self.gaps(period, level):
            if len({blocker.party for blocker in gap.blockers}) == 1:
                for party, reason in gap.blockers:
                    why = alone.setdefault(party, {})
                    why[reason] = why.get(reason, 0) | _bits(gap.period)
        found = []
        for party, why in alone.items():
            gained = functools.reduce(operator.or_, why.values())
            longest = max(run.days for run in _runs(free | gained))
            runs = sorted((run, reason) for reason, bits in why.items() for run in _runs(bits))
            found.append((-gained.bit_count(), -longest, Help(party, gained.bit_count(), tuple(runs))))
        return min(found)[2] if found else None

    def nearest_earlier(self, consultation: Period, level: Level, least_days: int) -> Period | None:
        """The last run of at least *least_days* days that begins before the consultation period does.

        It may run on into the period. None if there is none in the two years before.
        """
        longer = Period(consultation.first - LOOK_BACK, consultation.last)
        runs = [run for run in self.runs(longer, level) if run.days >= least_days]
        return next((run for run in reversed(runs) if run.first < consultation.first), None)

    def recess_known(self, period: Period) -> bool:
        """Whether the school holidays are known for all of *period*."""
        years = self._cycles.register.holiday_years
        first, last = SchoolYear.on(period.first).start, SchoolYear.on(period.last).start
        return all(year in years for year in range(first, last + 1))

    def advised_weeks(self, period: Period) -> list[Period]:
        """The advised May weeks of the parties in *period*, by day."""
        found = {
            holiday.period
            for party in self.parties(period)
            for holiday in self._cycles.holidays(self._cycles.region.municipalities[party])
            if holiday.name == ADVISED_MAY_WEEK and holiday.period & period
        }
        return sorted(found)


# What opens a window after a standstill, and what closes one before it.
_EDGE_CODES = {
    "election": ("college", "nomination"),
    "merger": ("merger", "nomination"),
    "fall": ("college", "fall"),
}
