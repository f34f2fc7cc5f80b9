"""A step of making a plan has an earliest and a latest day, and grounds for both.

The steps of a plan form a small network: of any two that hang together, one is done so many weeks after the
other. Of a support plan the law sets the last day and which steps come before the adoption, no order between
OOGO and OPR; the rest is the partnership's own procedure, or an assumption that says so. Of other kinds the
steps are data (``Kind.steps``), one after the other. A step's day is the day on which it is done; a term runs
up to it. These terms are no terms of an Act: the Algemene termijnenwet moves none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

from cycleplan.daterules import Dated, Ground, Status, so_long_before
from cycleplan.errors import CycleplanError
from cycleplan.law import Law
from cycleplan.periods import DAY, Period
from cycleplan.region import KNOWN_STEPS, Kind, KindStep, Partnership, Plan, Procedure, Region
from cycleplan.workdays import SchoolYear, WorkCalendar

DRAFT, OOGO, OVERLAP, OPR, ADOPTION, SUBMISSION = KNOWN_STEPS


class Step(NamedTuple):
    """One step: the first and the last day on which it can be done in time, and the provision that asks for it.

    *title* is what a region calls a step of its own; None for ``KNOWN_STEPS``.
    """

    name: str
    earliest: Dated
    latest: Dated
    basis: str | None = None
    title: str | None = None

    @property
    def asked(self) -> Dated:
        """The day that is asked of people: a draft is ready on its earliest day, the rest is done by the latest."""
        return self.earliest if self.name == DRAFT else self.latest

    @property
    def status(self) -> Status:
        """The status of the latest day."""
        return self.latest.status


class Schedule(NamedTuple):
    """The steps of one plan, in their order; *deadline* only where the law sets one."""

    steps: Mapping[str, Step]
    deadline: Dated | None = None
    last_working_day: date | None = None
    last_working_day_certain: bool = True  # whether the decree on equated days of that year is known

    @property
    def consultation(self) -> Period | None:
        """The days on which the OOGO can be held: its earliest to its latest day; None without that step."""
        oogo = self.steps.get(OOGO)
        return Period(oogo.earliest.day, oogo.latest.day) if oogo else None


class _Link(NamedTuple):
    """*after* is done at least *weeks* weeks after *before*."""

    before: str
    after: str
    weeks: int
    basis: str | None = None
    assumed: bool = False
    titles: Mapping[str, str] = MappingProxyType({})  # of the steps of a region's own


def support_plan_year(first: date) -> int:
    """The calendar year in which the plan's first school year starts."""
    return SchoolYear.on(first).start


def schedule(plan: Plan, region: Region, law: Law, workdays: WorkCalendar) -> Schedule | None:
    """The steps of *plan*; None for a kind without steps. Raises as the two below do, with the plan's id."""
    first, kind = plan.first.day, plan.kind
    try:
        if kind.is_support_plan:
            return schedule_support_plan(first, region.partnerships[plan.owner], law, workdays)
        return schedule_by_kind(first, kind, law) if kind.steps else None
    except CycleplanError as error:
        error.values["plan"] = plan.id
        raise


def schedule_support_plan(first: date, partnership: Partnership, law: Law, workdays: WorkCalendar) -> Schedule:
    """The steps of a support plan that starts on *first*.

    Raises CycleplanError ``law-unknown`` for a year without a known rule and ``impossible-procedure``, with
    the chain of steps, if the procedure does not fit before the law's last day.
    """
    year = support_plan_year(first)
    sector = partnership.sector
    limit = date(year, 4, 30)
    deadline = law.giving("submission", limit, sector).in_year(year, workdays)
    bases = {step: law.giving(gives, limit, sector).key for step, gives in _GIVES.items()}
    links = _links(partnership.procedure, bases)
    latest = _spread(links, SUBMISSION, deadline, -1)
    opens = _opens(partnership.procedure, latest[OOGO].day)
    steps = {name: Step(name, *days, bases.get(name)) for name, days in _fitted(KNOWN_STEPS, links, opens, latest)}
    return Schedule(steps, deadline, workdays.on_or_before(deadline.day), workdays.is_certain(deadline.day))


