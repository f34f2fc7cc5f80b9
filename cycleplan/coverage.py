"""How a plan lies to one municipality: under which council its days fall, and which college decided it.

Coverage with a municipality is the share of the plan's days under the council whose college was in office at the
latest decision. The definitions, in words: docs/oordeel.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from cycleplan.cycles import CouncilTerm, Cycles
from cycleplan.overlap import Overlap, compare
from cycleplan.periods import DAY, Period, months_between
from cycleplan.region import Plan


class Covering(NamedTuple):
    """Under which council the days of a plan fall that count from one decision on, up to the next.

    *days* are those under the council whose college decided; *term* is None for a municipality without a college.
    """

    decided: date
    term: CouncilTerm | None
    days: int


class WithMunicipality(NamedTuple):
    """How a plan lies to one municipality. Coverage and lag are None where the college is not known."""

    code: str
    coverage: float | None
    coverings: tuple[Covering, ...]  # what the coverage is the sum of; empty where it is not known
    lag_months: int | None
    standstill_days: int
    elections_inside: int | None
    most_shared: Overlap | None  # with the council term that it shares most days with


def covered_days(cycles: Cycles, code: str, period: Period, decisions: Sequence[date]) -> int | None:
    """The days of *period* under the council of a municipality whose college took the last decision until then.

    *decisions* by day; before the first of them no day is covered. None where a college of before the first
    election that we know of decided.
    """
    found = coverings(cycles, code, period, decisions)
    return None if found is None else sum(one.days for one in found)


def coverings(cycles: Cycles, code: str, period: Period, decisions: Sequence[date]) -> list[Covering] | None:
    """The same decision by decision; of those that another follows before *period* begins there is none."""
    found = []
    for start, following in pairwise([*decisions, period.after]):
        first, last = max(start, period.first), min(following - DAY, period.last)
        if last < first:
            continue
        office = cycles.in_office(code, start)
        if office is None and cycles.register.municipalities[code].since is None:
            return None
        term = office[1] if office else None
        found.append(Covering(start, term, term.period.shared_days(Period(first, last)) if term else 0))
    return found


def with_municipality(
    plan: Plan, consultation: Period, decisions: Sequence[date], code: str, cycles: Cycles
) -> WithMunicipality:
    """How *plan*, decided on the days *decisions* (by day), lies to a municipality that must be consulted."""
    lane = cycles.lane(code)
    first = decisions[0] if decisions else None
    office = cycles.in_office(code, first) if first else None
    found = coverings(cycles, code, plan.period, decisions) if plan.period else None
    return WithMunicipality(
        code,
        sum(one.days for one in found) / plan.period.days if plan.period and found is not None else None,
        tuple(found or ()),
        months_between(office[0], first) if office and first else None,
        cycles.standstill_days(code, consultation),
        sum(term.election.elected.day in plan.period for term in lane) if plan.period else None,
        _most_shared(plan.id, plan.period, lane) if plan.period else None,
    )


def _most_shared(plan_id: str, period: Period, lane: Sequence[CouncilTerm]) -> Overlap | None:
    """The overlap with the council term that the plan shares most days with, of equals the first."""
    most = max(lane, key=lambda term: term.period.shared_days(period), default=None)
    if most is None or not most.period & period:
        return None
    return compare(plan_id, period, most.election.id, most.period)
