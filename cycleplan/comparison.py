"""A comparison sets regions side by side: the same figures of each, and what stands out and could be learnt from.

Codes and values, of alignments over their default horizon. What stands out follows from the figures, and holds for
at most half of the regions: what most do already is no news to the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from cycleplan.alignment import Alignment
from cycleplan.assessment import Assessment, Decision, Verdict
from cycleplan.beside import Beside
from cycleplan.continuity import Ahead, Standing
from cycleplan.cycles import Level
from cycleplan.daterules import Status
from cycleplan.elections import ELECTION_EVERY
from cycleplan.formations import Formation, formation
from cycleplan.periods import DAY, Period, months_between, years_later
from cycleplan.region import LONGEST_PLAN, Agreement, Policy, Procedure, Region
from cycleplan.workdays import SchoolYear

MOST_YEARS_AFTER = 3  # the last class of a plan's beginning: three years after the election, or more


class Begin(NamedTuple):
    """When a plan begins: whole years after the last election before it, every number that some municipality has."""

    assessment: Assessment
    years_after: tuple[int, ...]

    @property
    def months(self) -> int | None:
        """How long the plan lasts, in whole months; None if its end is not known."""
        period = self.assessment.plan.period
        return months_between(period.first, period.after) if period else None


class Own(NamedTuple):
    """Where a partnership's procedure differs from the default."""

    partnership: str
    part: str  # a field of ``Procedure``


class Share(NamedTuple):
    """The days of *period* outside everyone's standstill and recess (likely), and if all school holidays are known."""

    period: Period
    free: int
    recess_known: bool


class Carried(NamedTuple):
    """What carries over the next election: standstill days are added up over the *municipalities* (likely estimate).

    *covered* of these have an agreement on every day of their standstill; *standings* are of the agreements that run
    through all or part of one.
    """

    elected: date
    municipalities: int
    covered: int
    standstill_days: int
    uncovered_days: int
    standings: tuple[Standing, ...]


