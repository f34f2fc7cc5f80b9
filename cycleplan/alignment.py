"""An alignment is all that is computed for one region and one horizon: what the outputs read.

It gathers the assessments of the plans that are known and of those that are to be expected, lists whose plan
is unknown, and says what is asked of whom in the coming twelve months.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from cycleplan.assessment import Assessment, Assessor, Verdict
from cycleplan.beside import Beside, beside, most_shared
from cycleplan.continuity import Ahead, Continuity, Milestone, by_election, continuity, milestones, next_of
from cycleplan.cycles import CouncilTerm, Cycles, Level
from cycleplan.daterules import Status
from cycleplan.errors import CycleplanError, nearest
from cycleplan.law import Law
from cycleplan.overlap import Overlap, compare
from cycleplan.periods import DAY, Period, years_later
from cycleplan.region import LONGEST_RHYTHM, SUPPORT_PLAN, FactDate, Partnership, Plan, Region
from cycleplan.register import Register
from cycleplan.tasks import Task, tasks
from cycleplan.windows import Availability
from cycleplan.workdays import SchoolYear

if TYPE_CHECKING:
    from cycleplan.formations import Formation
    from cycleplan.meetings import Meeting

HORIZON_SCHOOL_YEARS = 12
_DRAWN_SCHOOL_YEARS = 8


class NextWindow(NamedTuple):
    """What is left of the next likely window over the horizon that counts, and whether its holidays are published."""

    left: Period
    recess_known: bool


class UnknownPlan(NamedTuple):
    """A party of which no running or coming plan is known, with the end of the last one that is."""

    owner: str
    kind: str
    last_known: date | None


def end_of_horizon(today: date, school_years: int = HORIZON_SCHOOL_YEARS) -> date:
    """The last day of the school year that is so many after the one of *today*."""
    return SchoolYear(SchoolYear.on(today).start + school_years).period.last


def default_horizon(region: Region, cycles: Cycles, today: date) -> Period:
    """From the earliest plan or running council term to the end of the twelfth school year after today's."""
    firsts = [plan.first.day for plan in region.all_plans]
    for municipality in region.own_municipalities:
        code = cycles.register.code_on(municipality.code, today)
        firsts += [t.period.first for t in cycles.lane(code) if today in t.period]
    return Period(min([*firsts, today]), end_of_horizon(today))


def _last_day_asked_for(region: Region, today: date, last: date | None) -> date:
    """The end of the last plan that can be in an alignment: one that begins by the end of the horizon."""
    ends = [plan.last.day for plan in region.all_plans if plan.last]
    return years_later(max(end_of_horizon(today), last or today, *ends), LONGEST_RHYTHM)


def unroll(plan: Plan, rhythm: int, until: date) -> Iterator[Plan]:
    """The plans that follow *plan* at its rhythm, as expected, while they begin on or before *until*."""
    while plan.last:
        first = plan.last.day + DAY
        if first > until:
            return
        plan = replace(
            plan,
            first=FactDate(first),
            last=FactDate(years_later(first, rhythm) - DAY),
            rhythm=rhythm,
            status=Status.EXPECTED,
            follows=plan.id,
            source=None,
            name=None,
            own_id=None,
            was=None,
            note=None,
            oogo=(),
            overlap=(),
            opr=(),
            adopted=(),
            submitted=(),
        )
        yield plan


def worst_of(assessments: Iterable[Assessment]) -> Assessment | None:
    """The plan furthest out of step, of equals the last to begin; None if none is judged."""
    judged = [(list(Verdict).index(a.verdict), a.plan.first.day, a) for a in assessments if a.verdict]
    return max(judged, key=lambda one: one[:2])[2] if judged else None


