"""A council term runs from the day a new council first sits to the day before the next one does.

Here the elections of a municipality follow from the law by its date, from mergers and from what the region
file knows; and with them the college (observed, appointed by law, or estimated) and the standstill.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from cycleplan.daterules import AtMost, Dated, Ground, Status
from cycleplan.law import Law
from cycleplan.periods import DAY, Period
from cycleplan.region import CouncilFact, FactDate, Municipality, Region
from cycleplan.register import ADVISED_MAY_WEEK, MergerElection, Register, SchoolHoliday

FIRST_ELECTION, ELECTION_EVERY = 2010, 4  # Kieswet C 4 lid 1; 2010 is the first under a known rule


class Level(StrEnum):
    """How certain a college is in office by a day; each level is contained in the next."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


# The share of colleges that is formed by then.
QUANTILES: Mapping[Level, float] = {Level.POSSIBLE: 0.1, Level.LIKELY: 0.5, Level.CERTAIN: 0.9}


@cache
def formation_days(points: tuple[tuple[float, float], ...], share: float) -> int:
    """After how many whole days from polling day *share* of the colleges is formed; linear between *points*."""
    if share <= points[0][1]:
        return round(points[0][0])
    for (days, done), (next_days, next_done) in itertools.pairwise(points):
        if share <= next_done:
            return round(days + (share - done) / (next_done - done) * (next_days - days))
    return round(points[-1][0])


class Fall(NamedTuple):
    """A college that fell within the term: standstill from *fell* to the day before the *next* college."""

    fell: Dated
    next: Dated


@dataclass(frozen=True)
class Election:
    """The election of one council, with the college that came of it.

    *formed* is the day of the college if it is known or set by law; otherwise the day is estimated.
    """

    municipality: str
    nominated: Dated
    elected: Dated
    first: Dated
    formed: Dated | None
    observed: bool
    falls: tuple[Fall, ...] = ()
    merger: date | None = None

    @property
    def id(self) -> str:
        """Stable name of the council: municipality and polling day."""
        return f"{self.municipality}/council/{self.elected.day}"


class CouncilTerm(NamedTuple):
    """A council in office: its election, and its days."""

    election: Election
    period: Period


class Standstill(NamedTuple):
    """A run of days on which a municipality's college is on its way out; *opened_by* is what ends it."""

    period: Period
    cause: str  # election, fall, merger
    event: date  # the polling day, the day of the fall, or the polling day of the merger's election


class Recess(NamedTuple):
    """Days without meetings: a school holiday, or the council's own."""

    period: Period
    name: str  # the holiday; "own" for one from the file
    school_year: str
    status: Status
    source: str | None


