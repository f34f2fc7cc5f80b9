"""A proposal is a sequence of plan periods that is better in step, with its price.

What has happened and what is announced stays; what is only expected is free. Of all sequences of plans of one to
four school years the best are found exactly (``sequences``); here is what a plan costs, what stays, and what
re-confirming after each election would give. The definitions, in words: docs/voorstellen.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property, partial
from typing import NamedTuple

from cycleplan.alignment import Alignment
from cycleplan.assessment import Assessment, covered_days
from cycleplan.cycles import Level
from cycleplan.daterules import Status
from cycleplan.errors import CycleplanError, nearest
from cycleplan.periods import DAY, Period, years_later
from cycleplan.region import LONGEST_PLAN, FactDate, Partnership, Plan
from cycleplan.sequences import MOST_SIDE_BY_SIDE, Course, Years, ends, front, is_short
from cycleplan.workdays import SchoolYear

LONGEST_FOR_MANY = 12  # of more than a few together: every year more takes twice as long
LONGEST_HORIZON = 16  # school years: further on every answer rests on elections that nobody knows


@dataclass(frozen=True)
class ProposedPlan:
    """A plan of a proposal; *kept* if its first day stays, because it has begun or is about to.

    *coverage* is that of the part inside the horizon at its worst municipality, *reconfirmed* that same share
    if the plan is confirmed again on *confirmations*, after the elections in its time.
    """

    assessment: Assessment
    inside: Period
    coverage: float
    reconfirmed: float
    confirmations: tuple[date, ...]
    councils: tuple[tuple[date, float], ...]  # polling day, and the share of *inside* under councils of that day
    kept: bool

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.assessment.plan

    @property
    def period(self) -> Period:
        """Its days, also those past the horizon."""
        assert self.plan.period
        return self.plan.period

    @property
    def years(self) -> int:
        """The school years that it touches."""
        return SchoolYear.on(self.period.last).start - SchoolYear.on(self.period.first).start + 1

    @property
    def short(self) -> bool:
        """Whether it lasts less than four years."""
        return is_short(self.period)

    @property
    def beyond(self) -> bool:
        """Whether it runs past the horizon."""
        return self.inside.last < self.period.last


@dataclass(frozen=True)
class Proposal:
    """A sequence of plans of one partnership, or of several together, with what it costs.

    *periods* has the days of its plans per partnership. What each of them is like is worked out when it is asked for.
    """

    partnerships: tuple[str, ...]
    periods: tuple[tuple[Period, ...], ...]
    misalignment: Fraction
    days: int  # that the misalignment is a share of
    partial_years: int
    unchanged: bool
    recommended: bool
    _proposer: _Proposer = field(repr=False, compare=False)

    @cached_property
    def plans(self) -> tuple[ProposedPlan, ...]:
        """Its plans, by partnership and day."""
        return tuple(
            self._proposer.proposed(code, period)
            for code, periods in zip(self.partnerships, self.periods, strict=True)
            for period in periods
        )

    @cached_property
    def misalignment_reconfirmed(self) -> Fraction:
        """The misalignment if every plan is confirmed again after each election; of the goal ``parallel`` the same."""
        if self._proposer.goal == "parallel" or not self.days:
            return self.misalignment
        open_days = sum(round(p.inside.days * (1 - p.reconfirmed)) for p in self.plans if not p.kept)
        return Fraction(open_days, self.days)

    @property
    def short_plans(self) -> int:
        """The number of plans shorter than four years."""
        return sum(is_short(period) for periods in self.periods for period in periods)

    @property
    def rounds(self) -> int:
        """How often an OOGO, the consent of the OPR and an adoption are needed: once a plan."""
        return sum(not (p.kept and p.plan.status is Status.ACTUAL) for p in self.plans)

    @property
    def confirmations(self) -> int:
        """The voluntary OOGOs on top of that if every plan is confirmed again after each election."""
        return sum(len(p.confirmations) for p in self.plans)


class Alternatives(NamedTuple):
    """The proposals for one partnership, or for several together, best first; the recommended is the first."""

    partnerships: tuple[str, ...]
    proposals: tuple[Proposal, ...]

    @property
    def recommended(self) -> Proposal:
        """The best."""
        return self.proposals[0]

    @property
    def unchanged(self) -> Proposal:
        """To change nothing."""
        return next(p for p in self.proposals if p.unchanged)


class NotProposed(NamedTuple):
    """A partnership for which nothing is proposed, and the code of the reason."""

    partnership: str
    reason: str


class Proposals(NamedTuple):
    """What is proposed, over which period, and for whom nothing is."""

    horizon: Period
    alternatives: tuple[Alternatives, ...]
    not_proposed: tuple[NotProposed, ...]


def first_free_day(today: date) -> date:
    """The first 1 August for which a plan can still be with the Inspectorate before 1 May."""
    year = today.year if today <= date(today.year, 4, 30) else today.year + 1
    return date(year, 8, 1)


def propose(
    alignment: Alignment, codes: Sequence[str] = (), together: bool = False, may_shorten: bool = False
) -> Proposals:
    """Proposals for the partnerships *codes* (else all of the region), each on its own or coupled, up to the horizon.

    Raises CycleplanError ``no-such-partnership`` with the nearest code, ``too-long-together`` where the search would
    take too long, and as ``Assessor.assess`` does.
    """
    known = alignment.region.partnerships
    for code in codes:
        if code not in known:
            raise CycleplanError("no-such-partnership", id=code, near=nearest(code, known))
    proposer = _Proposer(alignment, may_shorten)
    asked = sorted(set(codes or known))
    reasons = {code: proposer.why_not(known[code]) for code in asked}
    able = [code for code in asked if not reasons[code]]
    if together and len(able) > MOST_SIDE_BY_SIDE and len(proposer.starts) > LONGEST_FOR_MANY:
        raise CycleplanError("too-long-together", count=MOST_SIDE_BY_SIDE, most=LONGEST_FOR_MANY)
    groups = [tuple(able)] if together and able else [(code,) for code in able]
    return Proposals(
        Period(proposer.since, proposer.until),
        tuple(proposer.alternatives(group) for group in groups),
        tuple(NotProposed(code, reason) for code, reason in reasons.items() if reason),
    )


class _Ways(NamedTuple):
    """How the plans of a partnership can begin: what stays, the plan whose end is free, and the first free day."""

    stays: tuple[Plan, ...]
    kept: Plan | None  # begins before the first day from which plans are free
    kept_ends: tuple[date, ...]
    free: date | None  # where no plan is kept
    unchanged: tuple[Plan, ...]  # what follows what stays if nothing changes


class _Proposer:
    def __init__(self, alignment: Alignment, may_shorten: bool) -> None:
        self.alignment = alignment
        self.region = alignment.region
        self.cycles = alignment.cycles
        self.assessor = alignment.assessor
        self.may_shorten = may_shorten
        self.since = first_free_day(alignment.today)
        self.until = alignment.horizon.last
        # The 1 Augusts on which a plan can begin.
        years = range(self.since.year, SchoolYear.on(self.until).start + 1)
        self.starts = [date(year, 8, 1) for year in years]
        self.years = Years(self.starts, self.until)
        self.goal = self.region.policy.goal
        self._plans: dict[str, list[Plan]] = {}
        for plan in alignment.plans:
            if plan.kind.is_support_plan:
                self._plans.setdefault(plan.owner, []).append(plan)
        self._continued = {plan.owner for plan, _ in alignment.continued if plan.kind.is_support_plan}
        self._known_ways: dict[str, _Ways] = {}
        self._horizon_windows: dict[str, list[Period]] = {}

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

    def _ways(self, code: str) -> _Ways:
        if code not in self._known_ways:
            self._known_ways[code] = self._find_ways(code)
        return self._known_ways[code]

    def _find_ways(self, code: str) -> _Ways:
        own = [p for p in self._plans.get(code, ()) if p.last]
        stays = [p for p in own if p.status in (Status.ACTUAL, Status.PLANNED)]
        last = max((p.first.day for p in stays), default=date.min)
        free = [p for p in own if p.first.day > last]
        before = self.since - DAY
        if self.may_shorten:
            running = [p for p in stays if p.period and p.first.day < self.since <= p.period.after]
            ahead = [p for p in stays if p.first.day >= self.since]
            stays = [p for p in stays if p not in running and p not in ahead]
            free = sorted([*running, *ahead, *free], key=lambda p: p.first.day)
        kept = next((p for p in free if p.period and p.first.day < self.since and before in p.period), None)
        possible: tuple[date, ...] = ()
        if kept:
            assert kept.last
            longest = kept.last.day if kept.status in (Status.ACTUAL, Status.PLANNED) else None
            possible = tuple(e for e in ends(kept.first.day) if e >= before and (longest is None or e <= longest))
            possible = possible or (kept.last.day,)
        coming = [p for p in free if p.first.day >= self.since]
        start = coming[0].first.day if coming else None
        following = tuple(p for p in (kept, *coming) if p)
        return _Ways(tuple(stays), kept, possible, None if kept else start, following)

    # --- what a plan costs

    def cost(self, code: str, period: Period) -> int | Fraction:
        """The days of a plan inside the horizon that are not covered at its worst municipality.

        For the goal ``parallel`` the days times one less the share.
        """
        inside = self._inside(period)
        if self.goal == "parallel":
            return inside.days * (1 - self._parallel(code, period))
        assessment = self.assessor.expected(code, period.first)
        if not assessment.counting:
            return inside.days
        return inside.days - min(term.shared_days(inside) if term else 0 for term in assessment.deciding_councils)

    def _inside(self, period: Period) -> Period:
        return Period(period.first, min(period.last, self.until))

    def _parallel(self, code: str, period: Period) -> Fraction:
        """The share that a plan has in common with the youth plan nearest to it, where that is lowest."""
        return min(
            max(Fraction(shared := y.shared_days(period), y.days + period.days - shared) for y in youth)
            for youth in self._youth_periods(code).values()
        )

    def _youth_periods(self, code: str) -> dict[str, list[Period]]:
        """The youth plans of an area by municipality, continued at the rhythm that the file gives."""
        area = self.region.partnerships[code].municipalities
        found: dict[str, list[Period]] = {}
        for plan in self.alignment.plans:
            if plan.owner in area and plan.kind.youth and plan.period:
                found.setdefault(plan.owner, []).append(plan.period)
        return found

    def _course(self, code: str, ways: _Ways) -> Course:
        kept = tuple(Period(ways.kept.first.day, end) for end in ways.kept_ends) if ways.kept else ()
        stays = tuple(plan.first.day for plan in ways.stays)
        return Course(partial(self.cost, code), kept, ways.free, stays)

    # --- the proposals

    def alternatives(self, codes: tuple[str, ...]) -> Alternatives:
        """What is proposed for the partnerships *codes* together: the front, and to change nothing."""
        ways = [self._ways(code) for code in codes]
        courses = [self._course(code, way) for code, way in zip(codes, ways, strict=True)]
        unchanged = tuple(tuple(p.period for p in way.unchanged if p.period) for way in ways)
        points = [(s.plans, s.cost, s.days, s.partial) for s in front(courses, self.years)]
        best = points[0][0] if points else unchanged
        if unchanged not in [point[0] for point in points]:
            points.append(self._as_it_is(codes, ways, unchanged))
        found = []
        for periods, cost, days, some_years in points:
            share = Fraction(cost) / days if days else Fraction(0)
            marks = periods == unchanged, periods == best
            found.append(Proposal(codes, periods, share, days, some_years, *marks, self))
        # The recommended one is the first of the order among those that the law allows.
        found.sort(key=lambda p: (not p.recommended, p.misalignment, p.short_plans, p.partial_years, _plans_of(p)))
        return Alternatives(codes, tuple(found))

    def _as_it_is(
        self, codes: tuple[str, ...], ways: Sequence[_Ways], unchanged: tuple[tuple[Period, ...], ...]
    ) -> tuple[tuple[tuple[Period, ...], ...], int | Fraction, int, int]:
        cost: int | Fraction = 0
        days = 0
        for code, way, periods in zip(codes, ways, unchanged, strict=True):
            judged = periods[1:] if way.kept else periods
            cost += sum(self.cost(code, period) for period in judged)
            days += (self.until - judged[0].first).days + 1 if judged else 0
        begins = [{p.first.day for p in (*way.stays, *way.unchanged)} for way in ways]
        some_years = sum(0 < sum(day in own for own in begins) < len(codes) for day in self.starts)
        return unchanged, cost, days, some_years

    def proposed(self, code: str, period: Period) -> ProposedPlan:
        """A plan of a proposal, with how it does."""
        way = self._ways(code)
        kept = way.kept if way.kept and way.kept.first.day == period.first else None
        plan = replace(kept or self.assessor.expected(code, period.first).plan, last=FactDate(period.last))
        assessment = self.assessor.assess(plan)
        inside = self._inside(period)
        decided = assessment.decisions[0]
        # Without a window that counts nobody is taken to have decided it.
        first = [decided.day] if decided.known or assessment.counting else []
        days = [*first, *(d.day for d in assessment.decisions[1:])]
        confirmations = self._confirmations(assessment)
        return ProposedPlan(
            assessment,
            inside,
            self._covered(assessment, inside, days),
            self._covered(assessment, inside, sorted({*days, *confirmations})),
            confirmations,
            self._councils(assessment, inside),
            kept is not None,
        )

    def _councils(self, assessment: Assessment, inside: Period) -> tuple[tuple[date, float], ...]:
        """Which councils the plan runs under: by their polling day, the mean share over its municipalities."""
        days: dict[date, int] = {}
        for code in assessment.municipalities:
            for term in self.cycles.lane(code):
                if shared := term.period.shared_days(inside):
                    polling = term.election.elected.day
                    days[polling] = days.get(polling, 0) + shared
        whole = inside.days * len(assessment.municipalities)
        return tuple((polling, shared / whole) for polling, shared in sorted(days.items()))

    def _covered(self, assessment: Assessment, inside: Period, days: Sequence[date]) -> float:
        """The share of *inside* under the council whose college decided last, at the worst municipality."""
        covered = (covered_days(self.cycles, code, inside, days) or 0 for code in assessment.municipalities)
        return min(covered, default=0) / inside.days

    def _confirmations(self, assessment: Assessment) -> tuple[date, ...]:
        """The days on which the plan is confirmed again: in the first window that counts after each election."""
        period = assessment.plan.period
        assert period
        decided = assessment.decisions[0].day
        polls = {
            term.election.elected.day
            for code in assessment.municipalities
            for term in self.cycles.lane(code)
            if decided < term.election.elected.day <= period.last
        }
        windows = self._windows(assessment)
        found = {next((w.last for w in windows if w.first > polling), date.max) for polling in polls}
        return tuple(sorted(day for day in found if day <= period.last))

    def _windows(self, assessment: Assessment) -> list[Period]:
        """The windows that count over the whole horizon, and before it while plans that run now were made.

        Where the school holidays are not published a window would last until the next election; nobody waits so
        long, so there it ends after as many days as the plan's own consultation period has.
        """
        key = assessment.plan.owner
        if key not in self._horizon_windows:
            assert assessment.consultation
            period = Period(years_later(self.since, -LONGEST_PLAN - 1), self.until)
            longest = timedelta(days=assessment.consultation.days - 1)
            least = self.region.policy.min_window_days
            availability = assessment.availability
            self._horizon_windows[key] = [
                run if availability.recess_known(run) else Period(run.first, min(run.last, run.first + longest))
                for run in availability.runs(period, Level.LIKELY)
                if run.days >= least
            ]
        return self._horizon_windows[key]


def _plans_of(proposal: Proposal) -> int:
    return sum(map(len, proposal.periods))
