"""An atlas tells of every partnership how its plans lie, what a fresh plan would give, and of all together how many.

It reads an alignment whose region is the country (``country``). A fresh plan lasts four school years and begins on
1 August of one of four years: the first one for which a plan can still be in time, and the three after it. These are
the four rhythms that a partnership can have beside the councils' own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from cycleplan.alignment import Alignment, NextWindow
from cycleplan.assessment import Assessment, Reason, Verdict
from cycleplan.costs import first_free_day
from cycleplan.daterules import Status
from cycleplan.elections import ELECTION_EVERY
from cycleplan.names import by_municipalities
from cycleplan.periods import Period, years_later
from cycleplan.region import FactDate, Partnership, Plan

DECIDED_SINCE = date(2020, 1, 1)  # older plans are known of too few partnerships to be counted

STATES = LASTING, ENDING, ENDED, UNKNOWN = "lasting", "ending", "ended", "unknown"


class Judged(NamedTuple):
    """A plan with its verdict; *coverage* is the lowest, *last_day* the last for the Inspectorate (30 April).

    Verdict, coverage and window are None for a plan that cannot be judged.
    """

    id: str
    period: Period
    status: Status
    verdict: Verdict | None
    coverage: float | None
    last_day: date | None
    window_counts: bool | None  # whether a likely window of its consultation period is long enough


class Situation(NamedTuple):
    """How one partnership stands.

    *known* is the last plan that the register knows, *state* how it lies to today: ``lasting``, ``ending`` (within
    twelve months), ``ended``, or ``unknown`` where there is none or its end is not known. *running* and *next* may be
    expected from the rhythm. *deadline* is the first last day for the Inspectorate, of the plans that are known or
    expected, that lies ahead. *best* is the first day of the best of *rhythms*. *reason* says why there is no verdict.
    """

    partnership: Partnership
    called: str
    vintage: FactDate | None  # of when its area is
    known: Plan | None
    state: str
    running: Judged | None
    next: Judged | None
    deadline: date | None
    window: NextWindow | None
    rhythms: tuple[Judged, ...]
    best: date | None
    reason: Reason | None

    @property
    def expected(self) -> bool:
        """Whether a plan of today or later is known, or can be expected from the rhythm."""
        return bool(self.running or self.next)


class Cohort(NamedTuple):
    """The known plans that began on one day, by their first decision: the verdicts, and how many have no day covered.

    *elected* is the last regular council election before that day.
    """

    first: date
    elected: date
    verdicts: Mapping[Verdict, int]
    uncovered: int

    @property
    def years_after(self) -> int:
        """The years between the election and the first day: 0 for the summer after it."""
        return self.first.year - self.elected.year


class Atlas(NamedTuple):
    """All partnerships by code, the country's figures, and of when the facts are.

    *deadline* is the next last day for the Inspectorate, whoever's plan it is, *due* how many plans that are known or
    expected must be there by then.
    """

    today: date
    situations: tuple[Situation, ...]
    cohorts: tuple[Cohort, ...]
    deadline: date
    areas: FactDate
    amended: tuple[FactDate, ...]  # when areas changed after that
    plans_revised: date
    law_revised: date

    @property
    def sectors(self) -> Mapping[str, int]:
        """How many partnerships there are per sector, the national ones too."""
        return Counter(one.partnership.sector for one in self.situations)

    @property
    def national(self) -> int:
        """How many partnerships are national."""
        return sum(one.partnership.national for one in self.situations)

    def count(self, state: str) -> int:
        """How many partnerships are in a state of ``STATES``."""
        return sum(one.state == state for one in self.situations)

    @property
    def with_period(self) -> int:
        """Of how many partnerships a plan period is known, of today or of before."""
        return sum(any(plan.period for plan in one.partnership.plans) for one in self.situations)

    @property
    def known_running(self) -> int:
        """Of how many partnerships the plan that runs today is known, and not only expected."""
        return sum(
            any(plan.period and self.today in plan.period for plan in one.partnership.plans) for one in self.situations
        )

    @property
    def due(self) -> int:
        """How many of the plans that are known or expected must be with the Inspectorate by ``deadline``."""
        return sum(one.deadline == self.deadline for one in self.situations)

    @property
    def without_rhythm(self) -> int:
        """Of how many partnerships no plan of today or later is known or expected."""
        return sum(not one.expected for one in self.situations)

    @property
    def verdicts(self) -> Mapping[Verdict, int]:
        """The verdicts of all cohorts together."""
        return {verdict: sum(cohort.verdicts[verdict] for cohort in self.cohorts) for verdict in Verdict}

    @property
    def uncovered(self) -> int:
        """Of how many plans of all cohorts together no day is covered."""
        return sum(cohort.uncovered for cohort in self.cohorts)


def situations(alignment: Alignment) -> Iterator[Situation]:
    """How each partnership of the alignment's region stands, by code. Raises CycleplanError as ``assess`` does."""
    own: dict[str, list[Assessment]] = {}
    for assessment in alignment.assessments:
        own.setdefault(assessment.plan.owner, []).append(assessment)
    for code in sorted(alignment.region.partnerships):
        yield _situation(alignment, alignment.region.partnerships[code], own.get(code, []))


