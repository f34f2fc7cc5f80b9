"""A proposal is a sequence of plan periods that is better in step, with its price.

What has happened and what is announced stays; what is only expected is free (``costs``). Of all sequences of plans
of one to four school years the best are found exactly (``sequences``). Here they are made into proposals, with what
re-confirming after each election would give. The definitions, in words: docs/voorstellen.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import pairwise, zip_longest
from typing import NamedTuple

from cycleplan.alignment import Alignment
from cycleplan.assessment import Assessment
from cycleplan.costs import Costs, Ways, decided
from cycleplan.cycles import Level
from cycleplan.daterules import Status
from cycleplan.errors import CycleplanError, nearest
from cycleplan.periods import DAY, Period, months_between, years_later
from cycleplan.region import LONGEST_PLAN, FactDate, Plan
from cycleplan.sequences import MOST_SIDE_BY_SIDE, Found, front, is_short

MOST_TOGETHER = 8  # more give a table of hundreds of proposals that nobody chooses from
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
    def months(self) -> int:
        """The whole months that it lasts."""
        return months_between(self.period.first, self.period.after)

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
    short_plans: int  # shorter than four years
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
        if self._proposer.costs.goal == "parallel" or not self.days:
            return self.misalignment
        judged = [p for p in self.plans if not p.kept]
        open_days = sum(round(p.inside.days * (1 - p.reconfirmed)) for p in judged)
        without = max(0, self.days - sum(p.inside.days for p in judged))  # days that no plan has
        return min(Fraction(1), Fraction(open_days + without, self.days))

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


def propose(
    alignment: Alignment, codes: Sequence[str] = (), together: bool = False, may_shorten: bool = False
) -> Proposals:
    """Proposals for the partnerships *codes* (else all of the region), each on its own or coupled, up to the horizon.

    Raises CycleplanError ``no-such-partnership`` with the nearest code, ``horizon-too-short`` if no plan can begin
    within it, ``too-many-together`` and ``too-long-together`` where the search would take too long, and as
    ``Assessor.assess`` does.
    """
    known = alignment.region.partnerships
    for code in codes:
        if code not in known:
            raise CycleplanError("no-such-partnership", id=code, near=nearest(code, known))
    costs = Costs(alignment, may_shorten)
    if costs.since > costs.until:
        raise CycleplanError("horizon-too-short", first=costs.since, last=costs.until)
    asked = sorted(set(codes or known))
    reasons = {code: costs.why_not(known[code]) for code in asked}
    able = [code for code in asked if not reasons[code]]
    if together and len(able) > MOST_TOGETHER:
        raise CycleplanError("too-many-together", count=len(able), most=MOST_TOGETHER)
    if together and len(able) > MOST_SIDE_BY_SIDE and len(costs.years.starts) > LONGEST_FOR_MANY:
        raise CycleplanError("too-long-together", count=MOST_SIDE_BY_SIDE, most=LONGEST_FOR_MANY)
    proposer = _Proposer(costs)
    groups = [tuple(able)] if together and able else [(code,) for code in able]
    return Proposals(
        Period(costs.since, costs.until),
        tuple(proposer.alternatives(group) for group in groups),
        tuple(NotProposed(code, reason) for code, reason in reasons.items() if reason),
    )


class _Proposer:
    def __init__(self, costs: Costs) -> None:
        self.costs = costs
        self._horizon_windows: dict[str, list[Period]] = {}

    def alternatives(self, codes: tuple[str, ...]) -> Alternatives:
        """What is proposed for the partnerships *codes* together: the front, and to change nothing."""
        ways = [self.costs.ways(code) for code in codes]
        courses = [self.costs.course(code) for code in codes]
        found = [self._proposal(codes, point) for point in front(courses, self.costs.years)]
        unchanged = self._proposal(codes, self._as_it_is(codes, ways))
        if self._is_allowed(unchanged):  # then it is one of the sequences, whatever days its plans end on
            found = [p for p in found if p.periods == unchanged.periods or not _as_good(unchanged, p)]
        if unchanged.periods not in [p.periods for p in found]:
            found.append(unchanged)
        found.sort(key=_order)
        best = next((p for p in found if p.periods != unchanged.periods or self._is_allowed(p)), unchanged)
        marked = (
            replace(p, unchanged=p.periods == unchanged.periods, recommended=p.periods == best.periods) for p in found
        )
        return Alternatives(codes, tuple(sorted(marked, key=lambda p: (not p.recommended, _order(p)))))

    def _proposal(self, codes: tuple[str, ...], point: Found) -> Proposal:
        counts = (point.misalignment, point.days, point.short, point.partial)
        return Proposal(codes, point.plans, *counts, unchanged=False, recommended=False, _proposer=self)

    @staticmethod
    def _is_allowed(proposal: Proposal) -> bool:
        """Whether its plans follow each other without a gap or overlap, and none is longer than the law allows."""
        return all(
            all(plan.after <= years_later(plan.first, LONGEST_PLAN) for plan in plans)
            and all(one.after == other.first for one, other in pairwise(plans))
            for plans in proposal.periods
        )

    def _as_it_is(self, codes: tuple[str, ...], ways: Sequence[Ways]) -> Found:
        """To change nothing; days that no plan has are not covered, those that two have count with the later one."""
        cost: int | Fraction = 0
        days = 0
        for code, way in zip(codes, ways, strict=True):
            judged = way.unchanged[1:] if way.kept else way.unchanged
            begin = way.kept.last.day + DAY if way.kept and way.kept.last else way.free
            if begin is None or begin > self.costs.until:
                continue
            days += (self.costs.until - begin).days + 1
            cost += self._cost_as_it_is(code, judged, Period(begin, self.costs.until))
        begins = [{p.first.day for p in (*way.stays, *way.unchanged)} for way in ways]
        some_begin = sum(0 < sum(day in own for own in begins) < len(codes) for day in self.costs.years.starts)
        unchanged = tuple(tuple(p.period for p in way.unchanged if p.period) for way in ways)
        short = sum(is_short(period) for periods in unchanged for period in periods)
        return Found(unchanged, cost, days, short, some_begin)

    def _cost_as_it_is(self, code: str, plans: Sequence[Plan], whole: Period) -> int | Fraction:
        cost: int | Fraction = 0
        had = 0
        for plan, following in zip_longest(plans, plans[1:]):
            assert plan.period
            last = min(plan.period.last, self.costs.until, following.first.day - DAY if following else date.max)
            if last >= plan.first.day:
                had += Period(plan.first.day, last).days
                cost += self.costs.cost(code, plan.period, last)
        return cost + whole.days - had

    def proposed(self, code: str, period: Period) -> ProposedPlan:
        """A plan of a proposal, with how it does."""
        kept = self.costs.ways(code).kept
        own = self.costs.own(code, period.first)
        plan = replace(own or self.costs.assessor.expected(code, period.first).plan, last=FactDate(period.last))
        assessment = self.costs.assessor.assess(plan)
        inside = self.costs.inside(period)
        days = decided(assessment)
        confirmations = self._confirmations(assessment)
        return ProposedPlan(
            assessment,
            inside,
            self.costs.covered(assessment, inside, days) / inside.days,
            self.costs.covered(assessment, inside, sorted({*days, *confirmations})) / inside.days,
            confirmations,
            self._councils(assessment, inside),
            kept is not None and own is kept,
        )

    def _councils(self, assessment: Assessment, inside: Period) -> tuple[tuple[date, float], ...]:
        """Which councils the plan runs under: by their polling day, the mean share over its municipalities."""
        days: dict[date, int] = {}
        for code in assessment.municipalities:
            for term in self.costs.cycles.lane(code):
                if shared := term.period.shared_days(inside):
                    polling = term.election.elected.day
                    days[polling] = days.get(polling, 0) + shared
        whole = inside.days * len(assessment.municipalities)
        return tuple((polling, shared / whole) for polling, shared in sorted(days.items()))

    def _confirmations(self, assessment: Assessment) -> tuple[date, ...]:
        """The days on which the plan is confirmed again: in the first window that counts after each election."""
        period = assessment.plan.period
        assert period
        decided = assessment.decisions[0].day
        polls = {
            term.election.elected.day
            for code in assessment.municipalities
            for term in self.costs.cycles.lane(code)
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
            period = Period(years_later(self.costs.since, -LONGEST_PLAN - 1), self.costs.until)
            longest = timedelta(days=assessment.consultation.days - 1)
            least = self.costs.region.policy.min_window_days
            availability = assessment.availability
            self._horizon_windows[key] = [
                run if availability.recess_known(run) else Period(run.first, min(run.last, run.first + longest))
                for run in availability.runs(period, Level.LIKELY)
                if run.days >= least
            ]
        return self._horizon_windows[key]


def _as_good(one: Proposal, other: Proposal) -> bool:
    """Whether *one* is not worse than *other* on any count."""
    return (
        one.misalignment <= other.misalignment
        and one.short_plans <= other.short_plans
        and one.partial_years <= other.partial_years
    )


def _order(proposal: Proposal) -> tuple[Fraction, int, int, int]:
    plans = sum(map(len, proposal.periods))
    return proposal.misalignment, proposal.short_plans, proposal.partial_years, plans
