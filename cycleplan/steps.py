"""A step of making a plan has an earliest and a latest day, and grounds for both.

A support plan's steps form a small network: the draft, the OOGO with the colleges, the talks with the
overlapping partnership, the consent of the OPR, the adoption and the submission. The law sets the last day
and which steps come before the adoption, no order between OOGO and OPR; the rest is the partnership's own
procedure, or an assumption that says so. A step's day is the day on which it is done; a term runs up to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from cycleplan.daterules import After, Dated, Ground, Status, Trace
from cycleplan.errors import CycleplanError
from cycleplan.law import Law
from cycleplan.periods import DAY, Period
from cycleplan.region import Kind, Partnership, Plan, Procedure, Region
from cycleplan.workdays import SchoolYear, WorkCalendar

DRAFT, OOGO, OVERLAP, OPR, ADOPTION, SUBMISSION = "draft", "oogo", "overlap", "opr", "adoption", "submission"


@dataclass(frozen=True)
class Step:
    """One step: the first and the last day on which it can be done in time, and the provision that asks for it."""

    name: str
    earliest: Dated
    latest: Dated
    basis: str | None = None

    @property
    def asked(self) -> Dated:
        """The day that is asked of people: a draft is ready on its earliest day, the rest is done by the latest."""
        return self.earliest if self.name == DRAFT else self.latest

    @property
    def status(self) -> Status:
        """The status of the latest day."""
        return self.latest.status


@dataclass(frozen=True)
class Schedule:
    """The steps of one plan, in order of their latest day; *deadline* only where the law sets one."""

    steps: Mapping[str, Step]
    deadline: Dated | None = None
    last_working_day: date | None = None
    last_working_day_certain: bool = True  # whether the decree on equated days of that year is known

    @property
    def consultation(self) -> Period:
        """The days on which the OOGO can be held: its earliest to its latest day."""
        oogo = self.steps[OOGO]
        return Period(oogo.earliest.day, oogo.latest.day)


class _Link(NamedTuple):
    """*after* is done at least *weeks* weeks after *before*."""

    before: str
    after: str
    weeks: int
    basis: str | None = None
    assumed: bool = False


def support_plan_year(first: date) -> int:
    """The calendar year in which the plan's first school year starts."""
    return SchoolYear.on(first).start


def schedule(plan: Plan, region: Region, law: Law, workdays: WorkCalendar) -> Schedule | None:
    """The steps of *plan*; None for a kind without OOGO. Raises as ``schedule_support_plan`` does."""
    if plan.kind.is_support_plan:
        return schedule_support_plan(plan.first.day, region.partnerships[plan.owner], law, workdays)
    return schedule_by_kind(plan.first.day, plan.kind, law) if plan.kind.has_oogo else None


def schedule_support_plan(first: date, partnership: Partnership, law: Law, workdays: WorkCalendar) -> Schedule:
    """The steps of a support plan that starts on *first*.

    Raises CycleplanError ``law-unknown`` for a year without a known rule and ``impossible-procedure``, with
    the steps that clash, if the procedure does not fit before the law's last day.
    """
    year = support_plan_year(first)
    sector = partnership.sector
    limit = date(year, 4, 30)
    deadline = law.giving("submission", limit, sector).in_year(year, workdays)
    bases = {step: law.giving(gives, limit, sector).key for step, gives in _GIVES.items()}
    links = _links(partnership.procedure, bases)
    latest = _latest(links, deadline)
    opens = _opens(partnership.procedure, latest[OOGO].day)
    earliest = _earliest(links, opens)
    steps = {name: Step(name, earliest[name], latest[name], bases.get(name)) for name in _ORDER}
    for step in steps.values():
        if step.latest.day < step.earliest.day:
            raise CycleplanError("impossible-procedure", **_clash(steps, step, partnership.procedure, bases))
    return Schedule(steps, deadline, workdays.on_or_before(deadline.day), workdays.is_certain(deadline.day))


def schedule_by_kind(first: date, kind: Kind, law: Law) -> Schedule:
    """The steps of a plan whose OOGO is counted back from its first day, such as a youth plan (Jeugdwet 2.2 lid 3)."""
    assert kind.opens_months is not None
    assert kind.closes_days is not None
    opens = After(-kind.opens_months, "months").from_day(first, WorkCalendar(frozenset()))
    closes = first - timedelta(days=kind.closes_days + 1)
    start = Ground("plan_start", first)
    basis = law.giving("youth_oogo_before_adoption", first).key if kind.basis == "JW-02" else None
    trace_open: Trace = (
        start,
        Ground("assumed_opens", opens, basis, {"months": kind.opens_months, "from": first}),
    )
    trace_close: Trace = (
        start,
        Ground("assumed_closes", closes, basis, {"days": kind.closes_days, "from": first}),
    )
    first_day, last_day = Dated(opens, Status.ASSUMED, trace_open), Dated(closes, Status.ASSUMED, trace_close)
    before_start = Dated(first - DAY, Status.ASSUMED, (start, Ground("day_before_start", first - DAY)))
    return Schedule(
        {
            DRAFT: Step(DRAFT, first_day, last_day),
            OOGO: Step(OOGO, first_day, last_day, basis),
            ADOPTION: Step(ADOPTION, first_day, before_start, basis),
        }
    )