def atlas(alignment: Alignment, found: Sequence[Situation]) -> Atlas:
    """The figures of all *found*, which are the situations of the same alignment."""
    vintages = sorted({one.vintage for one in found if one.vintage})
    return Atlas(
        today=alignment.today,
        situations=tuple(found),
        cohorts=tuple(_cohorts(alignment)),
        deadline=min(r.last_day for one in found for r in one.rhythms if r.last_day),
        areas=vintages[0],
        amended=tuple(vintages[1:]),
        plans_revised=alignment.register.revised,
        law_revised=alignment.law.revised,
    )


# --- one partnership


def _situation(alignment: Alignment, partnership: Partnership, own: Sequence[Assessment]) -> Situation:
    today, code = alignment.today, partnership.code
    dated = [_judged(a) for a in own if a.plan.period]
    coming = [a.schedule.deadline.day for a in own if a.schedule and a.schedule.deadline and not a.plan.submitted]
    fresh = [alignment.assessor.expected(code, first) for first in _first_days(today)]
    rhythms = tuple(map(_judged, fresh))
    known = max(partnership.plans, key=lambda plan: plan.first.day, default=None)
    vintage = alignment.register.partnerships[code].vintage
    return Situation(
        partnership,
        called=partnership.name
        or by_municipalities(alignment.region.municipalities[m].name for m in partnership.municipalities),
        vintage=FactDate.read(vintage) if vintage else None,
        known=known,
        state=_state(known, today),
        running=next((one for one in reversed(dated) if today in one.period), None),
        next=next((one for one in dated if one.period.first > today), None),
        deadline=min((day for day in coming if day >= today), default=None),
        window=alignment.next_for_everyone(code),
        rhythms=rhythms,
        best=_best(rhythms),
        reason=fresh[0].reasons[0] if fresh[0].verdict is None else None,
    )


def _first_days(today: date) -> list[date]:
    return [years_later(first_free_day(today), later) for later in range(ELECTION_EVERY)]


def _judged(a: Assessment) -> Judged:
    assert a.plan.period
    last_day = a.schedule.deadline.day if a.schedule and a.schedule.deadline else None
    counts = bool(a.counting) if a.municipalities else None
    return Judged(a.plan.id, a.plan.period, a.plan.status, a.verdict, a.coverage_lowest, last_day, counts)


def _state(known: Plan | None, today: date) -> str:
    if known is None or known.last is None:
        return UNKNOWN
    if known.last.day < today:
        return ENDED
    return ENDING if known.last.day <= years_later(today, 1) else LASTING


def _best(rhythms: Sequence[Judged]) -> date | None:
    """The first day of the rhythm whose coverage is highest, of equals the first."""
    judged = [one for one in rhythms if one.coverage is not None]
    return max(judged, key=lambda one: one.coverage or 0.0).period.first if judged else None


# --- all together


def _cohorts(alignment: Alignment) -> Iterator[Cohort]:
    """The known plans since 2020 that have a verdict, by first day."""
    found: dict[date, list[Assessment]] = {}
    for a in alignment.assessments:
        if not a.plan.follows and a.plan.first.day >= DECIDED_SINCE and a.verdict:
            found.setdefault(a.plan.first.day, []).append(_by_first_decision(a, alignment))
    for first, judged in sorted(found.items()):
        elected = max(day for day in alignment.register.council_elections if day < first)
        verdicts = Counter(a.verdict for a in judged)
        uncovered = sum(a.coverage_lowest == 0 for a in judged)
        yield Cohort(first, elected, {verdict: verdicts[verdict] for verdict in Verdict}, uncovered)


def _by_first_decision(a: Assessment, alignment: Alignment) -> Assessment:
    """The same as if the plan had not been decided again: by its first decision, known or assumed."""
    if len(a.decisions) == 1:
        return a
    fact = a.decisions[0].fact
    return alignment.assessor.assess(replace(a.plan, oogo=(fact,) if fact else (), adopted=()))
