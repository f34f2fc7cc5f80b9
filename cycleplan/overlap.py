"""How two dated things lie to each other: the days they share, and Allen's relation in one word.

Allen, "Maintaining knowledge about temporal intervals", CACM 26(11), 1983: thirteen relations, each pair of
periods has exactly one.
"""

from __future__ import annotations

from typing import NamedTuple

from cycleplan.periods import Period, months_between

_INVERSE = {
    "before": "after",
    "meets": "met_by",
    "overlaps": "overlapped_by",
    "starts": "started_by",
    "during": "contains",
    "finishes": "finished_by",
    "equals": "equals",
}


class Overlap(NamedTuple):
    """What two periods share: days, as a share of each and of both together (Jaccard)."""

    a: str
    b: str
    days: int
    share_a: float
    share_b: float
    jaccard: float
    start_months_apart: int
    relation: str


def relation(a: Period, b: Period) -> str:
    """Allen's relation of *a* to *b*; periods of whole days meet when one begins the day after the other ends."""
    found = _forward(a, b)
    return found if found else _INVERSE[_forward(b, a) or "equals"]


def _forward(a: Period, b: Period) -> str | None:
    if a == b:
        return "equals"
    if a.after < b.first:
        return "before"
    if a.after == b.first:
        return "meets"
    if a.first == b.first:
        return "starts" if a.last < b.last else None
    if a.last == b.last:
        return "finishes" if a.first > b.first else None
    if a.first > b.first and a.last < b.last:
        return "during"
    if a.first < b.first and b.first <= a.last < b.last:
        return "overlaps"
    return None


def compare(a_id: str, a: Period, b_id: str, b: Period) -> Overlap:
    """The overlap of two periods, called by their ids; whole months between their starts."""
    days = a.shared_days(b)
    return Overlap(
        a_id,
        b_id,
        days,
        days / a.days,
        days / b.days,
        days / (a.days + b.days - days),
        abs(months_between(a.first, b.first)),
        relation(a, b),
    )
