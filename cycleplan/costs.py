"""What the plans of a partnership can be, and what each costs: what stays, what is free, what stays uncovered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from cycleplan.alignment import Alignment
from cycleplan.assessment import Assessment
from cycleplan.coverage import covered_days
from cycleplan.daterules import Status
from cycleplan.periods import DAY, Period
from cycleplan.region import Partnership, Plan
from cycleplan.sequences import Course, Years, ends
from cycleplan.workdays import SchoolYear


class Ways(NamedTuple):
    """How the plans of a partnership can begin: what stays, the plan whose end is free, and the first free day."""

    stays: tuple[Plan, ...]
    kept: Plan | None  # begins before the first day from which plans are free
    kept_ends: tuple[date, ...]
    free: date | None  # where no plan is kept
    unchanged: tuple[Plan, ...]  # what follows what stays if nothing changes
    by_first_day: Mapping[date, Plan]  # the same


def first_free_day(today: date) -> date:
    """The first 1 August for which a plan can still be with the Inspectorate before 1 May."""
    year = today.year if today <= date(today.year, 4, 30) else today.year + 1
    return date(year, 8, 1)


class Costs:
    """What stays of the plans of each partnership of an alignment, and what its free plans cost."""

    def __init__(self, alignment: Alignment, may_shorten: bool) -> None:
        self.alignment = alignment
        self.region = alignment.region
        self.cycles = alignment.cycles
        self.assessor = alignment.assessor
        self.may_shorten = may_shorten
        self.since = first_free_day(alignment.today)
        self.until = alignment.horizon.last
        years = range(self.since.year, SchoolYear.on(self.until).start + 1)
        self.years = Years([date(year, 8, 1) for year in years], self.until)
        self.goal = self.region.policy.goal
        self._plans: dict[str, list[Plan]] = {}
        for plan in alignment.plans:
            if plan.kind.is_support_plan:
                self._plans.setdefault(plan.owner, []).append(plan)
        self._continued = {plan.owner for plan, _ in alignment.continued if plan.kind.is_support_plan}
        self._known: dict[tuple[str, date], tuple[Assessment, bool]] = {}
        self._known_ways: dict[str, Ways] = {}
        self._known_youth: dict[str, dict[str, list[Period]]] = {}

    # --- what stays

    def why_not(self, partnership: Partnership) -> str | None:
        """The code of the reason why nothing can be proposed for a partnership, or None."""
        if not partnership.municipalities:
            return "no_municipalities"
        if partnership.code not in self._continued:
            return "unknown_plan"
        if self.goal == "parallel" and not self._youth_periods(partnership.code):
            return "no_youth_plan"
        return None

    def ways(self, code: str) -> Ways:
        """How the plans of a partnership can go."""
        if code not in self._known_ways:
            self._known_ways[code] = self._find_ways(code)
        return self._known_ways[code]

    def _find_ways(self, code: str) -> Ways:
        own = [p for p in self._plans.get(code, ()) if p.last]
        settled = [p for p in own if p.status in (Status.ACTUAL, Status.PLANNED)]
        if self.may_shorten:
            settled = [p for p in settled if p.period and p.period.after < self.since]
        # What is expected before something that is settled stays with it.
        last = max((p.first.day for p in settled), default=date.min)
        stays, free = [p for p in own if p.first.day <= last], [p for p in own if p.first.day > last]
        before = self.since - DAY
        kept = next((p for p in free if p.period and p.first.day < self.since and before in p.period), None)
        possible: tuple[date, ...] = ()
        if kept:
            assert kept.last
            longest = kept.last.day if kept.status in (Status.ACTUAL, Status.PLANNED) else None
            possible = tuple(e for e in ends(kept.first.day) if e >= before and (longest is None or e <= longest))
            possible = possible or (kept.last.day,)
        coming = [p for p in free if p.first.day >= self.since]
        start = coming[0].first.day if coming else None
        settled_until = max((p.last.day for p in stays if p.last), default=None)
        if settled_until:  # a gap that the file leaves can be filled
            start = max(settled_until + DAY, self.since)
        following = tuple(p for p in (kept, *coming) if p)
        by_first_day = {plan.first.day: plan for plan in following}
        return Ways(tuple(stays), kept, possible, None if kept else start, following, by_first_day)

    # --- what a plan costs

    def cost(self, code: str, period: Period, last: date | None = None) -> int | Fraction:
        """The days of a plan, up to *last* and inside the horizon, that are not covered at its worst municipality.

        For the goal ``parallel`` the days times one less the share, which is that of the whole plan.
        """
        inside = self.inside(Period(period.first, last) if last else period)
        if self.goal == "parallel":
            return inside.days * (1 - self._parallel(code, period))
        return self._uncovered(code, inside)

    def _assessed(self, code: str, first: date) -> tuple[Assessment, bool]:
        """A plan that begins on *first*; what the file knows of its decision, if anything, holds wherever it ends."""
        key = (code, first)
        if key not in self._known:
            own = self.own(code, first)
            has_facts = own is not None and any(own.facts.values())
            made = self.assessor.assess(own) if own and has_facts else self.assessor.expected(code, first)
            self._known[key] = made, has_facts
        return self._known[key]

    def _uncovered(self, code: str, inside: Period) -> int:
        assessment, has_facts = self._assessed(code, inside.first)
        if has_facts:
            return inside.days - self.covered(assessment, inside, decided(assessment))
        if not assessment.counting:
            return inside.days
        return inside.days - min(term.shared_days(inside) if term else 0 for term in assessment.deciding_councils)

    def own(self, code: str, first: date) -> Plan | None:
        """The plan of the file or the rhythm that begins on *first*: what is known of it holds, wherever it ends."""
        return self.ways(code).by_first_day.get(first)

    def inside(self, period: Period) -> Period:
        """The days of *period* inside the horizon."""
        return Period(period.first, min(period.last, self.until))

    def _parallel(self, code: str, period: Period) -> Fraction:
        """The share that a plan has in common with the youth plan nearest to it, where that is lowest."""
        return min(
            max(Fraction(shared := y.shared_days(period), y.days + period.days - shared) for y in youth)
            for youth in self._youth_periods(code).values()
        )

    def _youth_periods(self, code: str) -> dict[str, list[Period]]:
        """The youth plans of an area by municipality, also the region's, continued at the rhythm of the file."""
        if code in self._known_youth:
            return self._known_youth[code]
        area = self.region.partnerships[code].municipalities
        found = self._known_youth[code] = {}
        for plan in self.alignment.plans:
            for owner in self.region.area_of(plan)[0] if plan.kind.youth and plan.period else ():
                if owner in area and plan.period:
                    found.setdefault(owner, []).append(plan.period)
        return found

    def course(self, code: str) -> Course:
        """The same for the search."""
        ways = self.ways(code)
        kept = tuple(Period(ways.kept.first.day, end) for end in ways.kept_ends) if ways.kept else ()
        stays = tuple(plan.first.day for plan in ways.stays)
        return Course(partial(self.cost, code), kept, ways.free, stays)

    def covered(self, assessment: Assessment, inside: Period, days: Sequence[date]) -> int:
        """The days of *inside* under the council whose college decided last, at the worst municipality."""
        covered = (covered_days(self.cycles, code, inside, days) or 0 for code in assessment.municipalities)
        return min(covered, default=0)


def decided(assessment: Assessment) -> list[date]:
    """The days on which a plan is decided; without a window that counts nobody is taken to have decided it first."""
    first = assessment.decisions[0]
    days = [first.day] if first.known or assessment.counting else []
    return [*days, *(d.day for d in assessment.decisions[1:])]
