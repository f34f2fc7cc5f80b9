"""A checklist is what a plan needs beside its steps, and what it means if the OPR refuses its consent.

After a refusal an Act sets a term (WMS 32), which the Algemene termijnenwet moves on where it ends on a day off.
How long the term is, and what must be done in it, is for the version of the Act on the day of the refusal.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from cycleplan.daterules import After, Dated, Ground, Status
from cycleplan.errors import CycleplanError
from cycleplan.law import Law, Provision
from cycleplan.periods import DAY
from cycleplan.steps import OOGO, OPR, Schedule
from cycleplan.workdays import WorkCalendar


class Refusal(NamedTuple):
    """What a refusal by the OPR leaves of the time before the plan's last day.

    *last* is the last day of a refusal whose whole term still ends by that day; *at_latest* is the end of the
    term after a refusal on the last day for the consent.
    """

    last: Dated
    at_latest: Dated


class Item(NamedTuple):
    """Something to look after: a code, the provision that it rests on, and a day where it has one."""

    code: str
    basis: str
    dated: Dated | None = None
    values: Mapping[str, Any] = MappingProxyType({})


def refusal(schedule: Schedule, law: Law, workdays: WorkCalendar) -> Refusal | None:
    """What a refusal leaves; None where no law sets a last day, or no version with a term is known."""
    if schedule.deadline is None:
        return None
    opr = schedule.steps[OPR].latest
    at_latest = term_after_refusal(opr, law, workdays)
    last = _last_refusal(schedule.deadline, law, workdays)
    return Refusal(last, at_latest) if last and at_latest else None


def term_after_refusal(refused: Dated, law: Law, workdays: WorkCalendar) -> Dated | None:
    """The last day of the term after a refusal on the day *refused*; None where no version gives one."""
    provision = holding("opr_refusal", refused.day, law)
    if provision is None or not isinstance(provision.rule, After):
        return None
    return provision.after(refused, workdays)


def _last_refusal(deadline: Dated, law: Law, workdays: WorkCalendar) -> Dated | None:
    """Found by looking at one day after the other: where the term moves on, no subtraction leads back."""
    day, limit = deadline.day, deadline.day
    too_late = deadline
    while (term := term_after_refusal(Dated(day, deadline.status), law, workdays)) and term.day > limit:
        day, too_late = day - DAY, term
    if term is None:
        return None
    certain = workdays.is_certain(limit)
    values = {"limit": limit, "next": day + DAY, "next_ends": too_late.day, "certain": certain}
    ground = Ground("opr_refusal", day, term.basis, values)
    return Dated(day, term.status, (*deadline.trace, *term.trace, ground))


def checklist(schedule: Schedule, left: Refusal | None, sector: str | None, law: Law) -> tuple[Item, ...]:
    """What to look after for a plan with this *schedule*; *left* is its ``refusal``."""
    if schedule.deadline is None:
        # The OOGO that a law asks for beside a support plan (Jeugdwet 2.2 lid 3) has an agreed procedure as well.
        oogo = schedule.steps.get(OOGO)
        return (Item("oogo_procedure", oogo.basis),) if oogo and oogo.basis else ()
    on = schedule.deadline.day
    found = [
        Item(code, provision.key)
        for code in ("oogo_procedure", "mbo_invitation")
        if (provision := holding(code, on, law, sector))
    ]
    if left:
        opr = schedule.steps[OPR].latest
        found.append(Item("opr_refusal", left.last.basis or "", left.last, left.last.trace[-1].values))
        code = "opr_refusal_late" if left.at_latest.day > on else "opr_refusal_in_time"
        values = {"refused": opr.day, "limit": on, "assumed": opr.status is Status.ASSUMED}
        found.append(Item(code, left.at_latest.basis or "", left.at_latest, values))
        for code in ("opr_ruling", "opr_nullity"):
            provision = holding(code, on, law)
            found += [Item(code, provision.key)] if provision else []
    return tuple(found)


def holding(gives: str, on: date, law: Law, sector: str | None = None) -> Provision | None:
    """The provision that gives this on that day, or None if there is none."""
    try:
        return law.giving(gives, on, sector)
    except CycleplanError:
        return None
