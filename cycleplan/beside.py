"""Plans beside each other: a support plan and the plans of municipalities and region, and of PO and VO.

They are of one area if a municipality is in both; how they overlap says whether the two sides run parallel.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from cycleplan.overlap import Overlap, compare
from cycleplan.region import Plan, Region
from cycleplan.register import Register


class Beside(NamedTuple):
    """A support plan and another plan of its area, with the days that they share."""

    support: Plan
    other: Plan  # of a municipality or the region; beside a PO's support plan a VO's
    overlap: Overlap


def beside(plans: Sequence[Plan], region: Region, register: Register) -> tuple[Beside, ...]:
    """Every support plan with the plans set beside it that share days and a municipality with it."""
    areas = {plan.id: _area(plan, region, register) for plan in plans}
    found = []
    for support in plans:
        for other in plans if support.kind.is_support_plan else ():
            if not (other.kind.compared or _of_po_and_vo(support, other)):
                continue
            if (
                support.period
                and other.period
                and support.period & other.period
                and areas[support.id] & areas[other.id]
            ):
                overlap = compare(support.id, support.period, other.id, other.period)
                found.append(Beside(support, other, overlap))
    return tuple(found)


def _of_po_and_vo(a: Plan, b: Plan) -> bool:
    return b.kind.is_support_plan and (a.owner[:2], b.owner[:2]) == ("PO", "VO")


def _area(plan: Plan, region: Region, register: Register) -> set[str]:
    """The municipalities of a plan on its first and on its last day."""
    codes, in_part = region.area_of(plan)
    days = (plan.period.first, plan.period.last) if plan.period else ()
    return {party for day in days for party in register.parties_on(codes, day, in_part)}


def most_shared(found: Iterable[Beside], shown: Iterable[Plan], today: date) -> tuple[Beside, ...]:
    """What to tell of them: the running and the next plan of each municipality and of the region, PO beside VO.

    Each with the one that it shares most days with of the support plans *shown*; of PO and VO one pair for every
    two partnerships.
    """
    ids = {plan.id for plan in shown}
    chosen: dict[tuple[str, str], Beside] = {}
    coming: dict[tuple[str, str], list[str]] = {}
    for one in sorted(found, key=lambda b: (b.other.kind.is_support_plan, b.other.owner, b.other.first.day)):
        other, period = one.other, one.other.period
        if one.support.id not in ids or (other.kind.is_support_plan and other.id not in ids):
            continue
        key = (one.support.owner, other.owner)
        if not other.kind.is_support_plan:
            key = (other.id, "")
            plans = coming.setdefault((other.owner, other.kind.id), [])
            if other.id not in plans and period and period.last >= today:
                plans.append(other.id)
            if other.id not in plans[:2]:
                continue
        if key not in chosen or chosen[key].overlap.days < one.overlap.days:
            chosen[key] = one
    return tuple(chosen.values())