class Compared:
    """The figures of one region. Each is worked out when it is first asked for."""

    def __init__(self, alignment: Alignment) -> None:
        self.alignment = alignment

    @property
    def region(self) -> Region:
        """Whose figures they are."""
        return self.alignment.region

    # --- rhythm

    @cached_property
    def begins(self) -> tuple[Begin, ...]:
        """When the support plans that the outputs speak of begin."""
        return tuple(Begin(a, self._years_after(a)) for a in self.alignment.shown)

    def _years_after(self, a: Assessment) -> tuple[int, ...]:
        cycles, first = self.alignment.cycles, a.plan.first.day
        found = set()
        for code in a.availability.parties_on(first):
            polled = [e.elected.day for e in cycles.elections(code) if e.elected.day <= first]
            found |= {months_between(max(polled), first) // 12} if polled else set()
        return tuple(sorted(found))

    @property
    def by_years_after(self) -> Counter[int | None]:
        """How many plans begin so many years after an election; None where it differs by municipality or is unknown."""
        return Counter(min(*b.years_after, MOST_YEARS_AFTER) if len(b.years_after) == 1 else None for b in self.begins)

    @property
    def lengths(self) -> tuple[int, ...]:
        """How long these plans last, in months, from short to long."""
        return tuple(sorted({b.months for b in self.begins if b.months is not None}))

    @cached_property
    def po_vo(self) -> tuple[Beside, ...]:
        """The plans of PO and VO of one area that run beside each other, the two that share most days."""
        return tuple(b for b in self.alignment.beside if b.other.kind.is_support_plan)

    @property
    def po_vo_together(self) -> int:
        """How many of these begin in the same school year."""
        return sum(SchoolYear.on(b.support.first.day) == SchoolYear.on(b.other.first.day) for b in self.po_vo)

    # --- verdicts and coverage

    @property
    def verdicts(self) -> Mapping[Verdict | None, int]:
        """How many of the plans have a verdict; under None those without one and partnerships of an unknown plan."""
        found = Counter(a.verdict for a in self.alignment.shown)
        found[None] += len(self.alignment.unknown_plans)
        return {verdict: found[verdict] for verdict in (*Verdict, None)}

    @property
    def coverage_mean(self) -> float | None:
        """The mean, over the plans of which it is known, of their mean coverage."""
        known = [a.coverage_mean for a in self.alignment.shown if a.coverage_mean is not None]
        return sum(known) / len(known) if known else None

    @property
    def coverage_lowest(self) -> float | None:
        """The lowest coverage of any of the plans with any municipality."""
        return min((a.coverage_lowest for a in self.alignment.shown if a.coverage_lowest is not None), default=None)

    # --- windows

    @cached_property
    def share(self) -> Share | None:
        """How much of the coming council term, four years from today on, everyone can meet."""
        area, today = self.alignment.whole_area(), self.alignment.today
        if area is None:
            return None
        period = Period(today, years_later(today, ELECTION_EVERY) - DAY)
        return Share(period, sum(run.days for run in area.runs(period, Level.LIKELY)), area.recess_known(period))

    @cached_property
    def formations(self) -> tuple[Formation | None, Formation | None]:
        """By when all colleges are there after the last and after the next polling day of some municipality."""
        area, today = self.alignment.whole_area(), self.alignment.today
        polls = sorted(area.polls) if area else ()
        last = max((day for day in polls if day <= today), default=None)
        coming = min((day for day in polls if day > today), default=None)
        found = [formation(self.alignment.cycles, area, day) if area and day else None for day in (last, coming)]
        return found[0], found[1]

    # --- over the election

    @cached_property
    def carried(self) -> Carried | None:
        """What carries over the next election, or over the one whose standstill goes on; None if none is known."""
        ahead: Ahead | None = next((a for a in self.alignment.next_ahead if a.elected), None)
        if ahead is None or ahead.elected is None:
            return None
        standings = [s for _, told in ahead.standings for s in told if s.how in ("whole", "part")]
        return Carried(
            ahead.elected,
            len(ahead.municipalities),
            len(ahead.covered),
            sum(c.standstill.period.days for c in ahead.found),
            sum(c.uncovered_days for c in ahead.found),
            tuple(standings),
        )

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        """What it agreed, in the order of the file."""
        return self.region.agreements

    # --- its own ways

    @cached_property
    def procedures(self) -> tuple[Own, ...]:
        """Where a partnership makes its plan in another way than the default, by code."""
        usual = Procedure()
        return tuple(
            Own(code, part)
            for code, partnership in sorted(self.region.partnerships.items())
            for part in Procedure._fields
            if part != "assumed" and getattr(partnership.procedure, part) != getattr(usual, part)
        )

    @property
    def policy(self) -> Mapping[str, Any]:
        """What the file sets in its policy in another way than the default."""
        usual, own = Policy()._asdict(), self.region.policy._asdict()
        return {key: value for key, value in own.items() if value != usual[key] and key != "formation_asked"}


# --- what stands out


class Observation(NamedTuple):
    """Something of one region that others could take over: a code, and the values that prove it."""

    code: str
    compared: Compared
    values: Mapping[str, Any]


class Comparison(NamedTuple):
    """Regions in the order in which they were asked for, with what stands out, by code and region."""

    regions: tuple[Compared, ...]
    observations: tuple[Observation, ...]

    @property
    def seen_from(self) -> date:
        """The day from which they are seen."""
        return self.regions[0].alignment.today


def compare(alignments: Iterable[Alignment]) -> Comparison:
    """*alignments* side by side: two or more, of regions with different ids, seen from the same day."""
    regions = tuple(map(Compared, alignments))
    observations: list[Observation] = []
    for code, find in _FINDERS.items():
        found = [Observation(code, one, values) for one in regions if (values := find(one))]
        if 2 * len(found) <= len(regions):
            observations += sorted(found, key=lambda o: o.compared.region.id)
    return Comparison(regions, tuple(observations))


def _begins_after(one: Compared) -> Mapping[str, Any] | None:
    """The plans of partnerships that always begin a year after the election and are in step."""
    by_owner: dict[str, list[Begin]] = {}
    for begin in one.begins:
        by_owner.setdefault(begin.assessment.plan.owner, []).append(begin)
    found = [
        [b.assessment for b in own]
        for own in by_owner.values()
        if all(b.years_after == (1,) and b.assessment.verdict is Verdict.IN_STEP for b in own)
    ]
    plans = [a for own in found for a in own]
    lowest = min((a.coverage_lowest for a in plans if a.coverage_lowest is not None), default=None)
    return {"plans": plans, "lowest": lowest, "assumed": _any_assumed(plans)} if plans else None


def _po_vo(one: Compared) -> Mapping[str, Any] | None:
    """PO and VO that begin in the same school year, wherever they have plans beside each other."""
    return {"pairs": one.po_vo} if one.po_vo and one.po_vo_together == len(one.po_vo) else None


def _decided_again(one: Compared) -> Mapping[str, Any] | None:
    """The first plan in step over which was decided while it ran, after an election since the first decision."""
    for a in one.alignment.shown:
        last = _last_known(a, one.alignment.today)
        if a.verdict is not Verdict.IN_STEP or last is None or last.day < a.plan.first.day:
            continue
        elections = (e for code in a.municipalities for e in one.alignment.cycles.elections(code))
        between = [e.elected.day for e in elections if a.decisions[0].day < e.elected.day < last.day]
        if between:
            values = {"assessment": a, "lowest": a.coverage_lowest, "assumed": _any_assumed([a])}
            return {**values, "decided": last.fact, "elected": max(between)}
    return None


def _last_known(a: Assessment, today: date) -> Decision | None:
    return next((d for d in reversed(a.decisions) if d.known and d.day <= today), None)


def _short(one: Compared) -> Mapping[str, Any] | None:
    """Plans of less than four years that are adopted or announced."""
    settled = (b for b in one.begins if b.assessment.plan.status in (Status.ACTUAL, Status.PLANNED))
    plans = [b.assessment for b in settled if b.months is not None and b.months < 12 * LONGEST_PLAN]
    return {"plans": plans} if plans else None


def _carries(one: Compared) -> Mapping[str, Any] | None:
    """An agreement that runs through the whole standstill of some municipality."""
    standings = one.carried.standings if one.carried else ()
    whole = [s for s in standings if s.how == "whole"]
    return {"standings": whole, "elected": one.carried.elected} if one.carried and whole else None


def _agreed(one: Compared) -> Mapping[str, Any] | None:
    """Agreements of which is written down what is agreed."""
    written = [a for a in one.agreements if a.agreed]
    counts = {"agreed": sum(len(a.agreed) for a in written), "open": sum(len(a.open) for a in written)}
    return {"agreements": written, **counts} if written else None


def _procedure(one: Compared) -> Mapping[str, Any] | None:
    """Partnerships with a procedure of their own."""
    return {"procedures": one.procedures} if one.procedures else None


def _any_assumed(plans: Sequence[Assessment]) -> bool:
    return any(not a.decisions[0].known for a in plans)


_FINDERS: Mapping[str, Callable[[Compared], Mapping[str, Any] | None]] = {
    "begins_after": _begins_after,
    "po_vo": _po_vo,
    "decided_again": _decided_again,
    "short": _short,
    "carries": _carries,
    "agreed": _agreed,
    "procedure": _procedure,
}
