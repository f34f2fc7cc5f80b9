"""An assessment tells of one plan whether it is in step: who decides it, and how long that counts.

The definitions, in words: docs/oordeel.md. A plan is decided on its OOGO days; if none is known in time, the
original decision is assumed on the last day of the last window that counts. How the plan lies to each
municipality: ``coverage``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from cycleplan.checklist import Item, Refusal, checklist, refusal
from cycleplan.coverage import WithMunicipality, with_municipality
from cycleplan.cycles import Cycles, Level
from cycleplan.daterules import Dated, Ground, Status
from cycleplan.periods import DAY, Period, years_later
from cycleplan.region import LONGEST_PLAN, SUPPORT_PLAN, FactDate, Plan, Region
from cycleplan.steps import Schedule, schedule
from cycleplan.windows import Availability, DayBits, Gap, Help, Presence, Window


class Verdict(StrEnum):
    """Whether a plan is in step with the councils of its area; from good to bad."""

    IN_STEP = "in_step"
    AT_RISK = "at_risk"
    OUT_OF_STEP = "out_of_step"


class Reason(NamedTuple):
    """One reason for a verdict: a code and its values."""

    code: str
    values: Mapping[str, Any] = MappingProxyType({})


class Decision(NamedTuple):
    """A day on which a plan was decided, or is taken to have been."""

    dated: Dated
    fact: FactDate | None = None

    @property
    def day(self) -> date:
        """The day; of a fact known by its month, the month's last."""
        return self.dated.day

    @property
    def known(self) -> bool:
        """Whether it comes from the file."""
        return self.fact is not None


class Assessor:
    """Assesses plans of one region; computes each area's availability once."""

    def __init__(self, region: Region, cycles: Cycles) -> None:
        self.region = region
        self.cycles = cycles
        self._bits = DayBits()
        self._areas: dict[tuple[tuple[str, ...], frozenset[str]], Availability] = {}
        self._expected: dict[tuple[str, date], Assessment] = {}
        self._schedules: dict[tuple[Any, ...], Schedule | None] = {}

    def availability(self, area: tuple[str, ...], in_part: frozenset[str] = frozenset()) -> Availability:
        """When the municipalities of an area are outside standstill and recess."""
        if (area, in_part) not in self._areas:
            self._areas[area, in_part] = Availability(self.cycles, area, in_part, self._bits)
        return self._areas[area, in_part]

    def schedule(self, plan: Plan) -> Schedule | None:
        """The steps of *plan*, computed once for all that begin on a day and are made alike."""
        partnership = self.region.partnerships.get(plan.owner)
        made = (partnership.sector, partnership.procedure) if partnership else ()
        key = (plan.kind.id, plan.first.day, *made)
        if key not in self._schedules:
            self._schedules[key] = schedule(plan, self.region, self.cycles.law, self.cycles.workdays)
        return self._schedules[key]

    def expected(self, code: str, first: date) -> Assessment:
        """The assessment of a support plan that a partnership could begin on *first*, for the longest time allowed."""
        if (code, first) not in self._expected:
            last = years_later(first, LONGEST_PLAN) - DAY
            kind = self.region.kinds[SUPPORT_PLAN]
            plan = Plan(code, kind, FactDate(first), FactDate(last), Status.EXPECTED, follows=code)
            self._expected[code, first] = self.assess(plan)
        return self._expected[code, first]

    def assess(self, plan: Plan) -> Assessment:
        """Assess *plan*. Raises CycleplanError as ``steps.schedule_support_plan`` does."""
        return Assessment(plan, self)