class Cycles:
    """The cycles of the municipalities of one region, computed when asked for."""

    def __init__(self, region: Region, register: Register, law: Law, until: date) -> None:
        self.region = region
        self.register = register
        self.law = law
        self.workdays = register.workdays
        self._last_year = until.year + 2 * ELECTION_EVERY  # the term that runs at the end needs the next one
        self._elections: dict[str, tuple[Election, ...]] = {}
        self._lanes: dict[str, tuple[CouncilTerm, ...]] = {}
        self._regular: tuple[Election, ...] | None = None
        self._standstills: dict[tuple[str, Level, tuple[int, ...]], list[Standstill]] = {}
        self._recesses: dict[str, list[Recess]] = {}
        self._installations: dict[str, list[tuple[date, CouncilTerm]]] = {}
        self._colleges: dict[tuple[str, Level, int], Dated] = {}

    # --- elections

    def regular_elections(self) -> tuple[Election, ...]:
        """The regular council elections of the country (Kieswet F 1, J 1, C 4), without a municipality."""
        if self._regular is None:
            years = range(FIRST_ELECTION, self._last_year + 1, ELECTION_EVERY)
            self._regular = tuple(self._regular_election(year) for year in years)
        return self._regular

    def _regular_election(self, year: int) -> Election:
        on = date(year, 1, 1)
        nominated = self.law.giving("nomination", on).in_year(year, self.workdays)
        elected = self.law.giving("polling", on).after(nominated, self.workdays)
        first = self.law.giving("first_sitting", on).in_year(year, self.workdays)
        source = self.register.council_elections.get(elected.day)
        if source:
            fact = Ground("held", elected.day, values={"source": source})
            elected = Dated(elected.day, Status.ACTUAL, (*elected.trace, fact))
            nominated, first = (replace(d, status=Status.ACTUAL) for d in (nominated, first))
        return Election("", nominated, elected, first, None, observed=False)

    def elections(self, code: str) -> tuple[Election, ...]:
        """The elections of the councils of one municipality code, by first sitting, with what the file knows."""
        if code not in self._elections:
            self._elections[code] = tuple(self._with_facts(code, e) for e in self._computed(code))
        return self._elections[code]

    def _computed(self, code: str) -> list[Election]:
        known = self.register.municipalities[code]
        own = self.register.merger_elections.get(code, [])
        merger = [self._merger_election(m) for m in own]
        skipped = {day for m in own for day in self._skipped(m)} - {m.takes_part for m in own}
        gone = self.register.merger_of(code)
        if gone:
            for m in self.register.merger_elections.get(gone.new, []):
                if m.effective == gone.day:
                    # The people of a municipality that goes vote for the new council, not for their own again.
                    skipped |= self._skipped(m) | {self._merger_election(m).elected.day}
        same_day = {e.elected.day for e in merger}
        regular = [
            replace(e, municipality=code)
            for e in self.regular_elections()
            if known.exists_on(e.elected.day) and e.elected.day not in skipped | same_day
        ]
        renamed = [m.old for m in self.register.predecessors(code) if m.kind == "rename"]
        before = [replace(e, municipality=code) for old in renamed for e in self.elections(old)]
        return sorted([*before, *merger, *regular], key=lambda e: e.first.day)

    def computed_days(self, code: str) -> list[date]:
        """The polling days that law and register give for a municipality, whatever the file says."""
        return [e.elected.day for e in self._computed(code)]

    def _skipped(self, m: MergerElection) -> set[date]:
        """The regular elections that a merger takes the place of (Wet arhi 56a, 56b, 56e)."""
        if m.skips:
            return {m.skips}
        if m.regime != "arhi":
            return set()
        within = self.law.giving("merger_skips", m.effective).rule
        assert isinstance(within, AtMost)
        limit = within.until(m.effective, self.workdays)
        postponed_from = date(m.effective.year - 1, 1, 1)
        return {
            e.elected.day
            for e in self.regular_elections()
            if m.effective <= e.elected.day <= limit
            or (postponed_from <= e.elected.day < m.effective and self._postpones(e.elected.day))
        }

    def _postpones(self, polling: date) -> bool:
        # A merger on 1 January after an election year: its bill was lodged in the last months of the year
        # before, and the old councils sit until the merger (Wet arhi 56a, 56b, in force at that election).
        return bool(self.law.giving("merger_postpones", polling))

    def _merger_election(self, m: MergerElection) -> Election:
        fact = Ground("merger", m.effective, values={"source": m.source})
        if m.regime == "arhi":
            year = m.effective.year - 1
            nominated = self.law.giving("merger_nomination", date(year, 10, 5)).in_year(year, self.workdays)
            elected = self.law.giving("merger_polling", date(year, 10, 5)).after(nominated, self.workdays)
        if m.elected:
            elected = Dated(m.elected, m.status, (Ground("published", m.elected, values={"source": m.source}),))
        if m.nominated:
            nominated = Dated(
                m.nominated, Status.EXPECTED, (Ground("published", m.nominated, values={"source": m.source}),)
            )
        if m.first_sitting:
            first = Dated(m.first_sitting, m.status, (fact,))
        else:
            rule = self.law.giving("merger_first_sitting", m.effective)
            first = rule.after(Dated(m.effective, m.status, (fact,)), self.workdays)
        appointed = None
        if m.regime != "own-act":  # Wet arhi 56 lid 3: the aldermen are appointed at the first sitting
            appointed = Dated(first.day, first.status, (*first.trace, Ground("appointed", first.day)))
        return Election(m.municipality, nominated, elected, first, appointed, observed=False, merger=m.effective)

    def _with_facts(self, code: str, election: Election) -> Election:
        municipality = self.region.municipalities.get(code)
        facts = _facts_about(municipality, election)
        for fact in facts:
            if fact.replaces:
                election = _moved(election, fact)
            election = _with_days(election, fact)
        known = self.register.colleges.get((code, election.elected.day))
        formed = next((f for f in facts if f.college_formed and not f.fell), None)
        if formed and formed.college_formed:
            election = replace(election, observed=True, formed=_fact(formed.college_formed, formed, code))
        elif known:
            ground = Ground("college", known.day, values={"source": known.source, "municipality": code})
            election = replace(election, observed=True, formed=Dated(known.day, known.status, (ground,)))
        falls = [
            Fall(_fact(f.fell, f, code), _fact(f.college_formed, f, code))
            for f in facts
            if f.fell and f.college_formed and f.fell.day < f.college_formed.day
        ]
        falls += election.falls  # those under the old code, where only the name changed
        return replace(election, falls=tuple(sorted(falls, key=lambda fall: fall.fell.day)))

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
        the quantile of share ** (1 / together), as if formations did not depend on each other.
        """
        if election.formed:
            return election.formed
        key = (election.id, level, together)
        if key not in self._colleges:
            share = QUANTILES[level] ** (1 / together)
            days = formation_days(self.register.formation_lengths, share)
            day = election.elected.day + timedelta(days=days)
            values = {
                "from": election.elected.day,
                "days": days,
                "share": QUANTILES[level],
                "together": together,
            }
            trace = (*election.elected.trace, Ground("estimate", day, values=values))
            self._colleges[key] = Dated(day, Status.EXPECTED, trace)
        return self._colleges[key]

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
        return next((pair for pair in reversed(self.installations(code)) if pair[0] <= day), None)

    def code_on(self, code: str, day: date) -> str:
        """The code under which a municipality goes on *day*: its successor's, once it has gone."""
        while (gone := self.register.merger_of(code)) and gone.day <= day:
            code = gone.new
        return code

    # --- standstill and recess

    def in_standstill(self, code: str, day: date) -> bool:
        """Whether a municipality, or its successor by then, is in standstill on *day* (its own likely estimate)."""
        return any(day in s.period for s in self.standstills(self.code_on(code, day)))

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
        key = (code, level, ks)
        if key not in self._standstills:
            self._standstills[key] = self._find_standstills(code, level, ks)
        return self._standstills[key]

    def _find_standstills(self, code: str, level: Level, ks: tuple[int, ...]) -> list[Standstill]:
        known = self.register.municipalities[code]
        found = []
        for e, k in zip(self.elections(code), ks, strict=True):
            college = self.college(e, level, k)
            found.append((e.nominated.day, college.day - DAY, "election", e.elected.day))
            found += [(f.fell.day, f.next.day - DAY, "fall", f.fell.day) for f in e.falls]
        gone = self.register.merger_of(code)
        if gone:
            found += [
                (e.nominated.day, gone.day - DAY, "merger", e.elected.day)
                for e in self.elections(gone.new)
                if e.merger == gone.day
            ]
        result = []
        for first, last, cause, event in found:
            start = max(first, known.since) if known.since else first
            end = min(last, known.until) if known.until else last
            if start <= end:
                result.append(Standstill(Period(start, end), cause, event))
        return sorted(result, key=lambda s: (s.period, s.cause))

    def recesses(self, code: str) -> list[Recess]:
        """The days without meetings: the school holidays of its region, and what the file says instead."""
        if code not in self._recesses:
            self._recesses[code] = self._find_recesses(code)
        return self._recesses[code]

    def _find_recesses(self, code: str) -> list[Recess]:
        municipality = self.region.municipalities[code]
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


