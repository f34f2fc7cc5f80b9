"""A chair is from where a piece speaks: the region as a whole, a municipality or a partnership.

It narrows an alignment to what concerns that party: whose plans, which steps, elections and agreements.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from cycleplan.alignment import Alignment, UnknownPlan, worst_of
from cycleplan.assessment import Assessment
from cycleplan.continuity import Ahead, by_election, next_of
from cycleplan.cycles import Level
from cycleplan.daterules import Status
from cycleplan.elections import Election
from cycleplan.formations import Formation
from cycleplan.periods import Period
from cycleplan.region import Agreement
from cycleplan.register import Merger
from cycleplan.tasks import Task
from cycleplan.windows import Window

REGION, MUNICIPALITY, PARTNERSHIP = "region", "municipality", "partnership"


class Chair:
    """What concerns one party; *chair* is its code, or None for the region as a whole.

    A municipality that has gone since speaks as the one that it went into.
    """

    def __init__(self, alignment: Alignment, chair: str | None = None) -> None:
        self.alignment = alignment
        self.region = alignment.region
        if chair is not None and chair in self.region.municipalities:
            chair = alignment.register.code_on(chair, alignment.today)
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
        own = {self.alignment.register.code_on(m.code, self.alignment.today) for m in self.region.own_municipalities}
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
            if a.plan.kind.is_support_plan and a.plan.owner in self.partnerships and mine and self.is_ahead(a):
                found.setdefault(a.plan.owner, a)
        return tuple(found.values())

    def is_ahead(self, a: Assessment) -> bool:
        """Whether the OOGO about a plan is still to be held, and can be held in time."""
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

    def still_open(self, window: Window) -> Period:
        """What is left of a window that has not passed, from today on."""
        return Period(max(window.period.first, self.alignment.today), window.period.last)

    @cached_property
    def next_elections(self) -> tuple[Election, ...]:
        """The first coming election of each municipality, by its code."""
        cycles, today = self.alignment.cycles, self.alignment.today
        lanes = ((t.election for t in cycles.lane(code)) for code in self.municipalities)
        found = (next((e for e in lane if e.elected.day >= today), None) for lane in lanes)
        return tuple(election for election in found if election)

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
    def merger(self) -> Merger | None:
        """The merger by which the municipality that speaks will go; None for who stays."""
        merger = self.alignment.register.merger_of(self.chair or "")
        return merger if merger and merger.day > self.alignment.today else None

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
