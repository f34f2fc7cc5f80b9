"""A task is something that is asked of someone by a day: what must who do in the coming twelve months.

Before those comes what should have happened and is not in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from cycleplan.assessment import Assessment
from cycleplan.cycles import Cycles
from cycleplan.daterules import Status
from cycleplan.periods import Period, years_later
from cycleplan.region import FACT_KEYS, Region


class Task(NamedTuple):
    """Something that is asked of someone by a day, or that should have happened and is not in the file.

    *who* has the codes of the parties; the region's id stands for all its municipalities.
    """

    date: date
    who: tuple[str, ...]
    what: str  # one of _WHAT_ORDER
    basis: str | None
    status: Status
    plan: str | None = None
    values: Mapping[str, Any] = MappingProxyType({})


def tasks(region: Region, cycles: Cycles, assessments: Iterable[Assessment], today: date) -> tuple[Task, ...]:
    """The tasks of the twelve months from *today* on, by day, and what is overdue."""
    period = Period(today, years_later(today, 1))
    found = [*_overdue(assessments, today)]
    for assessment in assessments:
        found += [t for t in _tasks_of(assessment, today) if t.date in period]
    found += [t for t in _elections(region, cycles, today) if t.date in period]
    for agreement in region.agreements:
        if agreement.last and agreement.last.day in period:
            values = {"name": agreement.name}
            found.append(
                Task(agreement.last.day, agreement.parties, "agreement_ends", None, agreement.status, None, values)
            )
    return tuple(sorted(found, key=lambda t: (t.date, t.who, _WHAT_ORDER.index(t.what))))


def _overdue(assessments: Iterable[Assessment], today: date) -> Iterator[Task]:
    for a in assessments:
        deadline = a.schedule.deadline if a.schedule else None
        last = a.plan.last
        done = a.plan.adopted or a.plan.submitted
        if a.plan.status is Status.EXPECTED and not done and deadline and last and deadline.day < today <= last.day:
            values = {"first": a.plan.first, "deadline": deadline.day, "in_file": not a.plan.follows}
            yield Task(deadline.day, (a.plan.owner,), "overdue", deadline.basis, Status.EXPECTED, a.plan.id, values)


def _tasks_of(a: Assessment, today: date) -> Iterator[Task]:
    plan, schedule = a.plan, a.schedule
    if schedule is None or (schedule.deadline and schedule.deadline.day < today):
        return
    done = {step for step, key in FACT_KEYS.items() if any(fact.day <= today for fact in plan.facts[key])}
    names = list(schedule.steps)
    adopted = "adoption" in done and "adoption" not in names
    if plan.submitted and plan.status is Status.ACTUAL:
        return
    count = len(a.municipalities)
    for name, step in schedule.steps.items():
        # No file tells when a draft was ready or a region's own step was done: at the latest before a later step.
        passed = adopted or done & set(names[names.index(name) :])
        if name in done or (name not in FACT_KEYS and passed):
            continue
        values: dict[str, Any] = {"count": count, "step": name, "title": step.title}
        if name == "draft":
            oogo = schedule.steps.get("oogo")
            values["oogo_begins"] = bool(oogo and oogo.earliest.day == step.earliest.day)
        what = "step" if step.title else name
        if name == "submission":
            values["last_working_day"] = schedule.last_working_day
            values["certain"] = schedule.last_working_day_certain
            what = name if schedule.deadline else "step"
        yield Task(step.asked.day, (plan.owner,), what, step.basis, step.asked.status, plan.id, values)
    if a.counting and "oogo" not in done:
        values = {"count": count}
        yield Task(a.counting[-1].last, (plan.owner,), "window_closes", None, Status.EXPECTED, plan.id, values)


def _elections(region: Region, cycles: Cycles, today: date) -> Iterator[Task]:
    codes: dict[tuple[date, str, str | None, Status], set[str]] = {}
    for municipality in region.own_municipalities:
        code = cycles.register.code_on(municipality.code, today)
        for term in cycles.lane(code):
            e = term.election
            for what, dated in (("nomination", e.nominated), ("polling", e.elected)):
                codes.setdefault((dated.day, what, dated.basis, dated.status), set()).add(code)
    everyone = {cycles.register.code_on(m.code, today) for m in region.own_municipalities}
    for (day, what, basis, status), codes_then in codes.items():
        who = (region.id,) if codes_then == everyone else tuple(sorted(codes_then))
        yield Task(day, who, what, basis, status, None, {"count": len(codes_then)})


_WHAT_ORDER = (
    "overdue", "draft", "window_closes", "oogo", "overlap", "opr", "step", "adoption", "submission",
    "nomination", "polling", "agreement_ends",
)  # fmt: skip