_ORDER = (DRAFT, OOGO, OVERLAP, OPR, ADOPTION, SUBMISSION)
# The provision that asks for a step, by what it gives (``law``).
_GIVES = {
    OOGO: "oogo_before_adoption",
    OVERLAP: "overlap_before_adoption",
    OPR: "opr_before_adoption",
    ADOPTION: "plan_length",
    SUBMISSION: "submission",
}


def _links(procedure: Procedure, bases: Mapping[str, str]) -> list[_Link]:
    """The network: what the law puts before the adoption, and the order and terms of the procedure."""
    order_assumed = "order" in procedure.assumed
    terms = {OOGO: 0, OVERLAP: 0, OPR: procedure.opr_weeks}
    assumed = {OPR: "opr_weeks" in procedure.assumed}
    links = [_Link(DRAFT, step, weeks, None, assumed.get(step, False)) for step, weeks in terms.items()]
    for before, after in zip(procedure.order, procedure.order[1:], strict=False):
        links.append(_Link(before, after, terms[after], None, order_assumed or assumed.get(after, False)))
    adoption_assumed = "adoption_weeks" in procedure.assumed
    for step in terms:
        links.append(_Link(step, ADOPTION, procedure.adoption_weeks, bases[step], adoption_assumed))
    links.append(_Link(ADOPTION, SUBMISSION, 0))
    return links


def _latest(links: list[_Link], deadline: Dated) -> dict[str, Dated]:
    """The latest day of every step, counted back from the deadline; the links in the order of the steps."""
    latest = {SUBMISSION: deadline}
    while len(latest) < len(_ORDER):
        for name in _ORDER:
            after = [link for link in links if link.before == name]
            if name in latest or any(link.after not in latest for link in after):
                continue
            latest[name] = min((_moved(latest[link.after], link, -1) for link in after), key=lambda d: d.day)
    return latest


def _earliest(links: list[_Link], opens: Dated) -> dict[str, Dated]:
    """The earliest day of every step, counted on from the day on which the draft is ready."""
    earliest = {DRAFT: opens}
    while len(earliest) < len(_ORDER):
        for name in _ORDER:
            before = [link for link in links if link.after == name]
            if name in earliest or any(link.before not in earliest for link in before):
                continue
            earliest[name] = max((_moved(earliest[link.before], link, 1) for link in before), key=lambda d: d.day)
    return earliest


def _moved(from_: Dated, link: _Link, direction: int) -> Dated:
    day = from_.day + direction * timedelta(weeks=link.weeks)
    values: dict[str, Any] = {
        "before": link.before,
        "after": link.after,
        "weeks": link.weeks,
        "from": from_.day,
    }
    code = "back" if direction < 0 else "forward"
    ground = Ground(code, day, link.basis, {**values, "assumed": link.assumed})
    assumed = link.assumed or from_.status is Status.ASSUMED
    return Dated(day, Status.ASSUMED if assumed else from_.status, (*from_.trace, ground))


def _opens(procedure: Procedure, latest_oogo: date) -> Dated:
    """The day on which the draft is ready: the last such day of the year before the latest OOGO day."""
    month, day = procedure.opens
    opens = date(latest_oogo.year, month, day)
    if opens >= latest_oogo:
        opens = date(latest_oogo.year - 1, month, day)
    assumed = "opens" in procedure.assumed
    ground = Ground("opens", opens, values={"assumed": assumed, "before": latest_oogo})
    return Dated(opens, Status.ASSUMED if assumed else Status.EXPECTED, (ground,))


def _clash(steps: Mapping[str, Step], step: Step, procedure: Procedure, bases: Mapping[str, str]) -> dict[str, Any]:
    """What to tell of a procedure that does not fit: the chain of steps, terms, days and articles."""
    return {
        "step": step.name,
        "earliest": step.earliest.day,
        "latest": step.latest.day,
        "opens": steps[DRAFT].earliest.day,
        "deadline": steps[SUBMISSION].latest.day,
        "basis": steps[SUBMISSION].latest.basis,
        "bases": tuple(dict.fromkeys(bases[name] for name in (OOGO, OPR))),
        "order": procedure.order,
        "opr_weeks": procedure.opr_weeks,
        "adoption_weeks": procedure.adoption_weeks,
    }