def _facts_about(municipality: Municipality | None, election: Election) -> list[CouncilFact]:
    if municipality is None:
        return []
    moved = [f for f in municipality.councils if f.replaces == election.elected.day]
    days = {election.elected.day, *(f.elected for f in moved)}
    same = [f for f in municipality.councils if f.elected in days and not f.replaces]
    return [*moved, *same]


def _fact(day: date | FactDate, fact: CouncilFact, code: str) -> Dated:
    shown = day if isinstance(day, FactDate) else FactDate(day)
    values = {"source": fact.source, "municipality": code, "shown": shown}
    return Dated(shown.day, fact.status, (Ground("fact", shown.day, values=values),))


def _moved(election: Election, fact: CouncilFact) -> Election:
    """The election on another polling day; nomination goes with it, as many days before (Kieswet J 1)."""
    gap = election.elected.day - election.nominated.day
    nominated = fact.nominated or fact.elected - gap
    elected = _fact(fact.elected, fact, election.municipality)
    return replace(election, elected=elected, nominated=_fact(nominated, fact, election.municipality))


def _with_days(election: Election, fact: CouncilFact) -> Election:
    code = election.municipality
    if fact.nominated:
        election = replace(election, nominated=_fact(fact.nominated, fact, code))
    if fact.first:
        first = _fact(fact.first, fact, code)
        # A college that the law appoints at the first sitting goes with it.
        election = replace(election, first=first, formed=first if election.formed else None)
    return election
