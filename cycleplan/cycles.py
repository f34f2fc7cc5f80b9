"""A council term runs from the day a new council first sits to the day before the next one does.

Here the terms follow from the elections, over mergers; and with them the college (observed, appointed by law,
or estimated), the standstill and the recess.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from cycleplan.daterules import Dated, Ground, Status, Trace
from cycleplan.elections import ELECTION_EVERY, Election, Elections
from cycleplan.law import Law
from cycleplan.periods import DAY, Period
from cycleplan.region import Municipality, Region
from cycleplan.register import ADVISED_MAY_WEEK, Register, SchoolHoliday


class Level(StrEnum):
    """How certain a college is in office by a day; each level is contained in the next."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


BY_TIME = (Level.POSSIBLE, Level.LIKELY, Level.CERTAIN)  # from the first day to the last; as a policy has them


@cache
def formation_days(points: tuple[tuple[float, float], ...], share: float) -> int:
    """After how many whole days from polling day *share* of the colleges is formed; linear between *points*."""
    if share <= points[0][1]:
        return round(points[0][0])
    for (days, done), (next_days, next_done) in pairwise(points):
        if share <= next_done:
            return round(days + (share - done) / (next_done - done) * (next_days - days))
    return round(points[-1][0])


class CouncilTerm(NamedTuple):
    """A council in office: its election, and its days."""

    election: Election
    period: Period


class Standstill(NamedTuple):
    """A run of days on which a municipality's college is on its way out.

    *starts* is its first day before any clipping (the nomination, or the fall), *ends* the day of the new college
    or of the merger: the first day after it.
    """

    period: Period
    cause: str  # election, fall, merger
    event: date  # the polling day, the day of the fall, or the polling day of the merger's election
    starts: Dated
    ends: Dated


class Recess(NamedTuple):
    """Days without meetings: a school holiday, or the council's own."""

    period: Period
    name: str  # the holiday; "own" for one from the file
    school_year: str
    status: Status
    source: str | None

    @property
    def trace(self) -> Trace:
        """Where it comes from."""
        code = "own_recess" if self.name == "own" else "school_holiday"
        values = {"name": self.name, "school_year": self.school_year, "source": self.source}
        return (Ground(code, values=values),)