class Assessment:
    """What is computed for one plan. Each answer is worked out when it is first asked for."""

    def __init__(self, plan: Plan, assessor: Assessor) -> None:
        self.plan = plan
        self._cycles = assessor.cycles
        self._policy = assessor.region.policy
        self.area, in_part = assessor.region.area_of(plan)
        self.availability = assessor.availability(self.area, in_part)
        self.schedule = assessor.schedule(plan)
        partnership = assessor.region.partnerships.get(plan.owner)
        self._sector = partnership.sector if partnership else None

    @cached_property
    def consultation(self) -> Period | None:
        """The days on which the OOGO about the plan can be held; None for kinds without one."""
        return self.schedule.consultation if self.schedule else None

    @property
    def consultation_assumed(self) -> bool:
        """Whether the first or the last of those days is an assumption."""
        oogo = self.schedule.steps.get("oogo") if self.schedule else None
        return oogo is not None and Status.ASSUMED in (oogo.earliest.status, oogo.latest.status)

    @cached_property
    def municipalities(self) -> tuple[str, ...]:
        """The municipalities that must be consulted, as they stood when the consultation period began."""
        return self.availability.parties_on(self.consultation.first) if self.consultation else ()

    @cached_property
    def refusal(self) -> Refusal | None:
        """What a refusal by the OPR leaves of the time before the plan's last day."""
        return refusal(self.schedule, self._cycles.law, self._cycles.workdays) if self.schedule else None

    @cached_property
    def checklist(self) -> tuple[Item, ...]:
        """What to look after beside the steps."""
        return checklist(self.schedule, self.refusal, self._sector, self._cycles.law) if self.schedule else ()

    # --- windows

    def windows(self, level: Level) -> list[Window]:
        """The windows in the consultation period, by day."""
        if self.consultation is None or not self.area:
            return []
        return self.availability.windows(self.consultation, level, self._policy.min_window_days)

    def gaps(self, level: Level) -> list[Gap]:
        """The gaps between them, with who holds them up."""
        return self.availability.gaps(self.consultation, level) if self.consultation and self.area else []

    @cached_property
    def _likely(self) -> list[Period]:
        """The days of the likely windows, without what opens and closes them: all that a decision asks for."""
        if self.consultation is None or not self.area:
            return []
        return self.availability.runs(self.consultation, Level.LIKELY)

    @cached_property
    def counting(self) -> list[Period]:
        """The days of the likely windows that are long enough to count."""
        return [run for run in self._likely if run.days >= self._policy.min_window_days]

    @property
    def longest_window(self) -> Period | None:
        """The longest likely window that counts; of equals the first."""
        return max(self.counting, key=lambda run: run.days, default=None)

    @property
    def advised_weeks(self) -> list[Period]:
        """The advised May weeks in the consultation period: not counted as recess, but many schools are closed."""
        return self.availability.advised_weeks(self.consultation) if self.consultation else []

    @cached_property
    def nearest_earlier(self) -> Period | None:
        """If no likely window counts: the nearest earlier run of days that is long enough."""
        if self.consultation is None or self.counting or not self.area:
            return None
        return self.availability.nearest_earlier(self.consultation, Level.LIKELY, self._policy.min_window_days)

    @property
    def draft_weeks_earlier(self) -> int | None:
        """The fewest weeks that the draft must be ready earlier to keep enough days of that run; None without one."""
        run, period = self.nearest_earlier, self.consultation
        if run is None or period is None:
            return None
        latest_opening = run.last - (self._policy.min_window_days - 1) * DAY
        return -((latest_opening - period.first).days // 7)

    @property
    def biggest_help(self) -> Help | None:
        """The party that alone holds up most days of the consultation period (likely level)."""
        return self.availability.biggest_help(self.consultation, Level.LIKELY) if self.consultation else None

    def profile(self, level: Level) -> list[Presence]:
        """Which of the parties are outside standstill and recess, through the consultation period."""
        return self.availability.profile(self.consultation, level) if self.consultation else []

    @property
    def recess_known(self) -> bool:
        """Whether the school holidays of the whole consultation period are published."""
        return self.consultation is None or self.availability.recess_known(self.consultation)

    # --- the decision

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """The days on which the plan was decided, by day; the first may be assumed."""
        plan = self.plan
        known = [
            Decision(Dated(fact.day, plan.status, (self._fact_ground(fact),)), fact)
            for fact in {fact.day: fact for fact in (plan.oogo or plan.adopted)}.values()
        ]
        if any(d.day <= self._decided_by for d in known):
            return tuple(known)
        assumed = self._assumed_decision
        return (assumed, *known) if assumed else tuple(known)

    def _fact_ground(self, fact: FactDate) -> Ground:
        values = {"source": self.plan.source, "what": "oogo" if self.plan.oogo else "adopted", "shown": fact}
        return Ground("decided", fact.day, values=values)

    @property
    def _decided_by(self) -> date:
        """The last day on which the original decision can have been taken."""
        deadline = self.schedule.deadline if self.schedule else None
        return deadline.day if deadline else self.plan.first.day - DAY

    @cached_property
    def _assumed_decision(self) -> Decision | None:
        if self.schedule is None or self.consultation is None or not self.area:
            return None
        latest = self.schedule.steps["oogo"].latest
        if self.counting:
            window = self.counting[-1]
            ground = Ground("assumed_decision_window", window.last, values={"first": window.first})
            return Decision(Dated(window.last, Status.ASSUMED, (*latest.trace, ground)))
        ground = Ground("assumed_decision_latest", latest.day)
        return Decision(Dated(latest.day, Status.ASSUMED, (*latest.trace, ground)))

    @cached_property
    def deciding_councils(self) -> frozenset[Period | None]:
        """The terms of the councils whose colleges took the first decision; None for one that is not known."""
        day = self.decisions[0].day
        offices = (self._cycles.in_office(code, day) for code in self.municipalities)
        return frozenset(office[1].period if office else None for office in offices)

    # --- per municipality

    @cached_property
    def per_municipality(self) -> tuple[WithMunicipality, ...]:
        """How the plan lies to each municipality that must be consulted."""
        period = self.consultation
        if period is None:
            return ()
        days = [decision.day for decision in self.decisions]
        return tuple(with_municipality(self.plan, period, days, code, self._cycles) for code in self.municipalities)

    @cached_property
    def _coverages(self) -> list[float]:
        """The coverage with every municipality; empty if one of them is not known."""
        shares = [m.coverage for m in self.per_municipality]
        known = [share for share in shares if share is not None]
        return known if len(known) == len(shares) else []

    @property
    def coverage_lowest(self) -> float | None:
        """The coverage with the municipality where it is lowest."""
        return min(self._coverages, default=None)

    @property
    def coverage_mean(self) -> float | None:
        """The mean coverage over the municipalities."""
        return sum(self._coverages) / len(self._coverages) if self._coverages else None

    @property
    def overlap_lowest(self) -> float | None:
        """The share of the plan's days under the one council that it shares most with, where that is lowest."""
        return min((m.most_shared.share_a for m in self.per_municipality if m.most_shared), default=None)

    @property
    def lag_lowest(self) -> int | None:
        """The shortest time, in whole months, that a college was in office when it decided."""
        return min((m.lag_months for m in self.per_municipality if m.lag_months is not None), default=None)

    # --- the verdict

    @cached_property
    def verdict(self) -> Verdict | None:
        """Whether the plan is in step; None for a plan that cannot be judged, with the reason in ``reasons``."""
        lowest = self.coverage_lowest
        if self._cannot_judge or lowest is None:
            return None
        policy = self._policy
        known = self._first_known
        if lowest < policy.out_of_step_coverage or (known is None and not self.counting):
            return Verdict.OUT_OF_STEP
        in_time = not self._blocked_at(known) if known else self.longest_likely_days >= policy.in_step_window_days
        return Verdict.IN_STEP if lowest >= policy.in_step_coverage and in_time else Verdict.AT_RISK

    @property
    def _cannot_judge(self) -> str | None:
        if self.consultation is None:
            return "no_oogo"
        if not self.municipalities:
            return "no_municipalities"
        if self.plan.period is None:
            return "open_ended"
        return None

    @property
    def _first_known(self) -> date | None:
        return next((d.day for d in self.decisions if d.known), None)

    @property
    def longest_likely_days(self) -> int:
        """The days of the longest likely window, whether it counts or not; 0 if there is none."""
        return max((run.days for run in self._likely), default=0)

    def _blocked_at(self, day: date) -> tuple[str, ...]:
        return tuple(c for c in self.municipalities if self._cycles.in_standstill(c, day))

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """What the verdict rests on."""
        cannot = self._cannot_judge
        if cannot:
            return (Reason(cannot),)
        lowest = self.coverage_lowest
        if lowest is None:
            return (Reason("college_unknown"),)
        found = [
            Reason("coverage", {"lowest": lowest, "municipality": self._worst, "assumed": not self.decisions[0].known})
        ]
        leaving = self._leaving
        if leaving:
            found.append(leaving)
        known = self._first_known
        if known:
            blocked = self._blocked_at(known)
            code = "decided_in_standstill" if blocked else "decided_outside_standstill"
            fact = next(d.fact for d in self.decisions if d.known)
            found.append(Reason(code, {"date": fact, "municipalities": blocked}))
        elif not self.counting:
            found.append(Reason("no_counting_window", {"least": self._policy.min_window_days}))
        else:
            code = "window_long" if self.longest_likely_days >= self._policy.in_step_window_days else "window_short"
            found.append(Reason(code, {"days": self.longest_likely_days, "least": self._policy.in_step_window_days}))
        return tuple(found)

    @property
    def _worst(self) -> str:
        return min(self.per_municipality, key=lambda m: (m.coverage if m.coverage is not None else 2.0, m.code)).code

    @cached_property
    def _leaving(self) -> Reason | None:
        """If the college of the last decision before the plan begins leaves before that: the election that ends it."""
        period = self.plan.period
        before = [d for d in self.decisions if period and d.day < period.first]
        if not before or period is None:
            return None
        day = before[-1].day
        office = self._cycles.in_office(self._worst, day)
        if office is None or office[1].period.last >= period.first:
            return None
        lane = self._cycles.lane(self._worst)
        following = next((t for t in lane if t.period.first > office[1].period.last), None)
        if following is None:
            return None
        polling = following.election.elected.day
        values = {"decided": day, "polling": polling, "municipality": self._worst, "assumed": not before[-1].known}
        return Reason("outgoing_college", values)