class Alignment:
    """What is computed for a region: worked out as it is asked for, from facts and law only."""

    def __init__(
        self,
        region: Region,
        register: Register,
        law: Law,
        today: date,
        first: date | None = None,
        last: date | None = None,
    ) -> None:
        self.region = region
        self.register = register
        self.law = law
        self.today = today
        self.cycles = Cycles(region, register, law, _last_day_asked_for(region, today, last))
        default = default_horizon(region, self.cycles, today)
        start, end = first or default.first, last or default.last
        if end < start:
            raise CycleplanError("horizon", first=start, last=end)
        self.horizon = Period(start, end)
        self.assessor = Assessor(region, self.cycles)

    def longer(self, years: int) -> Alignment:
        """The same, as seen from the same day, from the default first day to so many years later."""
        return Alignment(self.region, self.register, self.law, self.today, last=years_later(self.horizon.last, years))

    def recent(self, first: date | None = None, last: date | None = None) -> Alignment:
        """The same for pictures: from the beginning of what still runs to the end of the eighth school year from now.

        What still runs are the plans that the outputs speak of, and the councils. Two more elections then lie within
        it, and the plans that go with them. *first* and *last* are taken as they are.
        """
        firsts = [self.today, *(a.plan.first.day for a in self.shown)]
        firsts += [term.period.first for term in self.councils if self.today in term.period]
        start = first or SchoolYear.on(min(firsts)).period.first
        if first is None and last and last < start:  # a time that is over was asked for
            start = self.horizon.first
        end = last or end_of_horizon(self.today, _DRAWN_SCHOOL_YEARS)
        return Alignment(self.region, self.register, self.law, self.today, start, end)

    # --- plans

    @cached_property
    def plans(self) -> tuple[Plan, ...]:
        """The plans of the file and those expected after them, within the horizon, by owner and day."""
        found = [plan for plan in self.region.all_plans if self._within(plan)]
        for last, rhythm in self.continued:
            until = min(self.horizon.last, self._gone(last.owner))
            found += [plan for plan in unroll(last, rhythm, until) if self._within(plan)]
        return tuple(sorted(found, key=lambda p: (self._rank(p.owner), p.kind.id, p.first.day)))

    def _gone(self, owner: str) -> date:
        """The last day of a municipality that merges away: it makes no plan after it."""
        merger = self.register.merger_of(owner)
        return merger.day - DAY if merger else date.max

    def _rank(self, owner: str) -> tuple[int, str]:
        # Partnerships first, then municipalities, then the region itself: as people ask.
        groups = (self.region.partnerships, self.region.municipalities)
        return next((i for i, group in enumerate(groups) if owner in group), len(groups)), owner

    def _within(self, plan: Plan) -> bool:
        return plan.first.day <= self.horizon.last and (plan.last is None or plan.last.day >= self.horizon.first)

    @cached_property
    def continued(self) -> list[tuple[Plan, int]]:
        """The last plan of an owner and kind that goes on, with its rhythm in years; none if its end is not known."""
        last: dict[tuple[str, str], Plan] = {}
        for plan in sorted(self.region.all_plans, key=lambda p: p.first.day):
            last[plan.owner, plan.kind.id] = plan
        found = []
        for plan in last.values():
            rhythm = self._rhythm(plan)
            if plan.last and rhythm and years_later(plan.last.day, 1) > self.today:
                found.append((plan, rhythm))
        return found

    def _rhythm(self, plan: Plan) -> int | None:
        partnership = self.region.partnerships.get(plan.owner)
        if partnership and plan.kind.is_support_plan:
            return plan.rhythm or partnership.rhythm
        return plan.rhythm or plan.kind.rhythm

    @cached_property
    def assessments(self) -> tuple[Assessment, ...]:
        """The assessment of every plan, in the order of ``plans``."""
        return tuple(self.assessor.assess(plan) for plan in self.plans)

    @cached_property
    def unknown_plans(self) -> tuple[UnknownPlan, ...]:
        """The partnerships of which the support plan that runs today is not known nor to be expected."""
        plans = (*self.region.all_plans, *self.plans)
        going_on = {p.owner for p in plans if p.kind.is_support_plan and p.period and self.today in p.period}
        return tuple(
            UnknownPlan(p.code, SUPPORT_PLAN, self._last_known(p))
            for p in self.region.partnerships.values()
            if p.code not in going_on
        )

    def _last_known(self, partnership: Partnership) -> date | None:
        ends = (p.last.day for p in partnership.plans if p.kind.is_support_plan and p.last)
        return max((end for end in ends if end < self.today), default=None)

    def running_and_next(self, owner: str) -> list[Assessment]:
        """Of an owner's support plans the one that runs today and the next one."""
        own = [a for a in self.assessments if a.plan.owner == owner and a.plan.kind.is_support_plan]
        going = [a for a in own if a.plan.last and a.plan.last.day >= self.today]
        shown = going[:2]
        # The plan before an expected one that should already be known tells how it came to be missing.
        if shown and shown[0].plan.follows:
            before = [a for a in own if a.plan.last and a.plan.last.day < self.today]
            shown = [*before[-1:], *shown[:1]]
        return shown

    @cached_property
    def shown(self) -> tuple[Assessment, ...]:
        """The running and the next support plan of every partnership, by its code: what the outputs speak of."""
        return tuple(a for owner in sorted(self.region.partnerships) for a in self.running_and_next(owner))

    # --- councils

    @cached_property
    def councils(self) -> tuple[CouncilTerm, ...]:
        """The council terms within the horizon of every municipality that takes part, by code and day."""
        return tuple(
            term
            for code in sorted(self.region.municipalities)
            for term in self.cycles.lane(code)
            if term.election.municipality == code and term.period & self.horizon
        )

    # --- overlaps

    @cached_property
    def overlaps(self) -> tuple[Overlap, ...]:
        """Every plan with the council terms of its area, support plans with the plans set beside them, PO with VO."""
        found = []
        dated = [(a, a.plan.period) for a in self.assessments if a.plan.period]
        for a, period in dated:
            assert period
            for code in a.municipalities or a.availability.parties_on(a.plan.first.day):
                for term in self.cycles.lane(code):
                    if term.period & period:
                        found.append(compare(a.plan.id, period, term.election.id, term.period))
        found += [one.overlap for one in self._beside]
        return tuple(sorted(dict.fromkeys(found), key=lambda o: (o.a, o.b)))

    @cached_property
    def _beside(self) -> tuple[Beside, ...]:
        return beside(self.plans, self.region, self.register)

    @cached_property
    def beside(self) -> tuple[Beside, ...]:
        """The running and next plans of municipalities and region, and PO and VO, with whom they share most days."""
        return most_shared(self._beside, (a.plan for a in self.shown), self.today)

    def is_parallel(self, overlap: Overlap) -> bool:
        """Whether two plans run parallel: they share enough of their days (``policy.parallel_share``)."""
        return overlap.jaccard >= self.region.policy.parallel_share

    # --- what next

    @cached_property
    def next(self) -> tuple[Task, ...]:
        """What must be done in the coming twelve months, and what should have been and is not in the file."""
        # What is asked of whom does not depend on the years that somebody wants to see.
        seen = self.horizon.first <= years_later(self.today, -2) and self.horizon.last >= years_later(self.today, 2)
        whole = self if seen else Alignment(self.region, self.register, self.law, self.today)
        return tasks(self.region, self.cycles, whole.assessments, self.today)

    @cached_property
    def formations(self) -> tuple[Formation, ...]:
        """By when every college of the region is there, per election whose formations may not be over."""
        area = self.whole_area()
        return self.formations_of(area) if area else ()

    def formations_of(self, area: Availability) -> tuple[Formation, ...]:
        """The same for another area, such as a partnership's."""
        from cycleplan.formations import formations  # only ``windows --horizon`` and JSON ask for it

        return formations(self.cycles, area, self.today, self.horizon)

    # --- over the elections

    @cached_property
    def continuity(self) -> tuple[Continuity, ...]:
        """What carries over each coming standstill of each municipality of the region."""
        return continuity(self.region, self.cycles, self.today, self.horizon)

    @cached_property
    def ahead(self) -> tuple[Ahead, ...]:
        """The same per coming election of the region; falls of a college that are going on come first."""
        return by_election(self.continuity)

    @property
    def next_ahead(self) -> tuple[Ahead, ...]:
        """Of these the falls that are going on, and the elections that are the next of some municipality."""
        return next_of(self.ahead)

    @cached_property
    def milestones(self) -> tuple[Milestone, ...]:
        """What could be done about each agreement around each coming election: suggestions."""
        return milestones(self.region, self.assessor, self.today, self.horizon)

    # --- both sides

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """The plans whose OOGOs one meeting could serve, and the next ones in line that miss each other."""
        from cycleplan.meetings import meetings  # only ``windows`` asks for it

        return meetings(self.assessments, self.assessor, self.today)

    # --- windows over the horizon

    def whole_area(self, owner: str | None = None) -> Availability | None:
        """When the region, or one partnership, is outside standstill and recess; None without municipalities.

        Raises CycleplanError ``no-such-partnership`` with the nearest code.
        """
        if owner is None:
            codes, in_part = tuple(m.code for m in self.region.own_municipalities), frozenset[str]()
        elif owner in self.region.partnerships:
            codes, in_part = self.region.partnerships[owner].municipalities, self.region.partnerships[owner].in_part
        else:
            raise CycleplanError("no-such-partnership", id=owner, near=nearest(owner, self.region.partnerships))
        return self.assessor.availability(codes, in_part) if codes else None

    def next_for_everyone(self, partnership: str | None = None) -> NextWindow | None:
        """The next window for the municipalities of the region, or of one *partnership*; None if there is none."""
        area = self.whole_area(partnership)
        runs = area.runs(self.horizon, Level.LIKELY) if area else []
        long = (run for run in runs if run.days >= self.region.policy.min_window_days)
        coming = next((run for run in long if run.last >= self.today), None)
        if area is None or coming is None:
            return None
        return NextWindow(Period(max(coming.first, self.today), coming.last), area.recess_known(coming))


def align(
    region: Region, register: Register, law: Law, today: date, first: date | None = None, last: date | None = None
) -> Alignment:
    """The alignment of *region* as seen from *today*, from *first* to *last* (inclusive; else the default horizon).

    Raises CycleplanError ``horizon`` if it ends before it begins.
    """
    return Alignment(region, register, law, today, first, last)