def schedule_by_kind(first: date, kind: Kind, law: Law) -> Schedule:
    """The steps of a plan that starts on *first*, of a kind whose steps are data, such as a youth plan.

    Raises CycleplanError as ``schedule_support_plan`` does; the last day is the day before *first*.
    """
    start = Ground("plan_start", first)
    ready = so_long_before(first, kind.opens_months, "months")
    ground = Ground("assumed_opens", ready, values={"months": kind.opens_months, "from": first, "assumed": True})
    opens = Dated(ready, Status.ASSUMED, (start, ground))
    limit = Dated(first - DAY, Status.ASSUMED, (start, Ground("day_before_start", first - DAY)))
    bases = {step.name: law.giving(step.gives, first).key for step in kind.steps if step.gives}
    titles = {step.name: step.title for step in kind.steps if step.title}
    links = [
        _Link(before.name, after.name, after.weeks, bases.get(before.name), True, titles)
        for before, after in pairwise((KindStep(DRAFT), *kind.steps))
    ]
    latest = _spread(links, kind.steps[-1].name, limit, -1)
    names = (DRAFT, *(step.name for step in kind.steps))
    fitted = _fitted(names, links, opens, latest)
    return Schedule({name: Step(name, *days, bases.get(name), titles.get(name)) for name, days in fitted})


def tightest_start(kind: Kind) -> date:
    """The first day for which the steps of a plan of *kind* have the fewest days, of all days that it can begin on.

    Of the first days of the months, over four years: another day of the month has as many days before it, or more.
    """
    days = (date(2025 + n // 12, n % 12 + 1, 1) for n in range(48))
    return min(days, key=lambda day: day - so_long_before(day, kind.opens_months, "months"))


# The provision that asks for a step, by what it gives (``law``).
_GIVES = {
    OOGO: "oogo_before_adoption",
    OVERLAP: "overlap_before_adoption",
    OPR: "opr_before_adoption",
    ADOPTION: "submission",  # its last day follows from it; that there is an adoption, from the Act's plan_length
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


def _spread(links: Iterable[_Link], start: str, day: Dated, direction: int) -> dict[str, Dated]:
    """The day of every step counted from that of *start* along the links: on to the earliest, or back to the latest."""
    ends = [(k.before, k.after, k) if direction > 0 else (k.after, k.before, k) for k in links]
    best = max if direction > 0 else min
    days = {start: day}
    todo = dict.fromkeys(to for _, to, _ in ends)
    while todo:
        # One whose every neighbour is known; there always is, as no step comes before itself.
        name = next(n for n in todo if all(from_ in days for from_, to, _ in ends if to == n))
        reached = [_moved(days[from_], link, direction) for from_, to, link in ends if to == name]
        days[name] = best(reached, key=lambda d: d.day)
        del todo[name]
    return days


def _fitted(
    names: Iterable[str], links: Iterable[_Link], opens: Dated, latest: Mapping[str, Dated]
) -> list[tuple[str, tuple[Dated, Dated]]]:
    """The earliest and the latest day of every step. Raises ``impossible-procedure`` if the last one comes too late.

    No step can come too late without the last one, which all lead to. The chain is the trace of its earliest day.
    """
    earliest = _spread(links, DRAFT, opens, 1)
    listed = list(names)
    end, limit = earliest[listed[-1]], latest[listed[-1]]
    if end.day > limit.day:
        values = {"chain": end.trace, "earliest": end.day, "deadline": limit.day, "basis": limit.basis}
        raise CycleplanError("impossible-procedure", **values)
    return [(name, (earliest[name], latest[name])) for name in listed]


def _moved(from_: Dated, link: _Link, direction: int) -> Dated:
    day = from_.day + direction * timedelta(weeks=link.weeks)
    values: dict[str, Any] = {
        "before": link.before,
        "after": link.after,
        "weeks": link.weeks,
        "from": from_.day,
        "assumed": link.assumed,
        "titles": link.titles,
    }
    ground = Ground("back" if direction < 0 else "forward", day, link.basis, values)
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