class Cycles:
    """The cycles of the municipalities of one region, computed when asked for."""

    def __init__(self, region: Region, register: Register, law: Law, until: date) -> None:
        self.region = region
        self.register = register
        self.law = law
        self.workdays = register.workdays
        policy = region.policy
        self.quantiles: Mapping[Level, float] = dict(zip(BY_TIME, policy.formation_quantiles, strict=True))
        self.given: Mapping[Level, int] | None = None  # days after polling day, in the place of an estimate
        if policy.formation_days:
            self.given = dict(zip(BY_TIME, policy.formation_days, strict=True))
        # The term that runs at the end needs the next election.
        self.all_elections = Elections(region.municipalities, register, law, until.year + 2 * ELECTION_EVERY)
        self._lanes: dict[str, tuple[CouncilTerm, ...]] = {}
        # Most municipalities have the same elections, estimates and holidays; what they share is worked out once.
        self._shapes: dict[str, tuple[object, ...]] = {}
        self._standstills: dict[tuple[object, ...], list[Standstill]] = {}
        self._recesses: dict[str, list[Recess]] = {}
        self._installations: dict[str, list[tuple[date, CouncilTerm]]] = {}
        self._offices: dict[tuple[str, date], tuple[date, CouncilTerm] | None] = {}
        self._colleges: dict[tuple[int, Level, int], Dated] = {}

    def elections(self, code: str) -> tuple[Election, ...]:
        """The elections of the councils of one municipality code, by first sitting."""
        return self.all_elections.of(code)

    # --- terms

    def lane(self, code: str) -> tuple[CouncilTerm, ...]:
        """The council terms of a municipality, and after a merger those of the one that it went into."""
        if code not in self._lanes:
            self._lanes[code] = tuple(
                CouncilTerm(e, Period(e.first.day, following.first.day - DAY))
                for e, following in pairwise(self._successive_elections(code))
            )
        return self._lanes[code]

    def _successive_elections(self, code: str) -> list[Election]:
        elections = list(self.elections(code))
        gone = self.register.merger_of(code)
        if gone:
            since = max([gone.day, *(e.first.day + DAY for e in elections)])
            elections += [e for e in self._successive_elections(gone.new) if e.first.day >= since]
        return elections

    # --- the college

    def college(self, election: Election, level: Level = Level.LIKELY, together: int = 1) -> Dated:
        """The day of the college at a level: known, appointed, or estimated.

        *together* is the number of municipalities that must all have one, for a joint level: each then uses
        the quantile of share ** (1 / together), as if formations did not depend on each other. Days that the
        policy gives are taken as they stand, whatever *together* is.
        """
        if election.formed:
            return election.formed
        key = (id(election.elected), level, together)  # the same day, for the same reasons
        if key not in self._colleges:
            self._colleges[key] = self._given(election, level) or self._estimate(election, level, together)
        return self._colleges[key]

    def _given(self, election: Election, level: Level) -> Dated | None:
        if self.given is None:
            return None
        days = self.given[level]
        day = election.elected.day + timedelta(days=days)
        code = "given_on_command" if self.region.policy.formation_asked else "given_in_file"
        ground = Ground(code, day, values={"from": election.elected.day, "days": days, "level": level})
        return Dated(day, Status.ASSUMED, (*election.elected.trace, ground))

    def _estimate(self, election: Election, level: Level, together: int) -> Dated:
        points, share = self.register.formation_lengths, self.quantiles[level]
        days = formation_days(points, share ** (1 / together))
        day = election.elected.day + timedelta(days=days)
        values = {
            "from": election.elected.day,
            "days": days,
            "share": share,
            "together": together,
            # The other bound: if formations depended on each other wholly.
            "dependent": election.elected.day + timedelta(days=formation_days(points, share)),
        }
        return Dated(day, Status.EXPECTED, (*election.elected.trace, Ground("estimate", day, values=values)))

    def installations(self, code: str) -> list[tuple[date, CouncilTerm]]:
        """The days on which a college took office in a lane, with its council, by day (likely estimate)."""
        if code not in self._installations:
            found = []
            for term in self.lane(code):
                found.append((self.college(term.election).day, term))
                found += [(fall.next.day, term) for fall in term.election.falls]
            self._installations[code] = sorted(found, key=lambda pair: pair[0])
        return self._installations[code]

    def in_office(self, code: str, day: date) -> tuple[date, CouncilTerm] | None:
        """The college in office on *day*: since when, and of which council; None if it is not known."""
        key = (code, day)
        if key not in self._offices:
            before = (pair for pair in reversed(self.installations(code)) if pair[0] <= day)
            self._offices[key] = next(before, None)
        return self._offices[key]

    # --- standstill and recess

    def in_standstill(self, code: str, day: date) -> bool:
        """Whether a municipality, or its successor by then, is in standstill on *day* (its own likely estimate)."""
        return any(day in s.period for s in self.standstills(self.register.code_on(code, day)))

    def standstill_days(self, code: str, period: Period) -> int:
        """The number of days of *period* on which a municipality, or its successor, is in standstill."""
        days: set[date] = set()
        start = period.first
        while True:
            gone = self.register.merger_of(code)
            last = min(period.last, gone.day - DAY) if gone else period.last
            if start <= last:
                stretch = Period(start, last)
                days |= {day for s in self.standstills(code) if (both := s.period & stretch) for day in both}
            if gone is None or gone.day > period.last:
                return len(days)
            code, start = gone.new, max(start, gone.day)

    def standstills(
        self, code: str, level: Level = Level.LIKELY, together: Mapping[date, int] | None = None
    ) -> list[Standstill]:
        """The standstills of one municipality code while it exists: nomination day up to the new college.

        *together* gives per polling day the number of municipalities for a joint level; without it the
        municipality's own estimate is used.
        """
        ks = tuple(together.get(e.elected.day, 1) if together else 1 for e in self.elections(code))
        key = (self._shape(code), level, ks)
        if key not in self._standstills:
            self._standstills[key] = self._find_standstills(code, level, ks)
        return self._standstills[key]

    def _shape(self, code: str) -> tuple[object, ...]:
        """What the standstills of a municipality follow from: equal for those that have the same."""
        if code not in self._shapes:
            known, gone = self.register.municipalities[code], self.register.merger_of(code)
            days = [(id(e.nominated), id(e.elected), e.formed and id(e.formed), e.falls) for e in self.elections(code)]
            own = any(falls for *_, falls in days) or gone
            self._shapes[code] = (code,) if own else (known.since, known.until, *(day[:3] for day in days))
        return self._shapes[code]

    def _find_standstills(self, code: str, level: Level, ks: tuple[int, ...]) -> list[Standstill]:
        known = self.register.municipalities[code]
        found: list[tuple[Dated, Dated, str, date]] = []
        for e, k in zip(self.elections(code), ks, strict=True):
            found.append((e.nominated, self.college(e, level, k), "election", e.elected.day))
            found += [(f.fell, f.next, "fall", f.fell.day) for f in e.falls]
        gone = self.register.merger_of(code)
        if gone:
            merged = Dated(gone.day, Status.EXPECTED, (Ground("goes", gone.day, values={"into": gone.new}),))
            found += [
                (e.nominated, merged, "merger", e.elected.day) for e in self.elections(gone.new) if e.merger == gone.day
            ]
        result = []
        for starts, ends, cause, event in found:
            first = max(starts.day, known.since) if known.since else starts.day
            last = min(ends.day - DAY, known.until) if known.until else ends.day - DAY
            if first <= last:
                result.append(Standstill(Period(first, last), cause, event, starts, ends))
        return sorted(result, key=lambda s: (s.period, s.cause))

    def recesses(self, code: str) -> list[Recess]:
        """The days without meetings: the school holidays of its region, and what the file says instead."""
        municipality = self.region.municipalities[code]
        own = municipality.recess_replaced or municipality.recess_added
        key = code if own else municipality.holiday_region or ""
        if key not in self._recesses:
            self._recesses[key] = self._find_recesses(municipality)
        return self._recesses[key]

    def _find_recesses(self, municipality: Municipality) -> list[Recess]:
        replaced = [r.period for r in municipality.recess_replaced]
        found = [
            Recess(h.period, h.name, h.school_year, Status.ASSUMED, h.source)
            for h in self.holidays(municipality)
            if h.name != ADVISED_MAY_WEEK and not any(h.period & period for period in replaced)
        ]
        for own in (*municipality.recess_replaced, *municipality.recess_added):
            found.append(Recess(own.period, "own", "", own.status, own.source))
        return sorted(found, key=lambda r: r.period)

    def holidays(self, municipality: Municipality) -> list[SchoolHoliday]:
        """The school holidays of a municipality's holiday region."""
        return self.register.school_holidays.get(municipality.holiday_region or "", [])
