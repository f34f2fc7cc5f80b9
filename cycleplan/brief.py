"""A brief is what a piece has to say of a region from one party's chair: codes and values, in the order to say it.

The chair is the region as a whole, a municipality or a partnership; it narrows the alignment to what concerns that
party. What there is to decide are points, each with the claims that argue for it; which of them a piece has, and
how they are said, is for the outputs and the wording.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from cycleplan.alignment import Alignment, UnknownPlan, align, end_of_horizon, worst_of
from cycleplan.assessment import Assessment, Verdict
from cycleplan.checklist import holding
from cycleplan.continuity import Ahead, by_election, next_of
from cycleplan.cycles import Level
from cycleplan.daterules import Status
from cycleplan.elections import Election
from cycleplan.errors import CycleplanError
from cycleplan.formations import Formation
from cycleplan.periods import Period
from cycleplan.proposals import Alternatives, NotProposed, Proposal, Proposals, ProposedPlan, propose
from cycleplan.region import Agreement
from cycleplan.register import Merger
from cycleplan.tasks import Task
from cycleplan.windows import Window

REGION, MUNICIPALITY, PARTNERSHIP = "region", "municipality", "partnership"
MOST_ALTERNATIVES = 4  # beside changing nothing: more is no choice


class Claim(NamedTuple):
    """A reason for a point: a code, and the values that prove it."""

    code: str
    values: Mapping[str, Any] = MappingProxyType({})


class Point(NamedTuple):
    """Something to decide, that can be adopted, amended or struck on its own, with the claims for it."""

    code: str
    values: Mapping[str, Any] = MappingProxyType({})
    claims: tuple[Claim, ...] = ()


class Again(NamedTuple):
    """When a plan would first be confirmed again: the polling day before it, and the last day of the window.

    *late* if the window after the election has passed, and this is the first after it.
    """

    plan: ProposedPlan
    elected: date
    day: date
    late: bool


class Brief:
    """What there is to say from one chair; *chair* is a party's code, or None for the region as a whole.

    A municipality that has gone since speaks as the one that it went into.
    """

    def __init__(self, alignment: Alignment, chair: str | None = None) -> None:
        self.alignment = alignment
        self.region = alignment.region
        if chair is not None and chair in self.region.municipalities:
            chair = alignment.cycles.code_on(chair, alignment.today)
        self.chair = chair

    @property
    def kind(self) -> str:
        """What kind of party speaks."""
        if self.chair is None:
            return REGION
        return PARTNERSHIP if self.chair in self.region.partnerships else MUNICIPALITY

    # --- who and what it is about

    @cached_property
    def partnerships(self) -> tuple[str, ...]:
        """The partnerships that it is about: the party itself, or those that consult it."""
        if self.kind == PARTNERSHIP:
            return (self.chair or "",)
        codes = sorted(self.region.partnerships)
        if self.kind == REGION:
            return tuple(codes)
        return tuple(code for code in codes if self.chair in self._area(code))

    def _area(self, partnership: str) -> tuple[str, ...]:
        area = self.region.partnerships[partnership]
        parties = self.alignment.register.parties_on(area.municipalities, self.alignment.today, area.in_part)
        return tuple(sorted(parties))

    @cached_property
    def municipalities(self) -> tuple[str, ...]:
        """The municipalities whose councils and colleges it is about, as they are today, by code."""
        if self.kind == MUNICIPALITY:
            return (self.chair or "",)
        if self.kind == PARTNERSHIP:
            return self._area(self.chair or "")
        own = {self.alignment.cycles.code_on(m.code, self.alignment.today) for m in self.region.own_municipalities}
        return tuple(sorted(own))

    @cached_property
    def plans(self) -> tuple[Assessment, ...]:
        """The running and the next support plan of each partnership."""
        return tuple(a for a in self.alignment.shown if a.plan.owner in self.partnerships)

    @property
    def judged(self) -> tuple[Assessment, ...]:
        """Those of them that have a verdict."""
        return tuple(a for a in self.plans if a.verdict)

    @property
    def focus(self) -> Assessment | None:
        """Of the plans the one furthest out of step."""
        return worst_of(self.plans)

    @cached_property
    def unknown(self) -> tuple[UnknownPlan, ...]:
        """The partnerships of which the running plan is not known."""
        return tuple(u for u in self.alignment.unknown_plans if u.owner in self.partnerships)

    @cached_property
    def agreements(self) -> tuple[Agreement, ...]:
        """The agreements that it is a party to, also by what went into it."""
        if self.chair is None:
            return self.region.agreements
        own = self.alignment.register.came_from(self.chair) | {self.chair}
        return tuple(a for a in self.region.agreements if own & set(a.parties))

    # --- when

    @cached_property
    def overdue(self) -> tuple[Task, ...]:
        """What should have happened and is not in the file."""
        return tuple(t for t in self._tasks if t.what == "overdue")

    @cached_property
    def coming(self) -> tuple[Task, ...]:
        """What is asked of whom in the coming twelve months."""
        return tuple(t for t in self._tasks if t.what != "overdue")

    @property
    def _tasks(self) -> Iterator[Task]:
        if self.chair is None:
            yield from self.alignment.next
            return
        about = {a.plan.id for a in self.alignment.assessments if a.plan.owner in {*self.partnerships, self.chair}}
        concerned = {self.chair, *self.municipalities, self.region.id}
        for task in self.alignment.next:
            if task.plan in about or (task.plan is None and concerned & set(task.who)):
                yield task

    @cached_property
    def consultations(self) -> tuple[Assessment, ...]:
        """Per partnership the first support plan of which the OOGO is still to be held in time."""
        found: dict[str, Assessment] = {}
        for a in self.alignment.assessments:
            mine = self.kind != MUNICIPALITY or self.chair in a.municipalities
            if a.plan.kind.is_support_plan and a.plan.owner in self.partnerships and mine and self._is_ahead(a):
                found.setdefault(a.plan.owner, a)
        return tuple(found.values())

    def _is_ahead(self, a: Assessment) -> bool:
        today = self.alignment.today
        held = any(fact.day <= today for fact in (*a.plan.oogo, *a.plan.adopted, *a.plan.submitted))
        return bool(a.consultation and a.consultation.last >= today and a.municipalities and not held)

    def window(self, a: Assessment) -> Window | None:
        """The last window of a plan that counts and has not passed: when its OOGO is best held."""
        likely = [w for w in a.windows(Level.LIKELY) if w.counts and w.period.last >= self.alignment.today]
        if not likely:
            return None
        # Where the certain window has the same days, that says more.
        return next((w for w in a.windows(Level.CERTAIN) if w.period == likely[-1].period), likely[-1])

    @cached_property
    def election(self) -> Election | None:
        """The first coming election of whose college the day is still to be estimated."""
        cycles, today = self.alignment.cycles, self.alignment.today
        coming = [
            term.election
            for code in self.municipalities
            for term in cycles.lane(code)
            if term.election.elected.day >= today and term.election.formed is None
        ]
        return min(coming, key=lambda e: (e.elected.day, e.municipality), default=None)

    @cached_property
    def formations(self) -> tuple[Formation, ...]:
        """By when every college is there, per election; none for a municipality, which has one."""
        if self.kind == MUNICIPALITY:
            return ()
        area = self.alignment.whole_area(self.chair)
        return self.alignment.formations_of(area) if area else ()

    @cached_property
    def ahead(self) -> tuple[Ahead, ...]:
        """What carries over the next elections, and over a fall that is going on."""
        if self.kind == REGION:
            return self.alignment.next_ahead
        return next_of(by_election(c for c in self.alignment.continuity if c.municipality in self.municipalities))

    @property
    def _elections_to_come(self) -> Iterator[Ahead]:
        """As ``ahead``, of elections that are still to be held."""
        found = by_election(c for c in self.alignment.continuity if c.municipality in self.municipalities)
        return (a for a in found if a.elected and a.elected >= self.alignment.today)

    @property
    def merger(self) -> Merger | None:
        """The merger by which the municipality that speaks will go; None for who stays."""
        merger = self.alignment.register.merger_of(self.chair or "")
        return merger if merger and merger.day > self.alignment.today else None

    # --- what would be better

    @property
    def alternatives(self) -> tuple[Alternatives, ...]:
        """Per partnership what is proposed."""
        return self._proposals.alternatives if self.partnerships else ()

    @property
    def not_proposed(self) -> tuple[NotProposed, ...]:
        """The partnerships for which nothing is."""
        return self._proposals.not_proposed if self.partnerships else ()

    @cached_property
    def _proposals(self) -> Proposals:
        """Over the default horizon: as ``propose`` answers without options."""
        whole = self.alignment
        if whole.horizon.last != end_of_horizon(whole.today):
            whole = align(self.region, whole.register, whole.law, whole.today)
        try:
            return propose(whole, self.partnerships)
        except CycleplanError as error:
            if error.code != "law-unknown":
                raise
            return Proposals(whole.horizon, (), ())  # before 2014 there were no support plans to choose

    @staticmethod
    def listed(alternatives: Alternatives) -> tuple[Proposal, ...]:
        """The best of them, and to change nothing."""
        best = [p for p in alternatives.proposals if not p.unchanged][:MOST_ALTERNATIVES]
        return (*best, alternatives.unchanged)

    def again(self, alternatives: Alternatives) -> Again | None:
        """If nothing changes: the first plan that would be confirmed again, and the day from today on."""
        for plan in alternatives.unchanged.plans:
            day = next(iter(plan.confirmations), None)
            if day is None:
                continue
            elected = max(polling for polling, _ in plan.councils if polling < day)
            if day >= self.alignment.today:
                return Again(plan, elected, day, late=False)
            window = self._next_window(plan)
            return Again(plan, elected, window.last, late=True) if window else None
        return None

    def _next_window(self, plan: ProposedPlan) -> Period | None:
        """The first window that counts in what is left of a plan; None where no school holidays are known for it."""
        today = self.alignment.today
        if plan.period.last < today:
            return None
        availability = plan.assessment.availability
        runs = availability.runs(Period(today, plan.period.last), Level.LIKELY)
        least = self.region.policy.min_window_days
        window = next((run for run in runs if run.days >= least), None)
        return window if window and availability.recess_known(window) else None

    # --- what to decide

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """What there is to decide, in the order in which it presses."""
        found = [*self._consult(), *self._change(), *self._complete(), *self._carry()]
        if self.coming:
            found.append(Point("schedule", claims=(Claim("schedule"),)))
        if self.kind == MUNICIPALITY and holding("youth_plan", self.alignment.today, self.alignment.law):
            found.append(Point("inform", claims=(Claim("inform"),)))
        return tuple(found)

    def _consult(self) -> Iterator[Point]:
        """To hold the OOGOs of the coming twelve months while every college is there."""
        soon = {t.plan for t in self.coming if t.what == "oogo"}
        for a in self.consultations:
            if a.plan.id not in soon:
                continue
            window, today = self.window(a), self.alignment.today
            planned = next((fact for fact in a.plan.oogo if fact.day > today), None)
            values = {"assessment": a, "window": window, "planned": planned}
            claims = [Claim("window", values)] if window else [Claim("no_window", values)]
            claims.append(Claim("deadline", values))
            if a.verdict:
                claims.append(Claim("verdict", values))
            code = "consult" if window else "consult_by"
            if window and window.period.first < today:
                code = "consult_until"
            yield Point("consult_planned" if planned else code, values, tuple(claims))

    def _change(self) -> Iterator[Point]:
        """To make another sequence of plans, and to confirm a plan that is not in step after the election."""
        for alternatives in self.alternatives:
            best, unchanged = alternatives.recommended, alternatives.unchanged
            values: dict[str, Any] = {"alternatives": alternatives}
            now = tuple(Claim("now", {"assessment": p.assessment}) for p in unchanged.plans[:1] if p.coverage < 1)
            if best is not unchanged and best.plans:
                following = next((p for p in best.plans if self._is_ahead(p.assessment)), None)
                window = self.window(following.assessment) if following else None
                steps = (Claim("steps", {"plan": following, "window": window}),) if following else ()
                yield Point("change", values, (*now, Claim("gain", values), Claim("price", values), *steps))
            again = self.again(alternatives)
            if again and again.plan.assessment.verdict is not Verdict.IN_STEP:
                values = {**values, "again": again}
                claims = (Claim("again", values), Claim("again_light", values))
                yield Point("reconfirm", values, claims if best is not unchanged else (*now, *claims))

    def _complete(self) -> Iterator[Point]:
        """To fill in what is not known, of which nothing can be computed."""
        late = [t.who[0] for t in self.overdue]
        codes = sorted({u.owner for u in self.unknown} | set(late))
        if codes:
            values = {"codes": tuple(codes), "overdue": self.overdue, "unknown": self.unknown}
            claims = [Claim("unknown", values)] if self.unknown else []
            claims += [Claim("overdue", {"task": task}) for task in self.overdue]
            yield Point("complete", values, tuple(claims))

    def _carry(self) -> Iterator[Point]:
        """To have an agreement that runs over the coming election."""
        ahead = next((a for a in self._elections_to_come if a.elected), None)
        if ahead is None:
            return
        values: dict[str, Any] = {"elected": ahead.elected, "ahead": ahead}
        if not self.agreements:
            yield Point("carry_new", values, (Claim("standstill", values),))
        for agreement in self.agreements:
            hows = {s.how for told, standings in ahead.standings if told is agreement for s in standings}
            code = next((how for how in _TO_MEND if how in hows), None)
            if code:
                named = {**values, "agreement": agreement}
                yield Point(f"carry_{code}", named, (Claim("standstill", values), Claim(f"carry_{code}", named)))

    # --- what it rests on

    @property
    def assumed_decisions(self) -> tuple[Assessment, ...]:
        """The plans whose decision is assumed, since the file has none in time."""
        return tuple(a for a in self.judged if a.decisions[0].dated.status is Status.ASSUMED)

    @property
    def recess_unknown(self) -> tuple[Assessment, ...]:
        """The plans of whose consultation period not all school holidays are known."""
        return tuple(a for a in self.plans if not a.recess_known)

    def coverage(self, a: Assessment) -> float | None:
        """A municipality's own coverage; for others the lowest."""
        own = next((m.coverage for m in a.per_municipality if m.code == self.chair), None)
        return a.coverage_lowest if own is None else own


# How an agreement may stand to an election, where something can be done about it; the first that holds is told.
_TO_MEND = ("no_dates", "not_adopted", "predecessor", "ends_before", "part")
