"""Whether one meeting can serve two OOGOs: the days on which both plans can be discussed with all their colleges.

For a support plan beside a plan of a municipality or of the region, and for the support plans of a PO and a VO
partnership, as far as they share a municipality.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from cycleplan.assessment import Assessment, Assessor
from cycleplan.cycles import Level
from cycleplan.periods import Period
from cycleplan.windows import Window


@dataclass(frozen=True)
class Meeting:
    """Two plans whose OOGOs could go together; *common* has the days of both consultation periods.

    Without such days *apart* says how many days the one would have to move for the periods to touch.
    """

    a: Assessment
    b: Assessment
    is_next: bool  # both are still to be discussed, and one is the next of its owner
    common: Period | None
    apart: int
    windows: tuple[Window, ...]  # of all levels, for all municipalities that either must consult
    municipalities: tuple[str, ...]  # these, on the days in common

    @property
    def id(self) -> str:
        """The two plans."""
        return f"{self.a.plan.id}+{self.b.plan.id}"

    @property
    def counting(self) -> tuple[Window, ...]:
        """The likely windows that are long enough to count, by day."""
        return tuple(w for w in self.windows if w.level is Level.LIKELY and w.counts)

    @property
    def assumed(self) -> bool:
        """Whether a day of one of the consultation periods is an assumption."""
        return self.a.consultation_assumed or self.b.consultation_assumed

    @property
    def possible(self) -> bool:
        """Whether one meeting can serve both: a likely window counts."""
        return bool(self.counting)


def meetings(assessments: Sequence[Assessment], assessor: Assessor, today: date) -> tuple[Meeting, ...]:
    """The pairs of plans whose consultation periods meet, and those next in line that miss each other, by day."""
    coming = {a.plan.id for a in _next_in_line(assessments, today)}
    found = []
    for a, b in _pairs(assessments):
        assert a.consultation
        assert b.consultation
        next_in_line = [x.plan.id in coming for x in (a, b)]
        common = a.consultation & b.consultation
        later = max(a.consultation.first, b.consultation.first)
        if (common or all(next_in_line)) and _share_a_municipality(a, b, later):
            earlier = min(a.consultation.last, b.consultation.last)
            apart = 0 if common else (later - earlier).days
            windows, municipalities = _together(assessor, a, b, common) if common else ((), ())
            is_next = any(next_in_line) and _is_open(a, today) and _is_open(b, today)
            found.append(Meeting(a, b, is_next, common, apart, windows, municipalities))
    return tuple(sorted(found, key=lambda m: (_first(m), m.a.plan.id, m.b.plan.id)))


def _first(meeting: Meeting) -> date:
    assert meeting.a.consultation
    assert meeting.b.consultation
    return max(meeting.a.consultation.first, meeting.b.consultation.first)


def _pairs(assessments: Sequence[Assessment]) -> Iterator[tuple[Assessment, Assessment]]:
    """The plans with an OOGO two by two: a support plan and another's plan, or a PO's and a VO's."""
    with_oogo = [a for a in assessments if a.consultation]
    for a, b in combinations(with_oogo, 2):
        support = [x for x in (a, b) if x.plan.kind.is_support_plan]
        sectors = {x.plan.owner[:2] for x in support}
        if a.plan.owner != b.plan.owner and support and len(sectors) == len(support):
            # The support plan first; of two that of the PO, whose code comes first.
            first, second = sorted((a, b), key=lambda x: (not x.plan.kind.is_support_plan, x.plan.owner))
            yield first, second


def _is_open(a: Assessment, today: date) -> bool:
    """Whether the OOGO about a plan is still to come: no day of it is known, and its last day has not passed."""
    deadline = a.schedule.deadline if a.schedule else None
    last = deadline.day if deadline else a.plan.first.day
    return last >= today and not any(fact.day <= today for fact in a.plan.oogo)


def _next_in_line(assessments: Sequence[Assessment], today: date) -> list[Assessment]:
    """Per owner and kind the first plan whose OOGO is still to come."""
    found: dict[tuple[str, str], Assessment] = {}
    for a in sorted(assessments, key=lambda a: a.plan.first.day):
        if a.consultation and _is_open(a, today):
            found.setdefault((a.plan.owner, a.plan.kind.id), a)
    return list(found.values())


def _share_a_municipality(a: Assessment, b: Assessment, day: date) -> bool:
    return not set(a.availability.parties_on(day)).isdisjoint(b.availability.parties_on(day))


def _together(
    assessor: Assessor, a: Assessment, b: Assessment, common: Period
) -> tuple[tuple[Window, ...], tuple[str, ...]]:
    """The windows of all levels within *common* for both areas together, and who they are."""
    (codes, in_part), (others, others_in_part) = (assessor.region.area_of(x.plan) for x in (a, b))
    whole = (set(codes) - in_part) | (set(others) - others_in_part)
    area = tuple(sorted({*codes, *others}))
    availability = assessor.availability(area, frozenset(area) - whole)
    least = assessor.region.policy.min_window_days
    windows = tuple(w for level in Level for w in availability.windows(common, level, least))
    return windows, tuple(availability.parties(common))
